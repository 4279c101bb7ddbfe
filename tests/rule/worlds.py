"""Small dense worlds at their boundaries: every date yesterday, today, tomorrow, far or none.

A world is grown from one number, so that Hypothesis names a failing world by it. Relations are
dense on purpose: sparse random worlds let most wrong rules through.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from uuid import UUID

from tests.rule.oracle import Agreed, Facts, Given, Item, Ring, Who

AGENCIES, ROLES, PURPOSES, CATEGORIES = (501, 502, 503), ("x1", "x2"), (1, 2), (0, 3, 8)
DUTIES = ("lead", "govern", "operate", "chair", "coordinate")
STATES = ["in force"] * 6 + ["suspended", "draft", "ended"]
UNOPENED = ["draft", "draft", "draft", "suspended"]
DAY, FAR = timedelta(days=1), timedelta(days=300)


class Grower:
    """Draws the parts of one world."""

    def __init__(self, seed: int, today: date) -> None:
        self.random, self.today = Random(seed), today
        self.apart = Random(f"apart {seed}")  # for what came later: nothing else is drawn anew
        self.asking = Random(f"consent {seed}")  # for what came later still
        # What nearly every agreement of this world shares only with consent.
        self.asked = {one for one in CATEGORIES if self.asking.random() < 0.4}
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

    def another_id(self) -> UUID:
        """The same, of what was thought of later."""
        return UUID(int=self.apart.getrandbits(128))

    def asked_id(self) -> UUID:
        """The same, of what was thought of later still."""
        return UUID(int=self.asking.getrandbits(128))

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
    from tests.rule.consents import consents
    from tests.rule.grown import disclosures, others, rows, working_with

    grow = Grower(seed, today)
    facts = grow.facts
    for role in ROLES:
        facts.roles[role] = tuple(
            grow.one(3, 3, 3, 2, 1, 0, -1) if c in CATEGORIES else -1 for c in range(16)
        )
        facts.duties[role] = frozenset(duty for duty in DUTIES if grow.maybe(0.5))
    facts.people = [_somebody(grow) for _ in range(6)]
    facts.agreements = [_agreement(grow) for _ in range(4)]
    facts.agreements += [_unopened(grow, state) for state in UNOPENED]
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
    _keep_apart(grow, people)
    facts.items = [*disclosures(grow), *facts.items, *others(grow)]
    facts.items += list(working_with(grow))  # last: two records of one person would copy them
    facts.items += list(consents(grow))  # and would end these
    facts.reindex()
    return facts


def _keep_apart(grow: Grower, people: list[UUID]) -> None:
    """Some circles work with somebody, and some people must be kept apart."""
    facts, draw = grow.facts, grow.apart
    for _ in range(3):
        safe, feared = draw.sample(people, 2)
        facts.apart.append((safe, feared, draw.random() < 0.4))
    facts.rings = [
        replace(ring, works_with=frozenset(draw.sample(people, draw.choice((0, 1, 1, 2)))))
        if ring.kind in ("case", "referral") else ring
        for ring in facts.rings
    ]  # fmt: skip


def _somebody(grow: Grower) -> Who:
    purposes = frozenset(p for p in PURPOSES if grow.maybe(0.8)) or frozenset([1])
    return Who(grow.id(), grow.id(), grow.one(*AGENCIES), grow.one(*ROLES), grow.maybe(0.9),
               grow.first_day(), grow.last_day(), purposes)  # fmt: skip


def _agreement(grow: Grower) -> Agreed:
    last = grow.last_day() or grow.today + FAR
    covers = tuple(
        (c, grow.one(3, 3, 2, 1, 0), (c in grow.asked) != (grow.asking.random() < 0.1))
        for c in CATEGORIES
        if grow.maybe(0.9)
    )
    return Agreed(
        grow.one(*PURPOSES), grow.one(*STATES), min(grow.first_day(), last), last,
        grow.most(list(AGENCIES)), grow.most(list(AGENCIES)), covers, grow.another_id(),
    )  # fmt: skip


def _unopened(grow: Grower, state: str) -> Agreed:
    """An agreement under which nothing is shared, between some of the agencies."""
    draw = grow.apart.sample
    gives, gets = (frozenset(draw(AGENCIES, grow.apart.randint(1, 2))) for _ in range(2))
    return Agreed(
        grow.apart.choice(PURPOSES), state, grow.today - DAY, grow.today + FAR, gives, gets,
        ((0, 3, False), (3, 3, False)), grow.another_id(),
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
    concerns = [item for item in grow.facts.items if item.kind == "concern"]
    # Some are given at their front door alone: what hides those is hidden by nothing else.
    alone = grow.asking.sample(concerns, len(concerns) * 2 // 3)
    labelled = [item for item in grow.facts.items if item.owner and item not in alone]
    for _ in range(50):
        giver = grow.one(*AGENCIES)
        # Mostly its own items; sometimes another's, which must show nothing.
        theirs = [one.id for one in labelled if one.owner == giver or grow.maybe(0.1)]
        yield Given(
            grow.id(), giver, grow.one(*grow.facts.rings).id, grow.one(*PURPOSES),
            grow.some(theirs, 30), grow.first_day(), grow.last_day(), grow.maybe(0.15),
            _recipients(grow),
        )  # fmt: skip
    yield from _given_at_its_edges(grow, labelled)
    yield from _given_at_its_door(grow, concerns)
    yield from _given_where_consent_counts(grow, labelled)


def _given_at_its_edges(grow: Grower, labelled: list[Item]) -> Iterator[Given]:
    """What is right but for a day that begins or ends today, tomorrow or yesterday, or for whom."""
    draw, day = grow.asking, grow.today
    for _ in range(20):
        giver = draw.choice(AGENCIES)
        theirs = [one.id for one in labelled if one.owner == giver]
        somebody = frozenset([draw.choice(grow.facts.people).post])
        starts, until, whom = draw.choice((
            (day + DAY, None, None), (day, day, None), (day - FAR, day - DAY, None),
            (day - FAR, None, somebody), (day - FAR, None, somebody),
        ))  # fmt: skip
        yield Given(
            grow.asked_id(), giver, draw.choice(grow.facts.rings).id, draw.choice(PURPOSES),
            frozenset(draw.sample(theirs, min(30, len(theirs)))), starts, until, False, whom,
        )  # fmt: skip


def _given_at_its_door(grow: Grower, concerns: list[Item]) -> Iterator[Given]:
    """Concerns as they are raised, to their own front door; and the same with one thing amiss."""
    draw, day = grow.asking, grow.today
    for one in concerns:
        (door,) = [ring for ring in grow.facts.rings if ring.id == one.has["circle"]]
        right = Given(
            grow.asked_id(), one.owner, door.id, door.purpose, frozenset([one.id]), day - DAY,
            None, False, None,
        )  # fmt: skip
        yield replace(right, **draw.choice((
            {}, {}, {}, {}, {"starts": day}, {"starts": day + DAY}, {"until": day - DAY},
            {"withdrawn": True}, {"circle": draw.choice(grow.facts.rings).id},
            {"recipients": frozenset([draw.choice(grow.facts.people).post])},
            {"purpose": draw.choice([other for other in PURPOSES if other != door.purpose])},
            {"giver": draw.choice([other for other in AGENCIES if other != one.owner])},
        )))  # fmt: skip


def _given_where_consent_counts(grow: Grower, labelled: list[Item]) -> Iterator[Given]:
    """What an agreement in force lets be shared, but only with consent."""
    draw, day = grow.asking, grow.today
    counts = [
        (agreed, category, up_to)
        for agreed in grow.facts.agreements
        if agreed.state == "in force" and agreed.starts <= day <= agreed.until
        for category, up_to, asked in agreed.covers
        if asked
    ]
    for agreed, category, up_to in draw.sample(counts, min(8, len(counts))):
        rings = [ring.id for ring in grow.facts.rings if ring.purpose == agreed.purpose]
        for giver in sorted(agreed.gives) if rings else ():
            theirs = [
                one.id
                for one in labelled
                if (one.owner, one.category) == (giver, category) and one.marking <= up_to
            ]
            if theirs:
                some = frozenset(draw.sample(theirs, min(20, len(theirs))))
                yield Given(
                    grow.asked_id(), giver, draw.choice(rings), agreed.purpose, some, day - DAY,
                    None, False,
                )  # fmt: skip


def _recipients(grow: Grower) -> frozenset[UUID] | None:
    """Mostly everybody in the circle; else some people, in it or not."""
    if grow.asking.random() < 0.75:
        return None
    posts = [who.post for who in grow.facts.people]
    return frozenset(grow.asking.sample(posts, grow.asking.choice((1, 2, 3))))
