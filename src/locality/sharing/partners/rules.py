"""Every reason why an area's file must not be used, in words its author can act on. Pure."""

import re
from collections import Counter
from collections.abc import Collection, Iterator
from difflib import get_close_matches
from itertools import chain

from locality.sharing.partners.words import (
    AgencyEntry,
    AgreementEntry,
    Fault,
    FrontDoorEntry,
    Known,
    Partners,
    PostEntry,
)
from locality.sharing.words import MOST_AGENCIES, Category, Duty, Gateway, Marking

EMAIL = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s,;<>\".]+")
MEMBER = re.compile(r"(\S+)(?: as (\w+)(?: for (\d+))?)?")
CATEGORIES = [one.name.lower() for one in Category]
MARKINGS = [one.name.lower() for one in Marking]
JOB = "job"  # the role of named jobs, which the area's file does not give to people


def faults(partners: Partners, known: Known) -> Iterator[Fault]:
    """Yield every fault, not just the first."""
    return chain(
        chain.from_iterable(_agency(one) for one in partners.agencies),
        chain.from_iterable(_post(one, known) for one in partners.posts),
        chain.from_iterable(_agreement(one, known) for one in partners.agreements),
        chain.from_iterable(_front_door(one, known) for one in partners.front_doors),
        twice("agencies", "number", [one.number for one in partners.agencies]),
        twice("agencies", "name", [one.name for one in partners.agencies]),
        twice("agreements", "name", [(one.name, one.purpose) for one in partners.agreements]),
        twice("front_doors", "purpose", [one.purpose for one in partners.front_doors]),
        _one_person_two_names(partners.posts),
        _overlaps(partners.posts),
    )


def unknown(word: str, words: Collection[str]) -> str:
    """Say that a word is not one of these, with the one that was perhaps meant."""
    close = get_close_matches(word, sorted(words), n=1)
    meant = f"did you mean “{close[0]}”? " if close else ""
    return f"is not known here: {meant}write one of {', '.join(sorted(words))}"


def empty(table: str, which: str, **fields: str) -> Iterator[Fault]:
    """Yield a fault for each of these texts that says nothing."""
    for name, text in fields.items():
        if not text.strip():
            yield Fault(table, which, name, text, "must not be empty")


def twice(table: str, name: str, values: list[object]) -> Iterator[Fault]:
    """Yield a fault for each value that is there more than once."""
    for value, times in Counter(values).items():
        if times > 1:
            which = ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
            yield Fault(table, which, name, None, f"is there {times} times: keep one of them")


def agencies_known(
    table: str, which: str, field: str, numbers: Collection[int], known: Known
) -> Iterator[Fault]:
    """Yield a fault for each number that no agency of the file has."""
    for number in sorted(set(numbers) - known.agencies):
        yield Fault(table, which, field, number, "no agency in this file has this number: add it")


def posts_named(text: str, posts: Collection[PostEntry]) -> list[PostEntry]:
    """The posts that a member's words name: an address, and role and agency where it has several.

    For example `joan@example.org`, or `joan@example.org as screener for 1`.
    """
    said = MEMBER.fullmatch(text.strip())
    if said is None:
        return []
    email, role, agency = said.groups()
    return [
        one for one in posts
        if one.email.casefold() == email.casefold()
        and role in (None, one.role) and agency in (None, str(one.agency))
    ]  # fmt: skip


def name_of(post: PostEntry, posts: Collection[PostEntry]) -> str:
    """The shortest words that name this post and no other: the inverse of `posts_named`."""
    if len({(one.agency, one.role) for one in posts_named(post.email, posts)}) == 1:
        return post.email
    return f"{post.email} as {post.role} for {post.agency}"


def members(
    table: str, which: str, said: Collection[str], purpose: str, known: Known
) -> Iterator[Fault]:
    """Yield what is wrong with the members of a front door or a panel."""
    if not said:
        yield Fault(table, which, "members", None, "must name at least one person")
    for text in said:
        found = posts_named(text, known.posts)
        if not found and text.split(" ")[0].casefold() in known.emails:
            continue  # named by an entry that has faults of its own
        if not found:
            yield Fault(table, which, "members", text,
                        "no post in this file is this one: add it under [[posts]]")  # fmt: skip
        elif len({(one.agency, one.role) for one in found}) > 1:
            choices = " or ".join(f"“{name_of(one, known.posts)}”" for one in found)
            yield Fault(table, which, "members", text, f"has several posts: write {choices}")
        elif all(purpose not in one.purposes for one in found):
            yield Fault(table, which, "members", text,
                        f"this post is not for “{purpose}”: add it to its purposes")  # fmt: skip


def purpose_known(table: str, which: str, word: str, known: Known) -> Iterator[Fault]:
    """Yield a fault for a purpose that does not exist."""
    if word not in known.purposes:
        yield Fault(table, which, "purpose", word, unknown(word, known.purposes))


def _agency(one: AgencyEntry) -> Iterator[Fault]:
    yield from empty("agencies", one.label, name=one.name, contact=one.contact)
    if not 1 <= one.number <= MOST_AGENCIES:
        yield Fault("agencies", one.label, "number", one.number,
                    f"must be between 1 and {MOST_AGENCIES}")  # fmt: skip


