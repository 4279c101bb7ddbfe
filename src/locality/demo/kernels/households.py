"""Who lives together: kinds of household, their sizes, and everybody's part, sex and age."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from locality.demo.kernels.chance import happens, pick
from locality.demo.kernels.names import FEMALE, MALE
from locality.demo.words.area import Community, HouseholdKind, Part

YEAR = 365.25
NEWBORN, OLDEST = 0.01, 103.0
KINDS = list(HouseholdKind)
PARTS = list(Part)
# How common each kind is, in the order of KINDS: usually, and where families are larger.
USUAL = (0.175, 0.135, 0.225, 0.105, 0.19, 0.10, 0.02, 0.049, 0.001)
LARGER = (0.08, 0.03, 0.16, 0.05, 0.37, 0.10, 0.18, 0.0295, 0.0005)
CHILDREN = (0.42, 0.38, 0.14, 0.06)  # one, two, three, four
MORE_CHILDREN = (0.20, 0.30, 0.28, 0.15, 0.07)
TWINS = 0.03  # of neighbouring births in one family
ADULTS = np.array([1, 1, 2, 2, 2, 1, 2, 3, 10])  # at least, in the order of KINDS
SPREAD = np.array([0, 0, 0, 0, 0, 0, 0, 3, 7])  # and up to so many fewer than this more

(_SINGLE, _SINGLE_OLDER, _COUPLE, _COUPLE_OLDER, _FAMILY, _LONE, _GENERATIONS, _SHARED, _CARE) = (
    range(len(KINDS))
)


@dataclass(frozen=True, slots=True)
class Homes:
    """Households as columns: kind, community, and how many of each part live there."""

    kind: NDArray[np.int64]
    community: NDArray[np.int64]
    adults: NDArray[np.int64]
    grandparents: NDArray[np.int64]
    children: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.kind)

    @property
    def size(self) -> NDArray[np.int64]:
        """How many live in each."""
        return self.adults + self.grandparents + self.children


@dataclass(frozen=True, slots=True)
class Members:
    """Everybody in the households, as columns. `place` counts within the household from 0."""

    household: NDArray[np.int64]
    place: NDArray[np.int64]
    part: NDArray[np.int64]
    sex: NDArray[np.int64]
    age_days: NDArray[np.int64]


def homes(rng: np.random.Generator, book: Sequence[Community], residents: int) -> Homes:
    """Make households in which exactly `residents` people live."""
    n = residents  # more than enough: at least one lives in each
    community = pick(rng, [one.share for one in book], n)
    larger = np.array([one.larger_families for one in book])[community]
    kind = np.where(larger, pick(rng, LARGER, n), pick(rng, USUAL, n))
    children = 1 + np.where(larger, pick(rng, MORE_CHILDREN, n), pick(rng, CHILDREN, n))
    children[~np.isin(kind, (_FAMILY, _LONE, _GENERATIONS))] = 0
    adults = ADULTS[kind] + np.floor(rng.random(n) * SPREAD[kind]).astype(np.int64)
    grandparents = np.where(kind == _GENERATIONS, 1 + happens(rng, 0.55, n), 0)
    found = Homes(kind, community, adults, grandparents, children)
    return _as_many(found, residents)


def _as_many(found: Homes, residents: int) -> Homes:
    """Keep the first households that fit, and fill up with people who live alone."""
    whole = int(np.searchsorted(np.cumsum(found.size), residents, side="right"))
    alone = residents - int(found.size[:whole].sum())
    kept = [getattr(found, name)[: whole + alone].copy() for name in Homes.__slots__]
    for column, value in zip(kept, (_SINGLE, None, 1, 0, 0), strict=True):
        if value is not None:
            column[whole:] = value
    return Homes(*kept)


def members(rng: np.random.Generator, homes: Homes) -> Members:
    """Say who lives in the households: adults first, then grandparents, then children by age."""
    household = np.repeat(np.arange(len(homes)), homes.size)
    starts = np.cumsum(homes.size) - homes.size
    place = np.arange(len(household)) - starts[household]
    grown = (homes.adults + homes.grandparents)[household]
    part = np.where(place < homes.adults[household], 0, np.where(place < grown, 1, 2))
    age = _childrens_ages(rng, homes, part == 2, household)
    oldest = np.maximum.reduceat(np.where(part == 2, age, 0.0), starts)
    age = _adults_ages(rng, homes, (household, place, part), (age, oldest))
    sex = _sexes(rng, homes, household, place, part)
    days = np.floor(np.clip(age, NEWBORN, OLDEST) * YEAR).astype(np.int64)
    return Members(household, place, part, sex, days)


def _childrens_ages(
    rng: np.random.Generator, homes: Homes, child: NDArray[np.bool_], household: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Give children ages a year or more apart, or the same; the youngest comes last."""
    who = np.flatnonzero(child)
    home = household[who]
    youngest = (rng.random(len(homes)) * 19.0)[home]
    gap = 1.0 + np.minimum(rng.exponential(1.6, len(who)), 6.0)
    gap[happens(rng, TWINS, len(who))] = 0.0
    last = np.append(home[1:] != home[:-1], True)
    gap[last[: len(who)]] = 0.0  # nobody younger to be apart from
    older = np.cumsum(gap[::-1])[::-1]
    base = older[np.flatnonzero(last[: len(who)])]
    age = np.zeros(len(household))
    which = np.cumsum(np.append(False, home[1:] != home[:-1])[: len(who)])
    age[who] = youngest + older - base[which]
    return age


