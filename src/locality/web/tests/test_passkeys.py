"""Signing in with a passkey: what lets somebody in, and everything that does not."""

import json
from uuid import uuid4

import pytest
from django.db import connections
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from locality.sharing import passkeys
from locality.sharing.models import User
from locality.web.accounts import services
from locality.web.passkeys import rules
from locality.web.tests.device import HOST, ORIGIN, Device
from locality.web.tests.signing import (
    PASSWORD,
    choose,
    enter,
    later,
    set_up_app,
    somebody,
    written,
)
from tests.world import World, as_owner

ADDED = ("passkey added", "passkey")
REFUSED = ("refused", "passkey")
SITE = rules.Site(HOST, (ORIGIN,))


@pytest.fixture
def person(world: World) -> User:
    return somebody(world)


@pytest.fixture
def device(person: User) -> Device:
    """A device with a passkey of the person's, added through the pages."""
    client = Client()
    enter(client, person)
    made = Device()
    assert add(client, made).url == "/act/"
    return made


def handed_over(person: User) -> Device:
    """A device with a passkey of somebody who has not signed in: no lock of theirs is held."""
    device = Device(user=person.pk.bytes)
    options = json.loads(rules.ask_to_add(SITE, b"x" * 32, user=person.pk, name="a", has=[]))
    made = rules.new_key(rules.read(device.make(options)), SITE)
    assert passkeys.add(
        user=person.pk, key_id=made.id, public_key=made.public_key, count=made.count, name="laptop"
    )
    return device


def ask(client: Client, what: str):
    return client.post(f"/account/passkeys/{what}/ask/").json()


def add(client: Client, device: Device, name: str = "work laptop", **bent):
    answer = device.make(ask(client, "add"), **bent)
    return client.post("/account/passkeys/add/", {"name": name, "answer": answer})


def send(client: Client, answer: str):
    return client.post("/account/passkeys/sign-in/", {"answer": answer})


def prove(client: Client, device: Device, **bent):
    return send(client, device.prove(ask(client, "sign-in"), **bent))


def is_in(client: Client) -> bool:
    return client.get("/act/").status_code == 200


def told(client: Client) -> str:
    return client.get("/account/login/").content.decode()


def test_a_passkey_alone_lets_its_owner_work(person: User, device: Device):
    client = Client()
    assert prove(client, device).url == "/act/"
    assert choose(client).url == "/"
    assert client.get("/").status_code == 200
    assert written(person)[-3:] == [
        ADDED,
        ("signed out", "everywhere else"),
        ("signed in", "passkey"),
    ]
    (kept,) = passkeys.of_user(person.pk)
    assert kept.name == "work laptop" and kept.last_used


def test_a_passkey_that_does_not_count_lets_in_again_and_again(person: User):
    client, device = Client(), Device(counts=False)
    enter(client, person)
    add(client, device)
    assert all(prove(Client(), device).url == "/act/" for _ in range(3))


def test_whoever_has_only_a_password_is_offered_a_passkey_first_and_an_app_second(person: User):
    client = Client()
    assert enter(client, person).url == "/act/"
    assert client.get("/act/").url == "/account/passkeys/add/"
    shown = client.get("/account/passkeys/add/").content.decode()
    assert shown.index("Add a passkey") < shown.index("Set up an app instead")


def test_the_sign_in_page_offers_a_passkey_before_a_password(world: World):
    shown = told(Client())
    assert shown.index("Sign in with a passkey") < shown.index('name="login"')


BENT = {
    "another site's page": {"origin": "https://locality.example.org"},
    "another site's name": {"host": "example.org"},
    "not unlocked": {"verifies": False},
    "another key's signature": {"key": Device().key},
    "somebody else's name": {"user": uuid4().bytes},
    "a question never put": {"challenge": "bm90aGluZw"},
    "an answer to make one": {"kind": "webauthn.create"},
    "within another page": {"within_another": True},
    "an unknown passkey": {"id": b"unknown"},
}


