"""A link by email, for a forgotten password, on an installation that has a mail server."""

import json
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
from allauth.account import views
from django.core import mail
from django.db import connection
from django.test import Client, override_settings
from django.urls import path

from locality.sharing.models import User
from locality.web import urls
from locality.web.jobs import TRIES, send_link
from locality.web.tests.signing import enter, somebody
from tests.world import World, as_owner

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


def jobs() -> list[dict]:
    """What waits to be sent."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT args FROM procrastinate_jobs WHERE task_name = 'web.send_link' ORDER BY id"
        )
        return [json.loads(args) if isinstance(args, str) else args for (args,) in cursor]


def do(one: dict, number: int = 7) -> bool:
    """Do what waits, as a worker does."""
    return send_link.func(SimpleNamespace(job=SimpleNamespace(id=number)), **one)


def test_a_link_is_queued_with_nobody_s_name_and_comes_by_email(person: User):
    with override_settings(EMAIL_BACKEND=BACKEND.format("locmem")):
        mail.outbox = []
        assert forget(person.email).url == "/account/password/reset/done/"
        (waits,) = jobs()
        assert waits == {"user": str(person.pk)} and not mail.outbox
        assert do(waits)
    (sent,) = mail.outbox
    assert sent.to == [person.email] and "/account/password/link/" in sent.body
    address = next(line for line in sent.body.splitlines() if line.startswith("http"))
    answer = Client().get(urlsplit(address).path, follow=True)
    assert answer.status_code == 200 and "password" in answer.content.decode()


def test_an_address_that_nobody_has_is_answered_the_same_and_nothing_waits(person: User):
    known, unknown = forget(person.email), forget("nobody@example.org")
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert jobs() == [{"user": str(person.pk)}]


def test_asked_for_twice_one_link_waits(person: User):
    assert {forget(person.email).status_code for _ in range(3)} == {302}
    assert len(jobs()) == 1


def test_done_again_it_is_the_same_letter(person: User):
    with override_settings(EMAIL_BACKEND=BACKEND.format("locmem")):
        mail.outbox = []
        forget(person.email)
        (waits,) = jobs()
        assert do(waits) and do(waits) and do(waits, number=8)
    one, same, other = [sent.extra_headers["Message-ID"] for sent in mail.outbox]
    assert one == same != other and person.email not in one


def test_whoever_has_left_meanwhile_is_sent_nothing(person: User):
    forget(person.email)
    (waits,) = jobs()
    with as_owner():
        User.objects.using("owner").filter(pk=person.pk).update(is_active=False)
    with override_settings(EMAIL_BACKEND=BACKEND.format("locmem")):
        mail.outbox = []
        assert not do(waits)
    assert not mail.outbox


def test_whoever_has_no_password_here_has_forgotten_none_and_is_sent_nothing(person: User):
    """Their way in is a partner's provider, or a link that is handed to them."""
    person.set_unusable_password()
    with as_owner():
        User.objects.using("owner").filter(pk=person.pk).update(password=person.password)
    assert forget(person.email).url == "/account/password/reset/done/"
    with override_settings(EMAIL_BACKEND=BACKEND.format("locmem")):
        mail.outbox = []
        assert not any([do(one) for one in jobs()])
    assert not mail.outbox


def test_while_the_mail_server_is_away_everything_else_goes_on(person: User):
    away = {"EMAIL_BACKEND": BACKEND.format("smtp"), "EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": 1}
    with override_settings(**away):
        known, unknown = forget(person.email), forget("nobody@example.org")
        assert enter(Client(), person).url == "/act/"
        assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
        with pytest.raises(ConnectionRefusedError) as failed:
            do(jobs()[0])
    tried = SimpleNamespace(attempts=1)
    again = send_link.retry_strategy.get_retry_decision(exception=failed.value, job=tried)
    assert again is not None
    tried.attempts = TRIES
    assert send_link.retry_strategy.get_retry_decision(exception=failed.value, job=tried) is None
