"""Work out afresh which months of each source may be trusted."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import psycopg

from locality.kit.dates import Month, Period, month_of
from locality.places.rules.coverage import coverage, summary
from locality.places.words import CoverageState, CoverageSummary, Heard, MonthCoverage, Source

RECORDED = """
SELECT a.lad, r.month, array_agg(DISTINCT r.area_id), count(DISTINCT r.category_id), count(*)
FROM places_recordedcrime r JOIN places_area a ON a.code = r.area_id GROUP BY 1, 2
"""
STREET = """
SELECT falls_within, month, '{}'::text[], count(DISTINCT category_id), sum(copies)
FROM places_streetcrime GROUP BY 1, 2
"""
BOROUGHS = """
SELECT b.code, b.name, array_agg(a.code)
FROM places_area b JOIN places_area a ON a.lad = b.code AND a.kind = 'lsoa'
WHERE b.kind = 'lad' GROUP BY 1, 2
"""
Row = tuple[str, str, str, MonthCoverage]  # source, name, code, month


def derive(connection: psycopg.Connection[Any]) -> None:
    """Replace the coverage of every source by what its rows say now."""
    rows = [*_recorded(connection), *_street(connection)]
    connection.execute("DELETE FROM places_coverage")
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO places_coverage (source, name, code, month, state, rows, heard, usual,"
            " silent) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)",
            [
                (source, name, code, one.month.first_day, one.state, one.rows, one.heard,
                 one.usual, sorted(one.silent))
                for source, name, code, one in rows
            ],
        )  # fmt: skip


def read(connection: psycopg.Connection[Any], source: Source) -> dict[str, CoverageSummary]:
    """Say which months of a source are gaps, for each borough or force."""
    found: dict[str, list[MonthCoverage]] = defaultdict(list)
    rows = connection.execute(
        "SELECT name, month, state, rows, heard, usual, silent FROM places_coverage"
        " WHERE source = %s ORDER BY name, month",
        [source],
    ).fetchall()
    for name, month, state, count, heard, usual, silent in rows:
        found[name].append(
            MonthCoverage(
                month_of(month), CoverageState(state), count, heard, usual, frozenset(silent)
            )
        )
    return {name: summary(months) for name, months in found.items()}


def _recorded(connection: psycopg.Connection[Any]) -> Iterable[Row]:
    heard = _heard(connection, RECORDED)
    period = _span(heard)
    for code, name, areas in connection.execute(BOROUGHS).fetchall() if period else ():
        for one in coverage(heard.get(code, {}), period, frozenset(areas)):
            yield Source.RECORDED, name, code, one


def _street(connection: psycopg.Connection[Any]) -> Iterable[Row]:
    for force, months in _heard(connection, STREET).items():
        for one in coverage(months, Period(min(months), max(months))):
            yield Source.STREET, force, "", one


def _heard(connection: psycopg.Connection[Any], query: str) -> dict[str, dict[Month, Heard]]:
    found: dict[str, dict[Month, Heard]] = defaultdict(dict)
    for name, first, areas, categories, rows in connection.execute(query).fetchall():
        found[name][month_of(first)] = Heard(frozenset(areas), categories, int(rows))
    return found


def _span(heard: dict[str, dict[Month, Heard]]) -> Period | None:
    """All boroughs are judged over the same months: those that any of them has."""
    months = {month for one in heard.values() for month in one}
    return Period(min(months), max(months)) if months else None
