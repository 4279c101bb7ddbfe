"""The pages about places, as somebody opens them."""

import re

import pytest

from tests.world import World

pytestmark = pytest.mark.usefixtures("town")
ALDERMOOR = "E08900001"
HOT = "E01990000"


@pytest.fixture
def get(world: World):
    client = world.client("analyst")
    return lambda address, **headers: client.get(address, secure=True, **headers)


def text(response) -> str:
    """What a reader sees, without tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_the_finding_comes_first_with_its_interval_and_its_gaps(get):
    page = get("/places/areas/" + ALDERMOOR)
    assert page.status_code == 200
    assert re.search(r"Half of all recorded crime in Aldermoor happened in \d+ of 12", text(page))
    assert "95% interval" in text(page)
    assert "Left out as incomplete: March 2025" in text(page)
    assert "In September 2025 4 small areas that usually have records have none" in text(page)
