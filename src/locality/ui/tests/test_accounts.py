"""The sign-in pages in a real browser, from a wrong password to a second step and out again."""

import hashlib
import hmac
import struct
import time
from base64 import b32decode

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect


def fine(page: Page, heading: str) -> None:
    """The page has this heading, the frame, and no accessibility violation."""
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    expect(page.get_by_role("link", name="Locality")).to_be_visible()
    found = Axe().run(page).response["violations"]
    assert [f"{rule['id']}: {rule['nodes'][0]['html'][:200]}" for rule in found] == []


def code(secret: str) -> str:
    """The 6 numbers an authenticator app shows now (RFC 6238)."""
    counter = struct.pack(">Q", int(time.time()) // 30)
    digest = hmac.new(b32decode(secret), counter, hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


@pytest.mark.parametrize("width", [1280, 390])
def test_each_page_before_signing_in_is_in_the_frame_and_has_no_violation(
    browser: Browser, accounts: str, width: int
):
    page = browser.new_context(viewport={"width": width, "height": 900}).new_page()
    page.goto(accounts + "/accounts/login/")
    fine(page, "Sign in")
    page.get_by_role("link", name="Forgot your password?").click()
    fine(page, "Choose a new password")
    page.get_by_label("Email").fill("nobody@walsall.example")
    page.get_by_role("button", name="Send the link").click()
    fine(page, "Look for an email")
    page.context.close()


def test_signing_in_with_a_second_step_and_out_again(browser: Browser, accounts: str):
    page = browser.new_context().new_page()
    sign_in(page, accounts, "wrong")
    expect(page.get_by_role("alert")).to_contain_text("not correct")
    fine(page, "Sign in")
    sign_in(page, accounts, "correct horse")
    fine(page, "How you sign in")
    secret = set_up_an_app(page)
    page.goto(accounts + "/accounts/password/change/")
    fine(page, "Change your password")
    page.goto(accounts + "/accounts/logout/")
    fine(page, "Sign out?")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    sign_in(page, accounts, "correct horse")
    fine(page, "Enter your code")
    wrong = "000000" if code(secret) != "000000" else "111111"
    page.get_by_role("main").get_by_role("textbox").fill(wrong)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("Incorrect code")
    page.context.close()


def sign_in(page: Page, accounts: str, password: str) -> None:
    page.goto(accounts + "/accounts/login/")
    page.get_by_label("Email").fill("amina.khan@walsall.example")
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()


def set_up_an_app(page: Page) -> str:
    """Switch on the second step; return the app's secret."""
    page.get_by_role("button", name="Set up an app").click()
    fine(page, "Show that it is you")
    page.get_by_label("Password", exact=True).fill("correct horse")
    page.get_by_role("button", name="Go on").click()
    fine(page, "Set up an app")
    secret = page.locator("code").inner_text()
    page.get_by_label("Authenticator code").fill(code(secret))
    page.get_by_role("button", name="Switch it on").click()
    fine(page, "Recovery codes")
    expect(page.locator(".loc-codes li")).to_have_count(10)
    page.get_by_role("link", name="Make new codes").click()
    fine(page, "Make new recovery codes?")
    page.goto(page.url.split("/accounts/")[0] + "/accounts/2fa/totp/deactivate/")
    fine(page, "Take the app away?")
    return secret
