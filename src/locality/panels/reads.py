"""What panels show. The only way a page or a report fetches a meeting, an item or a decision."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TypeVar
from uuid import UUID

from django.db.models import Count, Model, Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from locality.cases import reads as cases
from locality.kit.errors import NotHere
from locality.panels.models import (
    Decision,
    Interest,
    Item,
    Meeting,
    Panel,
    Present,
    Research,
    Return,
)
from locality.panels.words import Held, Listed, MeetingState, Outcome
from locality.sharing import reads as sharing
from locality.sharing.acting import Actor
from locality.sharing.models import Agency, Member
from locality.ui.words import ToDo

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class Minuted:
    """One item as the minutes tell it."""

    item: Item
    decisions: list[Decision]
    interests: list[Interest]


@dataclass(frozen=True, slots=True)
class Minutes:
    """What was said at one meeting."""

    meeting: Meeting
    present: list[Present]
    items: list[Minuted]
    left_out: list[Item]


def panels() -> QuerySet[Panel]:
    """Every panel of the locality, with its terms."""
    return Panel.objects.select_related("agency", "purpose")


def panels_of(post_id: UUID) -> QuerySet[Panel]:
    """The panels somebody sits on, for the purpose they act for."""
    sits_in = Member.objects.filter(post=post_id, left_at=None).values("circle")
    return panels().filter(circle__in=sits_in)


def panel(panel_id: UUID) -> Panel:
    """Fetch one panel, or raise NotHere."""
    return _one(panels(), panel_id)


def members(one: Panel) -> QuerySet[Member]:
    """Who sits on a panel today."""
    return sharing.members(one.circle_id)


def meetings(panel_id: UUID) -> QuerySet[Meeting]:
    """A panel's meetings, the latest first."""
    return Meeting.objects.filter(panel=panel_id).order_by("-starts_at")


def meeting(meeting_id: UUID) -> Meeting:
    """Fetch one meeting with its panel, or raise NotHere."""
    return _one(Meeting.objects.select_related("panel__agency", "panel__purpose"), meeting_id)


def meeting_to_change(meeting_id: UUID) -> Meeting:
    """Fetch one meeting and hold it until the transaction ends."""
    return _one(Meeting.objects.select_for_update(of=("self",)).select_related("panel"), meeting_id)


def meetings_to_come() -> QuerySet[Meeting]:
    """Planned meetings of every panel for the actor's purpose, the soonest first."""
    planned = Meeting.objects.filter(state=MeetingState.PLANNED, starts_at__gte=timezone.now())
    return planned.select_related("panel").order_by("starts_at")


def agencies_named(numbers: Sequence[int]) -> list[Agency]:
    """Agencies by number, in order of name."""
    return list(sharing.agencies().filter(pk__in=numbers))


def team_of(one: Item) -> QuerySet[Member]:
    """The team of the case an item is about, as far as the actor may see it."""
    return sharing.members(one.case.circle_id)


def neighbours(one: Item) -> tuple[Item | None, Item | None]:
    """The items before and after one on its agenda."""
    listed = list(items(one.meeting_id).filter(listed=Listed.ON_AGENDA).order_by("order"))
    places = {item.pk: place for place, item in enumerate(listed)}
    here = places.get(one.pk)
    if here is None:
        return None, None
    before = listed[here - 1] if here else None
    return before, listed[here + 1] if here + 1 < len(listed) else None


def listed(case_id: UUID) -> QuerySet[Item]:
    """Where a case has been put forward, the latest first."""
    found = Item.objects.filter(case=case_id).select_related("meeting__panel")
    return found.order_by("-put_forward_at")


def minutes(meeting_id: UUID) -> Minutes:
    """Everything a meeting's minutes say, as far as the actor may see it."""
    one = meeting(meeting_id)
    return Minutes(
        meeting=one,
        present=list(present(meeting_id)),
        items=[Minuted(item, list(decided(item.pk)), list(item.interests.select_related("post")))
               for item in agenda(meeting_id)],
        left_out=list(not_selected(meeting_id)),
    )  # fmt: skip


def next_meeting(panel_id: UUID) -> Meeting | None:
    """The next planned meeting of a panel."""
    planned = Meeting.objects.filter(panel=panel_id, state=MeetingState.PLANNED)
    return planned.order_by("starts_at").first()


