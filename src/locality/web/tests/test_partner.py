"""Signing in through a partner's own identity provider, and the lies we do not believe."""

import copy
import time
import urllib.request
from collections.abc import Iterator
from urllib.error import HTTPError
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.test import Client, override_settings

from locality.sharing.models import User
from locality.web.tests.provider import Provider, listening, new_key
from locality.web.tests.signing import PASSWORD, choose, enter, somebody, written
from tests.world import World, as_owner

SOMEBODY_ELSE = new_key()
AWAY = "http://127.0.0.1:1"  # where nothing listens


@pytest.fixture
def person(world: World) -> User:
    return somebody(world, password="")


@pytest.fixture(scope="module")
def _listening() -> Iterator[Provider]:
    with listening() as provider:
        yield provider


@pytest.fixture
def provider(_listening: Provider, person: User) -> Iterator[Provider]:
    """A partner's provider that knows the person, set as `LOCALITY_OIDC_URL` would set it."""
    fresh = Provider(address=_listening.address)
    fresh.says = {"sub": f"partner|{person.pk}", "email": person.email, "email_verified": True}
    _listening.__dict__.update(fresh.__dict__)
    providers = copy.deepcopy(settings.SOCIALACCOUNT_PROVIDERS)
    providers["openid_connect"]["APPS"] = [
        {
            "provider_id": "partner", "name": "the partner", "client_id": "locality",
            "secret": "shared", "settings": {"server_url": _listening.address},
        }
    ]  # fmt: skip
    with override_settings(SOCIALACCOUNT_PROVIDERS=providers, OUTBOUND={_listening.address}):
        yield _listening


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


def go(address: str) -> str:
    """Go to the provider's page as a browser does; give where it sends the browser back to."""
    try:
        urllib.request.build_opener(_Stay).open(address, timeout=10).close()
    except HTTPError as sent:
        sent.close()
        return sent.headers["Location"]
    raise AssertionError("the provider sent the browser nowhere")


def sign_in(client: Client, address: str = "/account/oidc/partner/login/"):
    """Press the button, say yes at the provider, come back."""
    away = client.post(address)
    back = go(away.url)
    assert back.startswith("http://testserver/account/oidc/partner/login/callback/")
    return client.get(back)


def test_a_known_verified_address_gets_to_work_without_a_second_factor(provider, person):
    client = Client()
    assert sign_in(client).url == "/act/"
    assert client.get("/act/").status_code == 200
    assert choose(client).url == "/"
    assert "Wren Attwell" in client.get("/").content.decode()
    assert written(person) == [("signed in", "socialaccount")]


def test_capitals_in_an_address_do_not_matter(provider, person):
    provider.says["email"] = person.email.upper()
    assert sign_in(Client()).url == "/act/"


def test_the_second_time_it_is_the_same_person_whatever_their_address_is_now(provider, person):
    sign_in(Client())
    provider.says |= {"email": "married-name@example.org"}
    client = Client()
    assert sign_in(client).url == "/act/"
    assert client.session["_auth_user_id"] == str(person.pk)


def test_the_address_may_come_from_userinfo_about_the_same_subject(provider, person):
    provider.userinfo = dict(provider.says)
    provider.says = {"sub": provider.says["sub"]}
    assert sign_in(Client()).url == "/act/"


def test_userinfo_about_somebody_else_is_not_believed(provider, person):
    provider.userinfo = provider.says | {"sub": "another"}
    provider.says = {"sub": provider.says["sub"]}
    assert sign_in(Client()).status_code == 401


@pytest.mark.parametrize(
    ("said", "let_in"), [("two-factors", True), ("a-key", True), ("password", False), (None, False)]
)
def test_only_a_sign_in_there_that_is_strong_enough_counts(provider, person, said, let_in):
    provider.claims["acr"] = said
    client = Client()
    with override_settings(OIDC_ACR=["two-factors", "a-key"]):
        answer = sign_in(client)
    assert ("_auth_user_id" in client.session) is let_in
    assert (answer.status_code == 401) is not let_in


@pytest.mark.parametrize(
    ("ago", "let_in"), [(0, True), (3500, True), (3900, False), (None, False), ("now", False)]
)
def test_only_a_sign_in_there_that_is_new_enough_counts(provider, person, ago, let_in):
    provider.claims["auth_time"] = int(time.time()) - ago if isinstance(ago, int) else ago
    client = Client()
    with override_settings(OIDC_MINUTES=60):
        sign_in(client)
    assert ("_auth_user_id" in client.session) is let_in


def test_the_provider_is_asked_for_what_must_be_so(provider):
    with override_settings(OIDC_ACR=["two-factors", "a-key"], OIDC_MINUTES=60):
        asked = parse_qs(urlsplit(Client().post("/account/oidc/partner/login/").url).query)
    assert (asked["acr_values"], asked["max_age"]) == (["two-factors a-key"], ["3600"])


def turned_away(client: Client, answer) -> str:
    """Say that nobody was signed in, and what the page says about it."""
    assert "_auth_user_id" not in client.session
    shown = client.get(answer.url) if answer.status_code == 302 else answer
    return shown.content.decode()


