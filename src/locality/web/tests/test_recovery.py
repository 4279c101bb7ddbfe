"""Recovery codes: shown once, kept as hashes, each used once, and the old ones brought over."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal import auth, flows
from django.contrib.auth.hashers import identify_hasher
from django.db import connection
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from locality.sharing.models import User
from locality.web import sealed
from locality.web.recovery import DIGITS, HashedCodes
from locality.web.tests.signing import (
    codes_shown,
    committed,
    enter,
    set_up_app_with_codes,
    somebody,
    written,
)
from tests.world import World, close_connections

FrameworksOwn = HashedCodes.__mro__[1]  # what codes were made with before


@pytest.fixture
def person(world: World) -> User:
    return somebody(world)


@pytest.fixture
def browser(person: User) -> Client:
    client = Client()
    enter(client, person)
    return client


def kept_of(person: User) -> Authenticator:
    return Authenticator.objects.get(user=person.pk, type="recovery_codes")


def answer(person: User, typed: str) -> int:
    """Sign in with a recovery code in a new browser; give the status: 302 when it lets them in."""
    client = Client()
    enter(client, person)
    return client.post("/account/2fa/authenticate/", {"code": typed}).status_code


def old_codes(person: User, seal=sealed.seal) -> list[str]:
    """Codes as the framework kept them: a sealed seed. The second of them is used already."""
    seed = seal("an old seed")
    Authenticator.objects.filter(user=person.pk, type="recovery_codes").delete()
    made = Authenticator.objects.create(
        user_id=person.pk, type="recovery_codes", data={"seed": seed, "used_mask": 0b10}
    )
    return FrameworksOwn(made).generate_codes()


def test_the_framework_keeps_codes_in_our_way(person: User):
    assert auth.RecoveryCodes is flows.RecoveryCodes is HashedCodes
    assert type(Authenticator(user=person, type="recovery_codes").wrap()) is HashedCodes


def test_codes_are_kept_as_salted_slow_hashes_and_in_no_other_way(person: User, browser: Client):
    _, codes = set_up_app_with_codes(browser)
    data = kept_of(person).data
    assert set(data) == {"hashed"} and len(data["hashed"]) == len(codes) == 10
    assert len({hashed.split("$")[-2] for hashed in data["hashed"]}) == 10  # each its own salt
    for code, hashed in zip(codes, data["hashed"], strict=True):
        assert identify_hasher(hashed).algorithm == "argon2"
        said = hashed.split("$")
        assert said[1] == "argon2id" and said[3] == "m=19456,t=2,p=1"
        assert len(said[4]) * 6 >= 32  # bits of salt
        assert code.replace(" ", "") not in str(data)


def test_codes_are_shown_once(person: User, browser: Client):
    _, codes = set_up_app_with_codes(browser)
    assert len({code.replace(" ", "") for code in codes}) == 10
    assert all(len(code.replace(" ", "")) == DIGITS for code in codes)
    later = browser.get("/account/2fa/recovery-codes/").content.decode()
    assert "10 of your 10 codes are left" in later and "Make new codes" in later
    every = later + browser.get("/account/2fa/").content.decode() + str(dict(browser.session))
    for code in codes:
        assert code not in every and code.replace(" ", "") not in every


def test_a_recovery_code_lets_somebody_in_once(person: User, browser: Client):
    _, (one, another, *_) = set_up_app_with_codes(browser)
    assert [answer(person, one) for _ in range(2)] == [302, 200]
    assert ("code used", "recovery_codes") in written(person)
    assert answer(person, another.replace(" ", "")) == 302
    assert "8 codes are left" in browser.get("/account/2fa/").content.decode()


def test_new_recovery_codes_end_the_old_ones(person: User, browser: Client):
    _, old = set_up_app_with_codes(browser)
    with committed():
        new = codes_shown(browser.post("/account/2fa/recovery-codes/generate/"))
    assert len(new) == 10 and not set(old) & set(new)
    assert written(person)[-1] == ("recovery codes made", "recovery_codes")
    assert answer(person, old[0]) == 200
    assert answer(person, new[0]) == 302


def test_old_codes_go_on_working_and_are_hashed_when_one_is_typed(person: User, browser: Client):
    set_up_app_with_codes(browser)
    first, used, third, *_ = old_codes(person)
    assert HashedCodes(kept_of(person)).left() == 9
    assert answer(person, used) == 200
    assert set(kept_of(person).data) == {"hashed"}
    assert [answer(person, code) for code in (first, third, first, used)] == [302, 302, 200, 200]
    assert HashedCodes(kept_of(person)).left() == 7


def test_codes_of_an_even_older_kind_are_brought_over(person: User):
    data = {"migrated_codes": [sealed.seal("1234-5678"), sealed.seal("87654321")]}
    made = Authenticator.objects.create(user_id=person.pk, type="recovery_codes", data=data)
    assert HashedCodes(made).left() == 2
    assert HashedCodes(made).validate_code("12345678")
    assert not HashedCodes(made).validate_code("12345678")
    assert HashedCodes(kept_of(person)).left() == 1


@given(st.text(max_size=20).filter(lambda typed: sum(c.isdecimal() for c in typed) not in (8, 12)))
def test_what_is_no_code_costs_no_hash(typed: str):
    nobody = Authenticator(type="recovery_codes", data={"hashed": ["no hash: reading it fails"]})
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("locality.web.recovery.CodeHasher.verify", pytest.fail)
        patched.setattr("django.db.transaction.Atomic.__enter__", lambda _: None)
        patched.setattr("django.db.transaction.Atomic.__exit__", lambda *_: None)
        assert not HashedCodes(nobody).validate_code(typed)


@pytest.fixture
def real(_world: World, django_db_blocker) -> Iterator[User]:
    """Somebody without a test's transaction around them: each thread has its own connection."""
    with django_db_blocker.unblock():
        user = somebody(_world)
        yield user
        Authenticator.objects.filter(user=user.pk).delete()
        connection.close()


def test_of_many_uses_of_one_code_at_once_one_succeeds(real: User):
    made = Authenticator.objects.create(user_id=real.pk, type="recovery_codes", data={})
    made.data = {"migrated_codes": [sealed.seal("12345678")]}
    HashedCodes(made).convert()
    start = Barrier(4)

    def use(_: int) -> bool:
        start.wait(timeout=60)
        try:
            return Authenticator.objects.get(pk=made.pk).wrap().validate_code("12345678")
        finally:
            close_connections()

    with ThreadPoolExecutor(4) as threads:
        assert sorted(threads.map(use, range(4))) == [False, False, False, True]
