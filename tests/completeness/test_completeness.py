"""No read without a look that was committed before it, however the read ends."""

from random import Random

import psycopg
import pytest
from django.db import connection, transaction

from locality.sharing import acting as acts
from tests.completeness.ending import ENDINGS, committed, interrupted
from tests.world import World


@pytest.fixture
def somebody(_world: World, django_db_blocker):
    with django_db_blocker.unblock():
        yield _world.lead
        connection.close()


def test_every_read_that_ends_badly_has_its_look(somebody, administrator: str):
    met = set()
    with psycopg.connect(administrator, autocommit=True) as server:
        for how, look, rows in interrupted(somebody, 40, Random(3)):
            met.add(how)
            assert rows > 0 and committed(server, look), how
    assert met == set(ENDINGS)


def test_a_look_that_may_yet_be_taken_back_opens_nothing(somebody, administrator: str):
    asked = "SELECT locality.consult(%s, %s, 'page', '', '{}', '')"
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(asked, [somebody.key, somebody.purpose])
        (look,) = cursor.fetchone()
        cursor.execute(
            "SELECT locality.open_context(%s, %s, %s)", [somebody.key, somebody.purpose, look]
        )
        assert cursor.fetchone() == (False,)
        transaction.set_rollback(True)
    with psycopg.connect(administrator, autocommit=True) as server:
        assert not committed(server, look)
    assert acts._look.get() is None
