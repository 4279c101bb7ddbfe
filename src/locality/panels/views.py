"""Panel pages. Read, ask one service, answer."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from locality.cases import reads as cases
from locality.panels import reads, runs, services
from locality.panels.forms import (
    ChooseForm,
    DecisionForm,
    ForwardForm,
    InterestForm,
    MeetingForm,
    PresentForm,
    ReturnForm,
)
from locality.panels.words import Held, Listed
from locality.sharing.words import Duty
from locality.ui.pages import page

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The locality's panels, one's own first, and the research one's agency owes."""
    mine = list(reads.panels_of(request.actor.post))
    others = reads.panels().exclude(pk__in=[one.pk for one in mine])
    return page(
        request,
        "panels/index.html",
        mine=[(one, reads.next_meeting(one.pk)) for one in mine],
        others=others,
        research=reads.research_for(request.actor.agency),
    )


@require_safe
def panel(request: HttpRequest, panel_id: UUID) -> HttpResponse:
    """A panel's terms of reference and its meetings."""
    one = reads.panel(panel_id)
    return page(
        request,
        "panels/panel.html",
        panel=one,
        members=reads.members(one),
        core=[str(a) for a in reads.agencies_named(one.core)],
        meetings=reads.meetings(panel_id)[:24],
        may_run=_may_run(request, one),
    )


@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest, panel_id: UUID) -> HttpResponse:
    """Plan a meeting."""
    one = reads.panel(panel_id)
    form = MeetingForm(request.POST or None)
    if form.is_valid():
        made = services.plan_meeting(
            by=request.actor, panel_id=panel_id, starts_at=form.starts_at(),
            where=form.cleaned_data["where"],
        )  # fmt: skip
        return redirect("panels:meeting", made.pk)
    return page(request, "panels/plan.html", panel=one, form=form)


