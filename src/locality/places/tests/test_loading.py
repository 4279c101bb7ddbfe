"""Every line of a file is accounted for, or nothing of it is kept."""

import gzip

import pytest
from psycopg import sql

from locality.kit.dates import Month
from locality.kit.errors import BadInput
from locality.places import runs
from locality.places.models import (
    Area,
    Coverage,
    Load,
    RecordedCrime,
    RejectedRow,
    StreetCrime,
)
from locality.places.tests import invented
from locality.places.tests.invented import RECORDED, STREET, TODAY, street_line

RECORDED_FILE = "recorded_crime_lsoa_month_2023_2026.csv"
LINES = list(invented.recorded())


def load(owner, folder=None, *street):
    told = runs.load_crime(owner, folder, street_files=street, today=TODAY)
    return {one.name: one for one in told}


def tables(owner):
    """How many rows every table that a load writes holds."""
    return {
        model: one(owner, sql.SQL("SELECT count(*) FROM {}").format(table(model)))
        for model in (Area, Coverage, Load, RecordedCrime, RejectedRow, StreetCrime)
    }


def table(model):
    """A model's table, as SQL."""
    return sql.Identifier(model._meta.db_table)


def one(owner, query, *values):
    (found,) = owner.execute(query, values).fetchone()
    return found


def replaced(at, value, line=10):
    """The usual lines, with one value of one of them changed."""
    changed = list(LINES[line - 2])
    changed[at] = value
    return [*LINES[: line - 2], changed, *LINES[line - 1 :]]


def test_all_that_was_read_is_in_the_database(owner, folder):
    told = load(owner, folder)[RECORDED_FILE]
    assert (told.read, told.accepted, told.added) == (len(LINES), len(LINES), len(LINES))
    total = one(owner, "SELECT sum(count) FROM places_recordedcrime")
    assert total == sum(line[-1] for line in LINES)


def test_the_second_time_nothing_changes_and_it_says_so(owner, folder, tmp_path):
    street = invented.write_street(tmp_path / "street.csv")
    load(owner, folder, street)
    before = tables(owner)
    again = load(owner, folder, street)
    assert all(told.already for told in again.values())
    assert tables(owner) == before


def test_a_file_written_anew_with_the_same_lines_adds_nothing(owner, folder):
    load(owner, folder)
    invented.write_csv(folder / RECORDED_FILE, RECORDED, reversed(LINES))
    told = load(owner, folder)[RECORDED_FILE]
    assert (told.added, told.revised, told.unchanged) == (0, 0, len(LINES))


def test_a_count_that_changed_since_is_revised_and_counted_so(owner, folder):
    load(owner, folder)
    invented.write_csv(folder / RECORDED_FILE, RECORDED, replaced(6, 77))
    told = load(owner, folder)[RECORDED_FILE]
    assert (told.added, told.revised) == (0, 1)
    assert one(owner, "SELECT count(*) FROM places_recordedcrime WHERE count = 77") == 1


def test_exact_copies_are_told_and_kept_once(owner, folder):
    invented.write_csv(folder / RECORDED_FILE, RECORDED, [*LINES, LINES[0], LINES[5], LINES[5]])
    told = load(owner, folder)[RECORDED_FILE]
    assert (told.read, told.duplicate, told.added) == (len(LINES) + 3, 3, len(LINES))


def test_a_line_that_contradicts_an_earlier_one_is_rejected_with_both_line_numbers(owner, folder):
    invented.write_csv(folder / RECORDED_FILE, RECORDED, [*LINES, (*LINES[0][:-1], 99)])
    told = load(owner, folder)[RECORDED_FILE]
    (fault,) = told.faults
    assert (fault.line, fault.column, fault.value) == (len(LINES) + 2, "crime_count", "99")
    assert fault.reason.startswith("line 2 gives")


