"""What every answer tells the browser, and how its cookies are named."""

import re
from dataclasses import replace

import pytest
from django.conf import settings
from django.test import Client, override_settings

from locality.kit.errors import Refused
from locality.sharing.acting import acting
from locality.web.middleware import KEY
from locality.web.tests.signing import choose, enter, later, somebody
from tests.world import World

ANSWERS = {
    "/": 200, "/people/": 200, "/cases/": 200, "/cases/?format=csv": 200, "/act/": 302,
    "/account/2fa/": 200, "/no-such-page/": 404, "/partners/": 200, "/healthz": 200,
}  # fmt: skip


@pytest.mark.parametrize(("path", "status"), ANSWERS.items())
def test_no_answer_is_kept_or_lent_to_another_site(world: World, path: str, status: int):
    answer = world.client("lead").get(path)
    assert answer.status_code == status
    assert "no-store" in answer["Cache-Control"]
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "geolocation=()" in answer["Permissions-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("path", [*ANSWERS, "/static/ui/locality.css"])
def test_every_answer_keeps_a_browser_to_https_for_a_year(world: World, path: str):
    answer = world.client("lead").get(path, secure=True)
    year, *more = answer["Strict-Transport-Security"].split("; ")
    assert year == f"max-age={365 * 24 * 60 * 60}" and more == ["includeSubDomains"]
    answer.close()


@pytest.mark.parametrize("path", [*ANSWERS, "/account/login/", "/static/ui/locality.css"])
def test_what_was_sent_is_never_traced_back(world: World, path: str):
    answer = world.client("lead").trace(path, headers={"X-Key": "hidden-in-the-header"})
    assert answer.status_code in (302, 404, 405)
    assert b"hidden-in-the-header" not in answer.getvalue()


@pytest.mark.parametrize("path", ["/", "/account/login/", "/no-such-page/"])
def test_the_content_policy_lets_in_nothing_but_our_own_files(world: World, path: str):
    client = Client() if "login" in path else world.client("lead")
    said = client.get(path)["Content-Security-Policy"]
    policy = {name: set(rest.split()) for name, _, rest in
              (part.strip().partition(" ") for part in said.split(";"))}  # fmt: skip
    assert policy["default-src"] == policy["object-src"] == policy["base-uri"] == {"'none'"}
    assert policy["script-src"] == policy["style-src"] == {"'self'"}
    assert policy["frame-ancestors"] == {"'none'"}
    assert not {"unsafe-inline", "unsafe-eval", "*"} & {
        word for one in policy.values() for word in one
    }


def test_a_file_that_is_the_same_for_everybody_may_be_kept(world: World):
    answer = Client().get("/static/ui/locality.css")
    assert answer.status_code == 200 and "no-store" not in answer["Cache-Control"]
    answer.close()


@pytest.mark.parametrize("path", [*ANSWERS, "/account/login/", "/shortcuts", *(
    f"/static/{name}" for name in (
        "ui/locality.css", "ui/locality.js", "ui/mark.svg", "vendor/maplibre-gl-worker.mjs",
        "vendor/LICENCE-htmx.org.txt",
    )
)])  # fmt: skip
def test_every_text_says_in_which_letters_it_is(world: World, path: str):
    answer = world.client("lead").get(path)
    body = answer.getvalue()
    said = answer.get("Content-Type", "")
    assert not body or re.search(r"; charset=\"?utf-8\"?$", said), said
    assert said.count("charset") <= 1
    body.decode()


def test_a_browser_forgets_what_it_kept_when_somebody_signs_out(world: World):
    client = Client()
    with override_settings(DEMO=True):
        enter(client, somebody(world))
    assert "Clear-Site-Data" not in client.get("/account/2fa/")
    assert client.post("/account/logout/")["Clear-Site-Data"] == '"cache", "storage"'


def test_words_that_wait_outlast_a_sign_in_that_ends_by_itself(world: World, monkeypatch):
    client = Client()
    with override_settings(DEMO=True):
        enter(client, somebody(world))
        later(monkeypatch, minutes=16)
        assert client.get("/")["Clear-Site-Data"] == '"cache"'


def test_cookies_can_only_be_ours_and_only_over_https(world: World):
    assert settings.HTTPS, "these tests run as an installation behind HTTPS does"
    client = Client()
    with override_settings(DEMO=True):
        enter(client, somebody(world))
        choose(client)
    names = {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, KEY}
    client.get("/people/")  # a page with a form
    assert names <= client.cookies.keys()
    for name in names:
        cookie = client.cookies[name]
        assert name.startswith("__Host-") and cookie["path"] == "/" and not cookie["domain"]
        assert cookie["secure"] and cookie["httponly"] and cookie["samesite"] == "Lax"


def test_another_purpose_means_another_key_and_the_old_one_opens_nothing(world: World):
    client = Client()
    with override_settings(DEMO=True):
        enter(client, somebody(world))
        choose(client)
        key, session = (client.cookies[one].value for one in (KEY, settings.SESSION_COOKIE_NAME))
        choose(client, 1)
    assert client.cookies[KEY].value != key
    assert client.cookies[settings.SESSION_COOKIE_NAME].value != session
    with pytest.raises(Refused, match="session has ended"), acting(replace(world.lead, key=key)):
        pass


def test_somebody_who_does_nothing_for_a_quarter_of_an_hour_is_signed_out():
    assert settings.IDLE_MINUTES == 15
