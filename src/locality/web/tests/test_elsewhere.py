"""Where somebody is signed in: they see it and end it; a change of how they sign in ends it."""

from dataclasses import replace

import pytest
from django.conf import settings
from django.test import Client, override_settings

from locality.kit.errors import Refused
from locality.sharing.acting import acting
from locality.sharing.models import User
from locality.web.middleware import KEY
from locality.web.tests.device import Device
from locality.web.tests.signing import (
    PASSWORD,
    choose,
    code,
    committed,
    enter,
    later,
    set_up_app,
    somebody,
    written,
)  # fmt: skip
from locality.web.tests.test_passkeys import add
from tests.world import World


@pytest.fixture
def person(world: World) -> User:
    return somebody(world)


@pytest.fixture(autouse=True)
def demo():
    """A password is enough, so that each browser is signed in by one form."""
    with override_settings(DEMO=True):
        yield


def signed_in(person: User) -> Client:
    """A browser in which somebody has signed in and chosen a purpose."""
    client = Client()
    enter(client, person)
    choose(client)
    return client


def listed(client: Client) -> list:
    return client.get("/account/signed-in/").context["places"]


def is_in(client: Client) -> bool:
    """Whether a browser is still signed in, on pages with records and on those without."""
    found = {
        not client.get(path).headers.get("Location", "").startswith("/account/login/")
        for path in ("/", "/act/", "/account/2fa/")
    }
    assert len(found) == 1
    return found.pop()


def test_each_browser_is_listed_with_where_it_acts_and_this_one_first(person: User):
    here, there = signed_in(person), signed_in(person)
    only_signed_in = Client()
    enter(only_signed_in, person)
    found = listed(here)
    assert [one.here for one in found] == [True, False, False]
    assert {getattr(one.purpose, "key", None) for one in found} == {"early help", None}
    assert all(one.began <= one.last_used for one in found)
    text = here.get("/account/signed-in/").content.decode()
    assert text.count("Another browser") == 2 and "practitioner, Aldermoor school" in text
    for cookie in (settings.SESSION_COOKIE_NAME, KEY):
        assert there.cookies[cookie].value not in text


def test_nobody_is_shown_anothers_browsers_or_ends_them(person: User, world: World):
    here, stranger = signed_in(person), signed_in(somebody(world))
    (mine,) = listed(here)
    assert mine.handle not in {one.handle for one in listed(stranger)}
    assert stranger.post(f"/account/signed-in/{mine.handle}/end/").status_code == 404
    stranger.post("/account/signed-in/elsewhere/end/")
    assert is_in(here)


def test_one_that_is_ended_is_signed_out_and_its_key_opens_nothing(person: User, world: World):
    here, there, third = signed_in(person), signed_in(person), signed_in(person)
    key, by = there.cookies[KEY].value, there.get("/").wsgi_request.actor
    _, *others = listed(here)
    mine = next(one for one in others if one.last_used == listed(there)[0].last_used)
    assert "Sign out there" in here.get(f"/account/signed-in/{mine.handle}/end/").content.decode()
    assert here.post(f"/account/signed-in/{mine.handle}/end/").url == "/account/signed-in/"
    assert [is_in(one) for one in (here, there, third)] == [True, False, True]
    with pytest.raises(Refused), acting(replace(by, key=key)):
        pass
    assert ("signed out", "from another browser") in written(person)


def test_all_others_end_at_once(person: User):
    here, *others = (signed_in(person) for _ in range(3))
    by = [(one.get("/").wsgi_request.actor) for one in others]
    assert here.get("/account/signed-in/elsewhere/end/").status_code == 200
    here.post("/account/signed-in/elsewhere/end/")
    assert is_in(here) and not any(is_in(one) for one in others)
    for actor in by:
        with pytest.raises(Refused), acting(actor):
            pass
    assert len(listed(here)) == 1


def test_this_browser_is_left_by_signing_out_and_no_other_way(person: User):
    here = signed_in(person)
    (mine,) = listed(here)
    assert here.post(f"/account/signed-in/{mine.handle}/end/").status_code == 404
    assert is_in(here)


def test_ending_one_needs_somebody_to_show_again_that_it_is_them(person: User, monkeypatch):
    here, there = signed_in(person), signed_in(person)
    _, other = listed(here)
    later(monkeypatch, minutes=6)
    for path in (f"/account/signed-in/{other.handle}/end/", "/account/signed-in/elsewhere/end/"):
        assert here.post(path).url.startswith("/account/passkeys/confirm/")
    assert is_in(there)
    here.post("/account/reauthenticate/", {"password": PASSWORD})
    assert here.post(f"/account/signed-in/{other.handle}/end/").url == "/account/signed-in/"
    assert not is_in(there)


def test_one_that_nobody_touched_for_too_long_is_not_listed(person: User, monkeypatch):
    here = signed_in(person)
    signed_in(person)
    later(monkeypatch, minutes=14)
    here.get("/")
    later(monkeypatch, minutes=2)
    assert len(listed(here)) == 1


def test_showing_again_that_it_is_you_gives_a_new_session_and_key(person: User, monkeypatch):
    here = signed_in(person)
    by, before = here.get("/").wsgi_request.actor, cookies(here)
    thief = Client()
    thief.cookies = here.cookies.copy()
    later(monkeypatch, minutes=6)
    here.post("/account/reauthenticate/", {"password": "wrong"})
    assert cookies(here) == before
    here.post("/account/reauthenticate/", {"password": PASSWORD})
    assert not set(cookies(here)) & set(before)
    assert is_in(here) and here.get("/").status_code == 200
    with pytest.raises(Refused), acting(by):
        pass
    assert len(listed(here)) == 1


def cookies(client: Client) -> list[str]:
    return [client.cookies[name].value for name in (settings.SESSION_COOKIE_NAME, KEY)]


def change_password(client: Client) -> None:
    new = "another long enough pass phrase"
    client.post(
        "/account/password/change/",
        {"oldpassword": PASSWORD, "password1": new, "password2": new},
    )


def set_up(client: Client) -> None:
    set_up_app(client)


def add_passkey(client: Client) -> None:
    add(client, Device())


@pytest.mark.parametrize("change", [change_password, set_up, add_passkey])
def test_whoever_changes_how_they_sign_in_is_signed_out_everywhere_else(person: User, change):
    here, there = signed_in(person), signed_in(person)
    by = there.get("/").wsgi_request.actor
    change(here)
    assert is_in(here) and not is_in(there)
    with pytest.raises(Refused), acting(by):
        pass
    assert ("signed out", "everywhere else") in written(person)


def test_whoever_takes_an_app_or_passkey_away_is_signed_out_everywhere_else(person: User):
    here = signed_in(person)
    phone = set_up_app(here)
    add(here, Device())
    there = Client()
    enter(there, person)
    there.post("/account/2fa/authenticate/", {"code": code(phone)})
    assert is_in(there)
    with committed():
        here.post("/account/2fa/totp/deactivate/")
    assert is_in(here) and not is_in(there)
