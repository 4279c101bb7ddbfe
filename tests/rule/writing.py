"""Who may add, change and remove each kind of row, in the words of the READMEs.

Duties are asked of services, not here, except where a README says that the database refuses.
"""

from collections.abc import Callable
from datetime import timedelta

from tests.rule.oracle import SEALED, Facts, Item, Who
from tests.rule.seeing import PUBLIC, hears, holds, is_asked, sees, sits_on

Answer = Callable[[Facts, Who, int, Item], bool]
FORGOTTEN = timedelta(days=14)


def may_add(facts: Facts, who: Who, purpose: int, item: Item) -> bool:
    """Answer whether somebody may add a row, in the name it says and with the label it has."""
    if item.kind not in ADDERS or not facts.may_act(who, purpose):
        return False
    signed = item.has.get("by", who.post) == who.post
    return signed and ADDERS[item.kind](facts, who, purpose, item)


def may_change(facts: Facts, who: Who, purpose: int, item: Item) -> bool:
    """Answer whether somebody may edit a row's own words."""
    if item.kind not in CHANGERS or not facts.may_act(who, purpose):
        return False
    return CHANGERS[item.kind](facts, who, purpose, item)


def may_remove(facts: Facts, who: Who, purpose: int, item: Item) -> bool:
    """Answer whether somebody may take a row away for good."""
    if item.kind not in REMOVERS or not facts.may_act(who, purpose):
        return False
    return REMOVERS[item.kind](facts, who, purpose, item)


def may_answer(facts: Facts, who: Who, purpose: int, request: Item) -> bool:
    """Only those whom a request is put to answer it, once."""
    waiting = request.has["answer"] == "waiting"
    return waiting and facts.may_act(who, purpose) and is_asked(facts, who, purpose, request)


def may_call_off(facts: Facts, who: Who, purpose: int, request: Item) -> bool:
    """Only those of the agency that asked who see the case call it off, while it waits."""
    waiting = request.has["answer"] == "waiting" and request.owner == who.agency
    return waiting and _open_case(facts, who, purpose, request)


def _anybody(facts: Facts, who: Who, purpose: int, item: Item) -> bool:
    return True


def _own(facts: Facts, who: Who, purpose: int, item: Item) -> bool:
    return item.owner == who.agency


def _parent_seen(facts: Facts, who: Who, purpose: int, item: Item) -> bool:
    parent = facts.find(item.parent)
    return parent is not None and sees(facts, who, purpose, parent)


def _own_beneath(facts: Facts, who: Who, purpose: int, item: Item) -> bool:
    """One's own agency's, beneath what one sees."""
    return _own(facts, who, purpose, item) and _parent_seen(facts, who, purpose, item)


def _part(facts: Facts, who: Who, purpose: int, item: Item) -> bool:
    """Carrying the label of what it belongs to, which one sees."""
    return _parent_seen(facts, who, purpose, item) and item.label == facts.find(item.parent).label


def _own_part(facts: Facts, who: Who, purpose: int, item: Item) -> bool:
    return _part(facts, who, purpose, item) and _own(facts, who, purpose, item)


def _open_case(facts: Facts, who: Who, purpose: int, item: Item) -> bool:
    """A case that is not closed, and that one sees."""
    case = facts.find(item.parent)
    return case.has["state"] == "open" and _parent_seen(facts, who, purpose, item)


def _plan(facts: Facts, who: Who, purpose: int, item: Item) -> bool:
    return _part(facts, who, purpose, item) and _open_case(facts, who, purpose, item)


def _note(facts: Facts, who: Who, purpose: int, item: Item) -> bool:
    """One's own, on an open case that one sees or in answer to a request put to one's agency."""
    request = facts.find(item.has.get("request"))
    answers = (
        request is not None
        and request.parent == item.parent
        and request.has["agency"] == who.agency
        and request.has["answer"] == "waiting"
        and sees(facts, who, purpose, request)
    )
    return _own(facts, who, purpose, item) and (answers or _open_case(facts, who, purpose, item))


