"""The words of an agreement's life: what is told of rights and how they change. No framework."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Ask:
    """What one lead has asked for and nobody has answered: whose it is."""

    id: UUID
    agency: int
    person: UUID


@dataclass(frozen=True, slots=True)
class Change:
    """What one role in one agency could see of one agency's information, before and after."""

    purpose: int
    agency: int
    role: str
    giver: int
    category: int
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Effect:
    """One way in which something changes: what, of whose information, and for whom."""

    purpose: int
    kinds: tuple[tuple[int, int, int], ...]  # category, before, after
    givers: tuple[int, ...]  # none: every other agency that anything changes of
    who: tuple[tuple[tuple[str, ...], tuple[int, ...]], ...]  # roles, in which agencies


@dataclass(frozen=True, slots=True)
class Right:
    """Up to which marking a role may see some kinds of some agencies' information."""

    givers: tuple[int, ...]  # none: every other agency that gives
    kinds: tuple[tuple[int, int], ...]  # category, highest marking
