"""A neighbourhood's households and residents, as they truly are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from locality.demo.kernels.chance import happens, ids, pick, stream, texts
from locality.demo.kernels.households import KINDS, PARTS, Homes, Members, homes, members
from locality.demo.kernels.names import (
    FEMALE,
    People,
    family_names,
    given_names,
    middle_names,
    pet_names,
    plain,
    womens_names,
)
from locality.demo.words.area import DAYS, Community, Household, HouseholdKind, Resident, Street
from locality.demo.words.table import Table

OLDER_NAMES = 50 * 365  # days of age from which names of an older time are drawn
MOVED = 0.17  # of households, within the two years
APART = (HouseholdKind.SHARED, HouseholdKind.CARE_HOME)  # everybody has their own family name
MARRIED = 0.7  # of couples share a family name


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Households and residents, and which household (by position) each resident lives in."""

    households: Table[Household]
    residents: Table[Resident]
    home: NDArray[np.int64]
    first: NDArray[np.object_]  # first given name alone
    age_days: NDArray[np.int64]


def neighbours(
    book: Sequence[Community], streets: Sequence[Street], *, seed: int, batch: int, today: date,
    residents: int,
) -> Neighbours:  # fmt: skip
    """Make one neighbourhood of exactly so many residents."""
    rng = stream(seed, batch, "households")
    found = homes(rng, book, residents)
    who = members(rng, found)
    households = _households(stream(seed, batch, "addresses"), book, streets, found, today)
    named, first = _residents(stream(seed, batch, "names"), book, found, who, households, today)
    return Neighbours(households, named, who.household, first, who.age_days)


def _households(
    rng: np.random.Generator, book: Sequence[Community], streets: Sequence[Street], found: Homes,
    today: date,
) -> Table[Household]:  # fmt: skip
    n = len(found)
    where, before = pick(rng, [1.0] * len(streets), n), pick(rng, [1.0] * len(streets), n)
    address, postcode = _addresses(rng, streets, where)
    former, former_postcode = _addresses(rng, streets, before)
    moved = happens(rng, MOVED, n) & (found.kind != KINDS.index(HouseholdKind.CARE_HOME))
    days = np.datetime64(today) - (1 + np.floor(rng.random(n) * (DAYS - 1))).astype(np.int64)
    return Table(
        Household,
        {
            "id": ids(rng, n),
            "kind": texts([str(kind) for kind in KINDS])[found.kind],
            "community": texts([one.name for one in book])[found.community],
            "address": address,
            "postcode": postcode,
            "ward": texts([street.ward for street in streets])[where],
            "area": texts([street.area for street in streets])[where],
            "moved_on": _only(moved, days.astype(object)),
            "former_address": np.where(moved, former, ""),
            "former_postcode": np.where(moved, former_postcode, ""),
        },
    )


def _only(has: NDArray[np.bool_], days: NDArray[np.object_]) -> NDArray[np.object_]:
    found = days.copy()
    found[~has] = None
    return found


def _addresses(
    rng: np.random.Generator, streets: Sequence[Street], where: NDArray[np.int64]
) -> tuple[NDArray[np.object_], NDArray[np.object_]]:
    n = len(where)
    house = (1 + np.floor(rng.random(n) * 98)).astype(np.int64).tolist()
    flat = np.where(happens(rng, 0.18, n), 1 + np.floor(rng.random(n) * 12), 0).astype(int).tolist()
    address = [
        f"Flat {f}, {h} {streets[s].name}" if f else f"{h} {streets[s].name}"
        for f, h, s in zip(flat, house, where.tolist(), strict=True)
    ]
    # Each side of a street has its postcode.
    postcode = [streets[s].postcodes[h % 2] for h, s in zip(house, where.tolist(), strict=True)]
    return texts(address), texts(postcode)


