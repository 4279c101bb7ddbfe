"""Load a police.uk street file, in the official columns."""

from pathlib import Path
from typing import Any

import psycopg

from locality.kit.dates import Month
from locality.places.rules.rows import StreetRows
from locality.places.runs.loading import Progress, categories, finish, loading, period
from locality.places.words import Loaded, Source

STAGED = """
CREATE TEMPORARY TABLE staged_street (
    line int, fingerprint uuid, crime text, month date, reported_by text, falls_within text,
    lon float8, lat float8, location text, lsoa text, category smallint, outcome text
) ON COMMIT DROP
"""
# Lines with the same fingerprint: exact copies, or the same crime with another outcome.
ALIKE = """
CREATE TEMPORARY TABLE alike ON COMMIT DROP AS
SELECT line, fingerprint, outcome, first_line, first_outcome, nth FROM (
    SELECT line, fingerprint, outcome, row_number() OVER w AS nth,
           count(*) OVER (PARTITION BY fingerprint) AS times,
           first_value(line) OVER w AS first_line, first_value(outcome) OVER w AS first_outcome
    FROM staged_street WINDOW w AS (PARTITION BY fingerprint ORDER BY line)
) every WHERE times > 1
"""
PUT_IN = """
WITH copies AS (
    SELECT fingerprint, count(*) FILTER (WHERE outcome = first_outcome) AS times
    FROM alike GROUP BY fingerprint),
done AS (
    INSERT INTO places_streetcrime AS known (
        fingerprint, crime, month, reported_by, falls_within, lon, lat, location, lsoa,
        category_id, outcome, copies, load_id)
    SELECT s.fingerprint, crime, month, reported_by, falls_within, lon, lat, location, lsoa,
           category, outcome, coalesce(c.times, 1), %s
    FROM staged_street s LEFT JOIN copies c ON c.fingerprint = s.fingerprint
    WHERE NOT EXISTS (SELECT FROM alike a WHERE a.line = s.line AND a.nth > 1)
    ON CONFLICT (fingerprint) DO UPDATE
    SET outcome = excluded.outcome, load_id = excluded.load_id,
        copies = greatest(known.copies, excluded.copies)
    WHERE known.outcome <> excluded.outcome OR known.copies < excluded.copies
    RETURNING xmax = 0 AS added)
SELECT count(*) FILTER (WHERE added), count(*) FILTER (WHERE NOT added) FROM done
"""
LACKING = """
SELECT count(*) FILTER (WHERE crime = ''), count(*) FILTER (WHERE lsoa = ''),
       count(*) FILTER (WHERE lon IS NULL) FROM staged_street
"""


def load(
    connection: psycopg.Connection[Any], path: Path, latest: Month, by: str, progress: Progress
) -> Loaded:
    """Load one street file. Exact copies are counted on the line they copy, and told."""
    with loading(connection, path, Source.STREET, by, progress) as one:
        if one is not None:
            reader = StreetRows(categories(connection), latest)
            connection.execute(STAGED)
            one.stage("staged_street", reader.columns, reader.read)
            connection.execute(ALIKE)
            one.reject(_contradictions(connection))
            (copies,) = connection.execute(
                "SELECT count(*) FROM alike WHERE nth > 1 AND outcome = first_outcome"
            ).fetchone()  # type: ignore[misc]
            crime, lsoa, point = connection.execute(LACKING).fetchone()  # type: ignore[misc]
            added, revised = connection.execute(PUT_IN, [one.id]).fetchone()  # type: ignore[misc]
            one.account(
                duplicate=copies,
                added=added,
                revised=revised,
                period=period(connection, "staged_street"),
                notes={"no crime number": crime, "no small area": lsoa, "no point": point},
            )
            connection.execute("DROP TABLE staged_street, alike")
    return finish(one, path, Source.STREET)


def _contradictions(connection: psycopg.Connection[Any]) -> list[tuple[int, str, str, str]]:
    rows = connection.execute(
        "SELECT line, outcome, first_line, first_outcome FROM alike"
        " WHERE nth > 1 AND outcome <> first_outcome ORDER BY line"
    ).fetchall()
    return [
        (
            line,
            "Last outcome category",
            outcome,
            f"line {first:,} says “{before}” of the same crime",
        )
        for line, outcome, first, before in rows
    ]
