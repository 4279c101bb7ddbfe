"""Every job has its effect exactly once, however its workers end.

Jobs are queued; workers do them and are killed with `kill -9` in the middle, one after another.
What a killed worker left is taken up again as `sharing.take_up` does it. A job leaves its mark and
is counted in one transaction: marks and the count must be one for each job, though some were begun
more than once.
"""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from random import Random

import psycopg
from django.db import connections
from procrastinate import App, PsycopgConnector

from locality.sharing.jobs import resume
from proofs import Row, administrator, required
from tests.working.crew import BEAT, TABLES, TASK

PATIENCE = 600  # seconds for all of it


def run(*, long: bool, seed: int) -> Iterator[Row]:
    """Queue, kill, take up, and count."""
    jobs, kills, random = (1000, 20, Random(seed)) if long else (60, 3, Random(seed))
    with psycopg.connect(administrator(), autocommit=True) as server:
        for table in TABLES:
            server.execute(table)
        server.execute("ALTER TABLE proof_begun OWNER TO locality_owner")
        server.execute("ALTER TABLE proof_mark OWNER TO locality_owner")
        server.execute("ALTER TABLE proof_sum OWNER TO locality_owner")
        asyncio.run(_queue(jobs))
        done = _until_done(server, jobs, kills, random)
        begun = server.execute("SELECT count(*) FROM proof_begun").fetchone()[0]
        marks = server.execute("SELECT count(*) FROM proof_mark").fetchone()[0]
        (made,) = server.execute("SELECT made FROM proof_sum").fetchone()
    required(done == kills, f"only {done} workers were killed")
    required(marks == made == jobs, f"{jobs} jobs left {marks} marks and were counted {made} times")
    required(begun > jobs, "no job was cut short: the kills proved nothing")
    yield Row(
        "Jobs whose effect is there exactly once", f"{marks:,} of {jobs:,}", "all",
        f"{kills} workers killed; {begun - jobs} jobs were begun again",
    )  # fmt: skip


async def _queue(jobs: int) -> None:
    async with App(connector=PsycopgConnector(conninfo=administrator())).open_async() as app:
        task = app.configure_task(TASK)
        await task.batch_defer_async(*({"lasts": 0.05} for _ in range(jobs)))


async def _take_up() -> None:
    async with App(connector=PsycopgConnector(conninfo=administrator())).open_async() as app:
        await resume(app.job_manager, silent=3 * BEAT)


def _until_done(server: psycopg.Connection, jobs: int, kills: int, random: Random) -> int:
    killed, until = 0, time.monotonic() + PATIENCE
    worker = _worker()
    try:
        while _left(server):
            required(time.monotonic() < until, f"{_left(server)} jobs were left")
            time.sleep(0.3 + random.random())
            if killed < kills and _doing(server):
                os.kill(worker.pid, signal.SIGKILL)
                worker.wait()
                killed += 1
                worker = _worker()
            asyncio.run(_take_up())
    finally:
        worker.kill()
        worker.wait()
    return killed


def _left(server: psycopg.Connection) -> int:
    asked = "SELECT count(*) FROM procrastinate_jobs WHERE task_name = %s AND status <> 'succeeded'"
    return server.execute(asked, [TASK]).fetchone()[0]


def _doing(server: psycopg.Connection) -> int:
    asked = "SELECT count(*) FROM procrastinate_jobs WHERE task_name = %s AND status = 'doing'"
    return server.execute(asked, [TASK]).fetchone()[0]


def _worker() -> subprocess.Popen:
    """A real worker process, which finds the database by its addresses."""
    addresses = {}
    for alias, name in (("default", "LOCALITY_DATABASE_URL"), ("owner", "LOCALITY_OWNER_URL")):
        given = connections[alias].settings_dict
        addresses[name] = psycopg.conninfo.make_conninfo(
            dbname=given["NAME"], user=given["USER"], password=given["PASSWORD"],
            host=given["HOST"], port=given["PORT"] or None,
        )  # fmt: skip
    return subprocess.Popen(
        [sys.executable, "-m", "tests.working.crew"], env=os.environ | addresses,
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
