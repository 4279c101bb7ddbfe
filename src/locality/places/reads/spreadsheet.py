"""An area's figures as rows of a spreadsheet, with where they come from beneath."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from locality.kit.dates import runs_of_months
from locality.places.reads.reports import AreaReport
from locality.places.reads.taken_in import sources
from locality.places.rules import figures
from locality.places.words import ATTRIBUTION, AreaFigures

Row = list[object]


def spreadsheet(rows: Sequence[AreaFigures]) -> Iterator[Row]:
    """Give one row an area; what is not known stays empty."""
    for row in rows:
        rate, percent = figures.interval(row), row.percent
        yield [
            row.code, row.name, row.residents, row.count if row.months else None, row.months,
            *((round(rate.value, 2), round(rate.low, 2), round(rate.high, 2)) if rate else _NONE),
            row.trend,
            *((round(percent.low, 1), round(percent.high, 1)) if percent else _NONE[:2]),
            row.compared,
        ]  # fmt: skip


def footnotes(report: AreaReport) -> Iterator[Row]:
    """Say what the figures are, where they come from and which months they leave out."""
    yield [_("What"), report.category or _("All recorded crime")]
    yield [_("Period"), report.period.label]
    yield [_("Source"), ", ".join(sources()), ATTRIBUTION]
    left_out = runs_of_months(report.left_out) or _("none")
    yield [_("Months without complete figures, left out"), left_out]
    for month, many in report.silent.items():
        yield [_("Small areas without figures in a month"), month.label, many]


_NONE = (None, None, None)
