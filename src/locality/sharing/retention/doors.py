"""Where the domains above say how their records end: each fills this from its `apps.py`.

A kind of record is a root, which has a time of its own; or it belongs to one, and goes with it; or
it is left alone, with a reason. For every relation its domain says what its row does when what it
names is to go: a test fails for one that is not answered.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.db.models.expressions import BaseExpression, Combinable
from django.utils.functional import Promise

from locality.sharing.retention.words import Answer

ANY = "*"  # a column of identifiers that may name a record of any kind


@dataclass(frozen=True, slots=True)
class Root:
    """A kind of record with a time of its own. What it names besides, relations say."""

    kind: str  # such as cases.case
    says: Promise | str
    closed: Callable[
        [], BaseExpression | Combinable
    ]  # when work on it ended; NULL while it goes on
    people: str = ""  # the column, or the list, that says whom it is about
    stands_for: bool = False  # whether rows that keep that person keep this one, too
    leaves: frozenset[str] = frozenset()  # the columns of a slimmer row; none: it cannot be slimmed


@dataclass(frozen=True, slots=True)
class Relation:
    """What a row does when what one of its columns names is to go."""

    answer: Answer
    to: str = ""  # the kind that a column of plain identifiers names; a foreign key knows
    keeps_while: Callable[[date], Q] | None = None  # on a day: which of these rows keep it at all


ROOTS: dict[str, Root] = {}
RELATIONS: dict[str, Relation] = {}  # by domain.model.column
ALONE: dict[str, str] = {}  # kinds that no schedule is for: why
# When people were born, as far as their records say; where they differ, the youngest.
Births = Callable[[Sequence[UUID], str], dict[UUID, date]]
BIRTHS: list[Births] = []


def ends(*roots: Root) -> None:
    """Let a domain say which of its records have a time of their own."""
    ROOTS.update({one.kind: one for one in roots})


def answer(**relations: Relation | Answer) -> None:
    """Let a domain answer for its columns (domain__model__column)."""
    RELATIONS.update({
        name.replace("__", ".", 2): one if isinstance(one, Relation) else Relation(one)
        for name, one in relations.items()
    })  # fmt: skip


def leave_alone(why: str, *kinds: str) -> None:
    """Let a domain say of its own kinds why no schedule is for them."""
    ALONE.update(dict.fromkeys(kinds, why))


def know_births(births: Births) -> None:
    """Let the domain that knows people say when they were born."""
    BIRTHS[:] = [births]
