"""Boundaries, and who is beside whom."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from locality.kit.errors import BadInput
from locality.places.rules import boundaries
from locality.places.tests.invented import square

cells = st.frozensets(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=1, max_size=12)


def grid_cell(column, row):
    west, south = -2 + column / 100, 52 + row / 100
    east, north = -2 + (column + 1) / 100, 52 + (row + 1) / 100
    corners = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return boundaries.simplified({"type": "Polygon", "coordinates": [corners]})[1]


@given(cells)
def test_squares_of_a_grid_are_neighbours_exactly_when_they_share_a_side(places):
    found = boundaries.neighbours({f"{c},{r}": grid_cell(c, r) for c, r in places})
    for column, row in places:
        beside = {(column + 1, row), (column - 1, row), (column, row + 1), (column, row - 1)}
        assert found[f"{column},{row}"] == sorted(f"{c},{r}" for c, r in beside & places)


def test_a_boundary_is_kept_to_the_metre_as_geojson():
    text, rings = boundaries.simplified(square("E08900001", 3, 1))
    assert json.loads(text)["type"] == "Polygon"
    assert json.loads(text)["coordinates"] == rings
    assert boundaries.extent(rings) == (-1.97, 52.6, -1.96, 52.61)


def test_an_area_may_have_several_parts():
    parts = [square("E08900001", 0, 1)["coordinates"], square("E08900002", 9, 1)["coordinates"]]
    text, rings = boundaries.simplified({"type": "MultiPolygon", "coordinates": parts})
    assert (len(rings), json.loads(text)["type"]) == (2, "MultiPolygon")


@pytest.mark.parametrize(
    "geometry",
    [
        None, {}, {"type": "Point", "coordinates": [1, 2]}, {"type": "Polygon"},
        {"type": "Polygon", "coordinates": []}, {"type": "Polygon", "coordinates": [[[1, 2]]]},
        {"type": "Polygon", "coordinates": [[["a", 2]] * 4]},
        {"type": "Polygon", "coordinates": [[[400, 2]] * 4]},
    ],
)  # fmt: skip
def test_what_is_no_polygon_on_earth_is_refused(geometry):
    with pytest.raises(BadInput, match="not a polygon in degrees"):
        boundaries.simplified(geometry)