def _raised_part(facts: Facts, who: Who, purpose: int, item: Item) -> bool:
    """Only whoever raised a concern writes its parts, with its label, seeing it or not."""
    concern = facts.find(item.parent)
    return concern.has["by"] == who.post and item.label == concern.label


def _receipt(facts: Facts, who: Who, purpose: int, item: Item) -> bool:
    return item.has["post"] == who.post and facts.find(item.id).has["by"] == who.post


def _reply(facts: Facts, who: Who, purpose: int, item: Item) -> bool:
    """The front door that sees the concern; and the circle it named, which names no other."""
    concern = facts.find(item.parent)
    door = facts.is_in_circle(who, purpose, concern.has["circle"])
    helps = any(
        one.parent == concern.id and facts.is_in_circle(who, purpose, one.has["circle"])
        for one in facts.of_kind("reply")
    )
    seen = sees(facts, who, purpose, concern)
    return (door and seen) or (helps and item.has["circle"] is None)


def _screening(facts: Facts, who: Who, purpose: int, item: Item) -> bool:
    """The front door that sees the concern, for its own agency."""
    decides = facts.is_in_circle(who, purpose, item.has["circle"])
    return decides and _own_beneath(facts, who, purpose, item)


def _withdrawal(facts: Facts, who: Who, purpose: int, item: Item) -> bool:
    """Only whoever raised it takes it back."""
    return facts.find(item.parent).has["by"] == who.post


def _placed(facts: Facts, who: Who, purpose: int, item: Item) -> bool:
    """The front door that sees the concern."""
    concern = facts.find(item.parent)
    at_the_door = facts.is_in_circle(who, purpose, concern.has["circle"])
    return at_the_door and sees(facts, who, purpose, concern)


def _own_post(facts: Facts, who: Who, purpose: int, item: Item) -> bool:
    return item.has["post"] == who.post


def _looking(facts: Facts, who: Who, purpose: int, item: Item) -> bool:
    return _own_post(facts, who, purpose, item) and _parent_seen(facts, who, purpose, item)


def _same_person(facts: Facts, who: Who, purpose: int, item: Item) -> bool:
    """Only an agency links its own record."""
    record = facts.find(item.parent)
    return record.owner == who.agency and sees(facts, who, purpose, record)


def _return(facts: Facts, who: Who, purpose: int, item: Item) -> bool:
    """An agency answers for itself."""
    research = facts.find(item.has["research"])
    asked = research.has["agency"] == who.agency and research.parent == item.parent
    return asked and sees(facts, who, purpose, research) and _own_beneath(facts, who, purpose, item)


def _runs(facts: Facts, who: Who, purpose: int, meeting: Item) -> bool:
    """A coordinator or chair who sits on the panel runs its meetings."""
    panel = facts.find(meeting.has["panel"])
    member = facts.is_in_circle(who, purpose, panel.has["circle"])
    return member and facts.has_duty(who, "coordinate", "chair")


def _planned(facts: Facts, who: Who, purpose: int, meeting: Item) -> bool:
    return meeting.has["state"] == "planned" and _runs(facts, who, purpose, meeting)


def _present(facts: Facts, who: Who, purpose: int, item: Item) -> bool:
    """Only while the meeting is not over."""
    meeting = facts.find(item.has["meeting"])
    assert not _planned(facts, who, purpose, meeting) or sits_on(facts, who, purpose, meeting.id)
    return _planned(facts, who, purpose, meeting)


def _draft_report(facts: Facts, who: Who, purpose: int, item: Item) -> bool:
    """What is signed stays as it was signed."""
    report = [one for one in facts.above(item) if one.kind == "report"][0]
    return report.has["state"] == "draft" and sees(facts, who, purpose, report)


