"""Put together what the pages say about an area: its small areas, the finding, its months."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from locality.kit.dates import Month, Period, runs_of_months
from locality.kit.statistics import Estimate
from locality.places.kernels import concentration
from locality.places.models import Area
from locality.places.reads import crime, geography
from locality.places.reads.keeping import kept
from locality.places.rules import figures
from locality.places.rules.figures import Known
from locality.places.words import AreaFigures, Concentration, MonthCount, MonthCoverage

YEAR = -12
SEED = 20210321  # of the draws behind an interval: the same page says the same thing every time


@dataclass(frozen=True, slots=True)
class AreaReport:
    """What a page says about an area in a period. `whole` is the area itself."""

    area: Area
    period: Period
    category: str | None
    rows: Sequence[AreaFigures]  # one for each small area inside
    whole: AreaFigures
    interval: Estimate | None
    finding: Concentration | None
    coverage: Sequence[MonthCoverage]
    by_chance: int  # of the trends shown, how many chance alone would give

    @property
    def left_out(self) -> frozenset[Month]:
        """Months asked for that have no figures."""
        return frozenset(self.period) - crime.complete(self.coverage)

    @property
    def left_out_words(self) -> str:
        """The same months, in words; empty when there are none."""
        return runs_of_months(self.left_out)

    @property
    def silent(self) -> dict[Month, int]:
        """Months with figures in which some small areas have none, and how many."""
        return {
            one.month: len(one.silent)
            for one in self.coverage
            if one.silent and one.month not in self.left_out
        }


@dataclass(frozen=True, slots=True)
class SmallAreaReport:
    """What a page says about one small area."""

    area: Area
    period: Period
    whole: AreaFigures
    interval: Estimate | None
    categories: Sequence[AreaFigures]
    months: Sequence[MonthCount]
    near: Sequence[AreaFigures]
    ward: Area | None
    msoa: Area | None
    borough: Area | None

    @property
    def left_out_words(self) -> str:
        """Months asked for that have no figures here, in words; empty when there are none."""
        known = {one.month for one in self.months if one.count is not None}
        return runs_of_months(set(self.period) - known)


@kept
def area_report(code: str, period: Period, category: str | None) -> AreaReport:
    """Work out the figures of every small area inside an area, and what they say together."""
    where = geography.area(code)
    both = Period(period.first + YEAR, period.last)
    covered = crime.coverage(where.code, both.first, both.last)
    counts = crime.counts_by_area(where, both, category)
    parts = [_known(one, counts, covered) for one in geography.members(where)]
    rows = figures.banded([figures.figures(one, period) for one in parts])
    whole = figures.together(where.code, where.name, where.population, parts, period)
    return AreaReport(
        where, period, category, rows, whole, figures.interval(whole),
        _finding(rows, parts, period),
        [one for one in covered if one.month in period], figures.by_chance(rows),
    )  # fmt: skip


@kept
def small_area(code: str, period: Period) -> SmallAreaReport:
    """Work out the figures of one small area: its categories, its months and those beside it."""
    where = geography.area(code)
    record = crime.crime_record(where.code, Period(period.first + YEAR, period.last))
    known, people = record.complete, where.population
    totals = {m: sum(by.get(m, 0) for by in record.counts.values()) for m in record.period}
    kinds = [
        figures.figures(Known(name, name, people, record.counts.get(name, {}), known), period)
        for name in crime.categories()
    ]
    whole = figures.figures(Known(where.code, where.name, people, totals, known), period)
    return SmallAreaReport(
        where, period, whole, figures.interval(whole),
        figures.ordered(kinds, "count", descending=True),
        crime.monthly(record.coverage, {where.code: totals}),
        _near(where, period), *_around(where),
    )  # fmt: skip


def _known(one: Area, counts: crime.Counts, covered: Sequence[MonthCoverage]) -> Known:
    months = crime.known_to(one.code, covered)
    return Known(one.code, one.name, one.population, counts.get(one.code, {}), months)


def _finding(
    rows: Sequence[AreaFigures], parts: Sequence[Known], period: Period
) -> Concentration | None:
    """Say how few areas hold half, among those that have figures."""
    spoken = [row for row in rows if row.months]
    counts = np.array([row.count for row in spoken], dtype=np.int64)
    if len(spoken) < 2 or not counts.sum():
        return None
    generator = np.random.default_rng(SEED)
    half, low, high = concentration.half_in(counts, generator)
    people = np.array([row.residents or 0 for row in spoken], dtype=np.float64)
    chance = (
        concentration.half_by_chance(int(counts.sum()), people, generator) if people.sum() else None
    )
    now, before = (figures.top(parts, when) for when in (period, period.year_before()))
    still = len(set(now) & set(before)) if before else None
    return Concentration(int(counts.sum()), len(spoken), half, low, high, chance, still, len(now))


def _near(where: Area, period: Period) -> list[AreaFigures]:
    """The areas beside this one, by rate. A neighbour in another borough has its own coverage."""
    both, rows = Period(period.first + YEAR, period.last), []
    for one in geography.small_areas_near(where):
        covered = crime.coverage(one.code, both.first, both.last)
        known = _known(one, crime.counts_by_area(one, both), covered)
        rows.append(figures.figures(known, period))
    return figures.ordered(rows, "rate", descending=True)


def _around(where: Area) -> list[Area | None]:
    return [geography.area(code) if code else None for code in (where.ward, where.msoa, where.lad)]