def _residents(
    rng: np.random.Generator, book: Sequence[Community], found: Homes, who: Members,
    households: Table[Household], today: date,
) -> tuple[Table[Resident], NDArray[np.object_]]:  # fmt: skip
    n = len(who.household)
    people = People(
        who.household, found.community[who.household], who.sex, who.age_days > OLDER_NAMES
    )
    given = given_names(rng, book, people)
    family, former = _family(rng, book, found, who, people)
    middle = middle_names(rng, book, people)
    middle[(middle == family) | (middle == given)] = ""
    adult = who.age_days > 16 * 365
    named = Table(
        Resident,
        {
            "id": ids(rng, n),
            "household": texts(households.columns["id"])[who.household],
            "given_names": texts(
                [f"{g} {m}" if m else g for g, m in zip(given, middle, strict=True)]
            ),
            "family_name": family,
            "known_as": _known_as(rng, book, given),
            "former_family_name": former,
            "born": (np.datetime64(today) - who.age_days).astype(object),
            "sex": _sex(rng, who.sex),
            "community": texts([one.name for one in book])[people.community],
            "part": texts([str(part) for part in PARTS])[who.part],
            "phone": phones(rng, adult),
            "email": _emails(rng, given, family, adult),
        },
    )
    return named, given


def _family(
    rng: np.random.Generator, book: Sequence[Community], found: Homes, who: Members, people: People
) -> tuple[NDArray[np.object_], NDArray[np.object_]]:
    """Give family names: mostly the household's; and the name before marriage where there is one.

    In a shared house or a care home everybody has their own.
    """
    n = len(people)
    of_home = family_names(rng, book, found.community)[people.household]
    own = family_names(rng, book, people.community)
    shares = np.array([one.shares_family_name for one in book])[people.community]
    separate = ~happens(rng, shares, n)
    single = np.isin(found.kind, [KINDS.index(k) for k in APART])
    mother = (who.part == 0) & (who.place == 0) & (found.adults[people.household] > 1)
    unmarried = mother & ~happens(rng, MARRIED, n)
    family = np.where(separate | single[people.household] | unmarried, own, of_home)
    family = womens_names(rng, book, people, family)
    wife = (mother & ~unmarried & ~separate) | (who.age_days > 25 * 365) & happens(rng, 0.1, n)
    has = wife & (who.sex == FEMALE) & ~single[people.household] & happens(rng, 0.85, n)
    former = np.where(has, womens_names(rng, book, people, own), "")
    return family, np.where(former == family, "", former)


def _known_as(
    rng: np.random.Generator, book: Sequence[Community], given: NDArray[np.object_]
) -> NDArray[np.object_]:
    pets = pet_names(book)
    found = texts([""] * len(given))
    for i in np.flatnonzero(happens(rng, 0.3, len(given))):
        names = pets.get(given[i])
        if names:
            found[i] = names[0]
    return found


def _sex(rng: np.random.Generator, sex: NDArray[np.int64]) -> NDArray[np.object_]:
    said = texts(["female", "male"])[sex]
    said[happens(rng, 0.003, len(sex))] = "other"
    return said


def phones(rng: np.random.Generator, has: NDArray[np.bool_]) -> NDArray[np.object_]:
    """Give numbers from the two ranges kept for drama; so few that people share them."""
    n = len(has)
    number = np.floor(rng.random(n) * 1000).astype(np.int64).tolist()
    mobile = happens(rng, 0.85, n).tolist()
    return texts([
        (f"07700 900{x:03}" if m else f"01632 960{x:03}") if h else ""
        for x, m, h in zip(number, mobile, has.tolist(), strict=True)
    ])  # fmt: skip


def _emails(
    rng: np.random.Generator, given: NDArray[np.object_], family: NDArray[np.object_],
    adult: NDArray[np.bool_],
) -> NDArray[np.object_]:  # fmt: skip
    has = adult & happens(rng, 0.45, len(given))
    number = np.floor(rng.random(len(given)) * 90 + 10).astype(np.int64)
    found = texts([""] * len(given))
    for i in np.flatnonzero(has):
        name = "".join(c for c in f"{given[i]}.{family[i]}".lower() if c.isalpha() or c == ".")
        name = plain(name).encode("ascii", "ignore").decode()
        found[i] = f"{name}{number[i]}@example.org"
    return found
