"""How a name is made searchable, and why a record may be the person sought. Pure."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, Protocol

from locality.people.words import Fact, FoundPerson, Reason, Sex, Sought

POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9][A-Z]{2})")
# Words that begin a family name of several.
PARTICLES = frozenset({
    "al", "ap", "bin", "bint", "da", "de", "del", "della", "den", "der", "di", "dos", "du", "el",
    "ibn", "la", "le", "mac", "mc", "o", "st", "ten", "ter", "van", "von",
})  # fmt: skip
SHORTEST = 2  # letters of a name that are enough to search by
# How much each reason counts when results are put in order. Nothing is decided by it.
WEIGHT: dict[Reason, int] = {
    Reason.SAME_NAME: 8,
    Reason.NAME_BEGINS: 5,
    Reason.OTHER_WAY_ROUND: 5,
    Reason.SHORT_FORM: 5,
    Reason.KNOWN_AS: 5,
    Reason.SPELLED_NEARLY: 3,
    Reason.SAME_BIRTH: 6,
    Reason.NEAR_BIRTH: 3,
    Reason.OTHER_BIRTH: -4,
    Reason.SAME_POSTCODE: 2,
}
NAMES = {
    Reason.SAME_NAME,
    Reason.NAME_BEGINS,
    Reason.OTHER_WAY_ROUND,
    Reason.SHORT_FORM,
    Reason.KNOWN_AS,
    Reason.SPELLED_NEARLY,
}


class Found(Protocol):
    """What of a record is compared."""

    given_key: str
    family_key: str
    known_as: str
    born: date | None
    postcode: str


def search_key(name: str) -> str:
    """Reduce a name to capital letters without accents, spaces or marks: “O’Neill” is ONEILL."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).upper())
    return "".join(c for c in plain if c.isalnum() and not unicodedata.combining(c))


def tidy_postcode(typed: str) -> str:
    """Write a postcode the usual way; what is not one stays as it was, in capitals."""
    plain = "".join(typed.upper().split())
    found = POSTCODE.fullmatch(plain)
    return f"{found[1]} {found[2]}" if found else " ".join(typed.upper().split())


def split_name(typed: str) -> tuple[str, str]:
    """Split one box into given names and family name: “Ana de Souza”, or “de Souza, Ana”."""
    if "," in typed:
        family, given = typed.split(",", 1)
        return given.strip(), family.strip()
    words = typed.split()
    start = len(words) - 1
    while start > 1 and words[start - 1].lower() in PARTICLES:
        start -= 1
    return " ".join(words[:start]), " ".join(words[max(start, 0) :])


def is_enough(sought: Sought) -> bool:
    """Say whether there is enough to search by: some of a name, or a birth date and a postcode."""
    named = max(len(sought.given_key), len(sought.family_key)) >= SHORTEST
    return named or bool(sought.born and sought.postcode)


def nicknames(name: str, groups: Iterable[Iterable[str]]) -> frozenset[str]:
    """Every other form of a given name, from groups of names that mean the same."""
    key = search_key(name)
    keyed = [{search_key(form) for form in group} for group in groups]
    return frozenset().union(*(group for group in keyed if key in group)) - {key}


def reasons(sought: Sought, found: Found) -> tuple[Reason, ...]:
    """Say why `found` may be who is sought; nothing when it may not."""
    name = _name_reason(sought, found)
    birth = _birth_reason(sought.born, found.born)
    same_postcode = bool(sought.postcode) and sought.postcode == found.postcode
    named = bool(sought.given_key or sought.family_key)
    sure = birth == Reason.SAME_BIRTH and same_postcode
    if named and name is None and not sure:
        return ()
    if not named and birth != Reason.SAME_BIRTH:
        return ()
    postcode = Reason.SAME_POSTCODE if same_postcode else None
    return tuple(reason for reason in (name, birth, postcode) if reason)


def likeness(why: Iterable[Reason]) -> int:
    """Add up reasons to put results in order."""
    return sum(WEIGHT[reason] for reason in why)


def is_near(one: str, other: str) -> bool:
    """Say whether two names differ by one slip of the keys, or two in a long name."""
    allowed = 1 if min(len(one), len(other)) < 7 else 2
    return bool(one and other) and slips(one, other) <= allowed


def slips(one: str, other: str) -> int:
    """Count letters changed, added, left out or swapped with a neighbour."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, start=1):
        older, before, row = before, row, [i]
        for j, b in enumerate(other, start=1):
            least = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                least = min(least, older[j - 2] + 1)
            row.append(least)
    return row[-1]


def _name_reason(sought: Sought, found: Found) -> Reason | None:
    given, family = sought.given_key, sought.family_key
    if not (given or family):
        return None
    if (given, family) == (found.given_key, found.family_key):
        return Reason.SAME_NAME
    if _begins(found, given, family):
        return Reason.NAME_BEGINS
    if _begins(found, family, given):
        return Reason.OTHER_WAY_ROUND
    if any(_begins(found, form, family) for form in sought.nicknames):
        return Reason.SHORT_FORM
    if given and search_key(found.known_as) == given and found.family_key.startswith(family):
        return Reason.KNOWN_AS
    if _near(given, found.given_key, sought.nicknames) and _near(family, found.family_key):
        return Reason.SPELLED_NEARLY
    return None


def _begins(found: Found, given: str, family: str) -> bool:
    return found.given_key.startswith(given) and found.family_key.startswith(family)


def _near(sought: str, found: str, forms: frozenset[str] = frozenset()) -> bool:
    return not sought or found.startswith(sought) or found in forms or is_near(sought, found)


def _birth_reason(sought: date | None, found: date | None) -> Reason | None:
    if sought is None or found is None:
        return None
    if sought == found:
        return Reason.SAME_BIRTH
    swapped = (sought.year, sought.month, sought.day) == (found.year, found.day, found.month)
    one_off = slips(sought.isoformat(), found.isoformat()) == 1
    return Reason.NEAR_BIRTH if swapped or one_off else Reason.OTHER_BIRTH


def connected(ids: Iterable[object], pairs: Iterable[tuple[object, object]]) -> set[object]:
    """Everybody reached from `ids` through pairs that say “the same person”."""
    reached = set(ids)
    pairs = list(pairs)
    grown = True
    while grown:
        new = {x for pair in pairs if not reached.isdisjoint(pair) for x in pair} - reached
        reached |= new
        grown = bool(new)
    return reached


FACTS: dict[str, Callable[[Any], object]] = {
    "name": lambda one: one.full_name,
    "known as": lambda one: one.known_as,
    "born": lambda one: one.born,
    "sex": lambda one: "" if one.sex == Sex.NOT_KNOWN else one.sex,
    "postcode": lambda one: one.postcode,
}


def side_by_side(records: Sequence[Any]) -> list[Fact]:
    """Compare records fact by fact. What one leaves open does not contradict another."""
    compared, owners = [], tuple(one.owner for one in records)
    for label, of in FACTS.items():
        values = tuple(of(one) for one in records)
        said = {_plain(value) for value in values if value}
        compared.append(Fact(label, values, len(said) > 1, owners))
    return compared


def found_people(records: Iterable[Any]) -> list[FoundPerson]:
    """Gather found records by person, keeping their order."""
    by_person: dict[Any, list[Any]] = {}
    for one in records:
        by_person.setdefault(one.person_id, []).append(one)
    return [FoundPerson(first, tuple(rest)) for first, *rest in by_person.values()]


def _plain(value: object) -> object:
    return search_key(value) if isinstance(value, str) else value
