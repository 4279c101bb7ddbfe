"""The heavy work: loading published files into the database, and drawing charts."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import psycopg
from django.db import connections
from django.utils import timezone

from locality.kit.dates import month_of
from locality.kit.errors import BadInput
from locality.places.runs import areas, coverage, files, recorded, street
from locality.places.runs.loading import Progress
from locality.places.words import CoverageSummary, Loaded, Source

RECORDED = "recorded_crime_lsoa_month_2023_2026.csv"
# What Django adds to a connection for itself; whatever else is set (sslmode…) is kept.
DJANGOS = {"context", "cursor_factory", "prepare_threshold", "client_encoding"}
RECORDED_PATTERN = "recorded_crime_lsoa_month*.csv*"


def _in_silence(name: str, lines: int) -> None:
    """Tell nobody how far the work has come."""


def load_crime(
    connection: psycopg.Connection[Any],
    folder: Path | None,
    progress: Progress = _in_silence,
    *,
    street_files: Sequence[Path] = (),
    by: str = "operator",
    today: date | None = None,
) -> list[Loaded]:
    """Load a folder of areas and recorded crime, and street files; then say what is covered.

    `connection` is the database owner's. `progress(name, lines)` is called as a file is read.
    All of it is one transaction: a file that cannot be read (BadInput) leaves nothing behind.
    Files that are in already change nothing and are told so.
    """
    latest = month_of(today or timezone.localdate())
    told: list[Loaded] = []
    with connection.transaction():
        if folder is not None:
            told += areas.load(connection, folder, by, progress)
            for path in _recorded_files(folder):
                told.append(recorded.load(connection, path, latest, by, progress))
        for path in street_files:
            told.append(street.load(connection, path, latest, by, progress))
        if not all(one.already for one in told):
            coverage.derive(connection)
    if any(one.added or one.revised for one in told):
        _analyse(connection)
    return told


@contextmanager
def owner() -> Iterator[psycopg.Connection[Any]]:
    """Give the database owner's own connection, for loading."""
    settings = connections["owner"].get_connection_params()
    given = {name: value for name, value in settings.items() if value and name not in DJANGOS}
    try:
        connection = psycopg.connect(**given)
    except psycopg.OperationalError as wrong:
        raise BadInput(f"The database cannot be reached: {wrong}") from None
    with connection:
        yield connection


def covered(connection: psycopg.Connection[Any]) -> dict[str, dict[str, CoverageSummary]]:
    """Say which months each source holds, by source and by borough or force."""
    return {
        source: coverage.read(connection, source) for source in (Source.RECORDED, Source.STREET)
    }


def _recorded_files(folder: Path) -> list[Path]:
    """Every file of recorded crime in the folder; BadInput when there is none."""
    return sorted(folder.glob(RECORDED_PATTERN)) or [files.find(folder, RECORDED)]


def _analyse(connection: psycopg.Connection[Any]) -> None:
    """Let the planner know what the tables hold now."""
    connection.execute(
        "ANALYZE places_area, places_recordedcrime, places_streetcrime, places_coverage"
    )
