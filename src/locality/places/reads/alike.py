"""The same small areas in the same months of two years, so that a gap is never a fall.

In a complete month some small areas can still have no figures (see `rules/coverage.py`). A
comparison leaves such an area out of both years of that month, as the pages of places do.
"""

from collections import defaultdict
from collections.abc import Mapping, Set

from locality.kit.dates import Month, Period, month_of
from locality.places.models import Area, RecordedCrime
from locality.places.reads.crime import CrimeRecord

Pairs = Mapping[str, Mapping[Month, tuple[int, int]]]  # by category: this year, the year before
Apart = Mapping[tuple[str, Month], Mapping[str, int]]  # by category and month, then small area
YEAR = -12


def silent(record: CrimeRecord) -> dict[Month, frozenset[str]]:
    """Name the small areas without figures in each month that is complete."""
    return {m.month: m.silent for m in record.coverage if m.month in record.complete}


def year_pairs(record: CrimeRecord, period: Period) -> Pairs:
    """Count each month of `period` and the same month a year earlier, by category.

    Only months complete in both years, and only small areas that have figures in both.
    """
    gone = silent(record)
    months = {m: gone[m] | gone[m + YEAR] for m in period if m in gone and m + YEAR in gone}
    apart = _apart(frozenset().union(*months.values()), record.period)
    return {
        category: {
            month: (
                counts.get(month, 0) - _of(apart, category, month, out),
                counts.get(month + YEAR, 0) - _of(apart, category, month + YEAR, out),
            )
            for month, out in months.items()
        }
        for category, counts in record.counts.items()
    }


def residents_heard(record: CrimeRecord) -> dict[Month, int]:
    """Count the residents of the small areas with figures, for each complete month."""
    gone = silent(record)
    every = frozenset().union(*gone.values())
    people = dict(Area.objects.filter(code__in=every).values_list("code", "population"))
    return {
        month: (record.area.population or 0) - sum(people.get(code) or 0 for code in codes)
        for month, codes in gone.items()
    }


def _apart(areas: Set[str], period: Period) -> Apart:
    """Count what must be told apart: the areas that are silent in some month."""
    found: dict[tuple[str, Month], dict[str, int]] = defaultdict(dict)
    months = (period.first_day, period.last.first_day)
    rows = RecordedCrime.objects.filter(area__in=areas, month__range=months)
    for code, category, day, count in rows.values_list(
        "area_id", "category__name", "month", "count"
    ):
        found[category, month_of(day)][code] = count
    return found


def _of(apart: Apart, category: str, month: Month, out: Set[str]) -> int:
    counts = apart.get((category, month), {})
    return sum(count for code, count in counts.items() if code in out)
