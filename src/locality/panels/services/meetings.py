"""Plan a meeting, say who is in the room, end it or call it off."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from django.utils import timezone

from locality.kit.errors import Refused
from locality.panels import reads, rules
from locality.panels.models import Meeting, Present
from locality.panels.services.allowed import meeting_to_run, require_runs
from locality.panels.words import MeetingState
from locality.sharing import audit
from locality.sharing.acting import Actor, acting


def plan_meeting(*, by: Actor, panel_id: UUID, starts_at: datetime, where: str = "") -> Meeting:
    """Plan the next meeting of a panel. Planning the same hour twice gives the same meeting."""
    with acting(by):
        panel = reads.panel(panel_id)
        require_runs(by=by, panel=panel)
        already = reads.meetings(panel_id).filter(starts_at=starts_at)
        if standing := already.exclude(state=MeetingState.CANCELLED).first():
            return standing
        if starts_at < timezone.now():
            raise Refused("panels.in_the_past", "A meeting is planned for a time still to come.")
        meeting = Meeting(id=uuid4(), panel=panel, starts_at=starts_at, where=where)
        meeting.save(force_insert=True)
        audit.record(by=by, did="panels.meeting.planned", to=meeting)
        return meeting


def mark_present(*, by: Actor, meeting_id: UUID, post_ids: Sequence[UUID]) -> None:
    """Say who is in the room; whoever is not named is not there."""
    with acting(by):
        meeting = meeting_to_run(by=by, meeting_id=meeting_id)
        sits = {member.post_id: member.post for member in reads.members(meeting.panel)}
        if set(post_ids) - set(sits):
            raise Refused("panels.not_a_member", "Somebody named does not sit on the panel.")
        here = reads.present(meeting_id)
        here.exclude(post__in=post_ids).delete()
        already = set(here.values_list("post", flat=True))
        for post_id in set(post_ids) - already:
            Present.objects.create(
                meeting=meeting, post_id=post_id, agency_id=sits[post_id].agency_id
            )
        audit.record(by=by, did="panels.attendance.marked", to=meeting)


def hold_meeting(*, by: Actor, meeting_id: UUID) -> Meeting:
    """Say that a meeting is over. Cases on the agenda without a decision count as deferred."""
    return _end(by, meeting_id, "hold")


def cancel_meeting(*, by: Actor, meeting_id: UUID) -> Meeting:
    """Call a meeting off. What was put forward stays with it and can be put forward again."""
    return _end(by, meeting_id, "cancel")


def _end(by: Actor, meeting_id: UUID, event: str) -> Meeting:
    with acting(by):
        meeting = meeting_to_run(by=by, meeting_id=meeting_id)
        meeting.state = rules.next_state(MeetingState(meeting.state), event)
        meeting.held_at = timezone.now() if meeting.state == MeetingState.HELD else None
        meeting.save(update_fields=["state", "held_at"])
        audit.record(by=by, did=f"panels.meeting.{meeting.state}", to=meeting)
        return meeting
