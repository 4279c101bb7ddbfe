"""Take down the statements that the application makes; time them with and without policies."""

import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import psycopg
from django.db import connection

from locality.sharing.acting import Actor, acting, looking

# The application's role, and the administrator whom no policy binds.
BOUND, FREE = "SET ROLE locality_app", "RESET ROLE"
WARM_UP = 2  # turns that are not counted
LOOK = "SELECT locality.consult(%s, %s, 'page', 'scale', '{}', '')"
OPEN = "SELECT locality.open_context(%s, %s, %s)"


def statements(by: Actor, ask: Callable[[], object]) -> list[str]:
    """What the application says to the database while it asks something as somebody."""
    said: list[str] = []

    def listen(execute: Callable[..., Any], query: str, values: Any, *more: Any) -> Any:
        try:
            return execute(query, values, *more)
        finally:
            cursor = more[1]["cursor"]
            said.append(connection.ops.last_executed_query(cursor, query, values))

    with looking(by, kind="page", route="scale"), acting(by), connection.execute_wrapper(listen):
        ask()
    return [one for one in said if "SAVEPOINT" not in one]


@dataclass
class Pair:
    """The times of the same statements, in seconds, under the policies and under none."""

    bound: list[float] = field(default_factory=list)
    free: list[float] = field(default_factory=list)
    rows: int = 0  # that showed under the policies

    @property
    def ratio(self) -> float:
        """How many times longer it takes under the policies, by the medians."""
        return statistics.median(self.bound) / statistics.median(self.free)

    @property
    def says(self) -> str:
        """Both medians, in milliseconds."""
        medians = (statistics.median(one) for one in (self.bound, self.free))
        return " and ".join(f"{one * 1000:.2f}" for one in medians)


@contextmanager
def in_context(administrator: str, by: Actor) -> Iterator[psycopg.Connection]:
    """A connection in which the database knows somebody, and which may take on either role."""
    with psycopg.connect(administrator, prepare_threshold=None) as admin:
        # Under the policies no second process helps, so none does without them.
        admin.execute("SET max_parallel_workers_per_gather = 0")
        opened = admin.execute(OPEN, [by.key, by.purpose, _look(admin, by)]).fetchone()
        if opened != (True,):
            raise RuntimeError(f"no context for {by}")
        yield admin
        admin.rollback()


def opening(administrator: str, by: Actor, turns: int) -> list[float]:
    """How long it takes, in seconds, to let the database know somebody."""
    times = []
    with psycopg.connect(administrator) as admin:
        look = _look(admin, by)
        for _ in range(WARM_UP + turns):
            admin.execute("SELECT 1")  # the transaction has begun
            began = time.perf_counter()
            admin.execute(OPEN, [by.key, by.purpose, look])
            times.append(time.perf_counter() - began)
            admin.rollback()
    return times[WARM_UP:]


def _look(admin: psycopg.Connection, by: Actor) -> object:
    """A look that was committed before."""
    (look,) = admin.execute(LOOK, [by.key, by.purpose]).fetchone() or (None,)
    admin.commit()
    return look


def by_turns(
    database: psycopg.Connection, said: Sequence[str], turns: int, *, writes: bool = False
) -> Pair:
    """Execute the same statements under the policies and under none, again and again.

    Each time once before it is timed: plans that functions keep are thrown away when the role
    changes, which it does here alone; the application's connections keep theirs.
    """
    pair = Pair()
    for turn in range(WARM_UP + turns):
        for role, times in ((BOUND, pair.bound), (FREE, pair.free)):
            database.execute(role)
            _timed(database, said, writes=writes)
            took, rows = _timed(database, said, writes=writes)
            if role == BOUND:
                pair.rows = rows
            if turn >= WARM_UP:
                times.append(took)
    database.execute("RESET ROLE")
    return pair


def _timed(database: psycopg.Connection, said: Sequence[str], *, writes: bool) -> tuple[float, int]:
    rows = 0
    if writes:
        database.execute("SAVEPOINT here")
    began = time.perf_counter()
    for one in said:
        done = database.execute(one)
        rows += len(done.fetchall()) if done.description else done.rowcount
    if writes:
        database.execute("SET CONSTRAINTS ALL IMMEDIATE")
    took = time.perf_counter() - began
    if writes:
        database.execute("ROLLBACK TO SAVEPOINT here")
    return took, rows
