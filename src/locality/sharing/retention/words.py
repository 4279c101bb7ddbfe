"""The words of retention: schedules, and what a row does when what it names is to go."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from locality.sharing.words import Sector


class Action(StrEnum):
    """What becomes of a record whose time is over, once people have agreed."""

    ERASE = "erase"
    SLIM = "slim"  # to a row that says what was done and about nobody


class Answer(StrEnum):
    """What a row does when what it names is to go. Every relation between rows has one."""

    GOES = "goes with it"
    CARRIES = "takes it along when it goes itself"
    KEEPS = "keeps it as long as the row is there"
    FREEZES = "keeps all that is about whom it names"
    STAYS = "stays: what is left is an identifier that says nothing"


@dataclass(frozen=True, slots=True)
class Schedule:
    """How long agencies of one sector keep one kind of record, and who says so."""

    sector: Sector
    kind: str  # such as cases.case
    years: int  # after it was closed
    action: Action
    source: str
    mark: str  # how sure we are of it
    confirmed: bool  # whether the agency's own officer has said that it is right
    review_by: date
    until_age: int | None = None  # and at least until each of its people is as old as this


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
