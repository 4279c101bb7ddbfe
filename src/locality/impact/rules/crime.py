"""What a report says about recorded crime."""

from collections.abc import Iterator, Sequence

from locality.impact.rules import showing, trend
from locality.impact.rules.trend import Comparison
from locality.impact.words import (
    Chart,
    Coverage,
    Crime,
    CrimeMeasure,
    Figure,
    Figures,
    Finding,
    Gathered,
    Line,
    Number,
    Part,
    Point,
    Provenance,
    Row,
    Table,
    Value,
    Withheld,
)
from locality.kit import disclosure
from locality.kit.dates import NAMES, Month, Period
from locality.kit.disclosure import Rule, Showing

HOW = (
    "Offences recorded in the area and month, added up over the complete months of the period. A "
    "rate is for each 1,000 residents in a year: only months and small areas with figures count "
    "towards it."
)
CAVEAT = (
    "Recorded crime counts what was reported and recorded, not all that happened; a rise can "
    "mean more trust in reporting."
)
TREND = (
    "The same calendar months of two years are compared, only where both are complete, and only "
    "the small areas that have figures in both. The interval allows for months varying more than "
    "chance alone would make them; of twenty comparisons where nothing changed, about one will "
    "still look like a change."
)
COLUMNS = ("Offences", "Per 1,000 residents a year", "Change on a year earlier")


def parts(measures: Sequence[CrimeMeasure], gathered: Gathered, rule: Rule) -> Iterator[Part]:
    """Give the findings, figures and charts of the crime measures of one section."""
    crime = gathered.crime
    if not measures or not crime.complete & frozenset(gathered.period):
        return
    yield from _findings(measures, gathered, rule)
    yield Figures(
        f"Recorded crime in {gathered.area}, {gathered.period.label}{_how_complete(gathered)}",
        COLUMNS,
        tuple(line(m, gathered, rule) for m in measures),
    )
    for measure in measures:
        if measure.chart and (chart := _chart(measure, gathered, rule)):
            yield chart


def line(measure: CrimeMeasure, gathered: Gathered, rule: Rule) -> Line:
    """Give a measure's count, its rate and its change on a year earlier."""
    count = _total(_months(measure, gathered.crime), gathered.period)
    shown = _showing(gathered, rule).get(measure.category, Showing.SHOWN)
    counted = showing.value(count, shown, rule)
    rate: Value = Withheld()
    if isinstance(counted, Number):
        rate = showing.rate(count, _lived(gathered), rule)
    found = _comparison(measure, gathered, rule)
    moved = trend.change(found) if found else Withheld()
    behind, compared = _provenance(gathered, HOW, CAVEAT), _provenance(gathered, TREND, CAVEAT)
    return Line(
        measure.label,
        (
            Figure(measure.key, measure.label, counted, "offences", behind),
            Figure(
                f"{measure.key}.rate", measure.label, rate, "per 1,000 residents a year", behind
            ),
            Figure(f"{measure.key}.change", measure.label, moved, "on a year earlier", compared),
        ),
    )


def _months(measure: CrimeMeasure, crime: Crime) -> dict[Month, int]:
    """A measure's count for every complete month, nought where nothing was recorded."""
    wanted = [measure.category] if measure.category else list(crime.counts)
    return {m: sum(crime.counts.get(c, {}).get(m, 0) for c in wanted) for m in crime.complete}


def _pairs(measure: CrimeMeasure, crime: Crime) -> dict[Month, tuple[int, int]]:
    """A measure's count and that of a year earlier, for every month that can be compared."""
    wanted = [measure.category] if measure.category else list(crime.pairs)
    found = [crime.pairs.get(category, {}) for category in wanted]
    months = {month for pairs in crime.pairs.values() for month in pairs}
    return {
        month: (sum(p[month][0] for p in found if p), sum(p[month][1] for p in found if p))
        for month in months
    }


def _lived(gathered: Gathered) -> int:
    """Residents times the months of the period that they lived through with figures."""
    return sum(gathered.crime.residents.get(month, 0) for month in gathered.period)


def _total(months: dict[Month, int], period: Period) -> int:
    return sum(months.get(m, 0) for m in period)


def _showing(gathered: Gathered, rule: Rule) -> dict[str, Showing]:
    """How each category's total may be shown beside the others and the total of all (“”)."""
    crime, categories = gathered.crime, sorted(gathered.crime.counts)
    totals = [sum(crime.counts[c].get(m, 0) for m in gathered.period) for c in categories]
    if not categories:
        return {}
    return dict(zip([*categories, ""], disclosure.protect_list(totals, rule), strict=True))


