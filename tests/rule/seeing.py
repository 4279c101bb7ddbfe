"""Who sees each kind of row, in the words of DESIGN.md and each domain's README."""

from collections.abc import Callable

from tests.rule.oracle import SEALED, Facts, Item, Who

Answer = Callable[[Facts, Who, int, Item], bool]
PUBLIC = ("front door", "panel")
AT_LEAST_STANDARD = 1  # the marking for which whoever answers a request must be cleared


def sees(facts: Facts, who: Who, purpose: int, item: Item) -> bool:
    """Answer for one row of any kind. A world's answers do not change: each is found once."""
    asked = who.post, purpose, item.kind, item.id, facts.urgently
    if asked not in facts.answered:
        may_act = facts.may_act(who, purpose)
        facts.answered[asked] = may_act and ANSWERS[item.kind](facts, who, purpose, item)
    return facts.answered[asked]


def _rule(facts: Facts, who: Who, purpose: int, item: Item) -> bool:
    return facts.item_shows(who, purpose, item)


def _everybody(facts: Facts, who: Who, purpose: int, item: Item) -> bool:
    return True


def _parent(facts: Facts, who: Who, purpose: int, item: Item) -> bool:
    """Whoever sees what it belongs to."""
    above = facts.find(item.parent)
    return above is not None and sees(facts, who, purpose, above)


def _person(facts: Facts, who: Who, purpose: int, item: Item) -> bool:
    """Whoever sees some record of them."""
    records = [one for one in facts.of_kind("record") if item.id in one.about]
    return any(sees(facts, who, purpose, one) for one in records)


def _receipt(facts: Facts, who: Who, purpose: int, item: Item) -> bool:
    """The reporter keeps it; the front door that may see the concern sees it too."""
    return item.has["post"] == who.post or _parent(facts, who, purpose, item)


def _reply(facts: Facts, who: Who, purpose: int, item: Item) -> bool:
    """Whoever said it, and whoever sees the receipt."""
    (receipt,) = [one for one in facts.of_kind("receipt") if one.id == item.parent]
    return item.has["by"] == who.post or sees(facts, who, purpose, receipt)


def _withdrawal(facts: Facts, who: Who, purpose: int, item: Item) -> bool:
    """Whoever sees the receipt."""
    (receipt,) = [one for one in facts.of_kind("receipt") if one.id == item.parent]
    return sees(facts, who, purpose, receipt)


def _own_post(facts: Facts, who: Who, purpose: int, item: Item) -> bool:
    return item.has["post"] == who.post


def _screening(facts: Facts, who: Who, purpose: int, item: Item) -> bool:
    """Its agency, by the rule; and the front door that decided, as far as it sees the concern."""
    decided_here = facts.is_in_circle(who, purpose, item.has["circle"])
    return _rule(facts, who, purpose, item) or (decided_here and _parent(facts, who, purpose, item))


def is_asked(facts: Facts, who: Who, purpose: int, item: Item) -> bool:
    """Answer whether a request is put to somebody: to their agency, and cleared for it."""
    return (
        item.has["agency"] == who.agency
        and item.has["purpose"] == purpose
        and item.marking < SEALED
        and facts.is_cleared(who, item.has["category"], AT_LEAST_STANDARD)
        and not facts.is_kept_from(who, item)
    )


def _request(facts: Facts, who: Who, purpose: int, item: Item) -> bool:
    return _rule(facts, who, purpose, item) or is_asked(facts, who, purpose, item)


def _present(facts: Facts, who: Who, purpose: int, item: Item) -> bool:
    """Those who sit on the panel, and each person what says that they came."""
    return item.has["post"] == who.post or sits_on(facts, who, purpose, item.has["meeting"])


def sits_on(facts: Facts, who: Who, purpose: int, meeting: object) -> bool:
    """Answer whether somebody sits on the panel that a meeting is of."""
    panel = facts.find(facts.find(meeting).has["panel"])
    return facts.is_in_circle(who, purpose, panel.has["circle"])


