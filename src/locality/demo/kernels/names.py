"""Draw names for many people at once, by community, sex and age."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from locality.demo.kernels.chance import by_rank, happens, pick, texts
from locality.demo.words.area import Community

FEMALE, MALE = 0, 1
PLAIN = str.maketrans("łŁđĐøØ’", "lLdDoO'")


@dataclass(frozen=True, slots=True)
class People:
    """Columns about everybody to be named: household, community, sex, whether born before 1975."""

    household: NDArray[np.int64]
    community: NDArray[np.int64]
    sex: NDArray[np.int64]
    older: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.household)


def given_names(
    rng: np.random.Generator, book: Sequence[Community], people: People
) -> NDArray[np.object_]:
    """Draw everybody's first given name; no two of one household share theirs."""
    found, lists = _draw(rng, book, people)
    for _ in range(100):
        again = _repeats(people.household, found)
        if not len(again):
            return found
        for i in again:
            names = lists[(int(people.community[i]), int(people.sex[i]), bool(people.older[i]))]
            found[i] = names[(names.index(found[i]) + 1) % len(names)]
    raise AssertionError("a household has more people than its community has names")


def _draw(
    rng: np.random.Generator, book: Sequence[Community], people: People
) -> tuple[NDArray[np.object_], dict[tuple[int, int, bool], tuple[str, ...]]]:
    found = texts([""] * len(people))
    lists = {}
    for at, one in enumerate(book):
        for sex, young, old in (
            (FEMALE, one.female, one.older_female), (MALE, one.male, one.older_male),
        ):  # fmt: skip
            for older in (False, True):
                names = (old or young) if older else young
                lists[at, sex, older] = names
                who = np.flatnonzero(
                    (people.community == at) & (people.sex == sex) & (people.older == older)
                )
                found[who] = texts(names)[pick(rng, by_rank(len(names)), len(who))]
    return found, lists


def _repeats(household: NDArray[np.int64], found: NDArray[np.object_]) -> NDArray[np.int64]:
    """Find everybody whose name somebody before them in the same household has."""
    codes = np.unique(found.astype("U"), return_inverse=True)[1]
    both = household * (codes.max(initial=0) + 1) + codes
    first = np.unique(both, return_index=True)[1]
    again = np.ones(len(both), dtype=bool)
    again[first] = False
    return np.flatnonzero(again)


def middle_names(
    rng: np.random.Generator, book: Sequence[Community], people: People
) -> NDArray[np.object_]:
    """Draw middle names, empty for those who have none."""
    found = texts([""] * len(people))
    for at, one in enumerate(book):
        for sex, own, usual in (
            (FEMALE, one.female_middle, one.female), (MALE, one.male_middle, one.male),
        ):  # fmt: skip
            names = own or usual
            has = happens(rng, one.middle, len(people))
            who = np.flatnonzero((people.community == at) & (people.sex == sex) & has)
            found[who] = texts(names)[pick(rng, by_rank(len(names)), len(who))]
    return found


def family_names(
    rng: np.random.Generator, book: Sequence[Community], community: NDArray[np.int64]
) -> NDArray[np.object_]:
    """Draw a family name for each row of `community`, in the form a man bears."""
    found = texts([""] * len(community))
    for at, one in enumerate(book):
        who = np.flatnonzero(community == at)
        found[who] = texts(one.family)[pick(rng, by_rank(len(one.family)), len(who))]
    return found


def womens_names(
    rng: np.random.Generator, book: Sequence[Community], people: People, family: NDArray[np.object_]
) -> NDArray[np.object_]:
    """Give women the form or the name of their own where their community has one."""
    found = family.copy()
    for at, one in enumerate(book):
        who = np.flatnonzero((people.community == at) & (people.sex == FEMALE))
        if one.female_endings:
            found[who] = texts([_her_form(name, one.female_endings) for name in found[who]])
        if one.female_family:
            own = who[happens(rng, 0.4, len(who))]
            names = texts(one.female_family)
            found[own] = names[pick(rng, by_rank(len(names)), len(own))]
    return found


def _her_form(name: str, endings: Sequence[tuple[str, str]]) -> str:
    for his, hers in endings:
        if name.endswith(his):
            return name.removesuffix(his) + hers
    return name


def pet_names(book: Sequence[Community]) -> dict[str, tuple[str, ...]]:
    """Put all communities' nicknames into one book."""
    return _together([one.nicknames or {} for one in book])


def spellings(book: Sequence[Community]) -> dict[str, tuple[str, ...]]:
    """Put all communities' spelling variants into one book."""
    return _together([one.variants or {} for one in book])


def _together(books: Sequence[dict[str, tuple[str, ...]]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for book in books:
        for name, others in book.items():
            found[name] = tuple(dict.fromkeys((*found.get(name, ()), *others)))
    return found


def plain(name: str) -> str:
    """Write a name without accents: Łukasz is Lukasz."""
    parted = unicodedata.normalize("NFKD", name.translate(PLAIN))
    return "".join(c for c in parted if not unicodedata.combining(c))
