"""Where the domains above say what they hold about people: each fills this from its `apps.py`.

What in a row is about somebody, its model's `Handling` says already. A domain adds how to get from
a row to whom it is about, and what to call it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.utils.functional import Promise

from locality.sharing.acting import Actor


class Candidate(NamedTuple):
    """Somebody who may be whom a request is about, and a line that helps to tell."""

    person: UUID
    says: str


@dataclass(frozen=True, slots=True)
class Holding:
    """One kind of row about people."""

    kind: str  # such as cases.note
    about: str  # the way from a row to whom it is about, such as case__about
    says: Promise | str
    on: str = ""  # the column that dates it
    owner: str = "owner"  # the way to the agency that answers for it
    leave_out: frozenset[str] = frozenset()  # columns made from others, or that nobody may read
    gate: str = ""  # a function in the database that finds rows whose parent does not show


@dataclass(frozen=True, slots=True)
class Finder:
    """How whoever reads finds people: by name and birth, and who is known to be the same."""

    candidates: Callable[[str, date | None], list[Candidate]]
    linked: Callable[[Sequence[UUID]], list[UUID]]


# How a domain changes a fact in one of its rows: who acts, the row, the column, what is right.
Corrector = Callable[[Actor, UUID, str, str], None]

HOLDINGS: dict[str, Holding] = {}
CORRECTORS: dict[str, Corrector] = {}
NOTHING: dict[str, str] = {}  # a kind of row with something personal in it: why it holds no answer
FINDERS: list[Finder] = []


def hold(*holdings: Holding) -> None:
    """Let a domain say what it holds."""
    HOLDINGS.update({one.kind: one for one in holdings})


def holds_nothing(**why: str) -> None:
    """Let a domain say of its own kinds (domain__model) why they add nothing to an answer."""
    NOTHING.update({kind.replace("__", "."): says for kind, says in why.items()})


def correct_with(kind: str, corrector: Corrector) -> None:
    """Let a domain change a fact in rows that are not written once."""
    CORRECTORS[kind] = corrector


def find_people(finder: Finder) -> None:
    """Let the domain that knows people find them."""
    FINDERS[:] = [finder]