def _circle(facts: Facts, who: Who, purpose: int, item: Item) -> bool:
    """Members, the agency that runs it if cleared, its maker until somebody is in it, and whoever
    is asked what it would be told. Front doors and panels are public.

    Nobody who is kept from what it works on.
    """
    if item.has["kind"] in PUBLIC:
        return True
    if _is_kept_from_circle(facts, who, item.id):
        return False
    own = item.owner == who.agency and item.marking < SEALED
    return (
        facts.is_in_circle(who, purpose, item.id)
        or (own and facts.is_cleared(who, item.category, item.marking))
        or (item.has["made_by"] == who.post and not _members(facts, item))
        or (item.has["kind"] == "case" and _asked_for(facts, who, purpose, item))
    )


def _is_kept_from_circle(facts: Facts, who: Who, circle: object) -> bool:
    rows = facts.of_kind("case", "referral", "telling")
    works_on = [one for one in rows if one.has["circle"] == circle]
    return any(facts.is_kept_from(who, one) for one in works_on)


def _members(facts: Facts, circle: Item) -> list[Item]:
    return [one for one in facts.of_kind("member") if one.has["circle"] == circle.id]


def _asked_for(facts: Facts, who: Who, purpose: int, circle: Item) -> bool:
    return any(
        one.has["circle"] == circle.id
        and one.has["agency"] == who.agency
        and one.has["answer"] == "waiting"
        and sees(facts, who, purpose, one)
        for one in facts.of_kind("request")
    )


def _member(facts: Facts, who: Who, purpose: int, item: Item) -> bool:
    circle = facts.find(item.has["circle"])
    return item.has["post"] == who.post or sees(facts, who, purpose, circle)


def _disclosure(facts: Facts, who: Who, purpose: int, item: Item) -> bool:
    """The circle it was made to, if cleared for it under an agreement; whoever gave it; their
    agency, if cleared. Nobody who is kept from anything in it.
    """
    inside = [one for one in facts.of_kind("disclosed") if one.parent == item.id]
    if any(_item_is_kept(facts, who, one.has["item"]) for one in inside):
        return False
    if item.has["by"] == who.post:
        return True
    own, cleared = item.owner == who.agency, facts.is_cleared(who, item.category, item.marking)
    if own and cleared and item.marking < SEALED:
        return True
    member = _is_told(facts, who, purpose, item)
    on = facts.terms(who, purpose, item)
    agreed = own or False in on or (True in on and _all_consented(facts, who, purpose, item))
    return cleared and member and agreed


def _all_consented(facts: Facts, who: Who, purpose: int, item: Item) -> bool:
    """Whether everything in a disclosure, of which its own words speak, is consented to."""
    within = [one for one in facts.of_kind("disclosed") if one.parent == item.id]
    rows = [facts.find(one.has["item"]) for one in within]
    return all(one is not None and facts.is_consented(who, purpose, one) for one in rows)


def _disclosed(facts: Facts, who: Who, purpose: int, item: Item) -> bool:
    """The circle, by identifier alone, and whoever sees the disclosure."""
    if _item_is_kept(facts, who, item.has["item"]):
        return False
    return _is_told(facts, who, purpose, item) or _parent(facts, who, purpose, item)


def _is_told(facts: Facts, who: Who, purpose: int, item: Item) -> bool:
    """Whether somebody is in the circle, and named where anybody is."""
    named = item.has["recipients"]
    member = facts.is_in_circle(who, purpose, item.has["circle"])
    return member and (named is None or who.post in named)


def _item_is_kept(facts: Facts, who: Who, some_id: object) -> bool:
    item = facts.find(some_id)
    return item is not None and facts.is_kept_from(who, item)


def _conflict(facts: Facts, who: Who, purpose: int, item: Item) -> bool:
    """Whoever declared it and their agency's governance lead; never the one it names, and nobody
    who is kept from the same.
    """
    same = item.has["subject"] in facts.barred(who)
    return (
        item.has["agency"] == who.agency
        and item.has["user"] != who.user
        and not same
        and (item.has["by"] == who.post or facts.has_duty(who, "govern"))
    )


