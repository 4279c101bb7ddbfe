"""Which months of a source may be trusted, decided from what the source itself holds.

Nobody tells us that a month failed to arrive, so the rule is explicit:

- **missing**: nothing at all was received for the borough (or force) in the month;
- **partial**: fewer than 85% of the small areas that speak in a usual month, fewer than 75% of
  the usual categories, or fewer than 25% of the usual rows;
- **complete**: anything else. “Usual” is the median of the months that hold anything.

In a complete month a small area may still be silent. That is a nought, unless more areas are
silent than chance explains (the usual number and four standard deviations of it): then every
silent area is a gap in that month. An area never heard in any month is always a gap.
"""

from collections.abc import Mapping, Sequence
from math import sqrt
from statistics import median_high, median_low

from locality.kit.dates import Month, Period
from locality.places.words import CoverageState, CoverageSummary, Heard, MonthCoverage

ENOUGH_AREAS, ENOUGH_CATEGORIES, ENOUGH_ROWS = 0.85, 0.75, 0.25
SURPRISE = 4.0  # standard deviations


def coverage(
    heard: Mapping[Month, Heard], period: Period, expected: frozenset[str] = frozenset()
) -> list[MonthCoverage]:
    """Say what each month of `period` is worth, from what was heard in it.

    `expected` names the small areas that there are; none when a source is not by area.
    """
    spoke = {month: one for month, one in heard.items() if one.rows}
    if not spoke:
        return [MonthCoverage(month, CoverageState.MISSING) for month in period]
    usual = Heard(
        frozenset(),
        median_high(one.categories for one in spoke.values()),
        median_high(one.rows for one in spoke.values()),
    )
    areas = median_high(len(one.areas) for one in spoke.values())
    states = {month: state(one, usual, areas) for month, one in spoke.items()}
    complete = {m: spoke[m] for m, found in states.items() if found is CoverageState.COMPLETE}
    silent = silences(complete, expected)
    return [
        MonthCoverage(month, CoverageState.MISSING, usual=areas)
        if month not in spoke
        else MonthCoverage(
            month, states[month], spoke[month].rows, len(spoke[month].areas), areas,
            silent.get(month, frozenset()),
        )
        for month in period
    ]  # fmt: skip


def state(one: Heard, usual: Heard, usual_areas: int) -> CoverageState:
    """Judge one month that holds something against a usual one."""
    enough = (
        len(one.areas) >= ENOUGH_AREAS * usual_areas
        and one.categories >= ENOUGH_CATEGORIES * usual.categories
        and one.rows >= ENOUGH_ROWS * usual.rows
    )
    return CoverageState.COMPLETE if enough else CoverageState.PARTIAL


def silences(
    complete: Mapping[Month, Heard], expected: frozenset[str]
) -> dict[Month, frozenset[str]]:
    """Say which areas are gaps in each complete month: silent, and not by chance."""
    if not expected or not complete:
        return {}
    ever = frozenset().union(*(one.areas for one in complete.values()))
    never = expected - ever
    silent = {month: (expected & ever) - one.areas for month, one in complete.items()}
    usual = median_low(len(areas) for areas in silent.values())
    most = usual + SURPRISE * sqrt(usual + 1)
    return {m: never | (areas if len(areas) > most else set()) for m, areas in silent.items()}


def summary(months: Sequence[MonthCoverage]) -> CoverageSummary:
    """Name every gap of one borough or force."""
    by_state = {
        state: frozenset(one.month for one in months if one.state is state)
        for state in CoverageState
    }
    complete = [one for one in months if one.state is CoverageState.COMPLETE]
    never = frozenset.intersection(*(one.silent for one in complete)) if complete else frozenset()
    silent = {one.month: len(one.silent - never) for one in complete if one.silent - never}
    return CoverageSummary(
        len(months), len(complete), by_state[CoverageState.MISSING],
        by_state[CoverageState.PARTIAL], silent, len(never),
    )  # fmt: skip
