"""The rows of a world: dense on purpose, every relation that a policy asks about met both ways."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from tests.rule.kinds import BY_CONCERN
from tests.rule.oracle import Agreed, Item, Who
from tests.rule.worlds import AGENCIES, CATEGORIES, PURPOSES, Grower

UNLABELLED = (
    "person", "person", "reply", "same person", "looking", "placed", "placed", "withdrawal",
)  # fmt: skip
SAID_AT = ("now", "now", "yesterday", "tomorrow")
LATER = 2**60  # a transaction after that of any look
PLAN = ("edit", "need", "action", "review")


def rows(grow: Grower) -> Iterator[Item]:
    """Everything that can be disclosed, and what hangs on it."""
    people = [grow.id() for _ in range(3)]
    yield from (Item("person", person) for person in people)
    yield from _records(grow, people)
    yield from _households(grow, people)
    yield from _concerns(grow, people)
    yield from _bare_concerns(grow, people)
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
        yield Item("telling", grow.id(), *grow.label_like(record), record.id, has={
            "circle": grow.circle("case"), "to": grow.post(), "by": grow.post(),
        })  # fmt: skip
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


def _bare_concerns(grow: Grower, people: list[UUID]) -> Iterator[Item]:
    """Concerns that nobody has dealt with: many, for each may be disclosed in one way only."""
    draw = grow.asking
    doors = [ring.id for ring in grow.facts.rings if ring.kind == "front door"]
    for _ in range(16):
        label = draw.choice(AGENCIES), draw.choice(CATEGORIES), draw.choice((0, 0, 1))
        has = {"circle": draw.choice(doors), "by": draw.choice(grow.facts.people).post}
        about = frozenset([draw.choice(people)])
        concern = Item("concern", grow.asked_id(), *label, about=about, has=has)
        yield concern
        yield Item("waiting", concern.id, parent=concern.id, has={"circle": has["circle"]})


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
            "recipients": None if one.recipients is None else sorted(one.recipients),
        }  # fmt: skip
        yield Item("disclosure", one.id, one.giver, grow.one(*CATEGORIES), grow.one(0, 1, 2, 3),
                   has={"by": grow.post(), **same})  # fmt: skip
        for item in sorted(one.items):
            yield Item("disclosed", grow.id(), parent=one.id, has={
                "item": item, "kind": kinds[item], "giver": one.giver, **same,
            })  # fmt: skip
        for post in grow.asking.sample([who.post for who in facts.people], 2):
            yield Item("received", grow.asked_id(), parent=one.id, has={"by": post})


def working_with(grow: Grower) -> Iterator[Item]:
    """Whom each circle works with, as rows; and of those in which nobody is, somebody."""
    facts = grow.facts
    circles = {ring.id: ring.works_with for ring in facts.rings}
    people = [one.id for one in facts.items if one.kind == "person"]
    for one in facts.items:
        if one.kind == "circle" and one.id not in circles:
            circles[one.id] = frozenset([grow.apart.choice(people)])
    for circle, persons in circles.items():
        for person in sorted(persons):
            has = {"circle": circle, "person": person}
            yield Item("works with", grow.another_id(), has=has)


def _circle(grow: Grower, number: UUID, kind: str, purpose: int, last_day: object) -> Item:
    label = grow.circle_labels.get(number) or grow.label()
    return Item("circle", number, *label, has={
        "kind": kind, "made_by": grow.post(), "purpose": purpose, "closed_on": last_day,
    })  # fmt: skip


def _told(grow: Grower, of: Item) -> Item:
    """An entry in the trail, by anybody."""
    by = grow.apart.choice(grow.facts.people)
    return Item("entry", grow.another_id(), has={
        "user": by.user, "post": by.post, "agency": by.agency, "purpose": 1, "record": of.id,
        "kind": of.kind,
    })  # fmt: skip


def _apart(grow: Grower) -> Iterator[Item]:
    """That two people are kept apart, mostly by somebody of the agency that says so, and that in
    the trail.
    """
    draw = grow.apart.choice
    for safe, feared, ended in grow.facts.apart:
        by, teller = draw(grow.facts.people), draw(grow.facts.people)
        pair = Item("apart", grow.another_id(), has={
            "safe": safe, "feared": feared, "by": by.post, "ended_at": "now" if ended else None,
            "agency": draw((by.agency, by.agency, *AGENCIES)),
        })  # fmt: skip
        yield pair
        yield Item("entry", grow.another_id(), has={
            "user": teller.user, "post": teller.post, "agency": teller.agency, "purpose": 1,
            "record": pair.id, "kind": pair.kind,
        })  # fmt: skip


def _holds(grow: Grower) -> Iterator[Item]:
    """That something is kept, mostly by somebody of the agency that says so, and in the trail."""
    draw, facts = grow.apart.choice, grow.facts
    subjects = sorted({subject for _, subject, _ in facts.kept_from}, key=str)
    for subject in subjects:
        for lifted in (None, "now"):
            by, teller = draw(facts.people), draw(facts.people)
            made = Item("hold", grow.another_id(), has={
                "subject": subject, "by": by.post, "lifted_at": lifted,
                "agency": draw((by.agency, by.agency, *AGENCIES)),
            })  # fmt: skip
            yield made
            yield Item("entry", grow.another_id(), has={
                "user": teller.user, "post": teller.post, "agency": teller.agency, "purpose": 1,
                "record": made.id, "kind": made.kind,
            })  # fmt: skip


def _disposals(grow: Grower) -> Iterator[Item]:
    """Records whose time is over, also of what somebody is kept from; gone ones name nobody."""
    draw, facts = grow.apart.choice, grow.facts
    rows = [one for one in facts.items if one.kind in ("case", "concern", "record", "household")]
    kept_from = {subject for _, subject, _ in facts.kept_from}
    near = [one for one in rows if one.id in kept_from or one.about & kept_from] or rows
    asked: set[UUID] = set()
    for number in range(12):
        row, by = draw(near if number % 2 else rows), draw(facts.people)
        agency = draw((by.agency, by.agency, *AGENCIES))
        own = Item("own schedule", grow.another_id(), has={
            "agency": agency, "by": by.post, "at": draw(SAID_AT),
        })  # fmt: skip
        gone = number % 4 == 3
        over = Item("disposal", grow.another_id(), parent=own.id, has={
            "agency": agency, "others": sorted(set(grow.apart.sample(AGENCIES, 1)) - {agency}),
            "kind": row.kind, "record": grow.another_id() if gone else row.id,
            "done_at": "now" if gone else None,
        })  # fmt: skip
        if not gone and row.id in asked:
            continue
        asked.add(row.id)
        yield from (own, over)
        yield Item("entry", grow.another_id(), has={
            "user": by.user, "post": by.post, "agency": by.agency, "purpose": 1,
            "record": over.id, "kind": over.kind,
        })  # fmt: skip
        for teller in grow.apart.sample(facts.people, 2):
            yield Item("disposal step", grow.another_id(), parent=over.id, has={
                "agency": draw((teller.agency, teller.agency, *AGENCIES)), "by": teller.post,
                "at": draw(SAID_AT),
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
    yield from (*_apart(grow), *_holds(grow), *_disposals(grow))
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
            whom = grow.some([one.id for one in facts.items if one.kind == "person"], 2)
            look = Item("look", grow.id(), has={
                **trail, "transaction": 1, "records": sorted(whom),
            })  # fmt: skip
            review = Item("look review", grow.id(), parent=look.id, has={
                "looker": who.post, "agency": who.agency, "by": grow.post(),
            })  # fmt: skip
            yield from (look, review, _told(grow, review))
            yield from _emergency(grow, who)
        yield Item("sign in", grow.id(), has={"user": who.user})
    for one in facts.agreements:
        yield from _agreement(grow, one)
    for agency in AGENCIES:
        rows = [one for one in facts.items if one.kind not in BY_CONCERN and one.owner == agency]
        few = grow.apart.sample(rows, min(3, len(rows)))
        for _ in range(3):
            yield from _subject_request(grow, agency, few)


def _agreement(grow: Grower, one: Agreed) -> Iterator[Item]:
    """An agreement, its parts, and how it came to stand as it does."""
    people, draw = grow.facts.people, grow.apart.choice
    writer, asker, answerer = draw(people), draw(people), draw(people)
    older = [a.id for a in grow.facts.agreements if a.state in ("in force", "suspended")]
    yield Item("agreement", one.id, has={
        "purpose": one.purpose, "state": one.state, "starts": one.starts, "until": one.until,
        "by": writer.post,
        "replaces": draw([None, *older]) if one.state == "draft" else None,
    })  # fmt: skip
    for agency in sorted(one.gives | one.gets):
        yield Item("party", grow.another_id(), parent=one.id, has={
            "agency": agency, "gives": agency in one.gives, "gets": agency in one.gets,
        })  # fmt: skip
    for category, up_to, needs in one.covers:
        has = {"category": category, "up_to": up_to, "needs": needs}
        yield Item("coverage", grow.another_id(), parent=one.id, has=has)
    if one.state == "draft" and draw([True, False]):
        return
    ask = _step(grow, one, "asked", asker)
    yield ask
    two = asker.user != answerer.user and asker.agency != answerer.agency
    if one.state == "in force" and two:
        yield _step(grow, one, "agreed", answerer, ask.id)
    elif draw([True, False]):
        yield _step(grow, one, draw(["declined", "taken back"]), answerer, ask.id)
    if one.state in ("suspended", "ended"):
        yield _step(grow, one, one.state, answerer)


def _subject_request(grow: Grower, agency: int, rows: list[Item]) -> Iterator[Item]:
    """What somebody asked of an agency, who reads for it, of that agency or not, and a step."""
    people, draw = grow.facts.people, grow.apart.choice
    whom = sorted(one.id for one in grow.facts.items if one.kind == "person")
    asked = Item("subject request", grow.another_id(), has={
        "agency": agency, "by": draw(people).post, "subjects": draw([[], [draw(whom)], whom[:2]]),
        "asks": draw(["access", "correction"]),
    })  # fmt: skip
    yield from (asked, _told(grow, asked))
    own = [one for one in people if one.agency == asked.has["agency"]] or people
    readers = [draw(own), draw(people)][: draw([1, 2])]
    for reader in sorted({one.post for one in readers}):
        has = {"post": reader, "by": draw(people).post}
        yield Item("subject reader", grow.another_id(), parent=asked.id, has=has)
    has = {"by": draw(people).post}
    yield Item("subject step", grow.another_id(), parent=asked.id, has=has)
    yield from _subject_items(grow, asked, readers, rows)


def _subject_items(
    grow: Grower, asked: Item, readers: list[Who], rows: list[Item]
) -> Iterator[Item]:
    """What was decided about some rows, once or twice, by its readers or others, and signed off."""
    draw, people = grow.apart.choice, grow.facts.people
    strange = draw([one for one in grow.facts.items if one.kind not in BY_CONCERN and one.owner])
    for row in {one.id: one for one in (*rows, strange)}.values():
        by, signer = draw([*readers, draw(people)]), draw(readers)
        same = {"kind": row.kind, "item": row.id, "given": draw(["[]", '["x"]']),
                "told": draw(["[]", '["x"]'])}  # fmt: skip
        item = Item("subject item", grow.another_id(), parent=asked.id, has={
            **same, "by": by.post, "user": by.user, "authors": draw([[], [], [signer.user]]),
            "decided_at": "now",
        })  # fmt: skip
        yield item
        if draw([True, False, False]):
            has = {**item.has, "decided_at": draw(["yesterday", "tomorrow"])}
            yield Item("subject item", grow.another_id(), parent=asked.id, has=has)
        yield Item("subject correction", grow.another_id(), parent=asked.id, has={
            "kind": row.kind, "item": row.id, "by": by.post, "agency": asked.has["agency"],
        })  # fmt: skip
        if draw([True, False, False]):
            yield Item("subject answer", grow.another_id(), parent=asked.id, has={
                **same, "part": item.id, "by": signer.post, "user": signer.user,
            })  # fmt: skip


def _step(
    grow: Grower, of: Agreed, step: str, who: Who, answers: UUID | None = None
) -> Item:  # fmt: skip
    return Item("agreement step", grow.another_id(), parent=of.id, has={
        "step": step, "answers": answers, "by": who.post, "agency": who.agency,
    })  # fmt: skip


def _emergency(grow: Grower, who: Who) -> Iterator[Item]:
    """Live or over, by its time or because a later look shows that its time has passed."""
    people = [one.id for one in grow.facts.items if one.kind == "person"]
    day, later = grow.one(("tomorrow", LATER), ("tomorrow", LATER), ("tomorrow", 0),
                          ("yesterday", LATER))  # fmt: skip
    access = Item("emergency", grow.id(), has={
        "user": who.user, "post": who.post, "agency": grow.one(who.agency, who.agency, *AGENCIES),
        "purpose": grow.one(*PURPOSES), "subjects": sorted(grow.some(people, 2)),
        "owners": sorted(grow.some(list(AGENCIES), 2)), "given_at": day, "until": day,
        "revoked_at": grow.one(None, None, None, "now"), "transaction": later,
        "live": day == "tomorrow" and later == LATER,
    })  # fmt: skip
    review = Item("emergency review", grow.id(), parent=access.id, has={
        "agency": access.has["agency"], "by": grow.post(),
    })  # fmt: skip
    yield from (access, _told(grow, access), review, _told(grow, review))