def _block(facts: Facts, who: Who, purpose: int, item: Item) -> bool:
    return _own_part(facts, who, purpose, item) and _draft_report(facts, who, purpose, item)


def _circle(facts: Facts, who: Who, purpose: int, item: Item) -> bool:
    """One's own agency's, for one's purpose, in one's own name; never a front door or a panel."""
    return (
        _own(facts, who, purpose, item)
        and item.has["made_by"] == who.post
        and item.has["purpose"] == purpose
        and item.has["kind"] not in PUBLIC
    )


def _own_circle(facts: Facts, who: Who, purpose: int, circle: Item) -> bool:
    """The agency that runs a circle changes it, where its people see it."""
    own = circle.owner == who.agency and circle.has["kind"] not in PUBLIC
    return own and sees(facts, who, purpose, circle)


def _member(facts: Facts, who: Who, purpose: int, item: Item) -> bool:
    return _own_circle(facts, who, purpose, facts.find(item.has["circle"]))


def _joins(facts: Facts, who: Who, purpose: int, item: Item) -> bool:
    """Nobody joins who would stand on both sides of two that are kept apart."""
    between = facts.stands_between(item.has["post"], item.has["circle"])
    return _member(facts, who, purpose, item) and not between


def _received(facts: Facts, who: Who, purpose: int, item: Item) -> bool:
    """Of another agency's, which one sees, while it is shown."""
    act = facts.find(item.parent)
    others = act.owner != who.agency and act.has["withdrawn_at"] is None
    return others and sees(facts, who, purpose, act)


def _consent(facts: Facts, who: Who, purpose: int, item: Item) -> bool:
    """Heard by whoever would see it, of kinds of information they are cleared for, not over yet."""
    kinds = item.has["categories"]
    cleared = all(facts.is_cleared(who, kind, 0) for kind in kinds)
    shown = all(sees(facts, who, purpose, facts.find(one)) for one in item.about)
    return item.has["ended_at"] is None and cleared and shown and hears(facts, who, item)


def _consent_open(facts: Facts, who: Who, purpose: int, item: Item) -> bool:
    """By whoever sees it, once."""
    return item.has["ended_at"] is None and sees(facts, who, purpose, item)


def _works_with(facts: Facts, who: Who, purpose: int, item: Item) -> bool:
    """Said of a circle by whoever made it, before anybody is in it."""
    circle = facts.find(item.has["circle"])
    taken = any(one.has["circle"] == circle.id for one in facts.of_kind("member"))
    made = circle.has["made_by"] == who.post and circle.owner == who.agency
    return made and not taken and sees(facts, who, purpose, circle)


def _disclosure(facts: Facts, who: Who, purpose: int, item: Item) -> bool:
    """Of one's own agency, for one's purpose, to a circle one knows of."""
    known = sees(facts, who, purpose, facts.find(item.has["circle"]))
    return known and _own(facts, who, purpose, item) and item.has["purpose"] == purpose


def _disclosed(facts: Facts, who: Who, purpose: int, item: Item) -> bool:
    """Within a disclosure one gave oneself, on its terms."""
    act = facts.find(item.parent)
    same = ("circle", "purpose", "starts", "until", "recipients")
    return (
        item.has["giver"] == who.agency == act.owner
        and act.has["by"] == who.post
        and act.has["withdrawn_at"] is None
        and all(item.has[name] == act.has[name] for name in same)
        and sees(facts, who, purpose, act)
    )


def _own_agency(facts: Facts, who: Who, purpose: int, item: Item) -> bool:
    return item.has["agency"] == who.agency


def _entry(facts: Facts, who: Who, purpose: int, item: Item) -> bool:
    """What one did oneself, for the purpose one acts for."""
    mine = (who.user, who.post, who.agency, purpose)
    return tuple(item.has[name] for name in ("user", "post", "agency", "purpose")) == mine


