"""What is sealed moves on to another key and to another algorithm, and locks nobody out."""

import base64
import hashlib
import os

import pytest
from allauth.mfa.models import Authenticator
from cryptography.exceptions import InvalidTag
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from django.db import connections
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from locality.sharing import passkeys
from locality.sharing.models import User
from locality.sharing.passkeys import Resealed
from locality.web import sealed
from locality.web.accounts import resealing
from locality.web.tests.signing import code, enter, somebody
from tests.world import World

KEYS = st.lists(st.text("abcdef0123456789", min_size=8), min_size=2, max_size=4, unique=True)


def before_ways_had_names(key: str, text: str) -> str:
    """A secret as it was sealed at first."""
    made = hashlib.sha256(b"second factors" + key.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(made)).encrypt(text.encode()).decode()


def _chacha_seal(key: str, text: str) -> str:
    nonce = os.urandom(12)
    box = ChaCha20Poly1305(hashlib.sha256(key.encode()).digest())
    return (nonce + box.encrypt(nonce, text.encode(), b"")).hex()


def _chacha_unseal(key: str, body: str) -> str:
    raw = bytes.fromhex(body)
    try:
        box = ChaCha20Poly1305(hashlib.sha256(key.encode()).digest())
        return box.decrypt(raw[:12], raw[12:], b"").decode()
    except InvalidTag:
        raise ValueError from None


CHACHA = sealed.Way(_chacha_seal, _chacha_unseal)


@given(KEYS, st.text())
def test_what_an_old_key_sealed_is_read_until_that_key_is_taken_away(keys: list[str], text: str):
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("django.conf.settings.SECRET_KEY", keys[0])
        patched.setattr("django.conf.settings.OLD_SECRET_KEYS", [])
        old = [sealed.seal(text), before_ways_had_names(keys[0], text)]
        patched.setattr("django.conf.settings.SECRET_KEY", keys[-1])
        patched.setattr("django.conf.settings.OLD_SECRET_KEYS", keys[:-1])
        assert [sealed.unseal(one) for one in old] == [text, text]
        assert not any(sealed.is_newest(one) for one in old)
        new = sealed.seal(text)
        assert sealed.is_newest(new)
        patched.setattr("django.conf.settings.OLD_SECRET_KEYS", [])
        assert sealed.unseal(new) == text
        for one in old:
            with pytest.raises(sealed.Unreadable):
                sealed.unseal(one)


@given(st.text())
def test_another_algorithm_stands_beside_the_first(text: str):
    first = sealed.seal(text)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(sealed, "WAYS", sealed.WAYS | {"chacha": CHACHA})
        patched.setattr(sealed, "NEWEST", "chacha")
        second = sealed.seal(text)
        assert second.startswith("chacha:") and first.startswith("fernet:")
        assert sealed.unseal(first) == sealed.unseal(second) == text
        assert sealed.is_newest(second) and not sealed.is_newest(first)
    with pytest.raises(sealed.Unreadable):
        sealed.unseal(second)  # of a way that this program does not know


@given(st.text())
def test_nonsense_is_unreadable_and_nothing_else(nonsense: str):
    with pytest.raises(sealed.Unreadable):
        sealed.unseal(nonsense)


@pytest.fixture
def people(world: World) -> list[User]:
    return [somebody(world) for _ in range(3)]


@pytest.fixture
def phones(people: list[User], settings) -> dict[User, str]:
    """The key in each person's app, set up while another secret key was the site's."""
    new, settings.SECRET_KEY = settings.SECRET_KEY, "the old secret key"
    made = {}
    for number, person in enumerate(people):
        made[person] = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PX" + "ABC"[number]
        Authenticator.objects.create(
            user_id=person.pk, type="totp", data={"secret": sealed.seal(made[person])}
        )
    settings.SECRET_KEY, settings.OLD_SECRET_KEYS = new, ["the old secret key"]
    return made


def lets_in(person: User, phone: str) -> bool:
    client = Client()
    enter(client, person)
    done = client.post("/account/2fa/authenticate/", {"code": code(phone)})
    return done.status_code == 302


