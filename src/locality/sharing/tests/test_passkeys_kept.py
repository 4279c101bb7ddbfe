"""What the database keeps of passkeys, and how it keeps it from whoever smuggles in a query."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import connections
from django.utils import timezone

from locality.sharing import passkeys, secret
from tests.world import World, close_connections

ROLES = ("locality_login", "locality_app")
CALLS = [
    "SELECT locality.keep_challenge('\\x00', '\\x00', 'add', NULL, now(), {asked}, {code})",
    "SELECT locality.take_challenge('\\x00', '\\x00', 'sign in', NULL, {asked}, {code})",
    "SELECT locality.add_passkey('\\x00', '{user}', '\\x00', 0, '\\x00', 'mine', {asked}, {code})",
    "SELECT locality.passkey('\\x{key}', {asked}, {code})",
    "SELECT locality.use_passkey('\\x{key}', 900, {asked}, {code})",
    "SELECT locality.passkeys_of('{user}', {asked}, {code})",
    "SELECT locality.remove_passkey('{user}', '{handle}', {asked}, {code})",
]


@pytest.fixture
def person(world: World) -> UUID:
    return world.lead.person


@pytest.fixture
def kept(person: UUID) -> Iterator[passkeys.Passkey]:
    """A passkey of somebody's."""
    key_id = os.urandom(16)
    assert passkeys.add(user=person, key_id=key_id, public_key=b"public", count=7, name="a | b")
    yield next(one for one in passkeys.of_user(person) if one.id == key_id)
    with connections["owner"].cursor() as cursor:
        cursor.execute("DELETE FROM locality_private.passkey WHERE user_id = %s", [person])


@pytest.fixture
def server(administrator: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(administrator, autocommit=True) as connected:
        yield connected


def at_once(*calls: Callable[[], object]) -> list[object]:
    """Make calls at the same time, each on connections of its own."""

    def alone(call: Callable[[], object]) -> object:
        try:
            return call()
        finally:
            close_connections()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(alone, calls))


def test_what_is_kept_is_found_again(kept: passkeys.Passkey, person: UUID):
    assert passkeys.known(kept.id) == passkeys.Known(person, b"public")
    assert kept.name == "a | b" and kept.last_used is None
    assert passkeys.known(b"another") is None


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("table", ["passkey", "challenge"])
def test_no_role_of_requests_reads_or_writes_the_tables(
    kept: passkeys.Passkey, server: psycopg.Connection, role: str, table: str
):
    server.execute(f"SET ROLE {role}")
    for words in ("SELECT * FROM {}", "DELETE FROM {}", "INSERT INTO {} DEFAULT VALUES"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            server.execute(words.format(f"locality_private.{table}"))


@pytest.mark.parametrize("call", CALLS)
def test_without_a_code_of_the_web_tier_nothing_is_told_or_done(
    kept: passkeys.Passkey, person: UUID, server: psycopg.Connection, call: str
):
    given = {"user": person, "key": kept.id.hex(), "handle": kept.handle}
    server.execute("SET ROLE locality_login")
    for code in ("'\\x00'", "NULL", f"'\\x{secret.code('guessed').hex()}'"):
        for asked in ("now()", "NULL", "'infinity'"):
            said = server.execute(call.format(**given, asked=asked, code=code)).fetchone()
            assert said in (None, (False,), ("absent",))
    server.execute("SET ROLE locality_app")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        server.execute(call.format(**given, asked="now()", code="'\\x00'"))
    server.execute("RESET ROLE")
    assert passkeys.of_user(person) == [kept]


def test_a_code_is_for_one_thing_and_for_two_minutes(kept: passkeys.Passkey, person: UUID):
    def asked(ago: timedelta, said: str) -> int:
        when = timezone.now().replace(microsecond=0) - ago
        code = secret.code(f"{said}|{int(when.timestamp())}")
        with connections["log"].cursor() as cursor:
            cursor.execute("SELECT * FROM locality.passkeys_of(%s, %s, %s)", [person, when, code])
            return len(cursor.fetchall())

    right = f"passkeys of|{person}"
    assert asked(timedelta(0), right) == 1
    assert asked(timedelta(minutes=3), right) == asked(timedelta(minutes=-3), right) == 0
    assert asked(timedelta(0), f"passkeys of|{uuid4()}") == 0
    assert asked(timedelta(0), f"passkey|{person}") == 0


def test_a_key_that_somebody_wrote_into_the_table_lets_nobody_in(
    kept: passkeys.Passkey, person: UUID, server: psycopg.Connection, world: World
):
    """Whoever owns the database cannot put a key in another's name, either."""
    write = "UPDATE locality_private.passkey SET user_id = %s, public_key = %s WHERE id = %s"
    for user, public_key in ((person, b"forged"), (world.stranger.person, b"public")):
        server.execute(write, [user, public_key, kept.id])
        assert passkeys.known(kept.id) is None
    server.execute(write, [person, b"public", kept.id])
    assert passkeys.known(kept.id)


def test_of_two_who_take_a_question_at_once_one_gets_it(person: UUID):
    challenge = passkeys.put_challenge(browser="here", wanted="sign in")

    def take() -> bool:
        return passkeys.take_challenge(challenge, browser="here", wanted="sign in", user=None)

    assert sorted(at_once(take, take, take)) == [False, False, True]


@pytest.mark.parametrize("other", [
    {"browser": "there"}, {"wanted": "confirm"}, {"user": uuid4()},
])  # fmt: skip
def test_a_question_is_for_one_browser_one_thing_and_one_person(db, other: dict[str, object]):
    right = {"browser": "here", "wanted": "add", "user": uuid4()}
    assert passkeys.take_challenge(passkeys.put_challenge(**right), **right)
    challenge = passkeys.put_challenge(**right)
    assert not passkeys.take_challenge(challenge, **right | other)
    assert not passkeys.take_challenge(challenge, **right)


def test_of_two_with_the_same_counter_at_once_one_gets_in(kept: passkeys.Passkey):
    assert sorted(at_once(*[lambda: passkeys.use(kept.id, 8)] * 3)) == [False, False, True]
    assert not passkeys.use(kept.id, 0)


def test_of_two_passkeys_removed_at_once_one_stays(kept: passkeys.Passkey, person: UUID):
    passkeys.add(user=person, key_id=os.urandom(16), public_key=b"2", count=0, name="second")
    both = passkeys.of_user(person)
    done = at_once(*[lambda one=one: passkeys.remove(person, one.handle) for one in both])
    assert sorted(done) == ["last", "removed"]
    assert len(passkeys.of_user(person)) == 1