def _owner(facts: Facts, who: Who, purpose: int, item: Item) -> bool:
    return _own(facts, who, purpose, item) and sees(facts, who, purpose, item)


def _case(facts: Facts, who: Who, purpose: int, item: Item) -> bool:
    """A closed case stays closed."""
    return item.has["state"] == "open" and sees(facts, who, purpose, item)


def _plan_changed(facts: Facts, who: Who, purpose: int, item: Item) -> bool:
    return sees(facts, who, purpose, item) and _open_case(facts, who, purpose, item)


def _research(facts: Facts, who: Who, purpose: int, item: Item) -> bool:
    """An agency answers for itself, once."""
    waits = item.has["held"] == "waiting" and item.has["agency"] == who.agency
    return waits and sees(facts, who, purpose, item)


def _report(facts: Facts, who: Who, purpose: int, item: Item) -> bool:
    return _owner(facts, who, purpose, item) and _draft_report(facts, who, purpose, item)


def _withdraw(facts: Facts, who: Who, purpose: int, item: Item) -> bool:
    """Whoever gave it, and those of their agency who are cleared for it."""
    cleared = item.marking < SEALED and facts.is_cleared(who, item.category, item.marking)
    own = item.owner == who.agency and (item.has["by"] == who.post or cleared)
    return own and sees(facts, who, purpose, item)


def _lift(facts: Facts, who: Who, purpose: int, item: Item) -> bool:
    return facts.has_duty(who, "govern") and sees(facts, who, purpose, item)


def _own_schedule(facts: Facts, who: Who, purpose: int, item: Item) -> bool:
    """A lead, for their own agency, from now on."""
    now = item.has["at"] == "now"
    return now and item.has["agency"] == who.agency and facts.has_duty(who, "govern")


def _disposal_step(facts: Facts, who: Who, purpose: int, item: Item) -> bool:
    """A lead who sees it, for their own agency, of what is still there, now."""
    still = item.has["at"] == "now" and facts.find(item.parent).has["done_at"] is None
    return item.has["agency"] == who.agency and still and _parent_seen(facts, who, purpose, item)


def _look_review(facts: Facts, who: Who, purpose: int, item: Item) -> bool:
    """A lead, of a look of their agency's people that they see and another made, as it was."""
    look = facts.find(item.parent)
    as_it_was = look.has["post"] == item.has["looker"] and look.has["agency"] == who.agency
    governs = item.has["agency"] == who.agency and facts.has_duty(who, "govern")
    theirs = look.has["user"] != who.user and sees(facts, who, purpose, look)
    return as_it_was and governs and theirs


def _emergency_review(facts: Facts, who: Who, purpose: int, item: Item) -> bool:
    """A lead of the agency whose post used it, but not whoever used it."""
    access = facts.find(item.parent)
    leads = item.has["agency"] == who.agency and facts.has_duty(who, "govern")
    theirs = access.has["agency"] == who.agency and access.has["user"] != who.user
    return leads and theirs and sees(facts, who, purpose, access)


def _subject_request(facts: Facts, who: Who, purpose: int, item: Item) -> bool:
    """A lead, of what was asked of their own agency, before anybody says who it is about."""
    ours = item.has["agency"] == who.agency and facts.has_duty(who, "govern")
    return ours and not item.has["subjects"]


def _subject_step(facts: Facts, who: Who, purpose: int, item: Item) -> bool:
    """A lead who sees the request."""
    return facts.has_duty(who, "govern") and _parent_seen(facts, who, purpose, item)


def _subject_reader(facts: Facts, who: Who, purpose: int, item: Item) -> bool:
    """A lead who sees the request asks somebody of their own agency."""
    asked = next(one for one in facts.people if one.post == item.has["post"])
    return asked.agency == who.agency and _subject_step(facts, who, purpose, item)


