"""An area of one's own, from an empty database to the first concern screened, by real sign-in."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from playwright.sync_api import Browser
from psycopg.conninfo import make_conninfo

from locality.web.area.file import EXAMPLE
from locality.web.tests.signing import code
from tests.journeys import story
from tests.journeys.site import ROOT, SERVE, environment, make, served
from tests.journeys.visitor import Visitor

PASSWORD = "heron lantern gravel"
OFFICER, LEAVING = "edwin.frost@police.example.org", "gus.penrose@mentoring.example.org"
POSTS = """
    SELECT who.email, post.until
    FROM sharing_post post JOIN sharing_user who ON who.id = post.user_id
    WHERE NOT who.is_job ORDER BY who.email
"""
SCREENER, TEACHER = "ada.thorne@council.example.org", "farah.quill@school.example.org"


class Area:
    """A database of its own, the command as its operator types it, and the site."""

    def __init__(self, settings: dict[str, str], address: str, administrator: str) -> None:
        self.settings, self.address, self.administrator = settings, address, administrator

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
    administrator = make_conninfo(_server, dbname=name)
    before = Area(settings, "", administrator)
    before.operator("migrate")
    assert "a partner" in before.operator("area", "apply", str(EXAMPLE))
    with served(settings, folder / "site.log") as address:
        yield Area(settings, address, administrator)


def first_sign_in(visitor: Visitor, link: str) -> None:
    """Choose a password, set up the app and keep its recovery codes."""
    visitor.go(link)
    visitor.write("Password", PASSWORD)
    visitor.write("The same password again", PASSWORD)
    visitor.press("Choose this password")
    visitor.press("Set up an app instead")
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


def test_what_is_in_force_is_written_as_a_file_that_changes_nothing(area: Area, tmp_path: Path):
    written = tmp_path / "area.toml"
    area.operator("area", "write", str(written))
    assert "nothing changes" in area.operator("area", "apply", str(written))
    assert "nothing changes" in area.operator("area", "apply", str(EXAMPLE))


def test_every_fault_of_a_file_is_named_and_nothing_of_it_applied(area: Area, tmp_path: Path):
    faulty = tmp_path / "area.toml"
    text = EXAMPLE.read_text(encoding="utf-8").replace('sector = "police"', 'sector = "polise"')
    faulty.write_text(text.replace('purpose = "early help"', 'purpose = "errly help"', 1))
    for command in ("check", "apply"):
        said = area.operator("area", command, str(faulty), ends=2)
        assert "polise" in said and "errly help" in said
    assert "nothing changes" in area.operator("area", "apply", str(EXAMPLE))


def test_what_a_file_leaves_out_ends_and_is_not_deleted(area: Area, tmp_path: Path):
    without = tmp_path / "area.toml"
    posts = EXAMPLE.read_text(encoding="utf-8").split("[[posts]]\n")
    kept = [one for one in posts if LEAVING not in one.split("\n\n")[0]]
    without.write_text("[[posts]]\n".join(kept).replace(f'"{LEAVING}"', ""), encoding="utf-8")
    with psycopg.connect(area.administrator) as looking:
        before = looking.execute(POSTS).fetchall()
        area.operator("area", "apply", str(without))
        after = looking.execute(POSTS).fetchall()
    assert [email for email, _ in before] == [email for email, _ in after]
    assert dict(before)[LEAVING] is None and dict(after)[LEAVING] is not None


def test_a_link_works_once_and_a_leaver_is_out(area: Area, browser: Browser):
    visitor, link = Visitor(browser, area.address), area.invite(OFFICER)
    first_sign_in(visitor, link)
    second = Visitor(browser, area.address)
    second.go(link)
    second.sees("This link")
    second.does_not_see("Choose this password")
    area.operator("account", "leaver", OFFICER)
    visitor.go("/act/")
    visitor.does_not_see("Early help")
