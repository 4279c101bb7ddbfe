"""An area of one's own, from an empty database to the first concern screened, by real sign-in."""

import re
import subprocess
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from locality.web.area.file import EXAMPLE
from locality.web.tests.signing import code
from tests.journeys import story
from tests.journeys.site import ROOT, SERVE, environment, make, served
from tests.journeys.visitor import Visitor

PASSWORD = "heron lantern gravel"
SCREENER, TEACHER = "ada.thorne@council.example.org", "farah.quill@school.example.org"


class Area:
    """A database of its own, the command as its operator types it, and the site."""

    def __init__(self, settings: dict[str, str], address: str) -> None:
        self.settings, self.address = settings, address

    def operator(self, *words: str, ends: int = 0) -> str:
        """Type a command of `locality`; give what it says."""
        done = subprocess.run(
            [sys.executable, "-c", SERVE, *words],
            cwd=ROOT, env=self.settings, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == ends, done.stdout + done.stderr
        return done.stdout + done.stderr

    def invite(self, email: str) -> str:
        """Make the link that is handed over."""
        said = self.operator("account", "invite", email, "--site", self.address)
        return re.search(r"https?://\S+", said)[0]


@pytest.fixture(scope="module")
def area(_server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Area]:
    """Prepare, migrate, apply the example, serve: what the README says."""
    folder, name = tmp_path_factory.mktemp("own"), "locality_own_area"
    settings = environment(_server, name, folder) | {"LOCALITY_DEMO": "0", "LOCALITY_HTTPS": "0"}
    make(_server, name)
    before = Area(settings, "")
    before.operator("migrate")
    assert "a partner" in before.operator("area", "apply", str(EXAMPLE))
    with served(settings, folder / "site.log") as address:
        yield Area(settings, address)


def first_sign_in(visitor: Visitor, link: str) -> None:
    """Choose a password, set up the app and keep its recovery codes."""
    visitor.go(link)
    visitor.write("Password", PASSWORD)
    visitor.write("The same password again", PASSWORD)
    visitor.press("Choose this password")
    secret = visitor.page.locator("code.loc-reference").inner_text()
    visitor.page.get_by_role("textbox").first.fill(code(secret))
    visitor.press("Switch it on")
    visitor.sees("Recovery codes")


def choose_purpose(visitor: Visitor, purpose: str) -> None:
    """Say what they are here to do."""
    visitor.go("/act/")
    visitor.choose(purpose)
    visitor.press("Continue")


def test_a_new_area_gets_from_an_empty_database_to_a_screened_concern(area: Area, browser: Browser):
    teacher, screener = Visitor(browser, area.address), Visitor(browser, area.address)
    first_sign_in(teacher, area.invite(TEACHER))
    choose_purpose(teacher, "Early help")
    reference = story.raise_concern(teacher, story.Young(family="Ownfeather"))
    first_sign_in(screener, area.invite(SCREENER))
    choose_purpose(screener, "Early help")
    story.screen(screener, reference, story.Young(family="Ownfeather"), lead="Bram Okoro")
    story.read_receipt(teacher, reference, story.TOLD)
    teacher.go("/partners/")
    teacher.sees("Fernleigh early help agreement")
    teacher.leave()
    screener.leave()