def items(meeting_id: UUID) -> QuerySet[Item]:
    """Everything put forward to a meeting that the actor may see, with the case."""
    return Item.objects.filter(meeting=meeting_id).select_related(
        "case", "put_forward_by__agency", "owner"
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


def put_forward(meeting_id: UUID) -> QuerySet[Item]:
    """What has been put forward and is not placed yet."""
    return items(meeting_id).filter(listed=Listed.PUT_FORWARD)


def not_selected(meeting_id: UUID) -> QuerySet[Item]:
    """What is not on the agenda, each with the reason why."""
    return items(meeting_id).filter(listed=Listed.NOT_SELECTED)


def item(item_id: UUID) -> Item:
    """Fetch one item with its meeting, panel and case, or raise NotHere."""
    found = Item.objects.select_related("meeting__panel", "case__lead", "owner", "put_forward_by")
    return _one(found, item_id)


def item_to_change(item_id: UUID) -> Item:
    """Fetch one item and hold it, so that two people cannot both decide on it."""
    held = Item.objects.select_for_update(of=("self",)).select_related("meeting__panel", "case")
    return _one(held, item_id)


def was_deferred(case_id: UUID) -> bool:
    """Say whether the panel's latest decision about a case was to put it off."""
    last = Decision.objects.filter(case=case_id).order_by("-decided_at").first()
    return last is not None and last.outcome == Outcome.DEFER


def research(research_id: UUID) -> Research:
    """Fetch one research request, or raise NotHere."""
    found = Research.objects.select_related("agency", "item__meeting__panel", "case")
    return _one(found, research_id)


def research_for(agency_id: int) -> QuerySet[Research]:
    """What one agency has been asked and has not answered, by deadline."""
    return (
        Research.objects.filter(agency=agency_id, held=Held.WAITING)
        .filter(item__meeting__state=MeetingState.PLANNED)
        .select_related("item__meeting__panel", "case")
        .order_by("answer_by")
    )


def returns(item_id: UUID) -> dict[UUID, Return]:
    """What agencies told the panel about one item, by research request."""
    found = Return.objects.filter(research__item=item_id).select_related("owner")
    return {one.research_id: one for one in found}


def present(meeting_id: UUID) -> QuerySet[Present]:
    """Who was in the room, by agency."""
    here = Present.objects.filter(meeting=meeting_id).select_related("post", "agency")
    return here.order_by("agency__name", "post__name")


def agencies_present(meeting_id: UUID, *, without: set[UUID] = frozenset()) -> set[int]:  # type: ignore[assignment]
    """The agencies in the room, leaving out people with an interest in what is discussed."""
    here = Present.objects.filter(meeting=meeting_id).exclude(post__in=without)
    return set(here.values_list("agency", flat=True))


def interested(item_id: UUID) -> set[UUID]:
    """The posts that declared an interest in one item."""
    return set(Interest.objects.filter(item=item_id).values_list("post", flat=True))


def decisions_of_case(case_id: UUID) -> QuerySet[Decision]:
    """What panels have decided about a case, the latest first."""
    return (
        Decision.objects.filter(case=case_id)
        .select_related("item__meeting__panel", "decided_by")
        .prefetch_related("actions__action__who__agency")
        .order_by("-decided_at")
    )


def decided(item_id: UUID) -> QuerySet[Decision]:
    """The decisions on one item with their actions, the latest first."""
    return (
        Decision.objects.filter(item=item_id)
        .select_related("decided_by__agency")
        .prefetch_related("actions__action__who__agency")
        .order_by("-decided_at")
    )


def waiting_cases(one: Meeting, post_id: UUID) -> QuerySet:
    """Open cases somebody leads that are due a look by the meeting and are not put forward."""
    already = Item.objects.filter(meeting=one).values("case")
    day = timezone.localdate(one.starts_at)
    mine = cases.my_cases(post_id).filter(state="open").exclude(pk__in=already)
    return mine.filter(Q(review_on__lte=day) | Q(review_on=None))


def counts(first: date, last: date) -> dict[str, int]:
    """Figures about panels in a period, as far as the actor may see."""
    days = _between(first, last)
    decisions = Decision.objects.filter(decided_at__range=days)
    answered = Research.objects.filter(asked_at__range=days).exclude(held=Held.WAITING)
    held = Meeting.objects.filter(state=MeetingState.HELD, held_at__range=days)
    outcomes = dict(decisions.values_list("outcome").annotate(n=Count("pk")).order_by())
    return {
        "panel meetings held": held.count(),
        "cases discussed at a panel": decisions.values("case").distinct().count(),
        "panel decisions": sum(outcomes.values()),
        "panel decisions with dissent": decisions.exclude(dissent="").count(),
        "research requests answered": answered.count(),
        "research requests refused": answered.filter(held=Held.CANNOT_SAY).count(),
    }


def to_do(by: Actor) -> list[ToDo]:
    """What panels need from a post: research to return, agendas to build, meetings to attend."""
    return [*_research_to_do(by), *_meetings_to_do(by)]


def _research_to_do(by: Actor) -> Iterator[ToDo]:
    for one in research_for(by.agency):
        yield ToDo(
            says=_("%(panel)s asks what your agency knows about “%(case)s”.")
            % {"panel": one.item.meeting.panel.name, "case": one.case.title},
            verb=_("Answer"),
            url_name="panels:return",
            url_args=(one.pk,),
            due=one.answer_by,
            overdue=one.answer_by < timezone.now(),
            kind="research",
        )


def _meetings_to_do(by: Actor) -> Iterator[ToDo]:
    soon = timezone.now() + timedelta(days=7)
    planned = Meeting.objects.filter(state=MeetingState.PLANNED, starts_at__lte=soon)
    for one in planned.filter(panel__in=panels_of(by.post)).select_related("panel"):
        yield ToDo(
            says=_("%(panel)s meets.") % {"panel": one.panel.name},
            verb=_("See the agenda"),
            url_name="panels:meeting",
            url_args=(one.pk,),
            due=one.starts_at,
            overdue=False,
            kind="panel",
        )


def _between(first: date, last: date) -> tuple[datetime, datetime]:
    return (
        timezone.make_aware(datetime.combine(first, time.min)),
        timezone.make_aware(datetime.combine(last, time.max)),
    )


def _one(rows: QuerySet[Row], row_id: UUID) -> Row:
    found = rows.filter(pk=row_id).first()
    if found is None:
        raise NotHere(f"{rows.model._meta.label_lower} {row_id}")
    return found
