"""What is worked out from published figures is kept, and never a moment too long."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.cache import caches
from django.db import ProgrammingError, transaction
from hypothesis import given
from hypothesis import strategies as st

from locality.kit.dates import Period
from locality.places import reads, runs
from locality.places.reads.keeping import EDITION, _key, kept
from locality.places.tests import invented
from locality.places.words import AreaKind
from locality.sharing.acting import acting
from tests.world import World

pytestmark = pytest.mark.usefixtures("town")
ALDERMOOR, HOT = "E08900001", "E01990000"
PAGE = f"/places/areas/{ALDERMOOR}"
PUBLISHED = ("area", "crimecategory", "load", "recordedcrime", "streetcrime", "coverage")
LINES = list(invented.recorded())


@pytest.fixture
def get(world: World):
    client = world.client("analyst")
    return lambda address, **headers: client.get(address, secure=True, headers=headers or None)


@pytest.fixture
def load(tmp_path: Path) -> Callable[..., None]:
    """Load the town's crime once more, all of it changed, and commit."""

    def load(more: int) -> None:
        lines = [(*line[:-1], line[-1] + more) for line in LINES]
        with runs.owner() as connection:
            folder = invented.write_folder(tmp_path / str(more), lines)
            runs.load_crime(connection, folder, today=invented.TODAY)

    return load


def hottest(page) -> int:
    """What the table says of the area with the most."""
    row = page.content.decode().split(f'data-area="{HOT}"')[1]
    return int(re.search(r"numeric\"[^>]*>([\d,]+)<", row)[1].replace(",", ""))


def test_a_load_is_seen_at_once_in_the_table_on_the_map_and_in_the_picture(get, load):
    addresses = [f"{PAGE}/{name}" for name in ("figures.json", "months.svg", "boundaries.json")]
    for more in (5, 9, 5_000):
        seen, before = hottest(get(PAGE)), [get(one) for one in addresses]
        load(more)
        assert hottest(get(PAGE)) > seen
        assert get(addresses[0]).json()[HOT]["count"] == hottest(get(PAGE))
        for one, old in zip(addresses, before, strict=True):
            new = get(one, if_none_match=old["ETag"])
            assert (new.status_code, new["ETag"] != old["ETag"]) == (200, True)
        assert get(addresses[1]).content != before[1].content


def test_a_browser_keeps_what_belongs_to_its_edition_and_asks_again_for_the_rest(get, load):
    page = get(PAGE).content.decode()
    addresses = [
        found.replace("&amp;", "&") for found in re.findall(r'="(/[^"]+edition=[^"]+)"', page)
    ]
    assert len(addresses) == 3
    for one in addresses:
        answer = get(one)
        assert "immutable" in answer["Cache-Control"]
        again = get(one, if_none_match=answer["ETag"])
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", answer["ETag"])
    load(20)
    assert all("no-cache" in get(one)["Cache-Control"] for one in addresses)


def test_a_small_area_shows_a_load_at_once(get, load):
    before = get(f"/places/small-areas/{HOT}").content
    load(31)
    assert get(f"/places/small-areas/{HOT}").content != before


@pytest.mark.parametrize("part", PUBLISHED)
@pytest.mark.parametrize(
    "change", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE"]
)
def test_every_change_of_anything_published_makes_a_new_edition(world: World, part, change):
    key = {"area": "code", "streetcrime": "fingerprint"}.get(part, "id")
    statement = change.replace("id", key).format(f"places_{part}")
    with runs.owner() as connection, connection.transaction(force_rollback=True):
        (before,) = connection.execute(EDITION).fetchone()
        with connection.transaction(force_rollback=True):
            connection.execute(statement)  # foreign keys look only at the end
            assert connection.execute(EDITION).fetchone() is None  # nothing is kept meanwhile
        assert connection.execute(EDITION).fetchone() == (before,)  # and it was all taken back


def test_two_transactions_never_make_the_same_edition(world: World):
    found = []
    for _ in range(3):
        with runs.owner() as connection:
            connection.execute("UPDATE places_load SET name = name")
        with acting(world.analyst):
            found.append(reads.edition())
    assert len(set(found)) == 3
    assert None not in found


def test_whoever_does_not_act_is_given_nothing_that_is_kept(world: World):
    with acting(world.analyst):
        assert reads.areas(AreaKind.LAD)
    with pytest.raises(ProgrammingError, match="denied"), transaction.atomic():
        reads.areas(AreaKind.LAD)


def test_an_answer_in_which_a_load_came_between_is_not_kept(world: World):
    @kept
    def worked_out(comes_between: bool) -> str:
        if comes_between:
            with runs.owner() as connection:
                connection.execute("UPDATE places_load SET name = name")
        return "half of it old"

    for comes_between in (True, False):
        with acting(world.analyst):
            name = _key(reads.edition(), "worked_out", (comes_between,), {})
            worked_out(comes_between)
        assert (caches["places"].get(name) is None) == comes_between


@given(
    code=st.sampled_from([ALDERMOOR, "E08900002", "E05991000", "E02991000"]),
    category=st.sampled_from([None, *invented.CATEGORIES]),
    months=st.tuples(st.sampled_from(list(invented.PERIOD)), st.integers(0, 11)),
)
def test_what_is_kept_is_what_would_be_worked_out(world: World, code, category, months):
    first, more = months
    period = Period(first, min(first + more, invented.PERIOD.last))
    with acting(world.analyst):
        for read, asked in (
            (reads.area_report, (code, period, category)),
            (reads.crime_counts, (code, period.first, period.last, category)),
            (reads.small_area, (HOT, period)),
        ):
            fresh = read.__wrapped__(*asked)
            assert read(*asked) == read(*asked) == fresh