def _apart(facts: Facts, who: Who, purpose: int, item: Item) -> bool:
    """Whoever said it and their agency's governance lead, unless they are kept from either."""
    kept = facts.barred(who) & {item.has["safe"], item.has["feared"]}
    mine = item.has["by"] == who.post or facts.has_duty(who, "govern")
    return item.has["agency"] == who.agency and mine and not kept


def _consent(facts: Facts, who: Who, purpose: int, item: Item) -> bool:
    """Colleagues of the agency that asked, who are cleared to know who it is and see them."""
    return hears(facts, who, item) and all(
        sees(facts, who, purpose, facts.find(one)) for one in item.about
    )


def hears(facts: Facts, who: Who, item: Item) -> bool:
    """Whether somebody is of the agency that asked, and cleared to know who it is."""
    cleared = facts.is_cleared(who, item.category, item.marking)
    return item.owner == who.agency and item.marking < SEALED and cleared


def _hold(facts: Facts, who: Who, purpose: int, item: Item) -> bool:
    """Whoever said it and their agency's governance lead, unless they are kept from it."""
    mine = item.has["by"] == who.post or facts.has_duty(who, "govern")
    return (
        item.has["agency"] == who.agency and mine and item.has["subject"] not in facts.barred(who)
    )


def _disposal(facts: Facts, who: Who, purpose: int, item: Item) -> bool:
    """Leads of whose it is and of whoever owns a part, unless kept from it or anybody in it."""
    told = who.agency == item.has["agency"] or who.agency in item.has["others"]
    record, barred = facts.find(item.has["record"]), facts.barred(who)
    kept = record is not None and facts.is_kept_from(who, record)
    leads = told and facts.has_duty(who, "govern")
    return leads and not kept and item.has["record"] not in barred


def _disposal_step(facts: Facts, who: Who, purpose: int, item: Item) -> bool:
    """Leads of the agency whose lead said it, who see what it is about."""
    return item.has["agency"] == who.agency and _parent(facts, who, purpose, item)


def _nobody(facts: Facts, who: Who, purpose: int, item: Item) -> bool:
    return False


def _trail(facts: Facts, who: Who, purpose: int, item: Item) -> bool:
    """What they did themselves; for a governance lead, their agency's."""
    return item.has["agency"] == who.agency and (
        item.has["post"] == who.post or facts.has_duty(who, "govern")
    )


def _entry(facts: Facts, who: Who, purpose: int, item: Item) -> bool:
    """The same, but of a conflict only what they may know, of their own look not how it was
    judged, and nothing they are kept from.
    """
    record = facts.find(item.has["record"])
    if record is not None and record.kind in ("circle", "member"):
        circle = record.has["circle"] if record.kind == "member" else record.id
        if _is_kept_from_circle(facts, who, circle):
            return False
    if item.has["post"] == who.post:
        return _trail(facts, who, purpose, item)
    told = NAMING.get(record.kind) if record else None
    if told and not told(facts, who, purpose, record):
        return False
    kept = record is not None and facts.is_kept_from(who, record)
    return _trail(facts, who, purpose, item) and not kept


def _look(facts: Facts, who: Who, purpose: int, item: Item) -> bool:
    """The same, but not a look at somebody they are kept from, unless it was their own."""
    kept = facts.barred(who) & set(item.has["records"])
    mine = item.has["post"] == who.post
    return _trail(facts, who, purpose, item) and (mine or not kept)


def _emergency(facts: Facts, who: Who, purpose: int, item: Item) -> bool:
    """Whoever has it; and leads of their agency and of those that hold records, unless kept."""
    told = who.agency == item.has["agency"] or who.agency in item.has["owners"]
    kept = facts.barred(who) & set(item.has["subjects"])
    return item.has["post"] == who.post or (told and facts.has_duty(who, "govern") and not kept)


