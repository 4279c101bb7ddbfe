"""One case: why it exists, what happens next, correcting it, closing it, starting again."""

from dataclasses import replace
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from locality.cases import reads, services
from locality.cases.forms import CloseForm, EditForm, OpenForm, WhyForm
from locality.cases.views.frame import ask, back_to, done, given, show
from locality.cases.words import NewCase, Subjects
from locality.people import reads as people
from locality.sharing.subjects.correcting import beside_each
from locality.ui.pages import page

either = require_http_methods(["GET", "POST"])


@require_safe
def case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show why a case exists, what is worrying, what goes well, and what happens next."""
    one = reads.case(case_id)
    return show(
        request, "cases/case.html", one, needs=reads.plan(case_id),
        next_actions=reads.next_actions(case_id), later=reads.later_episode(case_id),
        before=reads.earlier_episode(one), people=reads.pages_of(one),
        others=reads.other_cases(one), today=timezone.localdate(),
        corrected=beside_each([case_id]).get(case_id, []),
    )  # fmt: skip


@either
def edit(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Correct what a case says; show what somebody else wrote in the meantime."""
    one = reads.case(case_id)
    start = {name: getattr(one, name) for name in EditForm.base_fields if name != "version"}
    form = EditForm(given(request), version=one.version, initial=start)
    if form.is_valid():
        services.edit_case(by=request.actor, case_id=case_id, **form.cleaned_data)
        return done(request, _("The case now says what you wrote."), "cases:case", case_id)
    return show(request, "cases/edit.html", one, form=form, **back_to("cases:case", one))


@either
def close(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Grade what has no grade, then close the case and say why."""
    one = reads.case(case_id)
    form = CloseForm(given(request))
    if form.is_valid():
        services.close_case(by=request.actor, case_id=case_id, **form.cleaned_data)
        return done(request, _("The case is closed."), "cases:case", case_id)
    return show(
        request, "cases/close.html", one, form=form, goals=reads.goals(case_id),
        left=reads.next_actions(case_id), **back_to("cases:case", one),
    )  # fmt: skip


@either
def reopen(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Start again as a new episode that names this one."""
    one = reads.case(case_id)
    form = WhyForm(given(request))
    if form.is_valid():
        again = services.reopen_case(by=request.actor, case_id=case_id, **form.cleaned_data)
        says = _("A new episode is open. Its team starts with you: add who is needed.")
        return done(request, says, "cases:case", again.pk)
    return ask(
        request, one, form, title=_("Why does this start again?"), action=_("Start a new episode"),
        says=_("The closed case stays as it was. The new one keeps what it said and names it."),
        **back_to("cases:case", one),
    )  # fmt: skip


@either
def open_about(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Open a case about one person, led by whoever opens it."""
    name = people.names([person_id])[people.person(person_id).pk]
    form = OpenForm(given(request))
    if form.is_valid():
        new = _new(form, person_id, request.actor.post, request.acting_purpose.basis)
        opened = services.open_case(by=request.actor, case=new)
        return done(request, _("The case is open. You lead it."), "cases:case", opened.pk)
    return page(request, "cases/open.html", form=form, name=name, person_id=person_id)


def _new(form: OpenForm, person_id: UUID, lead: UUID, basis: str) -> NewCase:
    said, terms = form.cleaned_data, form.terms()
    new = NewCase(
        title=said["title"], why=said["why"], lawful_basis=basis, category=said["category"],
        subjects=Subjects((person_id,)), lead_post=lead, gateway=terms.gateway,
        necessity=terms.necessity, until=terms.until, marking=said["marking"],
    )  # fmt: skip
    return replace(
        new, own_words=said["own_words"], going_well=said["going_well"],
        review_on=said["review_on"],
    )  # fmt: skip