def test_a_rejected_line_is_listed_with_line_column_value_and_reason(owner, folder):
    invented.write_csv(folder / RECORDED_FILE, RECORDED, replaced(3, "Piracy"))
    told = load(owner, folder)[RECORDED_FILE]
    assert (told.accepted, told.rejected) == (len(LINES) - 1, 1)
    row = owner.execute('SELECT line, "column", value, reason FROM places_rejectedrow').fetchone()
    assert row == (10, "category", "Piracy", "not a category that police.uk publishes")


def test_a_line_cut_short_is_rejected_and_the_rest_is_kept(owner, folder):
    path = folder / RECORDED_FILE
    path.write_text(path.read_text() + "E01990000,Aldermoor 001A\n")
    told = load(owner, folder)[RECORDED_FILE]
    assert (told.rejected, told.accepted) == (1, len(LINES))
    assert told.faults[0].reason == "2 values where the heading names 7"


BAD = {
    "no line at all": (b"lsoa_code,borough,category,year,month,crime_count\n", "no lines beneath"),
    "another heading": (b"code,count\nE1,2\n", r"line 1: no column lsoa_code.*it must name"),
    "not text": (b"lsoa_code,borough,category,year,month,crime_count\n\xff\xfe\n", "not UTF-8"),
    "empty": (b"", "is empty"),
    "mostly wrong": (
        b"lsoa_code,borough,category,year,month,crime_count\nE1,Nowhere,Burglary,2025,4,1\n",
        r"1 of 1 lines cannot be read. The first is line 2, column lsoa_code: “E1”: not a small",
    ),
}


@pytest.mark.parametrize("what", BAD)
def test_a_bad_file_says_what_is_wrong_and_leaves_nothing_behind(owner, folder, what):
    before = tables(owner)
    (folder / RECORDED_FILE).write_bytes(BAD[what][0])
    with pytest.raises(BadInput, match=BAD[what][1]):
        load(owner, folder)
    assert tables(owner) == before


@pytest.mark.parametrize(
    "name", ["lsoa21_ward24_lad24.csv", "lsoa_2021.geojson", "imd2025_lsoa.csv", RECORDED_FILE]
)
def test_a_missing_file_is_named(owner, folder, name):
    (folder / name).unlink()
    with pytest.raises(BadInput, match=name):
        load(owner, folder)


def test_a_gzip_file_cut_short_leaves_nothing_behind(owner, folder, tmp_path):
    load(owner, folder)
    before = tables(owner)
    whole = invented.write_street(tmp_path / "street.csv.gz", [street_line()] * 500)
    whole.write_bytes(whole.read_bytes()[:-20])
    with pytest.raises(BadInput, match="not a whole gzip file"):
        load(owner, None, whole)
    plain = tmp_path / "plain.csv.gz"
    plain.write_text("not gzip")
    with pytest.raises(BadInput, match="not a whole gzip file"):
        load(owner, None, plain)
    assert tables(owner) == before


def test_a_bad_street_file_undoes_the_good_one_before_it(owner, tmp_path):
    before = tables(owner)
    good = invented.write_street(tmp_path / "good.csv")
    bad = invented.write_street(tmp_path / "bad.csv", [])
    with pytest.raises(BadInput, match=r"bad\.csv"):
        load(owner, None, good, bad)
    assert tables(owner) == before


def test_a_broken_shape_is_listed_and_a_file_that_is_no_shape_is_refused(owner, folder):
    path = folder / "lsoa_2021.geojson"
    broken = path.read_text().replace('"Polygon"', '"Blob"', 1)
    path.write_text(broken)
    told = load(owner, folder)["lsoa_2021.geojson"]
    assert [(fault.line, fault.column) for fault in told.faults] == [(1, "geometry")]
    path.write_text("[1, 2")
    with pytest.raises(BadInput, match="not a GeoJSON collection"):
        load(owner, folder)


def test_areas_know_where_they_are_and_who_is_beside_them(owner, folder):
    load(owner, folder)
    row = owner.execute(
        "SELECT a.neighbours, a.population, a.imd_decile, m.name, w.name, l.name, l.population"
        " FROM places_area a JOIN places_area m ON m.code = a.msoa JOIN places_area w"
        " ON w.code = a.ward JOIN places_area l ON l.code = a.lad WHERE a.code = 'E01990001'"
    ).fetchone()
    assert row == (
        ["E01990000", "E01990002"], 1000, 2, "Aldermoor 001", "Aldermoor ward 1", "Aldermoor",
        40_000,
    )  # fmt: skip


