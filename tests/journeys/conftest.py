"""One server and one browser for all journeys."""

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.journeys.caller import Caller, everybody
from tests.journeys.crawl import Chart, follow_everything
from tests.journeys.site import Site, running
from tests.journeys.visitor import Visitor

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
Visit = Callable[..., Visitor]
# They send every form of the area and let every job run: whoever looks at the area comes before.
LAST = ("test_hostile", "test_canaries")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put last what leaves the area spoilt for others."""
    items.sort(key=lambda item: LAST.index(item.path.stem) if item.path.stem in LAST else -1)


@pytest.fixture(scope="session")
def site(_server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The invented area, served."""
    with running(_server, "locality_journeys", tmp_path_factory.mktemp("site")) as site:
        yield site


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium."""
    chromium = os.environ.get("LOCALITY_CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as play:
        started = play.chromium.launch(executable_path=chromium, args=FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def people(site: Site) -> list[str]:
    """Everybody whom the demonstration's sign-in page shows."""
    return everybody(site.address)


@pytest.fixture(scope="session")
def chart(site: Site, people: list[str]) -> Chart:
    """Where everybody gets to by following links from home."""
    chart = Chart()
    for who in people:
        follow_everything(Caller(site.address).sign_in(who), chart)
    return chart


@pytest.fixture
def visit(site: Site, browser: Browser) -> Iterator[Visit]:
    """Let somebody in by name; at the end everybody leaves and says what went wrong."""
    inside: dict[str, Visitor] = {}

    def by(name: str = "", kind: type[Visitor] = Visitor, **how: object) -> Visitor:
        if name not in inside:
            inside[name] = kind(browser, site.address, **how)
            if name:
                inside[name].sign_in(name)
        return inside[name]

    yield by
    for one in inside.values():
        one.leave()
