"""Panels with their terms and members, their meetings, and who was in the room."""

from collections.abc import Sequence
from typing import TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from locality.kit.errors import NotHere
from locality.panels.models import Meeting, Panel, Present
from locality.panels.rules import require_planned
from locality.panels.words import MeetingState
from locality.sharing import reads as sharing
from locality.sharing.acting import Actor
from locality.sharing.models import Agency, Member

Row = TypeVar("Row", bound=Model)


def panels() -> QuerySet[Panel]:
    """Every panel that sits today, with its terms."""
    return _with_terms().exclude(circle__closed_on__lt=sharing.today())


def panels_of(by: Actor) -> QuerySet[Panel]:
    """The panels somebody sits on today, for the purpose they act for."""
    live = Member.objects.filter(post=by.post, left_at=None, starts__lte=sharing.today())
    sits_in = live.exclude(until__lt=sharing.today()).values("circle")
    return panels().filter(circle__in=sits_in, purpose__key=by.purpose)


def panel(panel_id: UUID) -> Panel:
    """Fetch one panel, which may sit no longer, or raise NotHere."""
    return one_of(_with_terms(), panel_id)


def members(one: Panel) -> QuerySet[Member]:
    """Who sits on a panel today."""
    return sharing.members(one.circle_id)


def sat_on(one: Meeting) -> QuerySet[Member]:
    """Who sat on a panel on the day of one of its meetings."""
    day = timezone.localdate(one.starts_at)
    sat = Member.objects.filter(circle=one.panel.circle_id, starts__lte=day)
    left = Q(left_at__lt=one.starts_at) | Q(until__lt=day)
    return sat.exclude(left).select_related("post__agency")


def is_member(one: Panel, post_id: UUID) -> bool:
    """Say whether a post sits on a panel today."""
    return members(one).filter(post=post_id).exists()


def sits_on(one: Panel, by: Actor) -> bool:
    """Say whether an actor sits on a panel today and acts for its purpose."""
    return one.purpose.key == by.purpose and is_member(one, by.post)


def meetings(panel_id: UUID) -> QuerySet[Meeting]:
    """A panel's meetings, the latest first."""
    return Meeting.objects.filter(panel=panel_id).order_by("-starts_at")


def meeting(meeting_id: UUID) -> Meeting:
    """Fetch one meeting with its panel, or raise NotHere."""
    return one_of(Meeting.objects.select_related("panel__agency", "panel__purpose"), meeting_id)


def meeting_to_change(meeting_id: UUID) -> Meeting:
    """Fetch one planned meeting and hold it until the transaction ends.

    Refuses with `panels.meeting_over` once it was held or called off.
    """
    require_planned(MeetingState(meeting(meeting_id).state))
    held = Meeting.objects.select_for_update(of=("self",)).select_related("panel__agency")
    found = held.filter(pk=meeting_id).first()
    if found is None:  # somebody ended it a moment ago
        require_planned(MeetingState(meeting(meeting_id).state))
        raise NotHere(f"meeting {meeting_id}")
    return found


def meetings_to_come(purpose_key: str) -> QuerySet[Meeting]:
    """Planned meetings of every panel that sits for a purpose, the soonest first."""
    planned = Meeting.objects.filter(
        state=MeetingState.PLANNED, starts_at__gte=timezone.now(), panel__purpose__key=purpose_key
    )
    return planned.select_related("panel").order_by("starts_at")


def next_meeting(panel_id: UUID) -> Meeting | None:
    """The next planned meeting of a panel."""
    planned = Meeting.objects.filter(panel=panel_id, state=MeetingState.PLANNED)
    return planned.order_by("starts_at").first()


def agencies_named(numbers: Sequence[int]) -> list[Agency]:
    """Agencies by number, in order of name."""
    return list(sharing.agencies().filter(pk__in=numbers))


def present(meeting_id: UUID) -> QuerySet[Present]:
    """Who was in the room, by agency."""
    here = Present.objects.filter(meeting=meeting_id).select_related("post", "agency")
    return here.order_by("agency__name", "post__name")


def _with_terms() -> QuerySet[Panel]:
    return Panel.objects.select_related("agency", "purpose")


def one_of(rows: QuerySet[Row], row_id: UUID) -> Row:
    """Fetch one row, or raise NotHere."""
    found = rows.filter(pk=row_id).first()
    if found is None:
        raise NotHere(f"{rows.model._meta.label_lower} {row_id}")
    return found