@pytest.mark.parametrize("bent", BENT.values(), ids=BENT)
def test_what_proves_nothing_lets_nobody_in(person: User, device: Device, bent: dict[str, object]):
    client = Client()
    assert prove(client, device, **bent).url == "/account/login/"
    assert not is_in(client)
    assert "You are not signed in" in told(client)


def test_an_answer_lets_in_once(person: User, device: Device):
    client = Client()
    answer = device.prove(ask(client, "sign-in"))
    assert send(client, answer).url == "/act/"
    client.post("/account/logout/")
    assert send(client, answer).url == "/account/login/"
    assert written(person)[-1] != ("signed in", "passkey")


def test_an_answer_works_in_no_other_browser(person: User, device: Device):
    asked, other = Client(), Client()
    ask(other, "sign-in")
    answer = device.prove(ask(asked, "sign-in"))
    assert send(other, answer).url == "/account/login/"
    assert send(asked, answer).url == "/account/login/"  # taken by the first try


def test_a_question_is_over_after_five_minutes(person: User, device: Device):
    client = Client()
    answer = device.prove(ask(client, "sign-in"))
    with as_owner(), connections["owner"].cursor() as cursor:
        cursor.execute("UPDATE locality_private.challenge SET expires = expires - interval '5 min'")
    assert send(client, answer).url == "/account/login/"
    assert "That took too long" in told(client)


@pytest.mark.parametrize("count", [0, 1, 5])
def test_a_counter_that_does_not_move_on_is_refused_and_written_down(
    person: User, device: Device, count: int
):
    assert prove(Client(), device, count=5).url == "/act/"
    client = Client()
    assert prove(client, device, count=count).url == "/account/login/"
    assert "there may be a copy of it" in told(client)
    assert written(person)[-1] == ("copied passkey refused", "passkey")


def test_a_passkey_of_somebody_who_left_lets_nobody_in(person: User):
    device = handed_over(person)
    with as_owner():
        User.objects.using("owner").filter(pk=person.pk).update(is_active=False)
    client = Client()
    assert prove(client, device).url == "/account/inactive/"
    assert client.get("/act/").url == "/account/login/"


def test_five_failures_lock_out_for_a_while(person: User, device: Device, monkeypatch):
    for _ in range(5):
        assert prove(Client(), device, verifies=False).status_code == 302
    stopped = prove(Client(), device)
    assert stopped.status_code == 429 and "try again at" in stopped.content.decode()
    assert written(person)[-2:] == [REFUSED, ("locked out", "passkey")]
    later(monkeypatch, minutes=15, seconds=1)
    assert prove(Client(), device).url == "/act/"


def test_success_is_not_counted_as_a_try(person: User, device: Device):
    assert all(prove(Client(), device).url == "/act/" for _ in range(7))


def test_a_password_alone_lets_nobody_in_who_has_a_passkey(person: User, device: Device):
    client = Client()
    assert enter(client, person).url == "/account/login/"
    assert "You have a passkey" in told(client)
    assert client.get("/account/2fa/totp/activate/").url.startswith("/account/login/")
    assert client.get("/act/").url == "/account/login/"
    assert written(person)[-1] == ("refused", "password alone")


def test_an_app_stays_another_way_in(person: User, device: Device):
    client = Client()
    prove(client, device)
    set_up_app(client)
    other = Client()
    assert enter(other, person).url == "/account/2fa/authenticate/"
    assert prove(Client(), device).url == "/act/"


def test_the_same_passkey_is_kept_once(person: User, device: Device):
    client = Client()
    prove(client, device)
    again = add(client, device)
    assert again.status_code == 422 and "is here already" in again.content.decode()
    assert len(passkeys.of_user(person.pk)) == 1


