"""What typing does to names, birth dates and postcodes. One value in, one value out.

`u` is a number from [0, 1) that decides everything left open, so that a change can be repeated.
"""

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from locality.demo.kernels.names import plain

NEXT_KEY = dict(
    zip("abcdefghijklmnopqrstuvwxyz", "snvfrgjhujklknpaoetfibwzts", strict=False), z="x"
)
Change = Callable[[str, float], str]


def typo(name: str, u: float) -> str:
    """Swap, drop, double or miss one letter after the first."""
    if len(name) < 4:
        return name
    kind, rest = divmod(u * 4.0, 1.0)
    at = 1 + int(rest * (len(name) - 2))
    if kind == 0:
        return name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    if kind == 1:
        return name[:at] + name[at + 1 :]
    if kind == 2:
        return name[: at + 1] + name[at:]
    return name[:at] + NEXT_KEY.get(name[at], "e") + name[at + 1 :]


def one_of(book: Mapping[str, tuple[str, ...]]) -> Change:
    """Make the change of a name, or of its first word, into one of those the book has for it."""

    def change(name: str, u: float) -> str:
        known = name if name in book else name.split(" ", 1)[0]
        others = book.get(known)
        return name.replace(known, others[int(u * len(others))], 1) if others else name

    return change


def unaccented(name: str, u: float) -> str:
    """Leave the accents out."""
    return plain(name)


def initial(name: str, u: float) -> str:
    """Keep the first letter, with or without a full stop."""
    return f"{name[:1]}." if u < 0.4 else name[:1]


def capitals(name: str, u: float) -> str:
    """Shout."""
    return name.upper()


def wrong_postcode(postcode: str, u: float) -> str:
    """Mistake the last letter, or leave out the space."""
    if u < 0.3:
        return postcode.replace(" ", "")
    return postcode[:-1] + "ABDEFGHJLN"[int((u - 0.3) / 0.7 * 10)]


def apply(
    column: NDArray[np.object_],
    change: Change,
    *,
    rng: np.random.Generator,
    share: float | NDArray[np.float64],
) -> NDArray[np.bool_]:
    """Change a share of a column in place and say which values are different now."""
    n = len(column)
    changed = np.zeros(n, dtype=bool)
    where = np.flatnonzero(rng.random(n) < share)
    for i, u in zip(where.tolist(), rng.random(len(where)).tolist(), strict=True):
        new = change(column[i], u)
        if new != column[i]:
            column[i], changed[i] = new, True
    return changed


def day_and_month_swapped(
    born: NDArray[np.datetime64], latest: NDArray[np.datetime64]
) -> NDArray[np.datetime64]:
    """Swap day and month where that makes another date not after `latest`."""
    months = born.astype("M8[M]")
    day = (born - months.astype("M8[D]")).astype(np.int64) + 1
    month = months.astype(np.int64) % 12 + 1
    years = born.astype("M8[Y]").astype("M8[M]")
    swapped = (years + (np.minimum(day, 12) - 1)).astype("M8[D]") + (month - 1)
    return np.where((day <= 12) & (swapped <= latest), swapped, born)


def first_of_january(born: NDArray[np.datetime64]) -> NDArray[np.datetime64]:
    """Give 1 January of the same year, as is written when only the year is known."""
    return born.astype("M8[Y]").astype("M8[D]")
