"""In worlds where all names all: what would go may go, and nothing is left hanging."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import connections, transaction
from django.db.models import ForeignKey
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from locality.sharing.retention.doors import RELATIONS, ROOTS, Root
from locality.sharing.retention.going import (
    PERSON,
    USING,
    Going,
    Kept,
    column,
    free,
    going,
    kept,
    target,
)
from locality.sharing.retention.words import Due
from tests.ending import ANY_TIME
from tests.rule.build import write
from tests.rule.worlds import world
from tests.world import World, today


@pytest.fixture
def owner(_world: World, django_db_blocker) -> Iterator[None]:
    with django_db_blocker.unblock():
        yield
        connections[USING].close()


def all_of(root: Root) -> list[Due]:
    """Every record of a kind, as if the time of each were over."""
    columns = ["pk", "owner_id", *([root.people] if root.people else [])]
    rows = apps.get_model(root.kind)._default_manager.using(USING).values_list(*columns)
    return [Due(row[0], row[1], ANY_TIME, today(), _people(row)) for row in rows]


def _people(row: tuple) -> tuple:
    named = row[2] if len(row) > 2 else ()
    return tuple(named) if isinstance(named, list | tuple) else (named,)


def by_keys(held: Kept) -> Kept:
    """What is kept by a foreign key alone: what else keeps it would leave next to nothing to go."""
    return {
        record: hard
        for record, names in held.items()
        if (hard := {name for name in names if name in RELATIONS and _is_key(name)})
    }


def _is_key(name: str) -> bool:
    return isinstance(column(name), ForeignKey) and target(name, "") != PERSON


def erase(goes: Going, left: set) -> int:
    """Delete what would go, and let PostgreSQL look at every foreign key."""
    gone = 0
    with connections[USING].cursor() as cursor:
        for kind, rows in goes.items():
            model = apps.get_model(kind)._meta
            ids = [row for row, whose in rows.items() if whose <= left]
            cursor.execute(
                f'DELETE FROM "{model.db_table}" WHERE "{model.pk.column}" = ANY (%s)',  # noqa: S608
                [ids],
            )
            gone += cursor.rowcount
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
    return gone


@settings(
    max_examples=6, deadline=None, derandomize=True, database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    phases=[Phase.explicit, Phase.generate],
)  # fmt: skip
@given(st.integers(0, 2**32))
def test_what_would_go_leaves_nothing_that_names_it(owner, seed):
    with transaction.atomic(using=USING):
        write(connections[USING].connection, world(seed, today()), 0)
        gone = 0
        for _ in range(2):
            for root in ROOTS.values():
                due = all_of(root)
                goes = going(root, due)
                held = by_keys(kept(root, due, goes, today()))
                gone += erase(goes, free(due, goes, held))
        assert gone > 100
        transaction.set_rollback(True, using=USING)