def test_a_device_that_nobody_unlocked_is_not_kept(person: User):
    client = Client()
    enter(client, person)
    assert add(client, Device(), verifies=False).status_code == 422
    assert add(client, Device(origin="https://example.org")).status_code == 422
    assert add(client, Device(host="example.org")).status_code == 422
    assert passkeys.of_user(person.pk) == []
    assert written(person)[-1] == REFUSED


def test_the_last_passkey_stays_until_there_is_another_way_in(person: User, device: Device):
    client = Client()
    prove(client, device)
    (first,) = passkeys.of_user(person.pk)
    page = f"/account/passkeys/{first.handle}/remove/"
    assert "cannot be removed yet" in client.get(page).content.decode()
    assert client.post(page).status_code == 409
    second = Device()
    assert add(client, second, "key on my lanyard").url == "/account/2fa/"
    assert client.post(page).url == "/account/2fa/"
    assert prove(Client(), device).url == "/account/login/"
    assert prove(Client(), second).url == "/act/"
    assert ("passkey removed", "passkey") in written(person)


def test_nobody_removes_somebody_elses(person: User, device: Device, world: World):
    other, client = somebody(world), Client()
    enter(client, other)
    (theirs,) = passkeys.of_user(person.pk)
    assert client.get(f"/account/passkeys/{theirs.handle}/remove/").status_code == 404
    assert client.post(f"/account/passkeys/{theirs.handle}/remove/").status_code == 404
    assert passkeys.of_user(person.pk) == [theirs]


def test_adding_and_removing_ask_once_more_who_it_is(person: User, device: Device, monkeypatch):
    client = Client()
    prove(client, device)
    later(monkeypatch, minutes=6)
    asked = client.get("/account/passkeys/add/")
    assert asked.url == "/account/passkeys/confirm/?next=%2Faccount%2Fpasskeys%2Fadd%2F"
    assert add(client, Device()).url == asked.url
    answer = device.prove(ask(client, "confirm"))
    shown = client.post(asked.url, {"answer": answer})
    assert shown.url == "/account/passkeys/add/"
    assert add(client, Device()).url == "/account/2fa/"


def test_only_ones_own_passkey_confirms(person: User, device: Device, world: World, monkeypatch):
    other, client, theirs = somebody(world), Client(), Device()
    enter(client, other)
    add(client, theirs)
    later(monkeypatch, minutes=6)
    for wrong in (device.prove(ask(client, "confirm")), theirs.prove(ask(client, "sign-in"))):
        assert client.post("/account/passkeys/confirm/", {"answer": wrong}).status_code == 422
    by_password = client.post("/account/reauthenticate/?next=/account/2fa/", {"password": PASSWORD})
    assert by_password.status_code == 302
    assert client.get("/account/passkeys/add/").status_code == 200


def test_starting_over_takes_passkeys_away(person: User):
    device = handed_over(person)
    services.reset(person.email, "http://localhost:8000")
    assert passkeys.of_user(person.pk) == []
    assert ("second factor removed", "terminal") in written(person)
    assert prove(Client(), device).url == "/account/login/"


@given(st.data())
def test_no_nonsense_is_believed_or_breaks(data):
    """One part of a right answer becomes something else: it is Unproven, and nothing else."""
    device = Device()
    user = uuid4()
    options = json.loads(rules.ask_to_add(SITE, b"x" * 32, user=user, name="a@b", has=[]))
    made = rules.new_key(rules.read(device.make(options)), SITE)
    said = json.loads(device.prove(options))
    part = data.draw(st.sampled_from(["id", "rawId", "type", "clientDataJSON", "authenticatorData",
                                      "signature", "userHandle"]))  # fmt: skip
    where = said["response"] if part in said["response"] else said
    other = data.draw(st.none() | st.integers() | st.text(max_size=40) | st.lists(st.integers()))
    before, where[part] = where[part], other
    if other == before or (part == "userHandle" and not other):
        return
    with pytest.raises(rules.Unproven):
        rules.count_proven(
            rules.read(json.dumps(said)), SITE, user=user, public_key=made.public_key
        )
