"""Who may add, change and remove each kind of row, in the words of the READMEs.

Duties are asked of services, not here, except where a README says that the database refuses.
"""

from collections.abc import Callable
from datetime import timedelta

from tests.rule.oracle import SEALED, Facts, Item, Who
from tests.rule.seeing import PUBLIC, is_asked, sees, sits_on

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


def _disclosure(facts: Facts, who: Who, purpose: int, item: Item) -> bool:
    """Of one's own agency, for one's purpose, to a circle one knows of."""
    known = sees(facts, who, purpose, facts.find(item.has["circle"]))
    return known and _own(facts, who, purpose, item) and item.has["purpose"] == purpose


def _disclosed(facts: Facts, who: Who, purpose: int, item: Item) -> bool:
    """Within a disclosure one gave oneself, on its terms."""
    act = facts.find(item.parent)
    same = ("circle", "purpose", "starts", "until")
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


def _throw_away(facts: Facts, who: Who, purpose: int, item: Item) -> bool:
    """Its writer; and a named job of their agency, when nobody touched it for 14 days."""
    theirs = any(p.post == item.has["post"] and p.agency == who.agency for p in facts.people)
    old = item.has["saved_at"] < facts.today - FORGOTTEN
    return _own_post(facts, who, purpose, item) or (
        old and theirs and facts.has_duty(who, "operate")
    )


ADDERS: dict[str, Answer] = {
    "person": _anybody, "record": _own, "household": _own, "contact": _own_beneath,
    "encounter": _own_beneath, "living": _own_part, "same person": _same_person,
    "concern": _own, "narrative": _raised_part, "about": _raised_part, "receipt": _receipt,
    "withdrawal": _withdrawal, "addition": _raised_part, "placed": _placed,
    "reply": _reply, "draft": _own_post, "screening": _screening, "looking": _looking,
    "case": _own, **dict.fromkeys(
        ("edit", "subject", "need", "goal", "action", "review", "request"), _plan
    ),
    "note": _note, "meeting": _runs, "present": _present,
    **dict.fromkeys(("item", "research", "interest", "decision", "agreed action"), _part),
    "return": _return, "referral": _own_beneath, "step": _part, "session": _part,
    "report": _own, "block": _block, "version": _block, "circle": _circle, "member": _member,
    "disclosure": _disclosure, "disclosed": _disclosed, "conflict": _own_agency,
    "entry": _entry,
}  # fmt: skip

CHANGERS: dict[str, Answer] = {
    **dict.fromkeys(("record", "contact", "household", "living"), _owner),
    "draft": _own_post, "looking": _own_post, "case": _case,
    **dict.fromkeys(("need", "goal", "action"), _plan_changed),
    **dict.fromkeys(("item", "referral", "step"), sees), "research": _research,
    "meeting": _planned, "report": _report, "block": _report, "circle": _own_circle,
    "member": _member, "disclosure": _withdraw, "conflict": _lift,
}  # fmt: skip

REMOVERS: dict[str, Answer] = {
    "draft": _throw_away, "looking": _own_post, "present": _present,
}  # fmt: skip
