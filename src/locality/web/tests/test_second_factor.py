"""A code from an app, and being locked out."""

import re
from uuid import uuid4

import pytest
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core import signing
from django.core.cache import caches
from django.core.cache.backends.db import DatabaseCache
from django.test import Client, override_settings
from django.urls import reverse

from locality.sharing.models import User
from locality.web.accounts.links import TOKENS
from locality.web.devices import COOKIE
from locality.web.tests.signing import (
    PASSWORD,
    choose,
    code,
    enter,
    later,
    set_up_app,
    somebody,
    written,
)
from tests.world import World

WRONG = "000000"


@pytest.fixture
def person(world: World) -> User:
    return somebody(world)


@pytest.fixture
def phone(person: User) -> str:
    """The key in the person's app, set up through the pages."""
    client = Client()
    enter(client, person)
    return set_up_app(client)


def answer(client: Client, typed: str):
    return client.post("/account/2fa/authenticate/", {"code": typed})


def test_setting_up_an_app_opens_the_way_to_work(person: User):
    client = Client()
    enter(client, person)
    set_up_app(client)
    assert choose(client).url == "/"
    assert client.get("/").status_code == 200
    assert written(person) == [
        ("signed in", "password"),
        ("second factor added", "totp"),
        ("signed out", "everywhere else"),
        ("second factor added", "recovery_codes"),
    ]


def test_the_key_in_the_app_is_sealed_in_the_database(person: User, phone: str):
    kept = Authenticator.objects.get(user=person.pk, type="totp")
    assert phone not in str(kept.data)


def test_a_password_and_a_code_let_somebody_in(person: User, phone: str):
    client = Client()
    assert enter(client, person).url == "/account/2fa/authenticate/"
    assert client.get("/act/").url == "/account/login/"
    assert answer(client, code(phone)).url == "/act/"
    assert choose(client).url == "/"
    assert written(person)[-2:] == [("code used", "totp"), ("signed in", "mfa")]


def test_a_wrong_code_lets_nobody_in(person: User, phone: str):
    client = Client()
    enter(client, person)
    told = answer(client, WRONG).content.decode()
    assert "govuk-error-message" in told and "Type the 6 numbers your app shows now" in told
    assert client.get("/act/").url == "/account/login/"
    assert written(person)[-1] == ("refused", "totp")


def test_a_code_works_once(person: User, phone: str):
    now = code(phone)
    first, second = Client(), Client()
    for client in (first, second):
        enter(client, person)
    assert answer(first, now).status_code == 302
    assert answer(second, now).status_code != 302


def test_a_new_password_by_a_link_does_not_go_round_the_code(person: User, phone: str):
    person = User.objects.get(pk=person.pk)  # as the site knows them by now
    kwargs = {"uidb36": user_pk_to_url_str(person), "key": TOKENS.make_token(person)}
    link = reverse("account_reset_password_from_key", kwargs=kwargs)
    client, new = Client(), "another long enough pass phrase"
    done = client.post(link, {"password1": new, "password2": new})
    assert done.url.startswith("/account/2fa/authenticate/")
    assert client.get("/act/").url == "/account/login/"
    assert answer(client, code(phone)).url == "/act/"


def test_taking_the_app_away_needs_the_password_again_and_a_new_app_before_working(
    person: User, phone: str, monkeypatch
):
    client = Client()
    enter(client, person)
    answer(client, code(phone))
    later(monkeypatch, minutes=6)
    asked = client.get("/account/2fa/totp/deactivate/")
    assert asked.url.startswith("/account/reauthenticate/")
    assert client.post(asked.url, {"password": "wrong"}).status_code == 200
    assert client.post(asked.url, {"password": PASSWORD}).url == "/account/2fa/totp/deactivate/"
    assert client.post("/account/2fa/totp/deactivate/").url == "/account/2fa/"
    assert client.get("/act/").url == "/account/passkeys/add/"
    assert ("second factor removed", "totp") in written(person)


def test_five_wrong_passwords_lock_out_and_say_until_when(person: User, monkeypatch):
    client = Client()
    for _ in range(5):
        assert enter(client, person, "wrong").status_code == 200
    stopped = enter(Client(), person)
    assert stopped.status_code == 429
    assert re.search(r"try again at <strong>[0-9:]+[ap]m|midday|midnight", stopped.content.decode())
    assert 14 * 60 < int(stopped["Retry-After"]) <= 15 * 60
    assert written(person) == [("refused", "password")] * 5 + [("locked out", "password")]
    later(monkeypatch, minutes=15, seconds=1)
    assert enter(client, person).url == "/act/"


