"""A page left on a screen covers itself; words that nobody saved wait beneath for their writer."""

import psycopg
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.journeys.site import Site
from tests.journeys.test_every_page import AXE, WIDER
from tests.journeys.visitor import Visitor

WORDS = "She came without a coat and would not say why"
FORM = "/people/emergency/"  # a form that is kept nowhere before it is sent
COVERED = "this page is covered"


@pytest.fixture
def left(visit, site: Site, request: pytest.FixtureRequest) -> Visitor:
    """Somebody with a page open, whose time they rule."""
    officer = visit("Dev Harrow", size=getattr(request, "param", "desk"))
    officer.page.clock.install()
    officer.go(FORM)
    return officer


def typed(visitor: Visitor) -> None:
    """Write something and do not send it."""
    visitor.page.locator("textarea").first.fill(WORDS)


def end(visitor: Visitor, site: Site) -> None:
    """Let the sign-in be over on the server, as it is when nobody comes for so long."""
    named = {one["name"]: one["value"] for one in visitor.context.cookies()}
    with psycopg.connect(site.administrator) as all_powerful:
        gone = "DELETE FROM django_session WHERE session_key = %s"
        assert all_powerful.execute(gone, [named["session"]]).rowcount == 1


def pass_time(visitor: Visitor, lasts: float, seconds: int = 0) -> None:
    """Let so much of the time that a sign-in lasts pass for the page, and for nothing else."""
    minutes = int(visitor.page.evaluate("document.body.dataset.idle"))
    visitor.page.clock.fast_forward(int(minutes * lasts * 60_000) + seconds * 1000)


def test_a_page_with_nothing_on_it_to_lose_goes_away(left: Visitor, site: Site):
    end(left, site)
    pass_time(left, 1, seconds=-60)
    expect(left.page.locator("main textarea").first).to_be_visible()
    pass_time(left, 0, seconds=66)
    left.sees("Sign in")
    assert "/account/login/" in left.page.url
    left.does_not_see("Dev Harrow ·")


@pytest.mark.parametrize("left", ["desk", "phone"], indirect=True)
def test_words_wait_covered_until_their_writer_is_back(left: Visitor, site: Site):
    typed(left)
    end(left, site)
    pass_time(left, 1, seconds=6)
    left.sees(COVERED)
    assert not left.page.get_by_text("Dev Harrow").first.is_visible()
    assert not left.page.locator("main textarea").first.is_visible()
    assert left.page.title() == "You are signed out"
    assert not Axe().run(left.page, options=AXE).response["violations"]
    assert left.page.evaluate(WIDER) <= 0
    left.page.get_by_role("button", name="Show this page again").click()
    left.sees("You are not signed in again")

    back_in(left, "Dev Harrow")
    left.page.get_by_role("button", name="Show this page again").click()
    expect(left.page.locator("main textarea").first).to_have_value(WORDS)
    expect(left.page.locator("main textarea").first).to_be_visible()
    left.page.locator("main form button").last.click()  # its token is one of the new sign-in
    left.sees("There is a problem")  # the rest of the form is empty
    left.sees(WORDS)


def back_in(visitor: Visitor, name: str) -> None:
    """Sign in in another tab of the same browser."""
    tab = visitor.context.new_page()
    tab.goto("/account/login/")
    tab.get_by_role("button", name=name).first.click()
    tab.wait_for_load_state()
    tab.close()


def test_words_are_never_shown_to_whoever_signs_in_next(left: Visitor, site: Site):
    typed(left)
    end(left, site)
    pass_time(left, 1, seconds=6)
    left.sees(COVERED)
    back_in(left, "Cole Bexter")
    left.page.get_by_role("button", name="Show this page again").click()
    left.sees("Cole Bexter")
    assert WORDS not in left.page.content()


def test_whoever_works_on_one_page_for_long_stays_signed_in(left: Visitor):
    for _ in range(3):
        pass_time(left, 0.7)
        with left.page.expect_response("**/still-here/") as asked:
            left.page.locator("textarea").first.press("a")
        assert asked.value.ok
    left.does_not_see(COVERED)
    assert left.page.locator("main textarea").first.is_visible()


def test_whoever_was_signed_out_meanwhile_finds_the_page_covered(left: Visitor, site: Site):
    typed(left)
    end(left, site)
    pass_time(left, 0.7)
    left.page.locator("textarea").first.press("a")
    left.sees(COVERED)
