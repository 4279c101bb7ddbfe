"""The one rule again, in plain Python over plain facts, written apart from the SQL that it judges.

Nothing here is shared with the policies: no statement, no helper, no table name. What is not an
item under the one rule (a circle, a receipt, an audit entry) has its answers in `seeing`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from tests.rule.kinds import BY_CONCERN

SEALED, CONTACT = 3, 1


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
    """A row, and what it says that matters to who may see or change it."""

    kind: str
    id: UUID
    owner: int = 0
    category: int = 0
    marking: int = 0
    parent: UUID | None = None
    inherits: bool = False  # disclosing the parent discloses it
    about: frozenset[UUID] = frozenset()
    has: Mapping[str, object] = field(default_factory=dict, compare=False)

    @property
    def label(self) -> tuple[int, int, int]:
        """Whose it is, what kind of information, how closely held."""
        return self.owner, self.category, self.marking


@dataclass(frozen=True)
class Agreed:
    """An agreement: who gives, who gets, what, for which purpose, when."""

    purpose: int
    state: str
    starts: date
    until: date
    gives: frozenset[int]
    gets: frozenset[int]
    covers: tuple[tuple[int, int, bool], ...]  # category, highest marking, only with consent
    id: UUID = UUID(int=0)


@dataclass(frozen=True)
class Ring:
    """A circle and its memberships (post, first day, last day, left, the membership's own id)."""

    id: UUID
    kind: str
    purpose: int
    last_day: date | None
    members: tuple[tuple[UUID, date, date | None, bool, UUID], ...]
    works_with: frozenset[UUID] = frozenset()


@dataclass(frozen=True)
class Given:
    """One disclosure of some items to one circle."""

    id: UUID
    giver: int
    circle: UUID
    purpose: int
    items: frozenset[UUID]
    starts: date
    until: date | None
    withdrawn: bool
    recipients: frozenset[UUID] | None = None  # none: everybody in the circle

    def reaches(self, who: Who) -> bool:
        """Whether it is to somebody, or to everybody in its circle."""
        return self.recipients is None or who.post in self.recipients


@dataclass
class Facts:
    """A whole small world, and the day it is looked at."""

    today: date
    roles: dict[str, tuple[int, ...]] = field(default_factory=dict)
    duties: dict[str, frozenset[str]] = field(default_factory=dict)
    people: list[Who] = field(default_factory=list)
    agreements: list[Agreed] = field(default_factory=list)
    rings: list[Ring] = field(default_factory=list)
    given: list[Given] = field(default_factory=list)
    kept_from: list[tuple[UUID, UUID, bool]] = field(default_factory=list)  # user, subject, lifted
    apart: list[tuple[UUID, UUID, bool]] = field(default_factory=list)  # safe, feared, ended
    urgently: bool = False  # whether emergency access counts, as it does on its own page alone
    items: list[Item] = field(default_factory=list)
    answered: dict[object, bool] = field(default_factory=dict)
    _found: dict[UUID, Item] = field(default_factory=dict)
    _kinds: dict[str, list[Item]] = field(default_factory=dict)
    _barred: dict[UUID, set[UUID]] = field(default_factory=dict)

    def may_act(self, who: Who, purpose: int) -> bool:
        """Active, in post today, and allowed that purpose."""
        in_post = who.starts <= self.today and (who.until is None or self.today <= who.until)
        return who.active and in_post and purpose in who.purposes

    def item_shows(self, who: Who, purpose: int, item: Item) -> bool:
        """The one rule."""
        if self.is_kept_from(who, item) or not self.is_cleared(who, item.category, item.marking):
            return False
        own = item.owner == who.agency
        if own and item.marking < SEALED:
            return True
        if self.urgently and self._in_emergency(who, purpose, item):
            return True
        return (own or self.is_agreed(who, purpose, item)) and self._disclosed(who, purpose, item)

    def _in_emergency(self, who: Who, purpose: int, item: Item) -> bool:
        """Live emergency access to somebody whom this, or what it belongs to, is about; never to
        what is sealed, nor to a contact held more closely than usual. A household names nobody:
        who lives there does.
        """
        if item.marking >= (2 if item.category == CONTACT else SEALED):
            return False
        naming = [one for one in self.above(item) if one.kind != "household"]
        about = {person for one in naming for person in one.about}
        return any(
            one.has["post"] == who.post
            and one.has["purpose"] == purpose
            and one.has["live"]
            and not one.has["revoked_at"]
            and about & set(one.has["subjects"])
            for one in self.of_kind("emergency")
        )

    def is_cleared(self, who: Who, category: int, marking: int) -> bool:
        """Answer whether somebody's role is cleared for such an item."""
        return self.roles[who.role][category] >= marking

    def has_duty(self, who: Who, *duties: str) -> bool:
        """Answer whether somebody's role has one of these duties."""
        return bool(self.duties[who.role] & set(duties))

    def find(self, some_id: object) -> Item | None:
        """The row with this id; a receipt, which has its concern's id, is not what is meant."""
        return self._found.get(some_id)  # type: ignore[arg-type]

    def reindex(self) -> None:
        """Take note of the rows, once all are there."""
        self._found = {item.id: item for item in self.items if item.kind not in BY_CONCERN}
        for item in self.items:
            self._kinds.setdefault(item.kind, []).append(item)

    def of_kind(self, *kinds: str) -> list[Item]:
        """The rows of some kinds."""
        return [item for kind in kinds for item in self._kinds.get(kind, ())]

    def above(self, item: Item | None) -> Iterator[Item]:
        """A row, what it belongs to, what that belongs to, and so on."""
        while item is not None:
            yield item
            item = self.find(item.parent) if item.parent else None

    def is_kept_from(self, who: Who, item: Item) -> bool:
        """Answer whether somebody must never see this: it, or whom or what it is about."""
        names = {one.id for one in self.above(item)} | {item.parent}
        names |= {person for one in self.above(item) for person in one.about}
        return bool(names & self.barred(who))

    def barred(self, who: Who) -> set[UUID]:
        """Whom and what somebody is kept from: by name, and by whom else they work with."""
        if who.user not in self._barred:
            named = {one for user, one, lifted in self.kept_from if user == who.user and not lifted}
            self._barred[who.user] = named | {
                safe
                for safe, feared, ended in self.apart
                for ring in self.rings
                if not ended
                and feared in ring.works_with
                and safe not in ring.works_with
                and self._belongs(who.user, ring)
            }
        return self._barred[who.user]

    def _belongs(self, user: UUID, ring: Ring, *, to_come: bool = False) -> bool:
        """Whether somebody is in a circle today, in whichever post and for whichever purpose."""
        if ring.last_day is not None and ring.last_day < self.today:
            return False
        posts = {one.post for one in self.people if one.user == user}
        return any(
            post in posts
            and (to_come or first <= self.today)
            and (last is None or self.today <= last)
            and not left
            for post, first, last, left, _ in ring.members
        )

    def stands_between(self, post: object, circle: object) -> bool:
        """Whether somebody, once in a circle, would work with both of two who are kept apart."""
        (user,) = {one.user for one in self.people if one.post == post}
        here = self.works_with(circle)
        others = [
            ring.works_with for ring in self.rings
            if ring.id != circle and self._belongs(user, ring, to_come=True)
        ]  # fmt: skip
        for safe, feared, ended in self.apart:
            alone = any(feared in one and safe not in one for one in others)
            helps = any(safe in one for one in others)
            if not ended and (
                (safe in here and alone) or (feared in here and safe not in here and helps)
            ):
                return True
        return False

    def works_with(self, circle: object) -> frozenset[UUID]:
        """Whom a circle works with."""
        return next((ring.works_with for ring in self.rings if ring.id == circle), frozenset())

    def is_agreed(self, who: Who, purpose: int, item: Item) -> bool:
        """Answer whether an agreement in force lets this agency get such an item of its owner's,
        and, where it asks for that, with the consent of everybody it is about.
        """
        on = self.terms(who, purpose, item)
        return False in on or (True in on and self.is_consented(who, purpose, item))

    def terms(self, who: Who, purpose: int, item: Item) -> set[bool]:
        """Whether the agreements in force that cover such an item ask for consent."""
        return {
            needs
            for one in self.agreements
            if one.state == "in force" and one.starts <= self.today <= one.until
            and item.owner in one.gives and who.agency in one.gets and one.purpose == purpose
            for category, up_to, needs in one.covers
            if category == item.category and item.marking <= up_to
        }  # fmt: skip

    def is_consented(self, who: Who, purpose: int, item: Item) -> bool:
        """Answer whether everybody this names, and what it belongs to names, has agreed that its
        owner shares such with this agency. A household names nobody: who lives there does.
        """
        naming = [one for one in self.above(item) if one.kind != "household"]
        people = {person for one in naming for person in one.about}
        return bool(people) and all(
            any(
                one.about == {person}
                and one.owner == item.owner
                and one.has["asks"] == "confidentiality"
                and one.has["answer"] == "agreed"
                and one.has["purpose"] == purpose
                and who.agency in one.has["receivers"]
                and item.category in one.has["categories"]
                and one.has["ended_at"] is None
                and one.has["starts"] <= self.today <= one.has["until"]
                for one in self.of_kind("consent")
            )
            for person in people
        )

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
            and one.reaches(who)
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
            for post, first, last, left, _ in ring.members
        )

    def is_in_circle(self, who: Who, purpose: int, circle: object) -> bool:
        """The same, of a circle by its id."""
        return any(ring.id == circle and self.is_in(who, purpose, ring) for ring in self.rings)
