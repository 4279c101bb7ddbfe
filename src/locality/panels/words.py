"""The words panels use. No framework, no database."""

from enum import StrEnum


class MeetingState(StrEnum):
    """Where a meeting stands."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"


class Listed(StrEnum):
    """Whether a case put forward is on the agenda."""

    PUT_FORWARD = "put forward"
    ON_AGENDA = "on the agenda"
    NOT_SELECTED = "not selected"


class Held(StrEnum):
    """What an agency's research found."""

    WAITING = "waiting"
    FOUND = "information returned"
    NOTHING = "nothing held"
    CANNOT_SAY = "cannot share"


class Outcome(StrEnum):
    """What a panel may decide about a case."""

    SUPPORT = "agree the plan"
    CHANGE = "change the plan"
    DEFER = "defer to the next meeting"
    STEP_UP = "step up"
    CLOSE = "recommend closing"
