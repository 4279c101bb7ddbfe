"""What the people of a world answered when an agency asked them. Dense: most agreed to most."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

from tests.rule.oracle import Item
from tests.rule.worlds import AGENCIES, CATEGORIES, DAY, FAR, PURPOSES, Grower


def consents(grow: Grower) -> Iterator[Item]:
    """Answers to each agency for each purpose; a later one has ended the one before it."""
    people = [one.id for one in grow.facts.items if one.kind == "person"]
    draw = grow.asking
    asked = [each for each in product(people, AGENCIES, PURPOSES) if draw.random() < 0.9]
    asked += draw.choices(asked, k=len(asked) // 4)
    last: dict[object, Item] = {}
    found = []
    for person, owner, purpose in asked:
        one = _answer(grow, person, owner, purpose)
        key = person, owner, purpose, one.has["asks"]
        if key in last:
            found.remove(last[key])
            yield replace(last[key], has={**last[key].has, "ended_at": "now"})
        last[key] = one
        found.append(one)
    yield from found
    for one in grow.asking.sample(found, len(found) // 3):
        teller = grow.asking.choice([who for who in grow.facts.people if who.agency == one.owner]
                                    or grow.facts.people)  # fmt: skip
        yield Item("entry", grow.asked_id(), has={
            "user": teller.user, "post": teller.post, "agency": one.owner, "purpose": 1,
            "record": one.id, "kind": one.kind,
        })  # fmt: skip


def _answer(grow: Grower, person: object, owner: int, purpose: int) -> Item:
    """Mostly one that opens what it can; else wrong in one way, so that each way is noticed."""
    draw, day = grow.asking, grow.today
    has = {
        "asks": "confidentiality", "answer": "agreed", "purpose": purpose,
        "by": draw.choice(grow.facts.people).post, "receivers": sorted(AGENCIES),
        "categories": sorted(CATEGORIES), "starts": draw.choice((day - FAR, day - DAY, day)),
        "until": draw.choice((day, day + DAY, day + FAR)), "ended_at": None,
    }  # fmt: skip
    if draw.random() < 0.5:
        has |= draw.choice([
            {"asks": draw.choice(("service", "data protection"))}, {"asks": "service"},
            {"receivers": draw.sample(AGENCIES, 1)}, {"receivers": draw.sample(AGENCIES, 2)},
            {"receivers": [owner]}, {"answer": "refused"},
            {"categories": draw.sample(CATEGORIES, 1)},
            {"starts": day + DAY, "until": day + FAR}, {"starts": day - FAR, "until": day - DAY},
            {"ended_at": "now"},
        ])  # fmt: skip
    marking = draw.choice((0, 1, 1, 2, 3))
    return Item("consent", grow.asked_id(), owner, 0, marking, about=frozenset([person]), has=has)
