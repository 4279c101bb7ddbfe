"""What was loaded, from where, what was rejected, and which months that covers."""

from collections import defaultdict

from django.db.models import QuerySet

from locality.kit.dates import Month, month_of
from locality.kit.errors import NotHere
from locality.places.models import Coverage, Load, RejectedRow
from locality.places.rules.coverage import summary
from locality.places.words import CoverageState, CoverageSummary, MonthCoverage, Source


def loads() -> QuerySet[Load]:
    """Fetch what was loaded, newest first."""
    return Load.objects.all()


def load(pk: int) -> Load:
    """Fetch one load."""
    found = Load.objects.filter(pk=pk).first()
    if found is None:
        raise NotHere
    return found


def rejected(pk: int) -> QuerySet[RejectedRow]:
    """Fetch the lines of a load that were not taken in, in order of line."""
    return RejectedRow.objects.filter(load_id=pk)


def sources(source: Source = Source.RECORDED) -> list[str]:
    """Name the files that figures of a source come from."""
    named = Load.objects.filter(source=source).order_by("started").values_list("name", flat=True)
    return list(dict.fromkeys(named))


def coverage_table(source: Source) -> dict[str, CoverageSummary]:
    """Say which months of a source are gaps, for each borough or force."""
    found: dict[str, list[MonthCoverage]] = defaultdict(list)
    for row in Coverage.objects.filter(source=source):
        found[row.name].append(_month(row))
    return {name: summary(months) for name, months in found.items()}


def _month(row: Coverage) -> MonthCoverage:
    when: Month = month_of(row.month)
    state = CoverageState(row.state)
    return MonthCoverage(when, state, row.rows, row.heard, row.usual, frozenset(row.silent))