@pytest.fixture
def as_login(monkeypatch) -> None:
    """Work on the test's own connection, whose transaction nobody else sees into."""
    monkeypatch.setattr(resealing, "OWNER", "default")
    monkeypatch.setattr(resealing.passkeys, "reseal", lambda *_: iter(()))


def test_after_a_renewed_key_people_sign_in_before_and_after_all_is_sealed_anew(
    people: list[User], phones: dict[User, str], as_login, settings
):
    assert lets_in(people[0], phones[people[0]])
    counted = resealing.reseal(batch=2)
    assert (counted[Resealed.ANEW], counted[Resealed.UNREADABLE]) == (3, 0)
    settings.OLD_SECRET_KEYS = []
    assert lets_in(people[1], phones[people[1]])
    assert resealing.reseal(batch=1)[Resealed.NEW_ALREADY] == 3


def test_stopped_in_the_middle_it_keeps_what_is_done_and_goes_on_from_there(
    people: list[User], phones: dict[User, str], as_login, monkeypatch
):
    seal, done = sealed.seal, []

    def killed(text: str) -> str:
        if done:
            raise KeyboardInterrupt
        done.append(text)
        return seal(text)

    monkeypatch.setattr(sealed, "seal", killed)
    with pytest.raises(KeyboardInterrupt):
        resealing.reseal(batch=1)
    monkeypatch.setattr(sealed, "seal", seal)
    counted = resealing.reseal(batch=1)
    assert (counted[Resealed.ANEW], counted[Resealed.NEW_ALREADY]) == (2, 1)


def test_it_hashes_codes_that_are_still_sealed(people: list[User], as_login):
    data = {"seed": sealed.seal("an old seed"), "used_mask": 0}
    made = Authenticator.objects.create(user_id=people[0].pk, type="recovery_codes", data=data)
    assert resealing.reseal()[Resealed.ANEW] == 1
    made.refresh_from_db()
    assert list(made.data) == ["hashed"] and len(made.data["hashed"]) == 10


def test_what_no_key_opens_is_counted_left_alone_and_stops_nothing_else(
    people: list[User], phones: dict[User, str], as_login
):
    lost = Authenticator.objects.get(user=people[0].pk)
    lost.data = {"secret": before_ways_had_names("a key that is lost", "x")}
    lost.save()
    counted = resealing.reseal()
    assert (counted[Resealed.ANEW], counted[Resealed.UNREADABLE]) == (2, 1)
    lost.refresh_from_db()
    assert lost.data["secret"].startswith("gAAAA")


def test_what_no_key_opens_is_a_wrong_code_and_not_a_broken_page(
    people: list[User], phones: dict[User, str], settings
):
    settings.OLD_SECRET_KEYS = []
    client = Client()
    enter(client, people[0])
    done = client.post("/account/2fa/authenticate/", {"code": code(phones[people[0]])})
    assert done.status_code == 200 and "start over" in done.content.decode()


def test_a_passkey_moves_on_to_the_newest_key(world: World, settings):
    person, key_id = world.lead.person, os.urandom(16)
    new = settings.SECRET_KEY
    passkeys.add(user=person, key_id=key_id, public_key=b"public", count=7, name="mine")
    with connections["owner"].cursor() as cursor:  # as the old key sealed it
        settings.SECRET_KEY = "the old secret key"
        old = passkeys.secret.code(passkeys._said(key_id, person, b"public"))
        settings.SECRET_KEY = new
        sql = "UPDATE locality_private.passkey SET seal = %s WHERE id = %s"
        cursor.execute(sql, [old, key_id])
    try:
        assert passkeys.known(key_id) is None
        assert Resealed.UNREADABLE in passkeys.reseal()
        settings.OLD_SECRET_KEYS = ["another", "the old secret key"]
        assert passkeys.known(key_id).public_key == b"public"
        assert Resealed.ANEW in passkeys.reseal(batch=1)
        settings.OLD_SECRET_KEYS = []
        assert passkeys.known(key_id).public_key == b"public"
        assert set(passkeys.reseal(batch=1)) == {Resealed.NEW_ALREADY}
    finally:
        passkeys.remove_all(person)
