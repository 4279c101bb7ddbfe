"""Two browsers of one person: each is seen from the other, and signed out from there."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.journeys.test_every_page import AXE, WIDER
from tests.journeys.visitor import Visitor

PAGES = ("/account/2fa/", "/account/signed-in/", "/account/signed-in/elsewhere/end/")


def usable(visitor: Visitor) -> None:
    """Nothing keeps anybody from using the page, and nothing is wider than the screen."""
    assert not Axe().run(visitor.page, options=AXE).response["violations"]
    assert visitor.page.evaluate(WIDER) <= 0


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_a_browser_left_behind_is_signed_out_from_another(visit, size: str):
    here, there = visit("Cole Bexter", size=size), visit()
    here.go("/account/signed-in/elsewhere/end/")
    here.press("Sign out everywhere else")  # in the browsers of other tests
    here.sees("You are signed in nowhere else.")
    there.sign_in("Cole Bexter")
    for path in PAGES:
        here.go(path)
        usable(here)
    here.go("/account/2fa/")
    here.press("See where you are signed in")
    here.sees("This browser")
    here.press("Sign out", "of another browser")
    here.sees("Sign out of this browser?")
    usable(here)
    here.press("Sign out there")
    here.sees("You are signed out there.")
    here.sees("You are signed in nowhere else.")
    there.go("/")
    there.sees("Email")
    here.go("/")
    here.sees("Cole Bexter")
