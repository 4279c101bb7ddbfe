"""Worlds in a database, and all there is to ask about each."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from tests.rule.build import write
from tests.rule.compare import Judge
from tests.rule.worlds import PURPOSES, world
from tests.world import today

# An administrator's connection, and the number of a transaction that has been committed.
Admin = tuple[psycopg.Connection, int]


@contextmanager
def administering(administrator: str) -> Iterator[Admin]:
    """Connect with every power; what is done is undone in the end."""
    with psycopg.connect(administrator) as connection:
        committed = connection.execute("SELECT pg_current_xact_id()::text::bigint").fetchone()[0]
        connection.commit()
        yield connection, committed
        connection.rollback()


@contextmanager
def grown(admin: Admin, seed: int) -> Iterator[Judge]:
    """A world in the database, until it is asked no more."""
    database, committed = admin
    facts = world(seed, today())
    with database.transaction(force_rollback=True):
        try:
            yield Judge(database, facts, write(database, facts, committed))
        finally:
            if database.info.transaction_status == psycopg.pq.TransactionStatus.INTRANS:
                database.execute("RESET ROLE")


def ask_everything(judge: Judge) -> None:
    """Compare what everybody may do, for each purpose, with what the oracle says."""
    for who in judge.facts.people:
        for purpose in PURPOSES:
            judge.become(who, purpose)
            judge.compare()
