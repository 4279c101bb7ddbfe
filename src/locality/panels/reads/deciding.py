"""Decisions, declared interests, and whether a panel can decide."""

from collections.abc import Set
from uuid import UUID

from django.db.models import QuerySet

from locality.panels.models import Decision, Interest, Item, Panel, Present
from locality.panels.reads.meetings import agencies_named, one_of
from locality.panels.rules import short_of_quorum


def agencies_present(meeting_id: UUID, *, without: Set[UUID] = frozenset()) -> set[int]:
    """The agencies in the room, leaving out people with an interest in what is discussed."""
    here = Present.objects.filter(meeting=meeting_id).exclude(post__in=without)
    return set(here.values_list("agency", flat=True))


def core(one: Panel) -> dict[int, str]:
    """The agencies without which a panel cannot decide, by number, with their names."""
    return {agency.pk: agency.name for agency in agencies_named(one.core)}


def lacks(one: Item) -> str:
    """Say what the panel lacks before it can decide on an item, or nothing."""
    panel = one.meeting.panel
    here = agencies_present(one.meeting_id, without=interested(one.pk))
    return short_of_quorum(here, core=core(panel), quorum=panel.quorum)


def interests(item_id: UUID) -> QuerySet[Interest]:
    """The conflicts of interest declared about one item, the earliest first."""
    found = Interest.objects.filter(item=item_id).select_related("post__agency")
    return found.order_by("declared_at")


def interested(item_id: UUID) -> set[UUID]:
    """The posts that declared an interest in one item."""
    return set(Interest.objects.filter(item=item_id).values_list("post", flat=True))


def decision(decision_id: UUID) -> Decision:
    """Fetch one decision with its meeting and panel, or raise NotHere."""
    found = Decision.objects.select_related("item__meeting__panel", "case")
    return one_of(found, decision_id)


def decisions_of_case(case_id: UUID) -> QuerySet[Decision]:
    """What panels have decided about a case, the latest first."""
    return _told().filter(case=case_id)


def decided(item_id: UUID) -> QuerySet[Decision]:
    """The decisions on one item with their actions, the latest first."""
    return _told().filter(item=item_id)


def _told() -> QuerySet[Decision]:
    return (
        Decision.objects.select_related("item__meeting__panel", "decided_by__agency")
        .prefetch_related("actions__action__who__agency")
        .order_by("-decided_at")
    )