def _reads(facts: Facts, who: Who, request: object) -> bool:
    readers = [one for one in facts.of_kind("subject reader") if one.parent == request]
    return any(one.has["post"] == who.post for one in readers)


def _of_one_row(one: Item, other: Item) -> bool:
    """Whether two things were decided for one request about one row."""
    names = ("kind", "item")
    return one.parent == other.parent and all(one.has[n] == other.has[n] for n in names)


def _finish(facts: Facts, who: Who, purpose: int, item: Item) -> bool:
    """Whoever reads says so themselves."""
    return item.has["post"] == who.post and _parent_seen(facts, who, purpose, item)


def _subject_item(facts: Facts, who: Who, purpose: int, item: Item) -> bool:
    """Whoever reads for the request and sees the row, in their own name, until it is signed off."""
    signed = any(_of_one_row(one, item) for one in facts.of_kind("subject answer"))
    mine = item.has["user"] == who.user and _reads(facts, who, item.parent) and not signed
    return mine and _parent_seen(facts, who, purpose, item) and holds(facts, who, purpose, item)


def _subject_answer(facts: Facts, who: Who, purpose: int, item: Item) -> bool:
    """Whoever reads and sees what another decided last about what they did not write, as it is."""
    part = facts.find(item.has["part"])
    same = all(item.has[name] == part.has[name] for name in ("kind", "item", "given", "told"))
    second = part.has["user"] != who.user and who.user not in part.has["authors"]
    mine = item.has["user"] == who.user and _reads(facts, who, item.parent)
    days = ("yesterday", "now", "tomorrow")
    here = part.parent == item.parent and not any(
        _of_one_row(one, part)
        and days.index(one.has["decided_at"]) > days.index(part.has["decided_at"])
        for one in facts.of_kind("subject item")
    )
    return same and second and mine and here and sees(facts, who, purpose, part)


def _subject_correction(facts: Facts, who: Who, purpose: int, item: Item) -> bool:
    """Whoever reads for a request to correct, of what their agency holds and they see."""
    request = facts.find(item.parent)
    asks = request.has["asks"] == "correction" and sees(facts, who, purpose, request)
    ours = item.has["agency"] == who.agency and _reads(facts, who, item.parent)
    return asks and ours and holds(facts, who, purpose, item)


def _agreement(facts: Facts, who: Who, purpose: int, item: Item) -> bool:
    """A governance lead writes drafts, in their own name."""
    return item.has["state"] == "draft" and facts.has_duty(who, "govern")


def _may_draft(facts: Facts, who: Who, purpose: int, item: Item) -> bool:
    """Whoever wrote a draft, and a lead of a party to it, while nobody has asked for it."""
    agreement = facts.find(item.parent) if item.parent else item
    mine = agreement.has["by"] == who.post or _is_party(facts, who, agreement.id)
    open_draft = agreement.has["state"] == "draft" and not open_ask(facts, agreement)
    return open_draft and mine and facts.has_duty(who, "govern")


def _is_party(facts: Facts, who: Who, agreement: object) -> bool:
    agreed = next(one for one in facts.agreements if one.id == agreement)
    return who.agency in agreed.gives | agreed.gets


def open_ask(facts: Facts, agreement: Item) -> Item | None:
    """The step by which somebody asked for what nobody has answered."""
    steps = [one for one in facts.of_kind("agreement step") if one.parent == agreement.id]
    answered = {one.has["answers"] for one in steps}
    asks = [one for one in steps if one.has["step"] == "asked" and one.id not in answered]
    return asks[0] if asks else None


