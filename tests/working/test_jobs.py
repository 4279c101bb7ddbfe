"""A job whose worker is gone is taken up again; one that ends its workers is given up."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from procrastinate import App, PsycopgConnector

from locality.sharing.jobs import MOST_TRIES, resume
from tests.world import World

WORKER = (
    "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - %s::interval) RETURNING id"
)
JOB = """
    INSERT INTO procrastinate_jobs
        (queue_name, task_name, queueing_lock, args, status, attempts, worker_id)
    VALUES ('default', 'tests.working', %s, '{}', %s, %s, %s) RETURNING id
"""


@pytest.fixture
def server(administrator: str, _world: World) -> Iterator[psycopg.Connection]:
    """The database with every power; the jobs of a test are gone after it."""
    with psycopg.connect(administrator, autocommit=True) as connection:
        yield connection
        connection.execute("DELETE FROM procrastinate_jobs WHERE task_name = 'tests.working'")
        connection.execute("DELETE FROM procrastinate_workers")


def worker(server: psycopg.Connection, silent: str) -> int:
    """A worker that last gave a sign of life so long ago."""
    return server.execute(WORKER, [silent]).fetchone()[0]


def job(server: psycopg.Connection, of: int | None, *, lock: str | None = None,
        status: str = "doing", attempts: int = 0) -> int:  # fmt: skip
    """A job that some worker has begun, or that waits."""
    return server.execute(JOB, [lock, status, attempts, of]).fetchone()[0]


def resumed(administrator: str) -> int:
    async def ask() -> int:
        connector = PsycopgConnector(conninfo=administrator)
        async with App(connector=connector).open_async() as app:
            return await resume(app.job_manager)

    with ThreadPoolExecutor(1) as apart:  # a browser's loop may be running in this thread
        return apart.submit(asyncio.run, ask()).result()


def state(server: psycopg.Connection, one: int) -> str | None:
    found = server.execute("SELECT status FROM procrastinate_jobs WHERE id = %s", [one]).fetchone()
    return found and found[0]


def test_a_job_whose_worker_is_gone_waits_again_and_others_go_on(server, administrator: str):
    cut, running = job(server, worker(server, "1 hour")), job(server, worker(server, "1 second"))
    assert resumed(administrator) == 1
    assert (state(server, cut), state(server, running)) == ("todo", "doing")


def test_a_job_without_any_worker_waits_again(server, administrator: str):
    cut = job(server, None)
    assert resumed(administrator) == 1
    assert state(server, cut) == "todo"


@pytest.mark.parametrize("tries, ends", [(MOST_TRIES - 1, "todo"), (MOST_TRIES, "failed")])
def test_a_job_that_ends_every_worker_is_given_up(server, administrator: str, tries, ends):
    cut = job(server, worker(server, "1 hour"), attempts=tries)
    resumed(administrator)
    assert state(server, cut) == ends


def test_a_job_is_forgotten_when_one_like_it_waits_already(server, administrator: str):
    cut = job(server, worker(server, "1 hour"), lock="one of a kind")
    waits = job(server, None, lock="one of a kind", status="todo")
    resumed(administrator)
    assert (state(server, cut), state(server, waits)) == (None, "todo")
