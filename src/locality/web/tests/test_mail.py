"""A link by email, for a forgotten password, on an installation that has a mail server."""

import json

import pytest
from allauth.account import views
from django.core import mail
from django.test import Client, override_settings
from django.urls import path

from locality.sharing.models import User
from locality.web import urls
from locality.web.running.logs import Allowed
from locality.web.tests.signing import enter, somebody
from tests.world import World

BACKEND = "django.core.mail.backends.{}.EmailBackend"
handler404 = urls.handler404
urlpatterns = [
    path("account/password/reset/", views.password_reset, name="account_reset_password"),
    path("account/password/reset/done/", views.password_reset_done,
         name="account_reset_password_done"),
    *urls.urlpatterns,
]  # fmt: skip


@pytest.fixture
def person(world: World) -> User:
    with override_settings(ROOT_URLCONF=__name__):
        yield somebody(world)


def forget(email: str):
    return Client().post("/account/password/reset/", {"email": email})


def test_a_link_comes_by_email(person: User):
    with override_settings(EMAIL_BACKEND=BACKEND.format("locmem")):
        mail.outbox = []
        assert forget(person.email).url == "/account/password/reset/done/"
    (sent,) = mail.outbox
    assert sent.to == [person.email] and "/account/password/link/" in sent.body


def test_an_address_that_nobody_has_is_answered_the_same_and_sent_nothing(person: User):
    with override_settings(EMAIL_BACKEND=BACKEND.format("locmem")):
        mail.outbox = []
        known, unknown = forget(person.email), forget("nobody@example.org")
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert [one.to for one in mail.outbox] == [[person.email]]


def test_while_the_mail_server_is_away_everything_else_goes_on(person: User, caplog):
    away = {"EMAIL_BACKEND": BACKEND.format("smtp"), "EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": 1}
    with override_settings(**away):
        known, unknown = forget(person.email), forget("nobody@example.org")
        assert enter(Client(), person).url == "/act/"
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    lines = [json.loads(Allowed().format(record)) for record in caplog.records]
    (failed,) = [one for one in lines if one["level"] == "error"]
    assert failed["error"] == "builtins.ConnectionRefusedError"
    assert person.email not in json.dumps(lines)
