"""Rates, proportions and comparisons with their uncertainty. Plain Python, exact where it can be.

Every estimate comes with a 95% interval unless another `level` is asked for.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import NormalDist

from locality.kit.errors import BadInput

LEVEL = 0.95
ENOUGH_PAIRS = 3
# Student's t, 97.5th percentile, for 1 to 30 degrees of freedom; beyond 30 the 30th is kept,
# which is a little too cautious. Source: Fisher and Yates (1963), Statistical Tables, table III.
T_975 = (
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228,
    2.201, 2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086,
    2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number and the interval it is known to."""

    value: float
    low: float
    high: float

    def times(self, factor: float) -> "Estimate":
        """Express it in another unit, `factor` of which make one of this."""
        return Estimate(self.value * factor, self.low * factor, self.high * factor)


@lru_cache(maxsize=4096)
def poisson(count: int, level: float = LEVEL) -> Estimate:
    """Give the exact (Garwood) interval for the mean of a Poisson count.

    Each tail holds at most (1 - level) / 2. Raises BadInput for a negative count.
    Source: Garwood (1936), Biometrika 28, 437-442.
    """
    if count < 0:
        raise BadInput(f"a count cannot be {count}")
    tail = (1 - level) / 2
    ceiling = count + 10 * math.sqrt(count + 10) + 10
    low = _crossing(lambda mean: _at_least(count, mean) - tail, 0, ceiling) if count else 0.0
    high = _crossing(lambda mean: _at_least(count + 1, mean) - (1 - tail), 0, ceiling)
    return Estimate(count, low, high)


def rate(count: int, population: int, per: int = 1000, level: float = LEVEL) -> Estimate:
    """Give `count` per `per` people, with its exact Poisson interval.

    The population is taken as known. Raises BadInput where nobody lives.
    """
    if population <= 0:
        raise BadInput(f"a rate needs a population above nought, not {population}")
    return poisson(count, level).times(per / population)


def proportion(part: int, whole: int, level: float = LEVEL) -> Estimate:
    """Give part / whole (from 0 to 1) with Wilson's score interval.

    Source: Wilson (1927), Journal of the American Statistical Association 22, 209-212.
    """
    if not 0 <= part <= whole or whole == 0:
        raise BadInput(f"{part} of {whole} is not a proportion")
    z = NormalDist().inv_cdf(0.5 + level / 2)
    share, spread = part / whole, z * z / whole
    middle = (share + spread / 2) / (1 + spread)
    half = math.sqrt(share * (1 - share) * spread + spread * spread / 4) / (1 + spread)
    low = 0.0 if part == 0 else max(0.0, middle - half)
    high = 1.0 if part == whole else min(1.0, middle + half)
    return Estimate(share, low, high)


def change(now: Sequence[int], before: Sequence[int]) -> Estimate:
    """Give the ratio of two totals from matched pairs (the same months of two years).

    Counts that cluster vary more than chance alone: the spread of the pairs about one
    common ratio widens the interval (quasi-Poisson, never narrower than Poisson), and
    Student's t allows for few pairs. Raises BadInput for fewer than three pairs, pairs
    that do not match or a total of nought.
    Source: McCullagh and Nelder (1989), Generalized Linear Models, 2nd ed., section 6.2.
    """
    if len(now) != len(before) or len(now) < ENOUGH_PAIRS:
        raise BadInput(f"{len(now)} and {len(before)} counts are not {ENOUGH_PAIRS} or more pairs")
    after, first = sum(now), sum(before)
    if not after or not first:
        raise BadInput("a ratio needs something counted in both periods")
    freedom = len(now) - 1
    spread = max(1.0, _disagreement(now, before) / freedom)
    half = T_975[min(freedom, len(T_975)) - 1] * math.sqrt(spread * (1 / after + 1 / first))
    ratio = after / first
    return Estimate(ratio, ratio * math.exp(-half), ratio * math.exp(half))


def _disagreement(now: Sequence[int], before: Sequence[int]) -> float:
    """Pearson's chi-squared of the pairs against one common ratio."""
    share = sum(now) / (sum(now) + sum(before))
    pairs = [(n, n + b) for n, b in zip(now, before, strict=True) if n + b]
    return sum((n - both * share) ** 2 / (both * share * (1 - share)) for n, both in pairs)


def _crossing(gap: Callable[[float], float], low: float, high: float) -> float:
    """Find where a rising function passes nought, to the last bit that halving can give."""
    while low < (middle := (low + high) / 2) < high:
        if gap(middle) < 0:
            low = middle
        else:
            high = middle
    return middle


def _at_least(count: int, mean: float) -> float:
    """Chance of `count` or more when `mean` is expected: the lower regularised gamma function."""
    if count <= 0:
        return 1.0
    if mean <= 0:
        return 0.0
    if mean < count + 1:
        return _upper_tail(count, mean)
    return 1.0 - _lower_tail(count, mean)


def _upper_tail(count: int, mean: float) -> float:
    """P(X >= count), summed upwards from `count`, where the terms shrink (mean < count + 1)."""
    term = math.exp(count * math.log(mean) - mean - math.lgamma(count + 1))
    total, at = 0.0, count
    while term > total * 1e-17:
        total += term
        at += 1
        term *= mean / at
    return min(total, 1.0)


def _lower_tail(count: int, mean: float) -> float:
    """P(X < count), summed downwards from `count` - 1, where the terms shrink."""
    at = count - 1
    term = math.exp(at * math.log(mean) - mean - math.lgamma(at + 1))
    total = 0.0
    while at >= 0 and term > total * 1e-17:
        total += term
        term *= at / mean
        at -= 1
    return min(total, 1.0)