def _step(facts: Facts, who: Who, purpose: int, item: Item) -> bool:
    """A lead of a party; a yes and a no by another agency than asked, a yes by another person."""
    agreement, word = facts.find(item.parent), item.has["step"]
    if item.has["agency"] != who.agency or not facts.has_duty(who, "govern"):
        return False
    ask = open_ask(facts, agreement)
    answers = word in ("agreed", "declined", "taken back")
    if item.has["answers"] != (ask.id if answers and ask else None) or (answers and not ask):
        return False
    if word in ("drafted", "changed"):
        return _may_draft(facts, who, purpose, agreement)
    if not _is_party(facts, who, agreement.id):
        return False
    older = agreement.has["replaces"]
    if word in ("asked", "agreed") and older and not _is_party(facts, who, older):
        return False
    state, unopened = agreement.has["state"], ("draft", "suspended")
    if word == "agreed":
        other = next(p for p in facts.people if p.post == ask.has["by"])
        return state in unopened and other.user != who.user and other.agency != who.agency
    return {
        "asked": state in unopened and not ask, "suspended": state == "in force",
        "ended": state != "ended", "declined": ask and ask.has["agency"] != who.agency,
        "taken back": ask and ask.has["agency"] == who.agency,
    }.get(word, False)  # fmt: skip


def _throw_away(facts: Facts, who: Who, purpose: int, item: Item) -> bool:
    """Its writer; and a named job of their agency, when nobody touched it for 14 days."""
    theirs = any(p.post == item.has["post"] and p.agency == who.agency for p in facts.people)
    old = item.has["saved_at"] < facts.today - FORGOTTEN
    return _own_post(facts, who, purpose, item) or (
        old and theirs and facts.has_duty(who, "operate")
    )


ADDERS: dict[str, Answer] = {
    "person": _anybody, "record": _own, "household": _own, "contact": _own_beneath,
    "encounter": _own_beneath, "telling": _own_beneath, "living": _own_part,
    "same person": _same_person,
    "concern": _own, "narrative": _raised_part, "about": _raised_part, "receipt": _receipt,
    "withdrawal": _withdrawal, "addition": _raised_part, "placed": _placed,
    "reply": _reply, "draft": _own_post, "screening": _screening, "looking": _looking,
    "case": _own, **dict.fromkeys(
        ("edit", "subject", "need", "goal", "action", "review", "request"), _plan
    ),
    "note": _note, "meeting": _runs, "present": _present,
    **dict.fromkeys(("item", "research", "interest", "decision", "agreed action"), _part),
    "return": _return, "referral": _own_beneath, "step": _part, "session": _part,
    "report": _own, "block": _block, "version": _block, "circle": _circle, "member": _joins,
    "disclosure": _disclosure, "disclosed": _disclosed, "received": _received,
    "conflict": _own_agency,
    "apart": _own_agency, "hold": _own_agency, "own schedule": _own_schedule,
    "disposal step": _disposal_step, "consent": _consent, "works with": _works_with,
    "entry": _entry, "look review": _look_review,
    "emergency review": _emergency_review, "subject request": _subject_request,
    "subject reader": _subject_reader, "subject step": _subject_step,
    "subject item": _subject_item, "subject answer": _subject_answer,
    "subject correction": _subject_correction,
    "agreement": _agreement, "party": _may_draft, "coverage": _may_draft, "agreement step": _step,
}  # fmt: skip

CHANGERS: dict[str, Answer] = {
    **dict.fromkeys(("record", "contact", "household", "living"), _owner),
    "draft": _own_post, "looking": _own_post, "case": _case,
    **dict.fromkeys(("need", "goal", "action"), _plan_changed),
    **dict.fromkeys(("item", "referral", "step"), sees), "research": _research,
    "meeting": _planned, "report": _report, "block": _report, "circle": _own_circle,
    "member": _member, "disclosure": _withdraw, "conflict": _lift, "emergency": sees,
    "subject request": sees, "subject reader": _finish,
    "apart": _lift, "hold": _lift, "consent": _consent_open,
    **dict.fromkeys(("agreement", "party", "coverage"), _may_draft),
}  # fmt: skip

REMOVERS: dict[str, Answer] = {
    "draft": _throw_away, "looking": _own_post, "present": _present,
}  # fmt: skip