def _comparison(measure: CrimeMeasure, gathered: Gathered, rule: Rule) -> Comparison | None:
    """Compare two years; None where the totals in it would give a small count away."""
    if set(_showing(gathered, rule).values()) - {Showing.SHOWN}:
        return None
    months = _months(measure, gathered.crime)
    found = trend.compare(_pairs(measure, gathered.crime), gathered.period)
    behind = (found.now, found.before, _total(months, gathered.period) - found.now)
    return None if any(disclosure.is_small(count, rule) for count in behind) else found


def _findings(
    measures: Sequence[CrimeMeasure], gathered: Gathered, rule: Rule
) -> Iterator[Finding]:
    """Say how the charted measures moved, one by one, then the others, then what is left out."""
    behind = _provenance(gathered, TREND, CAVEAT)
    found = {m: c for m in measures if (c := _comparison(m, gathered, rule))}
    for measure in [m for m in found if m.chart]:
        yield Finding(trend.sentence(measure.label, found[measure]), behind)
    if others := {m.label: c for m, c in found.items() if not m.chart}:
        yield Finding(trend.summary(others), behind)
    if said := next((said for c in found.values() if (said := trend.left_out(c))), ""):
        yield Finding(said, behind)
    if said := trend.silences(gathered.crime.silent):
        yield Finding(said, behind)


def _provenance(gathered: Gathered, how: str, caveat: str) -> Provenance:
    period = gathered.period
    complete = gathered.crime.complete & frozenset(period)
    coverage = Coverage(period, complete, f"Every recorded offence placed in {gathered.area}.")
    return Provenance(gathered.crime.source, coverage, how, caveat)


def _how_complete(gathered: Gathered) -> str:
    """Say beside the period that it is not whole, where it is not."""
    complete = gathered.crime.complete & frozenset(gathered.period)
    if len(complete) == len(gathered.period):
        return ""
    return f" ({len(complete)} of {len(gathered.period)} months complete)"


def _chart(measure: CrimeMeasure, gathered: Gathered, rule: Rule) -> Chart | None:
    """Draw the months of both years; nothing where a total would have to be hidden."""
    months, period = _months(measure, gathered.crime), gathered.period
    years = [period.year_before(), period]
    shown = [_year(months, year, rule) for year in years]
    if any(total is not Showing.SHOWN for _, total in shown):
        return None
    caption = f"{measure.label} in {gathered.area} by month, {period.label} and a year earlier"
    points = tuple(
        Point(str(m), year.label, months[m] if how is Showing.SHOWN and m in months else None)
        for year, (hows, _) in zip(years, shown, strict=True)
        for m, how in zip(year, hows, strict=True)
    )
    table = _month_table(measure, gathered, [hows for hows, _ in shown], rule)
    return Chart(
        f"{measure.key}.chart", caption, _alt(caption, points, period), "offences", points, table
    )


def _year(months: dict[Month, int], year: Period, rule: Rule) -> tuple[list[Showing], Showing]:
    """How each month of a year may be shown beside the year's total, and how that total may."""
    *each, total = disclosure.protect_list([months.get(m, 0) for m in year], rule)
    return each, total


def _month_table(
    measure: CrimeMeasure, gathered: Gathered, hows: list[list[Showing]], rule: Rule
) -> Table:
    months, period = _months(measure, gathered.crime), gathered.period

    def cell(m: Month, how: Showing) -> str:
        if m not in months:
            return "incomplete"
        silent = gathered.crime.silent.get(m)
        without = f" (without {silent} areas)" if silent else ""
        return f"{showing.value(months[m], how, rule).shown}{without}"

    rows = tuple(
        Row(NAMES[m.number - 1], (cell(m + -12, before), cell(m, now)))
        for m, before, now in zip(period, *hows, strict=True)
    )
    columns = ("Month", period.year_before().label, period.label)
    caption = f"{measure.label} by month: the figures in the chart"
    behind = _provenance(gathered, HOW, CAVEAT)
    return Table(f"{measure.key}.months", caption, columns, rows, behind)


def _alt(caption: str, points: tuple[Point, ...], period: Period) -> str:
    """Say what the picture shows to somebody who cannot see it."""
    known = [p for p in points if p.value is not None and p.series == period.label]
    gaps = sum(p.value is None for p in points)
    said = f"Line chart: {caption}."
    if known:
        top = max(known, key=lambda p: p.value or 0)
        low = min(known, key=lambda p: p.value or 0)
        said += f" In {period.label} it was highest in {_say(top)} and lowest in {_say(low)}."
    if gaps:
        months = "1 month is a gap" if gaps == 1 else f"{gaps} months are gaps"
        said += f" {months} in the lines: incomplete, or too small to show."
    return f"{said} The table beneath gives every month."


def _say(point: Point) -> str:
    year, number = point.month.split("-")
    return f"{NAMES[int(number) - 1]} {year} ({point.value:,})"