def _look_review(facts: Facts, who: Who, purpose: int, item: Item) -> bool:
    """A governance lead of the agency that sees the look, and did not make it."""
    look = facts.find(item.parent)
    governs = item.has["agency"] == who.agency and facts.has_duty(who, "govern")
    return governs and look.has["user"] != who.user and sees(facts, who, purpose, look)


def _subject_request(facts: Facts, who: Who, purpose: int, item: Item) -> bool:
    """The leads of the agency that was asked and those who read for it; nobody kept from whoever
    it is about.
    """
    readers = [one for one in facts.of_kind("subject reader") if one.parent == item.id]
    kept = facts.barred(who) & set(item.has["subjects"])
    reads = any(one.has["post"] == who.post for one in readers)
    ours = item.has["agency"] == who.agency and (facts.has_duty(who, "govern") or reads)
    return ours and not kept


def shows(facts: Facts, who: Who, purpose: int, item: Item) -> bool:
    """Whoever sees the row that something is said of."""
    row = facts.find(item.has["item"])
    return row.kind == item.has["kind"] and sees(facts, who, purpose, row)


def holds(facts: Facts, who: Who, purpose: int, item: Item) -> bool:
    """Whoever sees that row, which is their own agency's."""
    ours = facts.find(item.has["item"]).owner in (0, who.agency)
    return ours and shows(facts, who, purpose, item)


def _subject_item(facts: Facts, who: Who, purpose: int, item: Item) -> bool:
    """Those of a request's people who see the row itself."""
    return _parent(facts, who, purpose, item) and holds(facts, who, purpose, item)


def _subject_answer(facts: Facts, who: Who, purpose: int, item: Item) -> bool:
    """A request's people, cleared or not, if anything is given; nobody who is kept from the row."""
    told = item.has["given"] != "[]" or holds(facts, who, purpose, item)
    kept = _item_is_kept(facts, who, item.has["item"])
    return _parent(facts, who, purpose, item) and told and not kept


def _sign_in(facts: Facts, who: Who, purpose: int, item: Item) -> bool:
    """Their own; for a governance lead, those of whoever has a post in their agency."""
    theirs = any(p.user == item.has["user"] and p.agency == who.agency for p in facts.people)
    return item.has["user"] == who.user or (theirs and facts.has_duty(who, "govern"))


# What names whom or what it is about beside the rule; its entries in the trail show as it does.
NAMING = {
    "conflict": _conflict, "apart": _apart, "hold": _hold, "disposal": _disposal,
    "emergency": _emergency, "emergency review": _parent, "look review": _look_review,
    "subject request": _subject_request,
}  # fmt: skip
UNDER_THE_RULE = (
    "record", "contact", "encounter", "telling", "household", "living", "concern", "narrative",
    "about", "case", "edit", "subject", "need", "goal", "action", "review", "note", "item",
    "research", "return", "interest", "decision", "agreed action", "referral", "step", "session",
    "report", "block", "version", "addition",
)  # fmt: skip

ANSWERS: dict[str, Answer] = {
    **dict.fromkeys(UNDER_THE_RULE, _rule),
    "person": _person, "same person": _parent, "receipt": _receipt, "reply": _reply,
    "draft": _own_post, "screening": _screening, "looking": _parent,
    "placed": _parent, "waiting": _parent, "withdrawal": _withdrawal, "request": _request,
    **dict.fromkeys(("agreement", "party", "coverage", "agreement step"), _everybody),
    "panel": _everybody, "meeting": _everybody, "present": _present, "circle": _circle,
    "member": _member, "disclosure": _disclosure, "disclosed": _disclosed,
    "consent": _consent, "received": _parent, "conflict": _conflict, "apart": _apart,
    "hold": _hold, "own schedule": _everybody, "disposal": _disposal,
    "disposal step": _disposal_step, "works with": _nobody,
    "entry": _entry, "look": _look,
    "look review": _look_review, "emergency": _emergency,
    "subject request": _subject_request, "subject reader": _parent, "subject step": _parent,
    "subject item": _subject_item, "subject answer": _subject_answer,
    "subject correction": shows,
    "emergency review": _parent, "sign in": _sign_in,
}  # fmt: skip