def test_an_unknown_address_is_told_whom_to_ask(provider):
    provider.says["email"] = "nobody@example.org"
    client = Client()
    assert "you have no post in Locality yet" in turned_away(client, sign_in(client))
    assert written(None)[-1] == ("refused", "socialaccount")


@pytest.mark.parametrize("verified", [False, None, "true", "false", 1])
def test_an_address_that_is_not_verified_is_refused(provider, verified):
    provider.says["email_verified"] = verified
    client = Client()
    assert "has not confirmed that your email" in turned_away(client, sign_in(client))


def test_somebody_who_left_is_not_let_in(provider, person):
    with as_owner():
        User.objects.using("owner").filter(pk=person.pk).update(is_active=False)
    client = Client()
    turned_away(client, sign_in(client))


def test_somebody_who_left_after_they_were_connected_is_not_let_in(provider, person):
    SocialAccount.objects.create(provider="partner", uid=provider.says["sub"], user=person)
    with as_owner():
        User.objects.using("owner").filter(pk=person.pk).update(is_active=False)
    client = Client()
    assert "This account is closed" in turned_away(client, sign_in(client))


LIES = {
    "another nonce": {"claims": {"nonce": "of-another-sign-in"}},
    "no nonce": {"claims": {"nonce": None}},
    "another audience": {"claims": {"aud": "another-client"}},
    "another issuer": {"claims": {"iss": "https://elsewhere.example"}},
    "too old": {"claims": {"exp": int(time.time()) - 3600}},
    "no subject": {"claims": {"sub": None}},
    "another's signature": {"signs_with": SOMEBODY_ELSE},
    "no signature": {"header": {"alg": "none"}},
    "a symmetric signature": {"header": {"alg": "HS256"}},
    "an unknown key": {"header": {"kid": "2"}},
}


@pytest.mark.parametrize("lie", LIES)
def test_a_token_that_lies_is_not_believed(provider, lie: str):
    provider.__dict__.update(LIES[lie])
    client = Client()
    answer = sign_in(client)
    assert answer.status_code == 401
    assert "did not let you in" in turned_away(client, answer)
    assert written(None)[-1] == ("refused", "socialaccount")


@pytest.mark.parametrize("issuer", ["https://elsewhere.example", "", None, 7])
def test_what_a_provider_says_of_itself_is_of_the_one_that_is_set(provider, issuer: object):
    provider.published = {"issuer": issuer}
    client = Client()
    answer = client.post("/account/oidc/partner/login/")
    assert answer.status_code == 401
    assert "did not let you in" in turned_away(client, answer)
    assert written(None)[-1] == ("refused", "socialaccount")


def test_one_stroke_at_the_end_of_its_name_makes_no_other_issuer(provider):
    provider.published = {"issuer": f"{provider.address}/"}
    provider.claims = {"iss": f"{provider.address}/"}
    assert sign_in(Client()).url == "/act/"


@pytest.mark.parametrize("away", ["token_endpoint", "jwks_uri"])
def test_a_machine_of_the_provider_that_is_away_lets_nobody_in(provider, away: str):
    provider.published = {away: f"{AWAY}/"}
    client = Client()
    with override_settings(OUTBOUND={provider.address, AWAY}):
        answer = sign_in(client)
    assert answer.status_code == 401
    assert "did not let you in" in turned_away(client, answer)


def test_while_the_provider_is_away_everybody_else_still_signs_in(provider, world: World):
    providers = copy.deepcopy(settings.SOCIALACCOUNT_PROVIDERS)
    providers["openid_connect"]["APPS"][0]["settings"]["server_url"] = AWAY
    with override_settings(SOCIALACCOUNT_PROVIDERS=providers, OUTBOUND={AWAY}):
        answer = Client().post("/account/oidc/partner/login/")
        assert answer.status_code == 401
        assert "did not let you in" in answer.content.decode()
        assert written(None)[-1] == ("refused", "socialaccount")
        assert enter(Client(), somebody(world)).url == "/act/"


def test_an_answer_nobody_asked_for_is_not_believed(provider):
    client, other = Client(), Client()
    back = go(client.post("/account/oidc/partner/login/").url)
    answer = other.get(back)
    assert answer.status_code == 401
    assert "_auth_user_id" not in other.session


def test_it_cannot_be_used_to_join_accounts(provider, world: World):
    client, mate = Client(), somebody(world)
    enter(client, mate, PASSWORD)
    sign_in(client, "/account/oidc/partner/login/?process=connect&auth_params=nonce%3Dmine")
    assert client.session["_auth_user_id"] != str(mate.pk)


def test_a_link_alone_starts_nothing(provider):
    shown = Client().get("/account/oidc/partner/login/")
    assert shown.status_code == 200
    assert provider.paths == []


def test_the_sign_in_page_offers_the_partner_by_name(provider):
    assert "the partner" in Client().get("/account/login/").content.decode()


def test_without_the_setting_there_is_no_partner(world: World):
    assert Client().post("/account/oidc/partner/login/").status_code == 404
    assert "organisation’s account" not in Client().get("/account/login/").content.decode()


def test_somebody_without_a_password_can_look_at_how_they_sign_in(provider):
    client = Client()
    sign_in(client)
    assert "Change your password" not in client.get("/account/2fa/").content.decode()
    assert client.get("/account/2fa/totp/activate/").status_code == 200
