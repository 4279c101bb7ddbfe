"""The one rule again, in plain Python over plain facts, written apart from the SQL that it judges.

Nothing here is shared with the policies: no statement, no helper, no table name.
"""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID


@dataclass(frozen=True)
class Who:
    """Somebody in a post, acting for a purpose."""

    user: UUID
    post: UUID
    agency: int
    role: str
    active: bool
    starts: date
    until: date | None
    purposes: frozenset[int]


@dataclass(frozen=True)
class Item:
    """A row that the rule guards."""

    kind: str
    id: UUID
    owner: int
    category: int
    marking: int
    parent: UUID | None = None
    inherits: bool = False  # disclosing the parent discloses it
    about: frozenset[UUID] = frozenset()


@dataclass(frozen=True)
class Agreed:
    """An agreement: who gives, who gets, what, for which purpose, when."""

    purpose: int
    state: str
    starts: date
    until: date
    gives: frozenset[int]
    gets: frozenset[int]
    covers: tuple[tuple[int, int], ...]  # category, highest marking


@dataclass(frozen=True)
class Ring:
    """A circle and its memberships (post, first day, last day, left)."""

    id: UUID
    kind: str
    owner: int
    category: int
    marking: int
    purpose: int
    made_by: UUID | None
    last_day: date | None
    members: tuple[tuple[UUID, date, date | None, bool], ...]


@dataclass(frozen=True)
class Given:
    """One disclosure of some items to one circle."""

    giver: int
    circle: UUID
    purpose: int
    items: frozenset[UUID]
    starts: date
    until: date | None
    withdrawn: bool


@dataclass
class Facts:
    """A whole small world, and the day it is looked at."""

    today: date
    roles: dict[str, tuple[int, ...]] = field(default_factory=dict)
    people: list[Who] = field(default_factory=list)
    agreements: list[Agreed] = field(default_factory=list)
    rings: list[Ring] = field(default_factory=list)
    given: list[Given] = field(default_factory=list)
    kept_from: list[tuple[UUID, UUID, bool]] = field(default_factory=list)  # user, subject, lifted
    items: list[Item] = field(default_factory=list)

    def may_act(self, who: Who, purpose: int) -> bool:
        """Active, in post today, and allowed that purpose."""
        in_post = who.starts <= self.today and (who.until is None or self.today <= who.until)
        return who.active and in_post and purpose in who.purposes

    def sees(self, who: Who, purpose: int, item: Item) -> bool:
        """Answer for one item."""
        if not self.may_act(who, purpose):
            return False
        if self._is_kept_from(who, item):
            return False
        if self.roles[who.role][item.category] < item.marking:
            return False
        own = item.owner == who.agency
        if own and item.marking < 3:
            return True
        return (own or self._agreed(who, purpose, item)) and self._disclosed(who, purpose, item)

    def may_change(self, who: Who, purpose: int, item: Item, changers: str) -> bool:
        """Answer whether a row may be edited, where `changers` is nobody, owner, team or plan.

        A plan is changed only by those who see the case it belongs to.
        """
        if changers == "nobody" or not self.sees(who, purpose, item):
            return False
        if changers == "plan":
            return any(i.id == item.parent and self.sees(who, purpose, i) for i in self.items)
        return changers == "team" or item.owner == who.agency

    def _is_kept_from(self, who: Who, item: Item) -> bool:
        names = {item.id, item.parent} | item.about
        for other in self.items:
            if other.id == item.parent:
                names |= other.about
        return any(
            user == who.user and subject in names and not lifted
            for user, subject, lifted in self.kept_from
        )

    def _agreed(self, who: Who, purpose: int, item: Item) -> bool:
        for one in self.agreements:
            in_force = one.state == "in force" and one.starts <= self.today <= one.until
            between = item.owner in one.gives and who.agency in one.gets
            enough = any(c == item.category and item.marking <= up for c, up in one.covers)
            if in_force and between and enough and one.purpose == purpose:
                return True
        return False

    def _disclosed(self, who: Who, purpose: int, item: Item) -> bool:
        names = {item.id} | ({item.parent} if item.inherits and item.parent else set())
        mine = {ring.id for ring in self.rings if self.is_in(who, purpose, ring)}
        return any(
            one.giver == item.owner
            and one.circle in mine
            and one.purpose == purpose
            and names & one.items
            and one.starts <= self.today
            and (one.until is None or self.today <= one.until)
            and not one.withdrawn
            for one in self.given
        )

    def is_in(self, who: Who, purpose: int, ring: Ring) -> bool:
        """Answer whether somebody is a live member of a circle for this purpose."""
        if ring.purpose != purpose or (ring.last_day is not None and ring.last_day < self.today):
            return False
        return any(
            post == who.post
            and first <= self.today
            and (last is None or self.today <= last)
            and not left
            for post, first, last, left in ring.members
        )
