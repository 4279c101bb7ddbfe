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
DUTIES = ("lead", "govern", "operate", "chair", "coordinate")
STATES = ["in force"] * 6 + ["suspended", "draft", "ended"]
DAY, FAR = timedelta(days=1), timedelta(days=300)


class Grower:
    """Draws the parts of one world."""

    def __init__(self, seed: int, today: date) -> None:
        self.random, self.today = Random(seed), today
        self.facts = Facts(today)
        self.circle_labels: dict[UUID, tuple[int, int, int]] = {}

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
        return self.one(None, None, day - DAY, day - DAY, day, day, day + DAY, day + FAR, day + FAR)

    def label(self) -> tuple[int, int, int]:
        """Owner, category, marking."""
        return (self.one(*AGENCIES), self.one(*CATEGORIES), self.one(0, 1, 2, 3))

    def post(self) -> UUID:
        """Somebody's post."""
        return self.one(*self.facts.people).post

    def circle(self, *kinds: str) -> UUID:
        """A circle of one of these kinds."""
        return self.one(*[ring.id for ring in self.facts.rings if ring.kind in kinds])

    def label_like(self, item: Item) -> tuple[int, int, int]:
        """Mostly the label of another row, sometimes held otherwise or another altogether."""
        owner, category, marking = item.label
        held = (owner, category, self.one(0, 1, 2, 3))
        return self.one(*[(owner, category, marking)] * 7, held, held, self.label())

    def part(
        self, kind: str, of: Item, /, *, about: frozenset = frozenset(), **has: object
    ) -> Item:
        """A row that belongs to another and is disclosed with it."""
        return Item(kind, self.id(), *self.label_like(of), of.id, inherits=True, about=about,
                    has=has)  # fmt: skip


def world(seed: int, today: date) -> Facts:
    """Grow agencies, people, agreements, circles, items, disclosures and conflicts."""
    # Both grow with this module's Grower.
    from tests.rule.grown import disclosures, others, rows

    grow = Grower(seed, today)
    facts = grow.facts
    for role in ROLES:
        facts.roles[role] = tuple(
            grow.one(3, 3, 3, 2, 1, 0, -1) if c in CATEGORIES else -1 for c in range(16)
        )
        facts.duties[role] = frozenset(duty for duty in DUTIES if grow.maybe(0.5))
    facts.people = [_somebody(grow) for _ in range(6)]
    facts.agreements = [_agreement(grow) for _ in range(4)]
    kinds = ("case", "case", "case", "referral", "referral", "front door", "panel", "panel")
    facts.rings = [_ring(grow, kind) for kind in kinds]
    facts.items = list(rows(grow))
    facts.given = list(_given(grow))
    people = [one.id for one in facts.items if one.kind == "person"]
    things = [one.id for one in facts.items if one.kind in ("case", "concern")]
    cases = [one.id for one in facts.items if one.kind == "case"]
    subjects = [grow.one(*map(grow.random.choice, (people, cases, things))) for _ in range(6)]
    facts.kept_from = [
        (who.user, subject, grow.maybe(0.4))
        for who in facts.people
        if grow.maybe(0.7)
        for subject in sorted(grow.some(subjects, 2))
    ]
    facts.items = [*disclosures(grow), *facts.items, *others(grow)]
    facts.reindex()
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


def _ring(grow: Grower, kind: str) -> Ring:
    members = tuple(
        (who.post, grow.first_day(), grow.last_day(), grow.maybe(0.15), grow.id())
        for who in grow.facts.people
        if grow.maybe(0.8)
    )
    last = grow.last_day() if grow.maybe(0.6) else None
    ring = Ring(grow.id(), kind, grow.one(*PURPOSES), last, members)
    grow.circle_labels[ring.id] = grow.label()
    return ring


def _given(grow: Grower) -> Iterator[Given]:
    labelled = [item for item in grow.facts.items if item.owner]
    for _ in range(50):
        giver = grow.one(*AGENCIES)
        # Mostly its own items; sometimes another's, which must show nothing.
        theirs = [one.id for one in labelled if one.owner == giver or grow.maybe(0.1)]
        yield Given(
            grow.id(), giver, grow.one(*grow.facts.rings).id, grow.one(*PURPOSES),
            grow.some(theirs, 30), grow.first_day(), grow.last_day(), grow.maybe(0.15),
        )  # fmt: skip