@require_safe
def meeting(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """The agenda, what is waiting to be placed, and what was not selected and why."""
    one = reads.meeting(meeting_id)
    return page(
        request,
        "panels/meeting.html",
        meeting=one,
        agenda=reads.agenda(meeting_id),
        waiting=reads.put_forward(meeting_id),
        left_out=reads.not_selected(meeting_id),
        due=reads.waiting_cases(one, request.actor.post)[:20],
        present=reads.present(meeting_id),
        may_run=_may_run(request, one.panel),
    )


@require_POST
def build(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Place everything put forward."""
    services.build_agenda(by=request.actor, meeting_id=meeting_id)
    return redirect("panels:meeting", meeting_id)


@require_POST
def hold(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Say that the meeting is over."""
    services.hold_meeting(by=request.actor, meeting_id=meeting_id)
    return redirect("panels:minutes", meeting_id)


@require_POST
def cancel(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Call the meeting off."""
    services.cancel_meeting(by=request.actor, meeting_id=meeting_id)
    return redirect("panels:meeting", meeting_id)


@require_http_methods(["GET", "POST"])
def present(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Mark who is in the room."""
    one = reads.meeting(meeting_id)
    sitting = [(str(m.post_id), f"{m.post.name}, {m.post.agency}") for m in
               reads.members(one.panel)]  # fmt: skip
    here = [str(p.post_id) for p in reads.present(meeting_id)]
    form = PresentForm(request.POST or None, members=sitting, initial={"post_ids": here})
    if form.is_valid():
        services.mark_present(by=request.actor, meeting_id=meeting_id, **form.cleaned_data)
        return redirect("panels:meeting", meeting_id)
    return page(request, "panels/present.html", meeting=one, form=form)


@require_http_methods(["GET", "POST"])
def forward(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Put a case forward to a panel that the actor's agency may show it to."""
    case = cases.case(case_id)
    meetings = [
        (str(one.pk), _("%(panel)s, %(when)s") % {"panel": one.panel.name, "when": _when(one)})
        for one in reads.meetings_to_come()
    ]
    form = ForwardForm(request.POST or None, meetings=meetings)
    if form.is_valid():
        item = services.put_forward(
            by=request.actor, case_id=case_id, meeting_id=UUID(form.cleaned_data["meeting"]),
            question=form.cleaned_data["question"], terms=form.terms(),
        )  # fmt: skip
        return redirect("panels:item", item.pk)
    return page(request, "panels/forward.html", case=case, form=form, meetings=meetings)


@require_http_methods(["GET", "POST"])
def choose(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """Put one case on the agenda, or leave it off, by hand."""
    one = reads.item(item_id)
    form = ChooseForm(request.POST or None)
    if form.is_valid():
        said = form.cleaned_data
        services.choose(
            by=request.actor, item_id=item_id, listed=Listed(said["listed"]), why=said["why"]
        )
        return redirect("panels:meeting", one.meeting_id)
    return page(request, "panels/choose.html", item=one, form=form)


@require_http_methods(["GET", "POST"])
def item(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """One case before the panel: research side by side, the plan, and the decision."""
    one = reads.item(item_id)
    form = DecisionForm(request.POST or None, people=_people(one))
    if form.is_valid():
        said = form.cleaned_data
        services.decide(
            by=request.actor, item_id=item_id, outcome=said["outcome"], reasons=said["reasons"],
            dissent=said["dissent"], actions=form.actions(),
        )  # fmt: skip
        return redirect("panels:item", item_id)
    told = reads.returns(item_id)
    asked = [(r, told.get(r.pk)) for r in one.research.select_related("agency")]
    return page(
        request,
        "panels/item.html",
        item=one,
        form=form,
        asked=asked,
        plan=cases.plan(one.case_id),
        earlier=reads.decisions_of_case(one.case_id).exclude(item=item_id),
        decided=reads.decided(item_id),
        interests=one.interests.select_related("post"),
        may_run=_may_run(request, one.meeting.panel),
        neighbours=reads.neighbours(one),
    )


@require_POST
def ask(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """Ask every agency of the panel what it knows."""
    services.ask_research(by=request.actor, item_id=item_id)
    return redirect("panels:item", item_id)


@require_http_methods(["GET", "POST"])
def interest(request: HttpRequest, item_id: UUID) -> HttpResponse:
    """Declare a conflict of interest."""
    one = reads.item(item_id)
    sitting = reads.members(one.meeting.panel)
    people = [(str(m.post_id), f"{m.post.name}, {m.post.agency}") for m in sitting]
    form = InterestForm(
        request.POST or None, members=people, initial={"post_id": str(request.actor.post)}
    )
    if form.is_valid():
        services.declare_interest(by=request.actor, item_id=item_id, **form.cleaned_data)
        return redirect("panels:meeting", one.meeting_id)
    return page(request, "panels/interest.html", item=one, form=form)


@require_http_methods(["GET", "POST"])
def give_back(request: HttpRequest, research_id: UUID) -> HttpResponse:
    """Answer a research request for one's own agency."""
    one = reads.research(research_id)
    form = ReturnForm(request.POST or None)
    if form.is_valid():
        said = form.cleaned_data | {"held": Held(form.cleaned_data["held"])}
        services.return_research(by=request.actor, research_id=research_id, **said)
        return redirect("panels:index")
    return page(request, "panels/return.html", research=one, form=form)


@require_safe
def minutes(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """The minutes, as a page that prints as a document."""
    return page(request, "panels/minutes.html", minutes=reads.minutes(meeting_id))


@require_safe
def minutes_word(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """The minutes as a Word file."""
    response = HttpResponse(runs.word(reads.minutes(meeting_id)), content_type=WORD)
    response["Content-Disposition"] = 'attachment; filename="minutes.docx"'
    return response


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


def _may_run(request: HttpRequest, panel: object) -> bool:
    """Whether to offer what only a coordinator may do; the services decide for themselves."""
    runs_it = panel.agency_id == request.actor.agency
    return runs_it and bool({Duty.COORDINATE, Duty.CHAIR} & request.duties)


def _people(one: object) -> list[tuple[str, str]]:
    """Whoever may be given an action: the panel and the case's team."""
    found = {m.post_id: m.post for m in reads.team_of(one)}
    found |= {m.post_id: m.post for m in reads.members(one.meeting.panel)}
    named = [(str(key), f"{post.name}, {post.agency}") for key, post in found.items()]
    return sorted(named, key=lambda pair: pair[1])


def _when(one: object) -> str:
    return date_format(timezone.localtime(one.starts_at), "l j F Y, H:i")
