"""How few areas hold half of what was recorded, and how far chance may have moved that."""

import numpy as np
from numpy.typing import NDArray

from locality.kit.errors import BadInput


def areas_holding(levels: NDArray[np.float64], share: float = 0.5) -> NDArray[np.int64]:
    """Count the fewest areas that together hold at least `share` of all, in each row.

    levels  (draws, n) one level an area, none negative
    Returns (draws,); nought where a row sums to nought.

    Raises BadInput for a negative level, or a share that is not above 0 and at most 1.
    O(draws · n log n) time.
    """
    if not 0 < share <= 1:
        raise BadInput(f"share must be above 0 and at most 1, not {share}")
    if levels.ndim != 2 or np.any(levels < 0):
        raise BadInput("levels must be rows of numbers, none below nought")
    highest_first = -np.sort(-levels, axis=1)
    running = np.cumsum(highest_first, axis=1)
    whole = running[:, -1:] if levels.shape[1] else np.zeros((len(levels), 1))
    # A hair's breadth less, so that adding up in another order cannot ask for one area more.
    short = running < share * whole * (1 - 1e-12)
    found: NDArray[np.int64] = short.sum(axis=1) + (whole[:, 0] > 0)
    return found


def underlying(
    counts: NDArray[np.int64], draws: int, generator: np.random.Generator
) -> NDArray[np.float64]:
    """Draw the levels that may lie beneath the counts, allowing for chance.

    Counts are Poisson about levels that follow a gamma distribution, whose mean and variance
    are those of the counts less the part that chance adds. Where the counts vary no more than
    chance does, every level is drawn about the same mean.

    counts  (n,) none negative
    Returns (draws, n).

    Raises BadInput for a negative count.
    Source: Clayton and Kaldor (1987), Biometrics 43, 671-681 (the gamma model).
    """
    if np.any(counts < 0):
        raise BadInput("counts must not be below nought")
    mean = counts.mean() if len(counts) else 0.0
    if mean == 0:
        return np.zeros((draws, len(counts)))
    between = max(counts.var(ddof=1) - mean if len(counts) > 1 else 0.0, mean * mean * 1e-6)
    shape, pace = mean * mean / between, mean / between
    return generator.gamma(shape + counts, 1 / (pace + 1), size=(draws, len(counts)))


def half_in(
    counts: NDArray[np.int64], generator: np.random.Generator, draws: int = 1000
) -> tuple[int, int, int]:
    """Give the fewest areas that hold half, and the 95% interval of that for the levels beneath.

    counts  (n,) none negative
    Returns (as recorded, low, high); low <= high, and the recorded number may lie outside
    because chance alone makes counts look more concentrated than what lies beneath them.
    """
    recorded = int(areas_holding(counts[None, :].astype(np.float64))[0])
    drawn = areas_holding(underlying(counts, draws, generator))
    low, high = np.quantile(drawn, [0.025, 0.975], method="inverted_cdf")
    return recorded, int(low), int(high)


def half_by_chance(
    total: int, residents: NDArray[np.float64], generator: np.random.Generator, draws: int = 200
) -> int:
    """Say how many areas would hold half if every resident ran the same risk: the median draw.

    residents  (n,) none negative, at least one above nought
    """
    if not len(residents) or residents.sum() <= 0 or np.any(residents < 0):
        raise BadInput("residents must not be below nought, and some area must have some")
    drawn = generator.multinomial(total, residents / residents.sum(), size=draws)
    return int(np.median(areas_holding(drawn.astype(np.float64))))
