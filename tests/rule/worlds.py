"""Small dense worlds at their boundaries: every date yesterday, today, tomorrow, far or none.

A world is grown from one number, so that Hypothesis names a failing world by it. Relations are
dense on purpose: sparse random worlds let most wrong rules through.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from uuid import UUID

from tests.rule.oracle import Agreed, Facts, Given, Item, Ring, Who

AGENCIES, ROLES, PURPOSES, CATEGORIES = (501, 502, 503), ("x1", "x2"), (1, 2), (0, 3, 8)
STATES = ["in force"] * 6 + ["suspended", "draft", "ended"]
DAY, FAR = timedelta(days=1), timedelta(days=300)


class Grower:
    """Draws the parts of one world."""

    def __init__(self, seed: int, today: date) -> None:
        self.random, self.today = Random(seed), today
        self.facts = Facts(today)

    def maybe(self, chance: float) -> bool:
        """True with a chance."""
        return self.random.random() < chance

    def one(self, *of: object):
        """One of these."""
        return self.random.choice(of)

    def some(self, of: list, most: int) -> frozenset:
        """A few of these, at least one."""
        return frozenset(self.random.sample(of, self.random.randint(1, min(most, len(of)))))

    def most(self, of: list) -> frozenset:
        """All of these but at most one."""
        return frozenset(self.random.sample(of, len(of) - self.one(0, 0, 1)))

    def id(self) -> UUID:
        """A new identifier."""
        return UUID(int=self.random.getrandbits(128))

    def first_day(self) -> date:
        """A day from which something counts: mostly past, often at the boundary."""
        day = self.today
        return self.one(*[day - FAR] * 6, day - DAY, day, day, day + DAY)

    def last_day(self) -> date | None:
        """A day until which something counts, if any."""
        day = self.today
        return self.one(None, None, None, day - DAY, day, day, day + DAY, day + FAR, day + FAR)

    def label(self) -> tuple[int, int, int]:
        """Owner, category, marking."""
        return (self.one(*AGENCIES), self.one(*CATEGORIES), self.one(0, 1, 2, 3))


def world(seed: int, today: date) -> Facts:
    """Grow agencies, people, agreements, circles, items, disclosures and conflicts."""
    grow = Grower(seed, today)
    facts = grow.facts
    for role in ROLES:
        facts.roles[role] = tuple(
            grow.one(3, 3, 3, 2, 1, 0, -1) if c in CATEGORIES else -1 for c in range(16)
        )
    facts.people = [_somebody(grow) for _ in range(6)]
    facts.agreements = [_agreement(grow) for _ in range(4)]
    facts.rings = [_ring(grow) for _ in range(3)]
    facts.items = list(_items(grow))
    facts.given = list(_given(grow))
    subjects = [item.id for item in facts.items if item.kind in ("person", "case", "concern")]
    facts.kept_from = [
        (who.user, grow.one(*subjects), grow.maybe(0.5)) for who in facts.people if grow.maybe(0.6)
    ]
    return facts


def _somebody(grow: Grower) -> Who:
    purposes = frozenset(p for p in PURPOSES if grow.maybe(0.8)) or frozenset([1])
    return Who(grow.id(), grow.id(), grow.one(*AGENCIES), grow.one(*ROLES), grow.maybe(0.9),
               grow.first_day(), grow.last_day(), purposes)  # fmt: skip


def _agreement(grow: Grower) -> Agreed:
    last = grow.last_day() or grow.today + FAR
    covers = tuple((c, grow.one(3, 3, 2, 1, 0)) for c in CATEGORIES if grow.maybe(0.9))
    return Agreed(
        grow.one(*PURPOSES), grow.one(*STATES), min(grow.first_day(), last), last,
        grow.most(list(AGENCIES)), grow.most(list(AGENCIES)), covers,
    )  # fmt: skip


def _ring(grow: Grower) -> Ring:
    members = tuple(
        (who.post, grow.first_day(), grow.last_day(), grow.maybe(0.15))
        for who in grow.facts.people
        if grow.maybe(0.9)
    )
    last = grow.last_day() if grow.maybe(0.6) else None
    return Ring(grow.id(), "case", *grow.label(), grow.one(*PURPOSES), None, last, members)


def _items(grow: Grower) -> Iterator[Item]:
    people = [grow.id() for _ in range(3)]
    yield from (Item("person", person, 0, 0, 0) for person in people)
    for _ in range(8):
        record = Item("record", grow.id(), *grow.label(), about=grow.some(people, 1))
        yield record
        yield Item("contact", grow.id(), *grow.label(), parent=record.id, about=record.about)
    for _ in range(8):
        about = grow.some(people, 2) if grow.maybe(0.7) else frozenset()
        concern = Item("concern", grow.id(), *grow.label(), about=about)
        yield concern
        yield Item("narrative", grow.id(), *grow.label(), parent=concern.id, inherits=True)
        yield Item("about", grow.id(), *grow.label(), parent=concern.id, inherits=True,
                   about=grow.some(people, 1))  # fmt: skip
    for _ in range(6):
        about = grow.some(people, 2) if grow.maybe(0.7) else frozenset()
        case = Item("case", grow.id(), *grow.label(), about=about)
        yield case
        same = (case.owner, case.category, case.marking)
        for kind in ("need", "action"):
            yield Item(kind, grow.id(), *same, parent=case.id, inherits=True)
        yield Item("note", grow.id(), *grow.label(), parent=case.id)


def _given(grow: Grower) -> Iterator[Given]:
    items = grow.facts.items
    for _ in range(40):
        giver = grow.one(*AGENCIES)
        # Mostly its own items; sometimes another's, which must show nothing.
        theirs = [
            i.id for i in items if i.kind != "person" and (i.owner == giver or grow.maybe(0.1))
        ]
        yield Given(
            giver, grow.one(*grow.facts.rings).id, grow.one(*PURPOSES), grow.some(theirs, 16),
            grow.first_day(), grow.last_day(), grow.maybe(0.15),
        )  # fmt: skip
