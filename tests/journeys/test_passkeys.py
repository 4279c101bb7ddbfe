"""A passkey from adding it to removing it, in a browser whose device Chromium imitates."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, CDPSession, expect
from psycopg.conninfo import make_conninfo

from locality.web.area.file import EXAMPLE
from tests.journeys.site import environment, free_port, make, served
from tests.journeys.test_own_area import PASSWORD, TEACHER, Area
from tests.journeys.visitor import Visitor

DEVICE = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
    "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


@pytest.fixture(scope="module")
def area(_server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Area]:
    """An area of one's own at localhost, where browsers let a passkey belong."""
    folder, name = tmp_path_factory.mktemp("keys"), "locality_passkeys"
    port = free_port()
    settings = environment(_server, name, folder) | {
        "LOCALITY_DEMO": "0", "LOCALITY_HTTPS": "0",
        "LOCALITY_PASSKEY_ORIGINS": f"http://localhost:{port}",
    }  # fmt: skip
    make(_server, name)
    before = Area(settings, "", make_conninfo(_server, dbname=name))
    before.operator("migrate")
    before.operator("area", "apply", str(EXAMPLE))
    with served(settings, folder / "site.log", port=port):
        yield Area(settings, f"http://localhost:{port}", before.administrator)


class Holder(Visitor):
    """Somebody whose browser has a device for passkeys."""

    def plug_in(self, **other: object) -> tuple[CDPSession, str]:
        """Give the browser a device; give what commands it and its name."""
        device = self.context.new_cdp_session(self.page)
        device.send("WebAuthn.enable")
        made = device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE | other})
        return device, made["authenticatorId"]


def name_and_add(visitor: Visitor, name: str) -> None:
    """Give the new passkey a name and let the device make it."""
    visitor.write("A name to know it by", name)
    visitor.page.get_by_role("button", name="Add a passkey").click()


def way_in(visitor: Holder, link: str) -> None:
    """Choose a password and add the first passkey."""
    visitor.go(link)
    visitor.write("Password", PASSWORD)
    visitor.write("The same password again", PASSWORD)
    visitor.press("Choose this password")
    visitor.sees("One more step")
    name_and_add(visitor, "work laptop")
    visitor.sees("Your purpose")


def sign_out(visitor: Visitor) -> None:
    """Leave, as from any page."""
    visitor.go("/account/logout/")
    visitor.page.locator("main").get_by_role("button", name="Sign out").click()


def remove_the_first(visitor: Holder) -> None:
    """Learn that the last one stays; add another; remove the first."""
    visitor.press("Remove", "work laptop")
    visitor.sees("cannot be removed yet")
    visitor.press("Add another passkey")
    visitor.plug_in(transport="usb")
    name_and_add(visitor, "key on my lanyard")
    visitor.sees("Your passkey is added")
    visitor.press("Remove", "work laptop")
    visitor.page.locator("main").get_by_role("button", name="Remove it").click()
    visitor.sees("The passkey is removed")
    visitor.does_not_see("work laptop")


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_a_passkey_is_added_used_and_removed(area: Area, browser: Browser, size: str):
    visitor = Holder(browser, area.address, size=size)
    visitor.plug_in()
    people = {"desk": TEACHER, "phone": "ada.thorne@council.example.org"}
    way_in(visitor, area.invite(people[size]))
    sign_out(visitor)

    visitor.go("/account/login/")
    button = visitor.page.get_by_role("button", name="Sign in with a passkey")
    expect(button).to_be_visible()
    button.focus()
    visitor.page.keyboard.press("Enter")
    visitor.sees("Your purpose")

    visitor.choose("Early help")
    visitor.press("Continue")
    visitor.press("How you sign in")
    visitor.sees("Last used")
    remove_the_first(visitor)
    visitor.leave()


def test_a_device_that_does_not_answer_is_told_plainly(area: Area, browser: Browser):
    visitor = Holder(browser, area.address)
    device, name = visitor.plug_in()
    device.send("WebAuthn.setUserVerified", {"authenticatorId": name, "isUserVerified": False})
    visitor.go("/account/login/")
    visitor.page.get_by_role("button", name="Sign in with a passkey").click()
    visitor.sees("Your device did not answer")
    expect(visitor.page.get_by_role("button", name="Sign in with a passkey")).to_be_enabled()
    visitor.leave()


@pytest.mark.parametrize("scripts", [True, False])
def test_where_passkeys_cannot_be_the_password_is_all_that_shows(
    area: Area, browser: Browser, scripts: bool
):
    elsewhere = area.address.replace("localhost", "127.0.0.1") if scripts else area.address
    visitor = Visitor(browser, elsewhere, scripts=scripts)
    visitor.go("/account/login/")
    expect(visitor.page.get_by_role("button", name="Sign in with a passkey")).to_be_hidden()
    expect(visitor.page.get_by_role("textbox", name="Password")).to_be_visible()
    visitor.leave()
