"""Who may run a panel, and when."""

from uuid import UUID

from locality.kit.errors import Refused
from locality.kit.saying import say
from locality.panels import reads
from locality.panels.models import Meeting, Panel
from locality.panels.rules import require_planned
from locality.panels.words import MeetingState
from locality.sharing import duties
from locality.sharing.acting import Actor
from locality.sharing.words import Duty


def require_runs(*, by: Actor, panel: Panel) -> None:
    """Refuse unless a coordinator or chair who sits on this panel is acting.

    The chair of a panel often works for another agency than the one that runs it.
    """
    duties.require(Duty.COORDINATE, Duty.CHAIR)
    require_purpose(by=by, panel=panel)
    if not reads.is_member(panel, by.post):
        raise Refused(
            "panels.not_your_panel",
            say(
                "You do not sit on {panel}. {agency} runs it: ask its coordinator.",
                panel=panel.name,
                agency=panel.agency.name,
            ),
        )


def require_may_change(*, by: Actor, meeting: Meeting) -> None:
    """Refuse unless the actor runs the panel of a meeting that is still planned."""
    require_runs(by=by, panel=meeting.panel)
    require_planned(MeetingState(meeting.state))


def meeting_to_run(*, by: Actor, meeting_id: UUID) -> Meeting:
    """Hold a meeting that is still planned and that the actor runs, until the transaction ends."""
    require_runs(by=by, panel=reads.meeting(meeting_id).panel)
    return reads.meeting_to_change(meeting_id)


def require_purpose(*, by: Actor, panel: Panel) -> None:
    """Refuse unless the actor works for the purpose that the panel sits for.

    What is shared for another purpose would not show to its members.
    """
    if panel.purpose.key != by.purpose:
        raise Refused(
            "panels.other_purpose",
            say(
                "{panel} decides for another purpose, “{purpose}”. "
                "Choose that purpose at the top of the page first, if it is yours.",
                panel=panel.name,
                purpose=say(panel.purpose.name),
            ),
        )
