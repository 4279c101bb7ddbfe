"""What is sent twice is done once, whoever sends it how often, at once or later."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import psycopg
import pytest
from django.db import connection, connections
from django.test import Client
from django.urls import reverse

from locality.people import services as people
from locality.sharing import once
from locality.sharing.acting import Actor, acting
from locality.sharing.models import EmergencyAccess
from tests.world import World, as_owner

TAKE = {
    "given_names": "Rowan", "family_name": "Hazel", "reason": "She may come to harm tonight.",
    "born-day": "3", "born-month": "2", "born-year": "1990",
}  # fmt: skip


@pytest.fixture
def real(_world: World, settings, django_db_blocker) -> Iterator[World]:
    """The world without a test's transaction around it: two requests are two connections."""
    settings.ROOT_URLCONF = "locality.web.urls"
    with django_db_blocker.unblock():
        yield _world
        connection.close()


@pytest.fixture
def nurse(real: World) -> Iterator[Actor]:
    with acting(real.lead):
        people.add_record(
            by=real.lead, given_names="Rowan", family_name="Hazel", born=date(1990, 2, 3)
        )
    nurse = real.new_actor("health", "clinician")
    yield nurse
    with as_owner():  # hers alone: others' may be reviewed already, and a review holds its access
        EmergencyAccess.objects.using("owner").filter(post=nurse.post).delete()


def page_token(client: Client, path: str) -> str:
    """What a page's form proves itself with, as it stands on the page."""
    html = client.get(path).content.decode()
    return html.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]


def taken(by: Actor) -> int:
    with as_owner():
        return EmergencyAccess.objects.using("owner").filter(post=by.post).count()


def test_the_same_form_sent_twice_is_done_once_and_leads_to_the_same_place(
    real: World, nurse: Actor
):
    client, path = real.client_of(nurse), reverse("people:take-emergency")
    form = TAKE | {"csrfmiddlewaretoken": page_token(client, path)}
    first, second = client.post(path, form), client.post(path, form)
    assert (first.status_code, second.status_code) == (302, 302)
    assert first.url == second.url
    assert taken(nurse) == 1


def test_sent_at_once_it_is_done_once(real: World, nurse: Actor):
    client, path, both = real.client_of(nurse), reverse("people:take-emergency"), Barrier(4)
    form = TAKE | {"csrfmiddlewaretoken": page_token(client, path)}
    cookies = {name: one.value for name, one in client.cookies.items()}

    def send(_: int) -> str:
        other = real.client_of(nurse)
        other.cookies.load(cookies)
        both.wait()
        try:
            return other.post(path, form).url
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as threads:
        places = set(threads.map(send, range(4)))
    assert len(places) == 1 and taken(nurse) == 1


def test_a_page_read_anew_means_it_anew(real: World, nurse: Actor):
    client, path = real.client_of(nurse), reverse("people:take-emergency")
    for _ in range(2):
        sent = client.post(path, TAKE | {"csrfmiddlewaretoken": page_token(client, path)})
        assert sent.status_code == 302
    assert taken(nurse) == 2


def test_what_was_refused_may_be_sent_again(real: World, nurse: Actor):
    client, path = real.client_of(nurse), reverse("people:take-emergency")
    form = TAKE | {"csrfmiddlewaretoken": page_token(client, path), "reason": ""}
    assert [client.post(path, form).status_code for _ in range(2)] == [422, 422]
    assert taken(nurse) == 0


def test_nobody_is_told_where_what_another_sent_led(real: World, nurse: Actor):
    other = real.new_actor("health", "clinician")
    with acting(nurse), once.sent(nurse, "/x/", b"words") as first:
        first.leads_to = "/mine/"
    with acting(nurse), once.sent(nurse, "/x/", b"words") as again:
        assert again.before == "/mine/"
    with acting(other), once.sent(other, "/x/", b"words") as theirs:
        assert theirs.before is None


def test_what_was_sent_is_forgotten_after_a_day(real: World, nurse: Actor, administrator: str):
    with acting(nurse), once.sent(nurse, "/y/", b"words") as first:
        first.leads_to = "/mine/"
    with psycopg.connect(administrator, autocommit=True) as server:
        server.execute(
            "UPDATE locality_private.answered SET at = now() - interval '25 hours'"
            " WHERE post = %s", [nurse.post],
        )  # fmt: skip
    assert once.forget() >= 1
    with acting(nurse), once.sent(nurse, "/y/", b"words") as again:
        assert again.before is None
