"""The rows of a world: dense on purpose, every relation that a policy asks about met both ways."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from tests.rule.kinds import BY_CONCERN
from tests.rule.oracle import Item
from tests.rule.worlds import AGENCIES, CATEGORIES, PURPOSES, Grower

UNLABELLED = ("person", "person", "reply", "same person", "looking")
PLAN = ("edit", "need", "action", "review")


def rows(grow: Grower) -> Iterator[Item]:
    """Everything that can be disclosed, and what hangs on it."""
    people = [grow.id() for _ in range(3)]
    yield from (Item("person", person) for person in people)
    yield from _records(grow, people)
    yield from _households(grow, people)
    yield from _concerns(grow, people)
    panels = [_panel(grow), _panel(grow)]
    yield from panels
    states = ("planned", "planned", "held")
    meetings = [_meeting(grow, panel, state) for panel in panels for state in states]
    yield from meetings
    for meeting in meetings:
        for post in grow.some([who.post for who in grow.facts.people], 3):
            yield Item("present", grow.id(), has={
                "meeting": meeting.id, "post": post, "agency": grow.one(*AGENCIES),
            })  # fmt: skip
    for _ in range(7):
        yield from _case(grow, people, meetings)
    for _ in range(12):
        yield from _report(grow)


def _about(grow: Grower, people: list[UUID]) -> frozenset[UUID]:
    return grow.some(people, 2) if grow.maybe(0.6) else frozenset()


def _records(grow: Grower, people: list[UUID]) -> Iterator[Item]:
    for _ in range(8):
        record = Item("record", grow.id(), *grow.label(), about=grow.some(people, 1))
        yield record
        for kind in ("contact", "encounter"):
            yield Item(kind, grow.id(), *grow.label_like(record), record.id, about=record.about)
        if grow.maybe(0.5):
            (now,) = record.about
            has = {"was": grow.one(*people), "now": now, "by": grow.post()}
            yield Item("same person", grow.id(), parent=record.id, has=has)


def _households(grow: Grower, people: list[UUID]) -> Iterator[Item]:
    for _ in range(5):
        lives = grow.some(people, 2)
        home = Item("household", grow.id(), *grow.label(), about=lives)
        yield home
        yield from (grow.part("living", home, about=frozenset([one])) for one in lives)


def _concerns(grow: Grower, people: list[UUID]) -> Iterator[Item]:
    for _ in range(8):
        circle, by = grow.circle("front door"), grow.post()
        concern = Item("concern", grow.id(), *grow.label(), about=_about(grow, people),
                       has={"circle": circle, "by": by})  # fmt: skip
        yield concern
        yield grow.part("narrative", concern)
        yield grow.part("about", concern, about=grow.some(people, 1))
        yield Item("receipt", concern.id, parent=concern.id, has={"post": by, "circle": circle})
        for _ in range(grow.one(0, 1, 2)):
            yield Item("reply", grow.id(), parent=concern.id, has={
                "by": grow.post(), "circle": grow.one(None, grow.circle("case")),
            })  # fmt: skip
        decided, back = grow.maybe(0.6), grow.maybe(0.4)
        if decided:
            yield grow.part("screening", concern, circle=circle, by=grow.post())
        if back:
            yield Item("withdrawal", grow.id(), parent=concern.id, has={"by": by})
        if not (decided or back):
            yield Item("waiting", concern.id, parent=concern.id, has={"circle": circle})
        yield grow.part("addition", concern, by=by)
        yield Item("placed", grow.id(), parent=concern.id, has={"by": grow.post()})
        for post in grow.some([who.post for who in grow.facts.people], 2):
            yield Item("looking", grow.id(), parent=concern.id, has={"post": post})


def _panel(grow: Grower) -> Item:
    return Item("panel", grow.id(), has={
        "circle": grow.circle("panel"), "agency": grow.one(*AGENCIES),
    })  # fmt: skip


def _meeting(grow: Grower, panel: Item, state: str) -> Item:
    return Item("meeting", grow.id(), has={"panel": panel.id, "state": state})


def _case(grow: Grower, people: list[UUID], meetings: list[Item]) -> Iterator[Item]:
    closed = grow.maybe(0.25)
    case = Item("case", grow.id(), *grow.label(), about=_about(grow, people), has={
        "circle": grow.circle("case"), "by": grow.post(), "state": "closed" if closed else "open",
        "closing": "goals met" if closed else "", "closed_at": "now" if closed else None,
    })  # fmt: skip
    yield case
    plan = {kind: grow.part(kind, case, by=grow.post()) for kind in PLAN}
    yield from plan.values()
    yield grow.part("goal", case, need=plan["need"].id, by=grow.post())
    yield grow.part("subject", case, about=grow.some(people, 1), kind="person", place=None)
    yield grow.part("subject", case, kind="place", place=grow.id())
    for _ in range(2):
        request = _request(grow, case)
        yield request
        has = {"by": grow.post(), "request": grow.one(None, request.id)}
        yield Item("note", grow.id(), *grow.label_like(case), case.id, has=has)
    yield from _before_a_panel(grow, case, meetings, plan["action"])
    yield from _referral(grow, people, case)


def _request(grow: Grower, case: Item) -> Item:
    request = grow.part(
        "request", case, by=grow.post(), circle=grow.circle("case", "case", "referral"),
        purpose=grow.one(*PURPOSES), category=grow.one(*CATEGORIES),
        answer=grow.one("waiting", "waiting", "nothing held"),
    )  # fmt: skip
    askers = (request.owner, grow.circle_labels[request.has["circle"]][0])
    asked = grow.one(*[one for one in AGENCIES if one not in askers])
    return replace(request, has={**request.has, "agency": asked})


def _before_a_panel(grow: Grower, case: Item, meetings: list[Item], action: Item) -> Iterator[Item]:
    item = grow.part("item", case, meeting=grow.one(*meetings).id, by=grow.post())
    yield item
    for agency in grow.random.sample(AGENCIES, 2):
        research = grow.part(
            "research", case, item=item.id, agency=agency,
            held=grow.one("waiting", "waiting", "nothing held"),
        )  # fmt: skip
        yield research
        has = {"research": research.id}
        yield Item("return", grow.id(), *grow.label_like(case), case.id, has=has)
    yield grow.part("interest", case, item=item.id, post=grow.post())
    decision = grow.part("decision", case, item=item.id, by=grow.post())
    yield decision
    yield grow.part("agreed action", case, decision=decision.id, action=action.id)


def _referral(grow: Grower, people: list[UUID], case: Item) -> Iterator[Item]:
    referral = grow.part(
        "referral", case, about=_about(grow, people), circle=grow.circle("referral"),
        by=grow.post(), person=grow.one(*people), agency=grow.one(*AGENCIES),
    )  # fmt: skip
    yield referral
    yield grow.part("step", referral)
    yield grow.part("session", referral, by=grow.post())


def _report(grow: Grower) -> Iterator[Item]:
    final = grow.maybe(0.3)
    report = Item("report", grow.id(), *grow.label(), has={
        "by": grow.post(), "state": "final" if final else "draft",
        "signed": "{}" if final else None, "finished_at": "now" if final else None,
    })  # fmt: skip
    yield report
    block = grow.part("block", report)
    yield block
    yield grow.part("version", block, by=grow.post())


def disclosures(grow: Grower) -> Iterator[Item]:
    """The circles, their members, and the disclosures with what is in them, as rows."""
    facts = grow.facts
    for ring in facts.rings:
        yield _circle(grow, ring.id, ring.kind, ring.purpose, ring.last_day)
        for post, starts, until, left, number in ring.members:
            yield Item("member", number, has={
                "circle": ring.id, "post": post, "starts": starts, "until": until,
                "left_at": "now" if left else None,
            })  # fmt: skip
    for _ in range(3):  # in which nobody is yet
        yield _circle(grow, grow.id(), "case", grow.one(*PURPOSES), None)
    kinds = {one.id: one.kind for one in facts.items if one.kind not in BY_CONCERN}
    for one in facts.given:
        same = {
            "circle": one.circle, "purpose": one.purpose, "starts": one.starts,
            "until": one.until, "withdrawn_at": "now" if one.withdrawn else None,
        }  # fmt: skip
        yield Item("disclosure", one.id, one.giver, grow.one(*CATEGORIES), grow.one(0, 1, 2, 3),
                   has={"by": grow.post(), **same})  # fmt: skip
        for item in sorted(one.items):
            yield Item("disclosed", grow.id(), parent=one.id, has={
                "item": item, "kind": kinds[item], "giver": one.giver, **same,
            })  # fmt: skip


def _circle(grow: Grower, number: UUID, kind: str, purpose: int, last_day: object) -> Item:
    label = grow.circle_labels.get(number) or grow.label()
    return Item("circle", number, *label, has={
        "kind": kind, "made_by": grow.post(), "purpose": purpose, "closed_on": last_day,
    })  # fmt: skip


def others(grow: Grower) -> Iterator[Item]:
    """Drafts, conflicts, the trail, looks and sign-ins."""
    facts = grow.facts
    agency_of = {who.user: who.agency for who in facts.people}
    conflicts = [
        Item("conflict", grow.id(), has={
            "user": user, "subject": subject, "by": grow.post(),
            "agency": grow.one(agency_of[user], *AGENCIES),
            "lifted_at": "now" if lifted else None,
        })
        for user, subject, lifted in facts.kept_from
    ]  # fmt: skip
    yield from conflicts
    for who in facts.people:
        for days in (0, 13, 15):
            has = {"post": who.post, "saved_at": grow.today - timedelta(days=days)}
            yield Item("draft", grow.id(), has=has)
        for _ in range(8):
            agency = grow.one(who.agency, who.agency, *AGENCIES)
            trail = {"user": who.user, "post": who.post, "agency": agency, "purpose": 1}
            rows = [one for one in facts.items if one.kind not in BY_CONCERN]
            kind = grow.one(*UNLABELLED)
            unlabelled = [one for one in rows if one.kind == kind] or rows
            about = grow.one(*map(grow.random.choice, (conflicts or rows, unlabelled, rows)))
            yield Item("entry", grow.id(), has={**trail, "record": about.id, "kind": about.kind})
            yield Item("look", grow.id(), has={**trail, "transaction": 1})
        yield Item("sign in", grow.id(), has={"user": who.user})
