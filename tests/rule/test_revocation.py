"""What ends a right ends what it opened with the next transaction, wherever a read stands."""

from collections.abc import Iterator
from random import Random

import psycopg
import pytest
from django.db import connection

from tests.rule.interleaving import Shared, share
from tests.world import World


@pytest.fixture
def shared(_world: World, administrator: str, django_db_blocker) -> Iterator[Shared]:
    with django_db_blocker.unblock(), psycopg.connect(administrator) as writer:
        made = share(_world, writer)
        yield made
        writer.rollback()
        made.undo()
        connection.close()


def test_what_ends_and_comes_back_counts_from_the_next_transaction(shared: Shared):
    assert shared.shows()
    random = Random(7)
    for turn in range(120):
        assert not shared.interleave(random), turn