def _adults_ages(
    rng: np.random.Generator,
    homes: Homes,
    who: tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]],
    children: tuple[NDArray[np.float64], NDArray[np.float64]],
) -> NDArray[np.float64]:
    """Give adults ages that fit their household: old enough to be the children's parents."""
    household, place, part = who
    age, oldest = children
    n = len(homes)
    young, old = (
        19.0 + rng.beta(1.7, 1.2, n) * 45.0,
        65.0 + np.minimum(rng.exponential(9.0, n), 36.0),
    )
    parent = oldest + 18.5 + rng.beta(2.0, 3.0, n) * 20.0
    head = np.select(
        [np.isin(homes.kind, (_SINGLE_OLDER, _COUPLE_OLDER)), homes.children > 0], [old, parent],
        young,
    )  # fmt: skip
    partner = np.maximum(head + rng.normal(1.5, 3.5, n), oldest + 17.5)
    adult = np.where(place == 0, head[household], np.maximum(partner[household], 18.1))
    shared = 19.0 + np.minimum(rng.exponential(8.0, len(household)), 40.0)
    care = 72.0 + np.minimum(rng.gamma(6.0, 2.2, len(household)), 31.0)
    adult = np.select(
        [homes.kind[household] == _SHARED, homes.kind[household] == _CARE], [shared, care], adult
    )
    grandparent = head[household] + 19.0 + rng.random(len(household)) * 14.0
    return np.choose(part, [adult, grandparent, age])


def _sexes(
    rng: np.random.Generator,
    homes: Homes,
    household: NDArray[np.int64],
    place: NDArray[np.int64],
    part: NDArray[np.int64],
) -> NDArray[np.int64]:
    sex = np.where(happens(rng, 0.507, len(household)), FEMALE, MALE)
    kind = homes.kind[household]
    paired = (part == 0) & np.isin(kind, (_COUPLE, _COUPLE_OLDER, _FAMILY, _GENERATIONS))
    alike = happens(rng, 0.03, len(homes))[household]  # couples of one sex keep what was drawn
    sex[paired & ~alike] = np.where(place[paired & ~alike] == 0, FEMALE, MALE)
    sex[paired & alike] = sex[np.flatnonzero(paired & alike) - place[paired & alike]]
    lone = (part == 0) & (kind == _LONE)
    sex[lone] = np.where(happens(rng, 0.85, int(lone.sum())), FEMALE, MALE)
    first = (part == 1) & (place == homes.adults[household])
    sex[first] = FEMALE
    sex[(part == 1) & ~first] = MALE
    return sex
