"""The entries of an area's file: agencies, posts, agreements, front doors. No framework."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from locality.sharing.words import AgreementState, Gateway, Sector

FILE_NAMES = {"starts": "from"}  # what a field is called in the file, where it is another word


@dataclass(frozen=True, slots=True)
class AgencyEntry:
    """One agency. `was` is its former name, so that a number is never given to another agency."""

    number: int
    name: str
    sector: Sector
    contact: str
    was: str = ""

    @property
    def label(self) -> str:
        """How a fault names it."""
        return f"{self.number}, {self.name}"


@dataclass(frozen=True, slots=True)
class PostEntry:
    """One person in a role for an agency. Person, agency, role and first day make it that post."""

    email: str
    name: str
    agency: int
    role: str
    title: str
    purposes: tuple[str, ...]
    starts: date
    until: date | None = None
    was: str = ""

    @property
    def label(self) -> str:
        """How a fault names it."""
        return self.email

    @property
    def key(self) -> tuple[str, int, str, date]:
        """What makes it this post and no other."""
        return self.email.casefold(), self.agency, self.role, self.starts


@dataclass(frozen=True, slots=True)
class AgreementEntry:
    """What some agencies share, for one purpose. Name and purpose make it that agreement."""

    name: str
    purpose: str
    gateway: Gateway
    starts: date
    until: date
    review_by: date
    covers: dict[str, str]
    parties: tuple[int, ...] = ()
    gives_only: tuple[int, ...] = ()
    gets_only: tuple[int, ...] = ()
    state: AgreementState = AgreementState.IN_FORCE
    conditions: str = ""
    document: str = ""
    signatories: dict[str, str] = dataclasses.field(default_factory=dict)  # by agency's number
    with_consent: tuple[str, ...] = ()  # of those it covers, only with consent of whom it is about

    @property
    def label(self) -> str:
        """How a fault names it."""
        return f"{self.name}, {self.purpose}"

    @property
    def directions(self) -> dict[int, tuple[bool, bool]]:
        """Whether each agency gives, and whether it gets."""
        return (
            dict.fromkeys(self.parties, (True, True))
            | dict.fromkeys(self.gives_only, (True, False))
            | dict.fromkeys(self.gets_only, (False, True))
        )


@dataclass(frozen=True, slots=True)
class FrontDoorEntry:
    """Who screens what is raised for one purpose."""

    purpose: str
    name: str
    agency: int
    members: tuple[str, ...]

    @property
    def label(self) -> str:
        """How a fault names it."""
        return self.purpose


@dataclass(frozen=True, slots=True)
class Partners:
    """Everything an area's file says that sharing keeps."""

    agencies: tuple[AgencyEntry, ...] = ()
    posts: tuple[PostEntry, ...] = ()
    agreements: tuple[AgreementEntry, ...] = ()
    front_doors: tuple[FrontDoorEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """What entries may refer to, whether or not it is itself without fault."""

    agencies: frozenset[int]
    emails: frozenset[str]
    posts: tuple[PostEntry, ...]
    roles: Mapping[str, frozenset[str]]  # the duties of each
    purposes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one value of the file, and what to write instead."""

    table: str
    which: str
    field: str
    value: object = None
    says: str = ""

    def __str__(self) -> str:
        """One line that somebody can act on."""
        name = FILE_NAMES.get(self.field, self.field)
        value = "" if self.value is None else f" = {_shown(self.value)}"
        return f"[[{self.table}]] {self.which}: {name}{value}: {self.says}"


def as_written(entry: Any) -> dict[str, Any]:
    """One entry as the file has it: what is as it is by default is left out."""
    found = {}
    for field in dataclasses.fields(entry):
        value = getattr(entry, field.name)
        if value not in (field.default, {}):
            found[FILE_NAMES.get(field.name, field.name)] = _plain(value)
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return str(value) if isinstance(value, str) else value


def _shown(value: object) -> str:
    text = str(value) if isinstance(value, (int, date)) else f"“{value}”"
    return text if len(text) <= 80 else f"{text[:77]}…”"
