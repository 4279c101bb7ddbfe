"""The words of cases: what help is, who does what by when, and how it went."""

from enum import StrEnum


class CaseState(StrEnum):
    """Where a case stands."""

    OPEN = "open"
    CLOSED = "closed"


class SubjectKind(StrEnum):
    """What a case is about."""

    PERSON = "person"
    HOUSEHOLD = "household"
    PLACE = "place"


class ActionState(StrEnum):
    """Where an action stands."""

    TO_DO = "to do"
    DONE = "done"
    NOT_NEEDED = "no longer needed"


class Grade(StrEnum):
    """How far a goal was reached, in the person's own view where they gave one."""

    REACHED = "reached"
    MOSTLY = "mostly reached"
    PARTLY = "partly reached"
    NOT_REACHED = "not reached"
    NOT_KNOWN = "not known"


class Closing(StrEnum):
    """Why a case ends."""

    GOALS_MET = "goals met"
    STEPPED_UP = "stepped up to statutory help"
    STEPPED_DOWN = "stepped down to everyday services"
    DECLINED = "they no longer want this help"
    MOVED = "moved away"
    LOST_TOUCH = "lost touch"
    DUPLICATE = "opened twice"
    DIED = "the person has died"


class Answer(StrEnum):
    """How an agency answered a request for information."""

    WAITING = "waiting"
    GIVEN = "given"
    REFUSED = "refused"
    NOTHING_HELD = "nothing held"


# (state, event) -> next state. A pair that is not here is not allowed.
NEXT_STATE: dict[tuple[CaseState, str], CaseState] = {
    (CaseState.OPEN, "close"): CaseState.CLOSED,
}
