"""The words of subject access: how long a law gives, and how one request's clock stands."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from locality.sharing.words import AskedBy, Handled, Law, Nature, SubjectKind

ENDS = (Handled.ANSWERED, Handled.REFUSED, Handled.TAKEN_BACK)


@dataclass(frozen=True, slots=True)
class NewRequest:
    """A request as it came; `checked` says how it was seen who asks, if it was."""

    kind: SubjectKind
    name: str
    reach: str
    wants: str
    received_on: date
    born: date | None = None
    law: Law = Law.GENERAL
    asked_by: AskedBy = AskedBy.THEMSELVES
    asker: str = ""
    authority: str = ""
    checked: str = ""


@dataclass(frozen=True, slots=True)
class Time:
    """How long one law gives, and how its days are counted."""

    says: str
    months: int
    extra_months: int
    first_day_counts: bool
    ends_on_working_day: bool
    source: str
    mark: str
    review_by: date
    confirmed: bool


@dataclass(frozen=True, slots=True)
class ComplaintTime:
    """How soon a complaint is acknowledged, and how soon we want its outcome told."""

    acknowledge_days: int
    outcome_days: int
    source: str
    mark: str
    review_by: date
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Done:
    """One step, and the day that counts for the clock."""

    step: Handled
    on: date


class Standing(StrEnum):
    """How a request stands on a day."""

    PROOF = "waiting for proof"
    STOPPED = "clock stopped"
    UNDER_WAY = "under way"
    SOON = "due soon"
    OVERDUE = "overdue"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Clock:
    """How one request's clock stands: its last day unless it is not running."""

    standing: Standing
    due: date | None
    started: date | None = None
    stopped_days: int = 0
    extended: bool = False
    acknowledge_by: date | None = None


class How(StrEnum):
    """What becomes of one part of what is held."""

    DISCLOSE = "disclose"
    REDACT = "redact"
    WITHHOLD = "withhold"


@dataclass(frozen=True, slots=True)
class Exemption:
    """Why something is not given, and whether the answer names that reason."""

    key: str
    says: str
    source: str
    told: bool


@dataclass(frozen=True, slots=True)
class Part:
    """One column of a row in words: what is about somebody."""

    key: str
    label: str
    words: str


@dataclass(frozen=True, slots=True)
class Found:
    """One row that an agency holds about somebody, as far as its reader sees it."""

    kind: str
    item: UUID
    says: str
    on: date | None
    parts: tuple[Part, ...]
    others: tuple[UUID, ...]  # somebody else it is about
    authors: frozenset[UUID]  # the people who wrote it
    careful: bool  # withheld unless a human says otherwise

    @property
    def key(self) -> str:
        """What names it on a page: its kind and its id."""
        return f"{self.kind}:{self.item}"


@dataclass(frozen=True, slots=True)
class Choice:
    """What a reader decided about one part; why, unless it is given in full."""

    how: How
    reason: str = ""
    says: str = ""
    leave_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NewCorrection:
    """Which part of a row is wrong, whether it is a fact, and what is right or the other view."""

    part: str
    nature: Nature
    says: str


class Stage(StrEnum):
    """How far one row is."""

    UNDECIDED = "to decide"
    TO_SIGN = "to be signed off"
    SIGNED = "signed off"
