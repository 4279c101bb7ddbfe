"""The real West Midlands, where the open data is at hand."""

import pytest

from locality.kit.dates import Month, Period, runs_of_months
from locality.places import runs

WALSALL = {*Period(Month(2023, 9), Month(2024, 8)), *Period(Month(2024, 11), Month(2026, 3))}


@pytest.fixture(scope="module")
def loaded(open_data, django_db_setup, django_db_blocker):
    """The folder loaded once; nothing of it is kept."""
    with (
        django_db_blocker.unblock(),
        runs.owner() as connection,
        connection.transaction(force_rollback=True),
    ):
        told = runs.load_crime(connection, open_data / "west_midlands")
        yield connection, {one.name: one for one in told}


def test_every_line_is_taken_in(loaded):
    connection, told = loaded
    one = told["recorded_crime_lsoa_month_2023_2026.csv.gz"]
    assert (one.read, one.accepted, one.duplicate, one.rejected) == (292_504, 292_504, 0, 0)
    (crimes,) = connection.execute("SELECT sum(count) FROM places_recordedcrime").fetchone()
    assert crimes == 879_009


def test_walsall_has_the_29_complete_months_it_is_known_to_have(loaded):
    connection, _ = loaded
    found = runs.covered(connection)["recorded crime"]["Walsall"]
    assert found.complete == 29
    gaps = found.missing | found.partial
    assert set(Period(Month(2023, 5), Month(2026, 3))) - gaps == WALSALL


def test_walsall_in_november_2025_lacks_a_whole_corner_of_the_borough(loaded):
    connection, _ = loaded
    assert runs.covered(connection)["recorded crime"]["Walsall"].silent == {Month(2025, 11): 23}


def test_the_months_known_to_be_missing_are_named(loaded):
    connection, _ = loaded
    found = runs.covered(connection)["recorded crime"]
    assert runs_of_months(found["Coventry"].missing) == "July 2023, March 2025"
    assert Month(2025, 3) in found["Birmingham"].partial
    complete = ("Walsall", "Dudley", "Sandwell", "Wolverhampton")
    assert not any(Month(2025, 3) in found[name].missing | found[name].partial for name in complete)


def test_walsall_has_its_areas_and_residents(loaded):
    connection, _ = loaded
    row = connection.execute(
        "SELECT sum(population) FILTER (WHERE kind = 'lsoa'),"
        " count(*) FILTER (WHERE kind = 'lsoa'), count(*) FILTER (WHERE kind = 'msoa'),"
        " count(*) FILTER (WHERE kind = 'ward')"
        " FROM places_area WHERE lad = 'E08000030'"
    ).fetchone()
    assert row == (284_106, 169, 39, 20)


def test_every_small_area_has_a_boundary_a_neighbour_and_a_rank(loaded):
    connection, _ = loaded
    (without,) = connection.execute(
        "SELECT count(*) FROM places_area WHERE kind = 'lsoa' AND (boundary = '' OR msoa = ''"
        " OR neighbours = '{}' OR imd_rank IS NULL OR population IS NULL OR lat IS NULL)"
    ).fetchone()
    assert without == 0


def test_a_street_file_accounts_for_every_line(loaded, open_data):
    connection, _ = loaded
    path = open_data / "police_open_data" / "city-of-london-street.csv.gz"
    (told,) = runs.load_crime(connection, None, street_files=[path])
    assert (told.read, told.accepted, told.duplicate) == (28_761, 28_761 - 1_545 - 33, 1_545)
    assert {fault.column for fault in told.faults} == {"Last outcome category"}
    (copies,) = connection.execute("SELECT sum(copies) FROM places_streetcrime").fetchone()
    assert copies == 28_761 - told.rejected