def _post(one: PostEntry, known: Known) -> Iterator[Fault]:
    yield from empty("posts", one.label, name=one.name, title=one.title)
    yield from agencies_known("posts", one.label, "agency", [one.agency], known)
    if not EMAIL.fullmatch(one.email) or len(one.email) > 254:
        yield Fault("posts", one.label, "email", one.email,
                    "is not an e-mail address: write their work address")  # fmt: skip
    roles = known.roles.keys() - {JOB}
    if one.role not in roles:
        yield Fault("posts", one.label, "role", one.role, unknown(one.role, roles))
    if not one.purposes:
        yield Fault("posts", one.label, "purposes", None, "must name at least one purpose")
    for word in one.purposes:
        if word not in known.purposes:
            yield Fault("posts", one.label, "purposes", word, unknown(word, known.purposes))
    if one.until and one.until < one.starts:
        yield Fault("posts", one.label, "until", one.until, f"is before from, {one.starts}")


def _agreement(one: AgreementEntry, known: Known) -> Iterator[Fault]:
    table, which = "agreements", one.label
    yield from empty(table, which, name=one.name)
    yield from purpose_known(table, which, one.purpose, known)
    if one.until < one.starts:
        yield Fault(table, which, "until", one.until, f"is before from, {one.starts}")
    if one.review_by > one.until:
        yield Fault(table, which, "review_by", one.review_by,
                    f"is after until, {one.until}: review it before it ends")  # fmt: skip
    for field in ("parties", "gives_only", "gets_only"):
        yield from agencies_known(table, which, field, getattr(one, field), known)
    yield from twice(table, f"{which}: an agency in parties, gives_only and gets_only",
                     [*one.parties, *one.gives_only, *one.gets_only])  # fmt: skip
    yield from _shares_nothing(one)
    yield from _covers(one)
    for number in sorted(one.signatories.keys() - set(map(str, one.directions))):
        yield Fault(table, which, "signatories", number,
                    "no party has this number: write it as in parties")  # fmt: skip


def _shares_nothing(one: AgreementEntry) -> Iterator[Fault]:
    givers = {number for number, (gives, _) in one.directions.items() if gives}
    getters = {number for number, (_, gets) in one.directions.items() if gets}
    if not givers or not getters or len(givers | getters) < 2:
        yield Fault("agreements", one.label, "parties", None,
                    "one agency must give and another get: name at least two")  # fmt: skip


def _covers(one: AgreementEntry) -> Iterator[Fault]:
    if not one.covers:
        yield Fault("agreements", one.label, "covers", None,
                    f"must name at least one of {', '.join(sorted(CATEGORIES))}")  # fmt: skip
    for category, marking in one.covers.items():
        if category not in CATEGORIES:
            yield Fault("agreements", one.label, "covers", category, unknown(category, CATEGORIES))
        if marking not in MARKINGS:
            yield Fault("agreements", one.label, f"covers.{category}", marking,
                        unknown(marking, MARKINGS))  # fmt: skip
    yield from twice("agreements", f"{one.label}: with_consent", one.with_consent)
    for category in one.with_consent:
        if category not in one.covers:
            yield Fault("agreements", one.label, "with_consent", category,
                        "is not covered: write it in covers too")  # fmt: skip
    for category in unasked(one):
        yield Fault("agreements", one.label, "covers", category,
                    "the agreement rests on consent: write it in with_consent too")  # fmt: skip


def unasked(one: AgreementEntry) -> list[str]:
    """Name what an agreement that rests on consent would open without asking for it."""
    if one.gateway != Gateway.CONSENT:
        return []
    return sorted(one.covers.keys() - set(one.with_consent))


def _front_door(one: FrontDoorEntry, known: Known) -> Iterator[Fault]:
    table, which = "front_doors", one.label
    yield from empty(table, which, name=one.name)
    yield from purpose_known(table, which, one.purpose, known)
    yield from agencies_known(table, which, "agency", [one.agency], known)
    yield from members(table, which, one.members, one.purpose, known)
    for text in one.members:
        for post in posts_named(text, known.posts):
            if Duty.SCREEN not in known.roles.get(post.role, {Duty.SCREEN}):
                says = f"the role {post.role} may not screen: give them one that may"
                yield Fault(table, which, "members", text, says)


def _one_person_two_names(posts: Collection[PostEntry]) -> Iterator[Fault]:
    names: dict[str, str] = {}
    for one in posts:
        first = names.setdefault(one.email.casefold(), one.name)
        if one.name != first:
            yield Fault("posts", one.label, "name", one.name,
                        f"the same address belongs to “{first}” above: write one name")  # fmt: skip


def _overlaps(posts: Collection[PostEntry]) -> Iterator[Fault]:
    ordered = sorted(posts, key=lambda one: one.key)
    for before, after in zip(ordered, ordered[1:], strict=False):
        same = before.key[:3] == after.key[:3]
        if same and (before.until is None or before.until >= after.starts):
            yield Fault("posts", after.label, "starts", after.starts,
                        "the same post is already there for that day: end the earlier one "
                        "before, with until")  # fmt: skip
