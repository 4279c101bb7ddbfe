"""Ending somebody's sessions is for the web tier alone, and ends theirs and no others."""

import psycopg
import pytest

from locality.kit.errors import Refused
from locality.sharing import secret, sessions
from locality.sharing.acting import Actor, acting
from tests.world import World


def opens(by: Actor) -> bool:
    try:
        with acting(by):
            return True
    except Refused:
        return False


@pytest.fixture
def two(world: World) -> list[Actor]:
    """Two sessions of one person."""
    first = world.new_actor("school", "practitioner")
    key = sessions.start(user=first.person, post=first.post)
    return [first, Actor(first.post, first.person, first.agency, first.purpose, key)]


def test_one_ends_and_the_other_goes_on(two: list[Actor]):
    first, second = two
    assert sessions.end_of(first.person, one=sessions.mark(first.key)) == 1
    assert [opens(one) for one in two] == [False, True]
    assert sessions.end_of(first.person, one=sessions.mark(first.key)) == 0


def test_all_but_one_end(two: list[Actor]):
    first, second = two
    assert sessions.end_of(first.person, but=sessions.mark(second.key)) == 1
    assert [opens(one) for one in two] == [False, True]
    assert sessions.end_of(first.person) == 1
    assert not opens(second)


def test_nobody_elses_session_ends(two: list[Actor], world: World):
    assert sessions.end_of(world.new_actor("school", "practitioner").person) == 1
    assert sessions.end_of(world.lead.person, one=sessions.mark(two[0].key)) == 0
    assert all(opens(one) for one in two)


@pytest.mark.parametrize("asked", ["now()", "NULL", "'infinity'"])
def test_without_a_code_of_the_web_tier_none_ends(two: list[Actor], administrator: str, asked: str):
    call = f"SELECT locality.end_sessions_of('{two[0].person}', NULL, NULL, {asked}, %s)"
    with psycopg.connect(administrator, autocommit=True) as server:
        server.execute("SET ROLE locality_login")
        for code in (b"\0", None, secret.code("guessed")):
            assert server.execute(call, [code]).fetchone() == (0,)
        server.execute("SET ROLE locality_app")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            server.execute(call, [b"\0"])
    assert all(opens(one) for one in two)
