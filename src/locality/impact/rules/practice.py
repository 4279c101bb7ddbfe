"""What a report says about the partners' own work."""

from collections.abc import Iterator, Sequence
from typing import TypeGuard

from locality.impact.rules import showing
from locality.impact.words import (
    Coverage,
    Cross,
    CrossMeasure,
    Figure,
    Figures,
    Gathered,
    Line,
    Measures,
    Note,
    Part,
    PracticeMeasure,
    Provenance,
    Row,
    SectionKey,
    Table,
)
from locality.kit import disclosure
from locality.kit.disclosure import Rule, Showing

COLUMNS = ("Count", "Share")


def parts(
    measures: Measures, section: SectionKey, gathered: Gathered, rule: Rule
) -> Iterator[Part]:
    """Give the figures and tables of one section from the partners' records."""
    mine = [m for m in measures.practice if m.section == section]
    if mine:
        yield Figures(
            f"From partners’ records, {gathered.period.label}",
            COLUMNS,
            tuple(line(m, measures, gathered, rule) for m in mine),
        )
    for cross in measures.crosses:
        if cross.section == section:
            yield _table(cross, gathered, rule)


def line(measure: PracticeMeasure, measures: Measures, gathered: Gathered, rule: Rule) -> Line:
    """Give a measure's count and, where it is part of another, its share."""
    counts = gathered.practice.counts
    totals = _totals(measures.crosses, gathered, rule)
    behind = _provenance(gathered, measure.how)
    value = showing.practice(measure, counts, totals, rule)
    count = Figure(measure.key, measure.label, value, measure.unit, behind)
    if not measure.of or value.kind == "not_recorded":
        return Line(measure.label, (count, None))
    part = showing.share(counts[measure.key], counts[measure.of], rule)
    share = Figure(f"{measure.key}.share", measure.label, part, "%", behind)
    return Line(measure.label, (count, share))


def _totals(crosses: Sequence[CrossMeasure], gathered: Gathered, rule: Rule) -> dict[str, Showing]:
    """How the tables show the totals that are also figures."""
    found = {}
    for cross in crosses:
        counted = gathered.practice.crosses.get(cross.key)
        if cross.total and _has_any(counted):
            found[cross.total] = disclosure.protect(counted.counts, rule)[-1][-1]
    return found


def _has_any(cross: Cross | None) -> TypeGuard[Cross]:
    return cross is not None and any(map(any, cross.counts))


def _table(measure: CrossMeasure, gathered: Gathered, rule: Rule) -> Table | Note:
    cross = gathered.practice.crosses.get(measure.key)
    if not _has_any(cross):
        return Note(measure.empty)
    printed = showing.cells(cross.counts, rule)
    heads = [*cross.rows, "All"]
    rows = tuple(
        Row(head, tuple(cells), is_total=at == len(cross.rows))
        for at, (head, cells) in enumerate(zip(heads, printed, strict=True))
    )
    caption = f"{measure.caption}, {gathered.period.label}"
    columns = (measure.heads, *cross.columns, "All")
    return Table(measure.key, caption, columns, rows, _provenance(gathered, measure.how))


def _provenance(gathered: Gathered, how: str) -> Provenance:
    complete = gathered.practice.complete & frozenset(gathered.period)
    coverage = Coverage(gathered.period, complete, gathered.practice.whose)
    return Provenance(gathered.practice.source, coverage, how)
