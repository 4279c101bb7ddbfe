"""Every page of signing in: drawn without error, nothing inline, and none that makes no sense."""

import re
from uuid import uuid4

import pytest
from django.test import Client

from locality.sharing.models import User
from locality.web.account import urlpatterns
from locality.web.tests.signing import PASSWORD, enter, set_up_app, somebody, written
from scripts.templates import RULES
from tests.world import World

SIGNED_IN = [
    "logout/", "inactive/", "reauthenticate/", "password/change/", "2fa/", "2fa/reauthenticate/",
    "2fa/totp/deactivate/", "2fa/recovery-codes/", "2fa/recovery-codes/generate/",
    "oidc/cancelled/", "passkeys/add/", "signed-in/", "signed-in/elsewhere/end/",
]  # fmt: skip
GONE = [
    "signup/", "email/", "confirm-email/", "password/set/", "password/reset/", "3rdparty/",
    "3rdparty/signup/", "social/connections/", "2fa/webauthn/", "sessions/", "login/code/confirm/",
    "2fa/recovery-codes/download/",
]  # fmt: skip


@pytest.fixture
def person(world: World) -> User:
    return somebody(world)


def check(page) -> None:
    """Say that a page is drawn in our frame and has nothing inline."""
    text = page.content.decode()
    assert page.status_code == 200, page
    assert "govuk-template" in text
    assert text.count("<h1") == 1
    for what in ("inline script", "inline style", "inline event handler"):
        assert not RULES[what].search(text), what
    policy = page["Content-Security-Policy"]
    assert "unsafe-inline" not in policy
    assert "img-src 'self' data:" in policy


def test_the_pages_of_somebody_signed_in_are_whole(person: User):
    client = Client()
    enter(client, person)
    check(client.get("/account/2fa/totp/activate/"))
    set_up_app(client)
    for address in SIGNED_IN:
        check(client.get(f"/account/{address}"))


def test_the_page_for_the_code_is_whole(person: User):
    first, second = Client(), Client()
    enter(first, person)
    set_up_app(first)
    enter(second, person)
    check(second.get("/account/2fa/authenticate/"))
    check(Client().get("/account/login/"))


def test_the_picture_for_the_app_is_an_image_not_markup(person: User):
    client = Client()
    enter(client, person)
    shown = client.get("/account/2fa/totp/activate/").content.decode()
    assert 'src="data:image/svg+xml;base64,' in shown


@pytest.mark.parametrize("address", GONE)
def test_what_makes_no_sense_here_is_not_here(person: User, address: str):
    client = Client()
    assert client.get(f"/account/{address}").status_code == 404
    enter(client, person)
    assert client.get(f"/account/{address}").status_code == 404


def test_a_stranger_is_asked_to_sign_in_first(world: World):
    for one in urlpatterns:
        address = str(one.pattern).replace("<slug:provider_id>", "partner")
        address = re.sub("<(uuid|slug):handle>", str(uuid4()), address)
        answer = Client().get(f"/account/{address}")
        assert answer.status_code < 500, address
        if answer.status_code == 302:
            assert "/account/" in answer.url, address


def test_a_new_password_is_long_and_needs_the_old_one(person: User):
    client, elsewhere = Client(), Client()
    enter(client, person)
    enter(elsewhere, person)
    new = "another long enough pass phrase"

    def change(old: str, wanted: str):
        return client.post(
            "/account/password/change/",
            {"oldpassword": old, "password1": wanted, "password2": wanted},
        )

    assert change("wrong", new).status_code in (200, 422)
    assert change(PASSWORD, "short").status_code in (200, 422)
    assert change(PASSWORD, new).url == "/account/2fa/"
    assert ("password changed", "password") in written(person)
    assert written(person)[-1] == ("signed out", "everywhere else")
    assert elsewhere.get("/account/2fa/").url.startswith("/account/login/")
    assert enter(Client(), person, new).url == "/act/"
