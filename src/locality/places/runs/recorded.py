"""Load recorded crime by small area and month."""

from pathlib import Path
from typing import Any

import psycopg

from locality.kit.dates import Month
from locality.kit.errors import BadInput
from locality.places.rules.rows import RecordedRows
from locality.places.runs.loading import Progress, categories, finish, loading, period
from locality.places.words import Loaded, Source

STAGED = """
CREATE TEMPORARY TABLE staged_recorded
    (line int, area text, month date, category smallint, count int) ON COMMIT DROP
"""
# Lines that say again what an earlier line of the file has said: the same, or something else.
AGAIN = """
CREATE TEMPORARY TABLE again ON COMMIT DROP AS
SELECT line, count, first_line, first_count FROM (
    SELECT line, count, row_number() OVER w AS nth,
           first_value(line) OVER w AS first_line, first_value(count) OVER w AS first_count
    FROM staged_recorded WINDOW w AS (PARTITION BY area, month, category ORDER BY line)
) every WHERE nth > 1
"""
PUT_IN = """
WITH done AS (
    INSERT INTO places_recordedcrime AS known (area_id, month, category_id, count, load_id)
    SELECT area, month, category, count, %s FROM staged_recorded s
    WHERE NOT EXISTS (SELECT FROM again a WHERE a.line = s.line)
    ON CONFLICT (area_id, month, category_id) DO UPDATE
    SET count = excluded.count, load_id = excluded.load_id
    WHERE known.count <> excluded.count
    RETURNING xmax = 0 AS added)
SELECT count(*) FILTER (WHERE added), count(*) FILTER (WHERE NOT added) FROM done
"""


def load(
    connection: psycopg.Connection[Any], path: Path, latest: Month, by: str, progress: Progress
) -> Loaded:
    """Load one file of recorded crime. A count that changed since is revised, and counted so."""
    with loading(connection, path, Source.RECORDED, by, progress) as one:
        if one is not None:
            reader = RecordedRows(_boroughs(connection), categories(connection), latest)
            connection.execute(STAGED)
            one.stage("staged_recorded", reader.columns, reader.read)
            connection.execute(AGAIN)
            one.reject(_contradictions(connection))
            (same,) = connection.execute(
                "SELECT count(*) FROM again WHERE count = first_count"
            ).fetchone()  # type: ignore[misc]
            added, revised = connection.execute(PUT_IN, [one.id]).fetchone()  # type: ignore[misc]
            one.account(
                duplicate=same,
                added=added,
                revised=revised,
                period=period(connection, "staged_recorded"),
            )
            connection.execute("DROP TABLE staged_recorded, again")
    return finish(one, path, Source.RECORDED)


def _boroughs(connection: psycopg.Connection[Any]) -> dict[str, str]:
    """The borough of every small area."""
    found = connection.execute(
        "SELECT a.code, up.name FROM places_area a JOIN places_area up ON up.code = a.lad"
        " WHERE a.kind = 'lsoa'"
    ).fetchall()
    if not found:
        raise BadInput("No areas are loaded: load the boundaries and look-ups first.")
    return dict(found)


def _contradictions(connection: psycopg.Connection[Any]) -> list[tuple[int, str, str, str]]:
    rows = connection.execute(
        "SELECT line, count, first_line, first_count FROM again WHERE count <> first_count"
        " ORDER BY line"
    ).fetchall()
    return [
        (line, "crime_count", str(count), f"line {first:,} gives {before} for the same cell")
        for line, count, first, before in rows
    ]
