"""The words panels use. No framework, no database."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID


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


# (state, event) -> next state. A pair that is not here is not allowed.
NEXT_STATE: dict[tuple[MeetingState, str], MeetingState] = {
    (MeetingState.PLANNED, "hold"): MeetingState.HELD,
    (MeetingState.PLANNED, "cancel"): MeetingState.CANCELLED,
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """What is known about a case put forward, as far as the order of an agenda needs it."""

    item: UUID
    deferred_before: bool
    review_on: date | None
    put_forward_at: datetime
    wanted: bool = False  # chosen by hand: it is heard, however full the agenda is


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a case put forward ends up: its place on the agenda, or why it is not on it."""

    item: UUID
    order: int
    not_selected_why: str = ""


@dataclass(frozen=True, slots=True)
class Changed:
    """What building an agenda changed, by reference: added, left out, and left as chosen."""

    on: int
    added: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    by_hand: tuple[str, ...] = ()

    def in_short(self) -> str:
        """Say it in few words, for the audit trail."""
        parts = {"added": self.added, "left out": self.left_out, "by hand": self.by_hand}
        said = [f"{what} {', '.join(which)}" for what, which in parts.items() if which]
        return "; ".join(said) or "nothing changed"


@dataclass(frozen=True, slots=True)
class NewAction:
    """Something the panel asks one person to do by a day."""

    says: str
    who: UUID
    due: date


@dataclass(frozen=True, slots=True)
class Terms:
    """A panel's terms of reference as an area's file says them. Its key makes it that panel."""

    key: str
    name: str
    about: str
    purpose: str
    agency: int
    members: tuple[str, ...]
    core: tuple[int, ...]
    quorum: int
    every_days: int
    research_days: int
    review_by: date
    longest_agenda: int = 12
    terms: str = ""

    @property
    def label(self) -> str:
        """How a fault names it."""
        return self.key
