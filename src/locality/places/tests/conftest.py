"""Invented files, an owner's connection that forgets, and a small town that pages can show."""

import os
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from locality.places import runs
from locality.places.tests import invented

TABLES = (
    "places_rejectedrow, places_recordedcrime, places_streetcrime, places_coverage, places_load,"
    " places_crimecategory, places_area, places_place"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of invented areas and recorded crime."""
    return invented.write_folder(tmp_path / "town")


@pytest.fixture
def owner(db: None) -> Iterator[psycopg.Connection]:
    """The database owner's connection; nothing it does is kept."""
    with runs.owner() as connection, connection.transaction(force_rollback=True):
        yield connection


@pytest.fixture(scope="module")
def town(
    django_db_setup: None, django_db_blocker: pytest.FixtureRequest, tmp_path_factory: object
) -> Iterator[None]:
    """The invented town, loaded and committed, and taken away after the last test of a file."""
    home = tmp_path_factory.mktemp("loaded")  # type: ignore[attr-defined]
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        with runs.owner() as connection:
            runs.load_crime(
                connection, invented.write_folder(home / "town"),
                street_files=[invented.write_street(home / "street.csv")], today=invented.TODAY,
            )  # fmt: skip
        yield
        with runs.owner() as connection:
            connection.execute(f"TRUNCATE {TABLES}")


@pytest.fixture(scope="session")
def open_data() -> Path:
    """The folder of real open data, or a skip that says how to get it."""
    usual = Path(__file__).resolve().parents[4].parent / "shared" / "data"
    found = Path(os.environ.get("LOCALITY_OPEN_DATA", usual))
    if not (found / "west_midlands").is_dir():
        pytest.skip("no open data: set LOCALITY_OPEN_DATA to the folder that holds west_midlands")
    return found
