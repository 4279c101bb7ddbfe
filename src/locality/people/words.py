"""The words of people: how somebody is recorded, and why a record may be who is sought."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, TypedDict
from uuid import UUID


class Sex(StrEnum):
    """As recorded by the agency; never guessed."""

    FEMALE = "female"
    MALE = "male"
    OTHER = "other"
    NOT_KNOWN = "not known"


class ContactKind(StrEnum):
    """A way to reach somebody."""

    ADDRESS = "address"
    PHONE = "phone"
    EMAIL = "email"


class Identity(TypedDict, total=False):
    """What an agency records of who somebody is. What is left out is not known."""

    given_names: str
    family_name: str
    known_as: str
    born: date | None
    sex: str
    postcode: str


class Reason(StrEnum):
    """Why a record may be the person sought, as part of a sentence."""

    SAME_NAME = "the same name"
    NAME_BEGINS = "a name that begins the same"
    OTHER_WAY_ROUND = "the same names the other way round"
    SHORT_FORM = "a short form of the name"
    KNOWN_AS = "known by that name"
    SPELLED_NEARLY = "a name spelled nearly the same"
    SAME_BIRTH = "the same date of birth"
    NEAR_BIRTH = "nearly the same date of birth"
    OTHER_BIRTH = "but another date of birth"
    SAME_POSTCODE = "the same postcode"


@dataclass(frozen=True, slots=True)
class Sought:
    """Who is sought, with names already made searchable."""

    given_key: str
    family_key: str
    born: date | None
    postcode: str
    nicknames: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact as each record has it, in the records' order; they may disagree."""

    label: str
    values: tuple[Any, ...]
    differ: bool
    owners: tuple[Any, ...] = ()

    @property
    def owned(self) -> tuple[tuple[Any, Any], ...]:
        """Each agency with what its record says."""
        return tuple(zip(self.owners, self.values, strict=True))


@dataclass(frozen=True, slots=True)
class FoundPerson:
    """Somebody a search found: their likeliest record, and others of the same person."""

    record: Any
    others: tuple[Any, ...]


HIDDEN = "Name not shown to you"
UNKNOWN = "Name not known"
MOST_FOUND = 50


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to know in an emergency: a sentence, and beneath it who says so and when."""

    says: str
    source: str


@dataclass(frozen=True, slots=True)
class Part:
    """What one domain knows about somebody that may keep people safe."""

    heading: str
    lines: Sequence[Line]


# A domain above tells what it knows about these people, as far as it shows.
Teller = Callable[[Sequence[UUID]], Part]