def test_nobody_learns_from_the_lock_whether_an_address_is_known(world: World):
    for _ in range(5):
        Client().post("/account/login/", {"login": "no@example.org", "password": "wrong"})
    stopped = Client().post("/account/login/", {"login": "no@example.org", "password": "wrong"})
    assert stopped.status_code == 429


def test_five_wrong_codes_lock_out_and_say_until_when(person: User, phone: str):
    client = Client()
    enter(client, person)
    for _ in range(5):
        assert answer(client, WRONG).status_code == 200
    stopped = answer(client, code(phone))
    assert (stopped.status_code, written(person)[-1]) == (429, ("locked out", "code"))
    assert "try again at" in stopped.content.decode()


@pytest.fixture
def own(person: User, phone: str) -> Client:
    """A browser in which somebody has signed in before and is signed out now."""
    client = Client()
    enter(client, person)
    assert answer(client, code(phone)).url == "/act/"
    client.post("/account/logout/")
    return client


def test_a_stranger_who_knows_an_address_locks_nobody_out_of_their_own_browser(
    person: User, phone: str, own: Client
):
    for _ in range(6):
        stopped = enter(Client(), person, "wrong")
    assert stopped.status_code == 429
    assert enter(own, person).url == "/account/2fa/authenticate/"


def test_tries_from_ones_own_browser_are_counted_as_strictly(person: User, own: Client):
    for _ in range(5):
        assert enter(own, person, "wrong").status_code == 200
    assert enter(own, person).status_code == 429
    assert enter(Client(), person).url == "/account/2fa/authenticate/"


@pytest.mark.parametrize("forged", ["", "x", "W10:x:y"])
def test_nobody_gets_more_tries_by_another_persons_browser_or_a_forged_one(
    person: User, world: World, own: Client, forged: str
):
    other, mate = Client(), somebody(world)
    enter(other, mate)
    other.post("/account/logout/")
    thief = Client()
    thief.cookies[COOKIE] = forged or other.cookies[COOKIE].value
    for _ in range(5):
        assert enter(Client(), person, "wrong").status_code == 200
    assert enter(thief, person).status_code == 429


def test_what_a_browser_keeps_names_nobody(person: User, own: Client):
    kept = own.cookies[COOKIE]
    assert kept["httponly"] and kept["secure"] and kept["samesite"] == "Lax"
    assert person.email not in kept.value
    assert str(person.pk) not in signing.b64_decode(kept.value.split(":")[0].encode()).decode()


@pytest.mark.parametrize("proxies", [0, 1, 2])
def test_nobody_gets_more_tries_by_inventing_where_they_come_from(world: World, proxies: int):
    """What somebody writes stands before what our own proxies add to it."""
    ours = ["198.51.100.7", "10.0.0.1"][:proxies]

    def guess(nth: int, come_from: str = "203.0.113.9"):
        written = ", ".join([f"192.0.2.{nth}", f"192.0.3.{nth}", *ours])
        typed = {"login": f"{nth}@example.org", "password": "wrong"}
        forged = {"X-Forwarded-For": written, "X-Real-IP": f"192.0.2.{nth}",
                  "Forwarded": f"for=192.0.2.{nth}"}  # fmt: skip
        return Client().post("/account/login/", typed, headers=forged, REMOTE_ADDR=come_from)

    with override_settings(ALLAUTH_TRUSTED_PROXY_COUNT=proxies):
        statuses = [guess(nth).status_code for nth in range(32)]
    assert statuses == [200] * 30 + [429] * 2


def test_whoever_is_behind_our_proxy_is_counted_by_their_own_address(world: World):
    def guess(come_from: str):
        typed = {"login": f"{uuid4()}@example.org", "password": "wrong"}
        return (
            Client()
            .post("/account/login/", typed, headers={"X-Forwarded-For": come_from})
            .status_code
        )

    with override_settings(ALLAUTH_TRUSTED_PROXY_COUNT=1):
        assert [guess("198.51.100.8") for _ in range(31)][-1] == 429
        assert guess("198.51.100.9") == 200


def test_wrong_tries_are_counted_where_every_process_sees_them(person: User, monkeypatch):
    assert isinstance(caches["default"], DatabaseCache)
    for _ in range(5):
        enter(Client(), person, "wrong")
    # Another process has a cache object of its own and shares nothing but the database.
    fresh = caches.create_connection("default")
    monkeypatch.setattr("allauth.core.internal.ratelimit.cache", fresh)
    assert enter(Client(), person).status_code == 429
    assert settings.CACHES["default"]["LOCATION"] == "framework_cache"
