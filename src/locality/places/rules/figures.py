"""What may be said of an area's counts: its rate, its trend and its place among the others.

Rates are what was recorded for each 1,000 residents, in a year's worth of the months that have
figures. A trend compares only months that have figures in both years. Recorded crime by small
area is published open data, so small counts are shown: hiding what anybody may download would
protect nobody. What partners record themselves is another matter and is not counted here.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import lru_cache

from locality.kit import statistics
from locality.kit.dates import Month, Period
from locality.kit.statistics import ENOUGH_PAIRS, Estimate
from locality.places.words import AreaFigures, Trend

PER = 1000
YEAR = 12
BANDS = 5
CHANCE = 0.05  # of comparisons where nothing changed, the share that look like a change
MONTHS_FOR_A_TREND = ENOUGH_PAIRS


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an area: its counts, and the months that have figures.

    In a month with figures an absent count is a nought; in any other it is unknown.
    """

    code: str
    name: str
    residents: int | None
    counts: Mapping[Month, int]
    months: Set[Month]


def figures(one: Known, period: Period) -> AreaFigures:
    """Work out one area's figures."""
    return together(one.code, one.name, one.residents, [one], period)


def together(
    code: str, name: str, residents: int | None, parts: Sequence[Known], period: Period
) -> AreaFigures:
    """Work out the figures of the area that these parts make up.

    A part's months without figures count neither as noughts nor as time its residents lived
    through, and are left out of both years of a comparison.
    """
    spoken = [{month for month in period if month in one.months} for one in parts]
    count = sum(
        one.counts.get(month, 0)
        for one, months in zip(parts, spoken, strict=True)
        for month in months
    )
    lived = sum(
        (one.residents or 0) * len(months) for one, months in zip(parts, spoken, strict=True)
    )
    change, compared = against_year_before(parts, period)
    return AreaFigures(
        code=code,
        name=name,
        residents=residents,
        count=count,
        months=len(set().union(*spoken)),
        lived=lived,
        per_year=per_year(count, lived),
        trend=trend(change),
        change=change,
        compared=compared,
    )


def per_year(count: int, lived: int) -> float | None:
    """Give the rate for each 1,000 residents in a year, from the months they lived through.

    `lived` is residents times months with figures; None where that is nought.
    """
    return count * PER * YEAR / lived if lived else None


def interval(found: AreaFigures) -> Estimate | None:
    """Give the yearly rate with its exact 95% Poisson interval."""
    return _poisson(found.count).times(PER * YEAR / found.lived) if found.lived else None


_poisson = lru_cache(maxsize=10_000)(statistics.poisson)


def against_year_before(parts: Sequence[Known], period: Period) -> tuple[Estimate | None, int]:
    """Give the ratio to the same months a year earlier, and how many months are compared.

    Each part counts in a month only when it has figures in both years. None with fewer than
    three such months, or when nothing was recorded in one of the years.
    """
    now, before = [], []
    for month in period:
        earlier = month + -YEAR
        both = [one.counts for one in parts if month in one.months and earlier in one.months]
        if both:
            now.append(sum(counts.get(month, 0) for counts in both))
            before.append(sum(counts.get(earlier, 0) for counts in both))
    if len(now) < MONTHS_FOR_A_TREND or not sum(now) or not sum(before):
        return None, len(now)
    return statistics.change(now, before), len(now)


def trend(change: Estimate | None) -> Trend:
    """Put a ratio in words: only an interval clear of “no change” is a change."""
    if change is None:
        return Trend.CANNOT_BE_SAID
    if change.low > 1:
        return Trend.HIGHER
    return Trend.LOWER if change.high < 1 else Trend.NO_CLEAR_CHANGE


def by_chance(rows: Sequence[AreaFigures]) -> int:
    """Say how many of these areas would be marked as changed if nothing had changed."""
    return round(CHANCE * sum(row.change is not None for row in rows))


def band_edges(rates: Sequence[float]) -> list[float]:
    """Give the rates at which one fifth of the areas ends and the next begins."""
    ordered = sorted(rates)
    if not ordered:
        return []
    return [ordered[len(ordered) * fifth // BANDS] for fifth in range(1, BANDS)]


def banded(rows: Sequence[AreaFigures]) -> list[AreaFigures]:
    """Say which fifth each area is in by its rate; equal rates are in the same fifth."""
    edges = band_edges([row.per_year for row in rows if row.per_year is not None])
    return [
        row if row.per_year is None else replace(row, band=1 + bisect_right(edges, row.per_year))
        for row in rows
    ]


SORTS = {
    "name": lambda row: row.name,
    "count": lambda row: row.count,
    "rate": lambda row: -1.0 if row.per_year is None else row.per_year,
    "change": lambda row: -1.0 if row.change is None else row.change.value,
}


def ordered(rows: Sequence[AreaFigures], key: str, *, descending: bool) -> list[AreaFigures]:
    """Order areas for a table; equals stay in order of name, whichever way it is read."""
    by_name = sorted(rows, key=lambda row: row.name)
    return sorted(by_name, key=SORTS[key], reverse=descending)


def top(parts: Sequence[Known], period: Period, most: int = 10) -> list[str]:
    """Name the areas with the highest counts in a period, ties in order of code."""
    counted = [
        (-sum(one.counts.get(m, 0) for m in period if m in one.months), one.code) for one in parts
    ]
    return [code for count, code in sorted(counted)[:most] if count]
