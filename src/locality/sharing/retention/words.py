"""The words of retention: schedules, what a row does when what it names goes, who agreed."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from locality.sharing.words import Action, Sector, Verdict


class Answer(StrEnum):
    """What a row does when what it names is to go. Every relation between rows has one."""

    GOES = "goes with it"
    CARRIES = "takes it along when it goes itself"
    KEEPS = "keeps it as long as the row is there"
    FREEZES = "keeps all that is about whom it names, and goes with it afterwards"
    STAYS = "stays: what is left is an identifier that says nothing"


class Standing(StrEnum):
    """Where a record whose time is over stands, by what leads have said."""

    WAITS = "waits"
    AGREED = "agreed"
    KEPT = "kept"


@dataclass(frozen=True, slots=True)
class Said:
    """One lead's word: of which agency, who, and when."""

    agency: int
    who: UUID
    verdict: Verdict
    at: datetime
    keep_until: date | None = None


@dataclass(frozen=True, slots=True)
class Schedule:
    """How long agencies of one sector keep one kind of record, and who says so.

    With `agency` it is that agency's own, in the row `own`.
    """

    sector: Sector
    kind: str  # such as cases.case
    years: int  # after it was closed
    action: Action
    source: str
    mark: str  # how sure we are of it
    confirmed: bool  # whether the agency's own officer has said that it is right
    review_by: date
    until_age: int | None = None  # and at least until each of its people is as old as this
    agency: int | None = None
    own: UUID | None = None


class NewSchedule(NamedTuple):
    """How long an agency keeps a kind of record, as its lead says it."""

    years: int
    until_age: int | None
    action: Action
    source: str
    review_by: date


class Due(NamedTuple):
    """One record whose time is over."""

    record: UUID
    agency: int
    schedule: Schedule
    since: date
    people: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """What would go of one agency by one schedule, and what is due and kept all the same."""

    agency: str
    schedule: Schedule
    goes: int
    rows: dict[str, int]  # with it, by kind
    kept: dict[str, int]  # due, and kept: how many, by the reason
