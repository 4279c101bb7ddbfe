"""Cases put forward to a meeting, its agenda, and what each agency was asked and answered."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, Prefetch, Q, QuerySet
from django.utils import timezone

from locality.cases import reads as cases
from locality.panels.models import Decision, Interest, Item, Meeting, Research, Return
from locality.panels.reads.meetings import one_of
from locality.panels.words import Held, Listed, MeetingState, Outcome
from locality.sharing import reads as sharing
from locality.sharing.acting import Actor
from locality.sharing.models import Member


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an agenda: the case, how far its research has come, and the latest decision."""

    item: Item
    asked: int
    answered: int
    waiting_for: list[str]
    decision: Decision | None


def items(meeting_id: UUID) -> QuerySet[Item]:
    """Everything put forward to a meeting that the actor may see, with the case."""
    return Item.objects.filter(meeting=meeting_id).select_related(
        "case", "put_forward_by__agency", "chosen_by__agency", "owner"
    )


def agenda(meeting_id: UUID) -> QuerySet[Item]:
    """The agenda, in order, with research, interests and decisions."""
    return (
        items(meeting_id)
        .filter(listed=Listed.ON_AGENDA)
        .prefetch_related(
            Prefetch("research", Research.objects.select_related("agency", "answered_by")),
            Prefetch("interests", Interest.objects.select_related("post__agency")),
            Prefetch("decisions", Decision.objects.select_related("decided_by")),
        )
    )


def lines(meeting_id: UUID) -> list[Line]:
    """The agenda as its page shows it."""
    return [_line(one) for one in agenda(meeting_id)]


def put_forward(meeting_id: UUID) -> QuerySet[Item]:
    """What has been put forward and is not placed yet."""
    return items(meeting_id).filter(listed=Listed.PUT_FORWARD)


def not_selected(meeting_id: UUID) -> QuerySet[Item]:
    """What is not on the agenda, each with the reason why."""
    return items(meeting_id).filter(listed=Listed.NOT_SELECTED)


def item(item_id: UUID) -> Item:
    """Fetch one item with its meeting, panel and case, or raise NotHere."""
    found = Item.objects.select_related(
        "meeting__panel", "case__lead", "owner", "put_forward_by", "chosen_by"
    )
    return one_of(found, item_id)


def item_to_change(item_id: UUID) -> Item:
    """Fetch one item and hold it, so that two people cannot both decide on it."""
    held = Item.objects.select_for_update(of=("self",)).select_related(
        "meeting__panel__agency", "case"
    )
    return one_of(held, item_id)


def neighbours(one: Item) -> tuple[Item | None, Item | None]:
    """The items before and after one on its agenda."""
    listed = list(items(one.meeting_id).filter(listed=Listed.ON_AGENDA).order_by("order"))
    here = next((place for place, item in enumerate(listed) if item.pk == one.pk), None)
    if here is None:
        return None, None
    before = listed[here - 1] if here else None
    return before, listed[here + 1] if here + 1 < len(listed) else None


def listed(case_id: UUID) -> QuerySet[Item]:
    """Where a case has been put forward, the latest first."""
    found = Item.objects.filter(case=case_id).select_related("meeting__panel")
    return found.order_by("-put_forward_at")


def team_of(one: Item) -> QuerySet[Member]:
    """The team of the case an item is about, as far as the actor may see it."""
    return sharing.members(one.case.circle_id)


def put_off(case_ids: Iterable[UUID]) -> set[UUID]:
    """Those cases that a panel last put off: deferred, or left undecided when its time was up."""
    heard = (
        Item.objects.filter(case__in=list(case_ids), listed=Listed.ON_AGENDA)
        .filter(meeting__state=MeetingState.HELD)
        .order_by("meeting__starts_at")
        .prefetch_related("decisions")
    )
    last = {one.case_id: list(one.decisions.all()) for one in heard}
    return {case for case, said in last.items() if not said or said[-1].outcome == Outcome.DEFER}


@dataclass(frozen=True, slots=True)
class Due:
    """An open case that is due a look by a meeting and that nobody has put forward to it."""

    case: Any
    put_off: bool
    ours: bool  # of the asker's own agency, which alone may put it forward


def due_cases(one: Meeting, by: Actor, *, all_seen: bool = False) -> list[Due]:
    """Open cases for a panel's purpose that are due by a meeting and are not put forward to it.

    One's own, or (for whoever runs the panel) all that they may see. What was put off comes
    first, then what has waited longest.
    """
    already = Item.objects.filter(meeting=one).values("case")
    day = timezone.localdate(one.starts_at)
    seen = cases.visible_cases() if all_seen else cases.my_cases(by.post)
    found = seen.filter(state="open", purpose=one.panel.purpose_id).exclude(pk__in=already)
    rows = list(found.order_by(F("review_on").asc(nulls_last=True), "opened_at"))
    late = put_off(case.pk for case in rows)
    due = [c for c in rows if c.review_on is None or c.review_on <= day or c.pk in late]
    told = [Due(c, c.pk in late, c.owner_id == by.agency) for c in due]
    return sorted(told, key=lambda one: not one.put_off)


def shown_until(one: Item) -> date | None:
    """The last day on which the panel is shown the case of an item; nothing when none is set."""
    circle = one.meeting.panel.circle_id
    shown = sharing.items_disclosed_to(circle, "cases.case").filter(item=one.case_id)
    days = list(shown.values_list("until", flat=True))
    return None if None in days else max(days, default=None)


def research(research_id: UUID) -> Research:
    """Fetch one research request, or raise NotHere."""
    found = Research.objects.select_related(
        "agency", "answered_by", "item__meeting__panel__agency", "case"
    )
    return one_of(found, research_id)


def research_for(agency_id: int, purpose: str = "") -> QuerySet[Research]:
    """What one agency has been asked and has not answered, by deadline; for one purpose if given.

    Whoever acts for another purpose than the panel's could not answer it.
    """
    asked = Q(item__meeting__panel__purpose__key=purpose) if purpose else Q()
    return (
        Research.objects.filter(agency=agency_id, held=Held.WAITING)
        .filter(asked, item__meeting__state=MeetingState.PLANNED)
        .select_related("item__meeting__panel", "case")
        .order_by("answer_by")
    )


def research_of(item_id: UUID) -> list[tuple[Research, Return | None]]:
    """What each agency was asked about one item, by name, with what it told the panel."""
    asked = Research.objects.filter(item=item_id).select_related("agency", "answered_by")
    told = returns(item_id)
    return [(one, told.get(one.pk)) for one in asked.order_by("agency__name")]


def returns(item_id: UUID) -> dict[UUID, Return]:
    """What agencies told the panel about one item, by research request."""
    found = Return.objects.filter(research__item=item_id).select_related("owner")
    return {one.research_id: one for one in found}


def _line(item: Item) -> Line:
    asked = item.research.all()
    said = list(item.decisions.all())
    waiting = sorted(one.agency.name for one in asked if one.held == Held.WAITING)
    return Line(
        item=item,
        asked=len(asked),
        answered=len(asked) - len(waiting),
        waiting_for=waiting,
        decision=said[-1] if said else None,
    )