def test_coverage_names_the_gaps_of_the_borough_and_no_other(owner, folder):
    load(owner, folder)
    found = runs.covered(owner)["recorded crime"]
    assert found["Aldermoor"].missing == {invented.GAP}
    assert found["Aldermoor"].partial == {invented.PARTIAL}
    assert found["Aldermoor"].silent == {invented.QUIET: 5}
    assert found["Brackenford"].whole


def test_a_heading_in_another_order_with_more_columns_reads_the_same(owner, folder):
    turned = [("extra", *line[::-1]) for line in LINES]
    invented.write_csv(folder / RECORDED_FILE, ("note", *RECORDED[::-1]), turned)
    assert load(owner, folder)[RECORDED_FILE].added == len(LINES)


def test_street_copies_are_counted_on_the_line_they_copy(owner, tmp_path):
    lines = [street_line(Crime_ID="")] * 3 + [street_line()]
    told = load(owner, None, invented.write_street(tmp_path / "s.csv", lines))["s.csv"]
    assert (told.read, told.accepted, told.duplicate, told.added) == (4, 2, 2, 2)
    assert told.notes["no crime number"] == 3
    assert one(owner, "SELECT sum(copies) FROM places_streetcrime") == 4
    assert one(owner, "SELECT max(copies) FROM places_streetcrime") == 3


def test_a_later_outcome_revises_the_crime_and_is_no_second_one(owner, tmp_path):
    load(owner, None, invented.write_street(tmp_path / "one.csv", [street_line()]))
    later = street_line(Last_outcome_category="Offender given a caution")
    told = load(owner, None, invented.write_street(tmp_path / "two.csv", [later]))["two.csv"]
    assert (told.added, told.revised) == (0, 1)
    outcome = one(owner, "SELECT outcome FROM places_streetcrime")
    assert outcome == "Offender given a caution"


def test_two_outcomes_of_one_crime_in_one_file_contradict_each_other(owner, tmp_path):
    lines = [street_line(), street_line(Last_outcome_category="Action to be taken later")]
    told = load(owner, None, invented.write_street(tmp_path / "s.csv", lines))["s.csv"]
    assert [(f.line, f.column) for f in told.faults] == [(3, "Last outcome category")]
    assert one(owner, "SELECT count(*) FROM places_streetcrime") == 1


def test_a_missing_month_of_a_force_is_named(owner, tmp_path):
    months = [street_line(Month=f"2024-{n:02}", Crime_ID=str(n)) for n in range(1, 9) if n != 4]
    load(owner, None, invented.write_street(tmp_path / "s.csv", months))
    assert runs.covered(owner)["street crime"]["Aldermoor Police"].missing == {Month(2024, 4)}


def test_a_byte_order_mark_and_gzip_make_no_difference(owner, tmp_path):
    plain = invented.write_street(tmp_path / "s.csv").read_bytes()
    path = tmp_path / "marked.csv.gz"
    path.write_bytes(gzip.compress(b"\xef\xbb\xbf" + plain))
    assert load(owner, None, path)["marked.csv.gz"].added == 18


def test_crime_before_areas_is_refused_with_what_to_do(owner, folder):
    from locality.places.runs import recorded

    with pytest.raises(BadInput, match="load the boundaries and look-ups first"):
        recorded.load(owner, folder / RECORDED_FILE, Month(2026, 4), "test", lambda *_: None)


def test_progress_is_reported_while_a_file_is_read(owner, tmp_path):
    told = []
    lines = [street_line(Crime_ID=str(n)) for n in range(50_001)]
    path = invented.write_street(tmp_path / "s.csv", lines)
    runs.load_crime(owner, None, lambda *seen: told.append(seen), street_files=[path], today=TODAY)
    assert told == [("s.csv", 50_000)]
    assert len(STREET) == 12
