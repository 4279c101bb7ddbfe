"""Pages on which a concern is raised: four short ones and a check."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from locality.intake import forms, reads, rules, services
from locality.intake.words import Page
from locality.people import reads as people
from locality.people import services as people_services
from locality.ui.pages import page
from locality.ui.paging import paginate

STEPS = list(Page)
PEOPLE = ("given_names", "family_name", "born", "postcode", "part")


def of_a_draft(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give the view its draft; once that is raised, show what became of it instead."""

    @wraps(view)
    def wrapped(request: HttpRequest, draft_id: UUID, **more: str) -> HttpResponse:
        if reads.is_raised(request.actor.post, draft_id):
            return redirect("intake:receipt", draft_id)
        return view(request, reads.draft(draft_id), **more)

    return wrapped


@require_http_methods(["GET", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Ask about danger before anything else; the answer begins a draft."""
    form = forms.DangerForm(request.POST or None)
    if form.is_valid():
        draft = services.save_draft(by=request.actor, answers=form.cleaned_data)
        return redirect("intake:who", draft.pk)
    return page(request, "intake/danger.html", form=form, door=reads.front_door(request.actor))


@require_http_methods(["GET", "POST"])
@of_a_draft
def danger(request: HttpRequest, draft: reads.Draft) -> HttpResponse:
    """Ask about danger again."""
    form = forms.DangerForm(request.POST or None, initial=draft.answers)
    if form.is_valid():
        return _keep(request, draft, Page.DANGER, form.cleaned_data)
    return page(request, "intake/danger.html", form=form, draft=draft)


@require_http_methods(["GET", "POST"])
@of_a_draft
def who(request: HttpRequest, draft: reads.Draft) -> HttpResponse:
    """Ask whom or which place it is about. Somebody is searched for before being named anew."""
    act = ACTS.get(request.POST.get("do", ""))
    return act(request, draft) if act else _where(request, draft)


@require_http_methods(["GET", "POST"])
@of_a_draft
def noticed(request: HttpRequest, draft: reads.Draft) -> HttpResponse:
    """Ask what was noticed."""
    initial = {"noticed_on": timezone.localdate(), **_so_far(draft, Page.NOTICED)}
    form = forms.NoticedForm(
        request.POST or None, initial=initial,
        unseen=lambda matter: services.unseen(request.actor, matter),
    )  # fmt: skip
    if form.is_valid():
        return _keep(request, draft, Page.NOTICED, {Page.NOTICED: forms.kept(form)})
    return page(request, "intake/noticed.html", form=form, draft=draft)


@require_http_methods(["GET", "POST"])
@of_a_draft
def agreed(request: HttpRequest, draft: reads.Draft) -> HttpResponse:
    """Ask what they know and have agreed to."""
    form = forms.AgreedForm(request.POST or None, initial=_so_far(draft, Page.AGREED))
    if form.is_valid():
        return _keep(request, draft, Page.AGREED, {Page.AGREED: forms.kept(form)})
    return page(request, "intake/agreed.html", form=form, draft=draft)


@require_http_methods(["GET", "POST"])
@of_a_draft
def check(request: HttpRequest, draft: reads.Draft) -> HttpResponse:
    """Show every answer, and raise the concern; or say what it lacks."""
    lacks = rules.missing(draft.answers, timezone.localdate())
    if request.method == "POST" and not lacks:
        concern = rules.concern_from(draft.answers)
        made = services.raise_concern(by=request.actor, concern=concern, draft_id=draft.pk)
        return redirect("intake:receipt", made.pk)
    noticed = draft.answers.get(Page.NOTICED) or {}
    matter = dict(forms.MATTERS).get(noticed.get("matter"), "")
    return page(
        request, "intake/check.html", status=422 if request.method == "POST" else 200,
        draft=draft, answers=draft.answers, lacks=lacks, people=reads.people_in(draft),
        danger=dict(forms.DANGERS).get(draft.answers.get("danger")),
        matter=matter, door=reads.front_door(request.actor), advice=rules.advice(matter),
        noticed_on=rules.day_of(noticed.get("noticed_on")),
    )  # fmt: skip


@require_POST
@of_a_draft
def save(request: HttpRequest, draft: reads.Draft, *, on: str) -> HttpResponse:
    """Keep what is still being written on a page. Answers nothing: the page says when."""
    if on not in forms.PAGES:
        raise Http404
    typed = forms.typed(forms.PAGES[on](request.POST))
    services.keep_typing(by=request.actor, draft_id=draft.pk, page=Page(on), typed=typed)
    return HttpResponse(status=204)


@require_http_methods(["GET", "POST"])
@of_a_draft
def throw_away(request: HttpRequest, draft: reads.Draft) -> HttpResponse:
    """Ask once more, then throw a draft away."""
    if request.method == "POST":
        services.throw_draft_away(by=request.actor, draft_id=draft.pk)
        messages.success(request, _("The draft is thrown away."))
        return redirect("intake:raised")
    return page(request, "intake/throw_away.html", draft=draft)


@require_safe
def raised(request: HttpRequest) -> HttpResponse:
    """Show what somebody raised and what became of it, and what they have not finished."""
    by = request.actor
    return page(
        request, "intake/raised.html", listing=paginate(request, reads.my_receipts(by.post)),
        drafts=reads.drafts(by.post), lasts=rules.DRAFT_LASTS,
    )  # fmt: skip


@require_safe
def receipt(request: HttpRequest, concern_id: UUID) -> HttpResponse:
    """Show the reporter what became of their concern, as far as they may know."""
    found = reads.my_receipt(request.actor.post, concern_id)
    return page(
        request, "intake/receipt.html", receipt=found, next_steps=rules.next_steps(found.stage),
        advice=rules.advice(found.title), may_read=reads.shows(concern_id),
    )  # fmt: skip


@require_safe
def concern(request: HttpRequest, concern_id: UUID) -> HttpResponse:
    """Show a concern to whoever may see it."""
    found = reads.concern(concern_id)
    return page(
        request, "intake/concern.html", concern=found, people=reads.people_of(found),
    )  # fmt: skip


@require_safe
def about_person(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Show the concerns about somebody: a part of their page."""
    people.person(person_id)
    return page(
        request, "intake/about_person.html", part="intake/_about_person.html",
        concerns=reads.earlier_concerns([person_id], None), person_id=person_id,
        name=people.names([person_id])[person_id],
    )  # fmt: skip


def _where(request: HttpRequest, draft: reads.Draft) -> HttpResponse:
    so_far = {"place_says": draft.answers.get("place_says", ""), **_so_far(draft, Page.WHO)}
    form = forms.WhereForm(request.POST or None, initial=so_far)
    if form.is_valid():
        named = draft.answers.get("people") or draft.answers.get("place")
        if named or form.cleaned_data["place_says"]:
            return _keep(request, draft, Page.WHO, form.cleaned_data)
        form.add_error(None, _("Find or describe a person above, or say which place it is about."))
    return _who_page(request, draft, form=form, where=form)


def _find(request: HttpRequest, draft: reads.Draft) -> HttpResponse:
    form = forms.FindForm(request.POST)
    if not form.is_valid():
        return _who_page(request, draft, form=form, find=form)
    sought = {name: form.cleaned_data[name] for name in PEOPLE if name != "part"}
    found = people_services.search(by=request.actor, **sought)
    return _who_page(request, draft, find=form, found=found, searched=True)


def _choose(request: HttpRequest, draft: reads.Draft) -> HttpResponse:
    try:
        record = people.record(UUID(request.POST.get("record", "")))
    except ValueError:
        raise Http404 from None
    part = forms.FindForm(request.POST)
    part.is_valid()
    person = {"record_id": str(record.pk), "part": part.cleaned_data.get("part", "")}
    services.add_person(by=request.actor, draft_id=draft.pk, person=person)
    return redirect(request.get_full_path())


def _name(request: HttpRequest, draft: reads.Draft) -> HttpResponse:
    form = forms.FindForm(request.POST)
    if not form.is_valid():
        return _who_page(request, draft, form=form, find=form)
    services.add_person(by=request.actor, draft_id=draft.pk, person=forms.kept(form))
    return redirect(request.get_full_path())


def _describe(request: HttpRequest, draft: reads.Draft) -> HttpResponse:
    form = forms.NamelessForm(request.POST)
    if not form.is_valid():
        return _who_page(request, draft, form=form, nameless=form)
    services.add_person(by=request.actor, draft_id=draft.pk, person=forms.kept(form))
    return redirect(request.get_full_path())


def _take_out(request: HttpRequest, draft: reads.Draft) -> HttpResponse:
    number = request.POST.get("number", "")
    if number.isdecimal() and len(number) < 4:
        services.remove_person(by=request.actor, draft_id=draft.pk, number=int(number))
    return redirect(request.get_full_path())


ACTS: dict[str, Callable[[HttpRequest, Any], HttpResponse]] = {
    "find": _find, "choose": _choose, "name": _name, "describe": _describe, "take out": _take_out,
}  # fmt: skip


def _who_page(
    request: HttpRequest, draft: reads.Draft, form: Form | None = None, **more: Any
) -> HttpResponse:
    so_far = {"place_says": draft.answers.get("place_says", ""), **_so_far(draft, Page.WHO)}
    ready = {
        "find": forms.FindForm(), "nameless": forms.NamelessForm(),
        "where": forms.WhereForm(initial=so_far), "people": reads.people_in(draft),
    }  # fmt: skip
    return page(request, "intake/who.html", form=form, draft=draft, **{**ready, **more})


def _keep(
    request: HttpRequest, draft: reads.Draft, on: Page, answers: dict[str, Any]
) -> HttpResponse:  # fmt: skip
    """Keep a page's answers and go to the next, or back to the check it was changed from."""
    services.answer(by=request.actor, draft_id=draft.pk, page=on, answers=answers)
    if request.GET.get("from") == "check" or on == STEPS[-1]:
        return redirect("intake:check", draft.pk)
    return redirect(f"intake:{STEPS[STEPS.index(on) + 1]}", draft.pk)


def _so_far(draft: reads.Draft, on: Page) -> dict[str, Any]:
    """What was answered on a page, with what was being written on it when it was left."""
    typing = draft.answers.get("typing") or {}
    return {**(draft.answers.get(on) or {}), **(typing.get(on) or {})}
