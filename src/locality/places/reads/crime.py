"""Recorded crime of an area, month by month, with the months that may be trusted."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Max, Min, Sum

from locality.kit.dates import Month, Period, month_of
from locality.places import models
from locality.places.models import Area, CrimeCategory, RecordedCrime
from locality.places.reads.geography import area, members
from locality.places.reads.keeping import kept
from locality.places.words import ATTRIBUTION, CoverageState, MonthCount, MonthCoverage, Source

Counts = Mapping[str, Mapping[Month, int]]  # by small area


@dataclass(frozen=True, slots=True)
class CrimeRecord:
    """All that is recorded for one area in a period: counts by category and month, and coverage.

    `counts` has only what was recorded: in a month with figures an absent count is a nought;
    in any other it is unknown.
    """

    area: Area
    period: Period
    counts: Mapping[str, Mapping[Month, int]]
    coverage: Sequence[MonthCoverage]
    source: str

    @property
    def complete(self) -> frozenset[Month]:
        """The months with figures."""
        return complete(self.coverage)


def categories() -> list[str]:
    """Name the categories of crime, in order of name."""
    return list(CrimeCategory.objects.values_list("name", flat=True))


def loaded_period() -> Period | None:
    """Say which months recorded crime was loaded for."""
    covered = models.Coverage.objects.filter(source=Source.RECORDED)
    found = covered.aggregate(first=Min("month"), last=Max("month"))
    if found["first"] is None:
        return None
    return Period(month_of(found["first"]), month_of(found["last"]))


def coverage(code: str, first: Month, last: Month) -> list[MonthCoverage]:
    """Say what each month of recorded crime is worth for an area, from its borough's coverage.

    For anything smaller than a borough `silent` names only its own small areas, and a month in
    which all of them are silent is missing. Months that were never loaded are missing.
    """
    return _coverage(area(code), Period(first, last))


@kept
def crime_counts(
    code: str, first: Month, last: Month, category: str | None = None
) -> list[MonthCount]:
    """Count recorded crime in an area for each month; None where the month has no figures."""
    where, period = area(code), Period(first, last)
    return monthly(_coverage(where, period), counts_by_area(where, period, category))


def crime_record(code: str, period: Period) -> CrimeRecord:
    """Fetch everything recorded for an area in a period, by category and month."""
    where = area(code)
    found: dict[str, dict[Month, int]] = defaultdict(dict)
    rows = _rows(where, period).values_list("category__name", "month").annotate(Sum("count"))
    for name, day, count in rows.order_by():
        found[name][month_of(day)] = count
    return CrimeRecord(where, period, found, _coverage(where, period), ATTRIBUTION)


def counts_by_area(where: Area, period: Period, category: str | None = None) -> Counts:
    """Count recorded crime for every small area inside an area, by month."""
    rows = _rows(where, period)
    if category:
        rows = rows.filter(category__name=category)
    found: dict[str, dict[Month, int]] = defaultdict(dict)
    for code, day, count in rows.values_list("area_id", "month").annotate(Sum("count")).order_by():
        found[code][month_of(day)] = count
    return found


def complete(found: Iterable[MonthCoverage]) -> frozenset[Month]:
    """Say which months have figures."""
    return frozenset(one.month for one in found if one.state is CoverageState.COMPLETE)


def known_to(code: str, found: Iterable[MonthCoverage]) -> frozenset[Month]:
    """Say which months have figures for one small area."""
    return frozenset(
        one.month for one in found if one.state is CoverageState.COMPLETE and code not in one.silent
    )


def monthly(found: Sequence[MonthCoverage], counts: Counts) -> list[MonthCount]:
    """Add small areas up for each month; None where the month has no figures."""
    return [
        MonthCount(
            one.month,
            sum(months.get(one.month, 0) for months in counts.values())
            if one.state is CoverageState.COMPLETE
            else None,
            one.state,
            len(one.silent),
        )
        for one in found
    ]


def _rows(where: Area, period: Period) -> "models.models.QuerySet[RecordedCrime]":
    inside = {"area": where.code} if where.kind == "lsoa" else {f"area__{where.kind}": where.code}
    months = (period.first_day, period.last.first_day)
    return RecordedCrime.objects.filter(month__range=months, **inside)


def _coverage(where: Area, period: Period) -> list[MonthCoverage]:
    borough = where.lad or where.code
    months = (period.first_day, period.last.first_day)
    rows = models.Coverage.objects.filter(source=Source.RECORDED, code=borough, month__range=months)
    own = None if where.code == borough else frozenset(one.code for one in members(where))
    known = {month_of(row.month): _judged(row, own) for row in rows}
    return [known.get(m, MonthCoverage(m, CoverageState.MISSING)) for m in period]


def _judged(row: models.Coverage, own: frozenset[str] | None) -> MonthCoverage:
    """A row of coverage as it bears on an area: `own` are its small areas, None for a borough."""
    silent, state = frozenset(row.silent), CoverageState(row.state)
    if own is not None:
        silent &= own
        state = CoverageState.MISSING if silent and silent == own else state
    return MonthCoverage(month_of(row.month), state, row.rows, row.heard, row.usual, silent)
