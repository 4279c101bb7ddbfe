"""What a line of a file must hold, whatever is written in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from locality.kit.dates import Month
from locality.kit.errors import BadInput
from locality.places.rules.rows import (
    RecordedRows,
    StreetRows,
    require_columns,
    require_readable,
)
from locality.places.words import Fault

KINDS = {"Burglary": 1, "Drugs": 2}
recorded = RecordedRows({"E01990000": "Aldermoor"}, KINDS, Month(2026, 4))
street = StreetRows(KINDS, Month(2026, 4))
GOOD = ("E01990000", "Aldermoor", "Burglary", "2025", "4", "3")
STREET = (
    "a" * 64, "2024-01", "Aldermoor Police", "Aldermoor Police", "-1.99", "52.60",
    "On or near Alder Lane", "E01990000", "Burglary", "Under investigation",
)  # fmt: skip
anything = st.one_of(
    st.text(max_size=12), st.sampled_from(["", "0", "-1", "1e9", "2025", "4", "99999999999", "½"])
)


@given(st.tuples(*[st.one_of(anything, st.just(good)) for good in GOOD]))
def test_a_recorded_line_is_kept_as_written_or_rejected_with_its_column(cells):
    found = recorded.read(cells)
    if isinstance(found, Fault):
        assert found.column in recorded.columns
        assert found.reason
    else:
        area, day, category, count = found
        assert (area, KINDS[cells[2]], str(count)) == (cells[0], category, str(int(cells[5])))
        assert day == f"{int(cells[3]):04}-{int(cells[4]):02}-01"


@given(st.tuples(*[st.one_of(anything, st.just(good)) for good in STREET]))
def test_a_street_line_is_kept_as_written_or_rejected_with_its_column(cells):
    found = street.read(cells)
    if isinstance(found, Fault):
        assert found.column in street.columns
        assert found.reason
    else:
        assert found[1] == cells[0]
        assert found[7] == cells[6]
        assert "\0" not in "".join(map(str, found))


@given(st.tuples(*[st.text(max_size=5)] * 9), st.text(max_size=5), st.text(max_size=5))
def test_only_the_outcome_may_differ_between_lines_about_the_same_crime(cells, one, other):
    made = [street.read(STREET[:9] + (outcome,)) for outcome in (one, other)]
    if not any(isinstance(line, Fault) for line in made):
        assert made[0][0] == made[1][0]


@pytest.mark.parametrize(
    ("at", "value", "column", "reason"),
    [
        (0, "E01000001", "lsoa_code", "not a small area"),
        (1, "Brackenford", "borough", "is in Aldermoor"),
        (2, "Piracy", "category", "not a category"),
        (3, "2031", "year", "in the future"),
        (4, "13", "month", "not a month"),
        (5, "-2", "crime_count", "not a whole number"),
        (5, "2.5", "crime_count", "not a whole number"),
        (5, "", "crime_count", "not a whole number"),
    ],
)
def test_says_which_value_of_a_recorded_line_is_wrong(at, value, column, reason):
    cells = [*GOOD[:at], value, *GOOD[at + 1 :]]
    found = recorded.read(cells)
    assert isinstance(found, Fault)
    assert (found.column, reason in found.reason) == (column, True)


@pytest.mark.parametrize(
    ("at", "value", "column"),
    [
        (1, "Jan 2024", "Month"),
        (1, "1999-12", "Month"),
        (3, "", "Falls within"),
        (4, "east", "Longitude"),
        (5, "952.6", "Longitude"),
        (6, "Alder\0Lane", "Location"),
        (7, "somewhere", "LSOA code"),
        (8, "Piracy", "Crime type"),
    ],
)
def test_says_which_value_of_a_street_line_is_wrong(at, value, column):
    found = street.read([*STREET[:at], value, *STREET[at + 1 :]])
    assert isinstance(found, Fault)
    assert found.column == column


def test_a_street_line_without_number_area_or_point_is_kept():
    cells = ["", *STREET[1:4], "", "", STREET[6], "", *STREET[8:]]
    assert not isinstance(street.read(cells), Fault)


def test_a_heading_must_name_every_column():
    with pytest.raises(BadInput, match=r"crime\.csv, line 1: no column month.*it must name"):
        require_columns("crime.csv", ["year"], ["year", "month"])


@given(st.integers(0, 50), st.integers(0, 50))
def test_a_file_is_refused_when_more_than_half_of_it_is_wrong(right, wrong):
    faults = [Fault("month", "x", "not a month", 2)] * wrong
    if right + wrong and wrong <= right:
        require_readable("crime.csv", right + wrong, faults, wrong)
    else:
        with pytest.raises(BadInput, match=r"crime\.csv"):
            require_readable("crime.csv", right + wrong, faults, wrong)
