"""The pages about places, as somebody opens them."""

import csv
import io
import json
import re
from html import unescape

import pytest

from tests.world import World

pytestmark = pytest.mark.usefixtures("town")
ALDERMOOR, HOT = "/places/areas/E08900001", "/places/small-areas/E01990000"
PAGES = [
    "/places/", ALDERMOOR, f"{ALDERMOOR}?category=Burglary&sort=-rate&page=2",
    "/places/areas/E05991000", "/places/areas/E02991000", HOT, "/places/coverage",
    "/places/loads", "/places/named", "/places/named/add",
]  # fmt: skip


@pytest.fixture
def get(world: World):
    client = world.client("analyst")
    return lambda address, **headers: client.get(address, secure=True, headers=headers or None)


def text(response) -> str:
    """What a reader sees, without tags."""
    words = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", unescape(words))


@pytest.mark.parametrize("address", PAGES)
def test_every_page_answers_without_inline_style_or_script(get, address):
    page = get(address)
    assert page.status_code == 200
    assert not re.search(rb"<style|style=|<script>|on(click|load)=", page.content)


def test_the_finding_comes_first_with_its_interval_and_its_gaps(get):
    seen = text(get(ALDERMOOR))
    assert re.search(r"Half of all recorded crime in Aldermoor happened in \d+ of 40 small", seen)
    assert "95% interval" in seen
    assert "11 of 12 months have figures" in seen
    assert "Left out as incomplete: March 2025" in seen
    assert "In September 2025, 5 small areas that usually have records have none" in seen


def test_the_table_can_be_narrowed_sorted_and_paged_by_its_address(get):
    page = text(get(f"{ALDERMOOR}?category=Burglary&first=2025-05&last=2025-08&sort=name"))
    assert "Half of recorded burglary in Aldermoor" in page
    assert "Small areas of Aldermoor, May 2025 to August 2025" in page
    assert page.index("Aldermoor 001A") < page.index("Aldermoor 001B")
    assert "26 to 40 of 40" in text(get(f"{ALDERMOOR}?page=2"))


def test_an_incomplete_month_is_a_gap_in_the_months_and_never_nought(get):
    assert re.search(r"March 2025 gap missing", text(get(ALDERMOOR)))
    assert re.search(r"June 2024 gap partial", text(get(ALDERMOOR)))


def test_an_area_silent_beyond_chance_has_one_month_fewer(get):
    rows = text(get(f"{ALDERMOOR}?sort=-name"))
    assert re.search(r"Aldermoor 010D \d+ [\d.]+ .*? 10 of 12", rows)


@pytest.mark.parametrize(
    "query",
    ["first=2025-13", "category=Piracy", "first=2025-06&last=2025-01", "last=%00", "first=%F0%9F"],
)
def test_nonsense_in_the_address_is_told_and_the_usual_shown(get, query):
    page = get(f"{ALDERMOOR}?{query}")
    assert page.status_code == 422
    assert "Half of all recorded crime" in text(page)


@pytest.mark.parametrize("query", ["page=x", "page=-3", "page=999", "sort=password", "format=pdf"])
def test_a_page_or_order_there_is_none_of_shows_the_nearest(get, query):
    assert get(f"{ALDERMOOR}?{query}").status_code == 200


@pytest.mark.parametrize(
    "address", ["/places/areas/E09999999", "/places/small-areas/x", "/places/loads/999999",
                "/places/named/00000000-0000-0000-0000-000000000000"],
)  # fmt: skip
def test_what_is_not_there_is_a_404(get, address):
    assert get(address).status_code == 404


def test_the_spreadsheet_has_every_area_and_says_where_it_comes_from(get):
    answer = get(f"{ALDERMOOR}?format=csv&category=Burglary")
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert len([row for row in rows if row and row[0].startswith("E0199")]) == 40
    notes = {row[0]: row[1] for row in rows[-5:]}
    assert notes["What"] == "Burglary"
    assert notes["Months without complete figures, left out"] == "March 2025"
    assert "recorded_crime_lsoa_month" in notes["Source"]


def test_boundaries_are_kept_by_the_browser_until_they_change(get):
    first = get(f"{ALDERMOOR}/boundaries.json")
    shapes = json.loads(first.content)
    assert len(shapes["features"]) == 40
    assert shapes["features"][0]["properties"] == {"code": "E01990000", "name": "Aldermoor 001A"}
    assert "no-cache" in first["Cache-Control"]  # it names no edition: see test_editions
    again = get(f"{ALDERMOOR}/boundaries.json", if_none_match=first["ETag"])
    assert (again.status_code, again.content) == (304, b"")


def test_the_map_is_coloured_by_the_figures_of_the_table(get):
    drawn = get(f"{ALDERMOOR}/figures.json?category=Burglary").json()
    seen = text(get(f"{ALDERMOOR}?category=Burglary"))
    hottest = drawn["E01990000"]
    assert hottest["band"] == 5
    assert f"Aldermoor 001A {hottest['count']} {hottest['rate']}" in seen


def test_figures_for_nonsense_are_refused(get):
    assert get(f"{ALDERMOOR}/figures.json?category=Piracy").status_code == 400


def test_the_months_are_drawn_as_a_picture_without_style(get):
    picture = get(f"{ALDERMOOR}/months.svg?category=Burglary")
    assert picture["Content-Type"] == "image/svg+xml; charset=utf-8"
    assert b"no complete figures" in picture.content
    assert b"style=" not in picture.content
    assert b"<style" not in picture.content


def test_a_small_area_shows_its_people_its_neighbours_and_its_kinds_of_crime(get):
    seen = text(get(HOT))
    assert "Tenth 1 of 10" in seen
    assert "Residents 1,000" in seen
    assert "Aldermoor 001B" in seen
    assert "Violence and sexual offences" in seen


def test_a_small_area_and_a_borough_lead_to_each_other(get):
    assert get("/places/areas/E01990000").url == HOT
    assert get("/places/small-areas/E08900001").url == ALDERMOOR


def test_coverage_names_every_gap(get):
    seen = text(get("/places/coverage"))
    assert "Missing: March 2025" in seen
    assert "Partial: June 2024" in seen
    assert "September 2025: complete, but 5 small areas are silent" in seen


def test_nobody_reads_places_without_acting(world: World):
    assert "account" in type(world.client("analyst"))().get("/places/", secure=True).url
