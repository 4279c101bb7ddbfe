"""Pages of one case before a panel: put forward, research, conflicts, the decision."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from locality.cases import reads as cases
from locality.panels import reads, services
from locality.panels.forms import (
    ActionForm,
    ChooseForm,
    DecisionForm,
    ForwardForm,
    InterestForm,
    ReturnForm,
)
from locality.panels.views.frame import Choices, done, given, may_run, moment, people, sitting
from locality.panels.words import Held, Listed, MeetingState
from locality.sharing.words import Category, Marking
from locality.ui.pages import page


@require_http_methods(["GET", "POST"])
def forward(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Put a case forward to a panel that the actor's agency may show it to."""
    case = cases.case(case_id)
    coming = list(reads.meetings_to_come(request.actor.purpose))
    form = ForwardForm(
        given(request),
        meetings=[(str(one.pk), f"{one.panel.name}, {moment(one.starts_at)}") for one in coming],
        days={str(one.pk): timezone.localdate(one.starts_at) for one in coming},
    )
    if form.is_valid():
        item = services.put_forward(
            by=request.actor, case_id=case_id, meeting_id=UUID(form.cleaned_data["meeting"]),
            question=form.cleaned_data["question"], terms=form.terms(),
        )  # fmt: skip
        says = _("The case is put forward. Its panel sees it from now on.")
        return done(request, says, "panels:item", item.pk)
    return page(
        request,
        "panels/forward.html",
        case=case,
        form=form,
        meetings=coming,
        ours=case.owner_id == request.actor.agency,
        sealed=case.marking == Marking.SEALED,
    )


@require_http_methods(["GET", "POST"])
def choose(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """Put one case on the agenda, or leave it off, by hand."""
    one = reads.item(item_id)
    services.require_may_change(by=request.actor, meeting=one.meeting)
    form = ChooseForm(given(request))
    if form.is_valid():
        said = form.cleaned_data
        services.choose(
            by=request.actor, item_id=item_id, listed=Listed(said["listed"]), why=said["why"]
        )
        return done(request, _("The agenda is changed."), "panels:meeting", one.meeting_id)
    return page(request, "panels/choose.html", item=one, form=form)


@require_http_methods(["GET", "POST"])
def item(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """One case before the panel: research side by side, the plan, and the decision."""
    one = reads.item(item_id)
    form = DecisionForm(given(request), people=people(one))
    if form.is_valid():
        said = form.cleaned_data
        services.decide(
            by=request.actor, item_id=item_id, outcome=said["outcome"], reasons=said["reasons"],
            dissent=said["dissent"], actions=form.actions(),
        )  # fmt: skip
        return done(request, _("The decision is recorded."), "panels:item", item_id)
    asked = reads.research_of(item_id)
    return page(
        request,
        "panels/item.html",
        item=one,
        form=form,
        asked=asked,
        answered=sum(research.held != Held.WAITING for research, _told in asked),
        unanswered=sorted(
            (research for research, _told in asked if research.held == Held.WAITING),
            key=lambda research: research.answer_by,
        ),
        lacks=reads.lacks(one),
        plan=cases.plan(one.case_id),
        earlier=reads.decisions_of_case(one.case_id).exclude(item=item_id),
        decided=reads.decided(item_id),
        interests=reads.interests(item_id),
        sits=reads.sits_on(one.meeting.panel, request.actor),
        may_run=may_run(request, one.meeting.panel),
        open=one.meeting.state == MeetingState.PLANNED,
        neighbours=reads.neighbours(one),
    )


@require_http_methods(["GET", "POST"])
def agree(request: HttpRequest, decision_id: UUID) -> HttpResponse:
    """Add an action to a decision."""
    one = reads.decision(decision_id)
    services.require_may_change(by=request.actor, meeting=one.item.meeting)
    form = ActionForm(given(request), people=people(one.item))
    if form.is_valid():
        services.agree_action(by=request.actor, decision_id=decision_id, action=form.action())
        says = _("The action is agreed. It is on that person’s home page now.")
        return done(request, says, "panels:item", one.item_id)
    return page(request, "panels/agree.html", decision=one, form=form)


@require_POST
def ask(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """Ask every agency of the panel what it knows."""
    made = len(services.ask_research(by=request.actor, item_id=item_id))
    says = _("Every agency on the panel has been asked already.")
    if made:
        says = ngettext("%(n)s agency is asked now.", "%(n)s agencies are asked now.", made)
        says = says % {"n": made}
    return done(request, says, "panels:item", item_id)


@require_http_methods(["GET", "POST"])
def interest(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """Declare a conflict of interest."""
    one = reads.item(item_id)
    mine = str(request.actor.post)
    form = InterestForm(
        given(request), members=_whose(request, one), initial={"post_id": mine}
    )  # fmt: skip
    if form.is_valid():
        services.declare_interest(by=request.actor, item_id=item_id, **form.cleaned_data)
        says = _("The conflict of interest is declared, and the case is hidden from that person.")
        return done(request, says, "panels:meeting", one.meeting_id)
    return page(request, "panels/interest.html", item=one, form=form)


@require_http_methods(["GET", "POST"])
def give_back(request: HttpRequest, research_id: UUID) -> HttpResponse:
    """Answer a research request for one's own agency."""
    one = reads.research(research_id)
    form = ReturnForm(given(request), kinds=_cleared(request))
    if form.is_valid():
        services.return_research(by=request.actor, research_id=research_id, **form.reply())
        return done(request, _("Your agency’s answer is with the panel."), "panels:index")
    return page(
        request,
        "panels/return.html",
        research=one,
        form=form,
        told=reads.returns(one.item_id).get(one.pk),
    )


@require_safe
def of_case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """What panels decided about a case: a part of the case's page, or a page of its own."""
    return page(
        request,
        "panels/of_case.html",
        part="panels/_of_case.html",
        case=cases.case(case_id),
        decisions=reads.decisions_of_case(case_id),
        listed=reads.listed(case_id),
        back=reverse("cases:case", args=[case_id]),
    )


def _whose(request: HttpRequest, one: object) -> Choices:
    """Whose conflict somebody may declare: their own, or anybody's when they run the panel."""
    everybody = sitting(one.meeting.panel)
    if may_run(request, one.meeting.panel):
        return everybody
    return [pair for pair in everybody if pair[0] == str(request.actor.post)]


def _cleared(request: HttpRequest) -> list[Category]:
    """The kinds of information whoever acts is cleared for."""
    clearances = request.post_held.role.clearances
    return [kind for kind in Category if clearances[kind] >= Marking.STANDARD]
