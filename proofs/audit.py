"""What the audit trail costs, and how fast it can be checked.

A look is one commit on a connection of its own, before anything is read. Times are medians of
batches taken by turns; the machine is the one named above.
"""

import multiprocessing
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID, uuid4

import psycopg
from django.db import connections

from locality.sharing.acting import Actor, note_look
from locality.sharing.sealing import auditing, evidence, keys, services, state
from locality.sharing.sealing.rules import rows
from proofs import NotShown, Row, administrator, required
from tests.world import World, build

PAGE = "/"
WRITERS = 12
FLUSHES = """
    SELECT coalesce(sum(fsyncs), 0) FROM pg_stat_io
    WHERE object = 'wal' AND backend_type = 'client backend'
"""
SLOW_DISK = (
    "ALTER SYSTEM SET commit_delay = 4000",  # microseconds
    "ALTER SYSTEM SET commit_siblings = 0",
    "SELECT pg_reload_conf()",
)
THIS_DISK = (
    "ALTER SYSTEM RESET commit_delay",
    "ALTER SYSTEM RESET commit_siblings",
    "SELECT pg_reload_conf()",
)
ONE_AT_A_TIME = """
    CREATE FUNCTION public.waits() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN PERFORM pg_catalog.pg_advisory_xact_lock(1); RETURN NEW; END $$;
    CREATE TRIGGER waits BEFORE INSERT ON sharing_consultation
    FOR EACH ROW EXECUTE FUNCTION public.waits()
"""
ALL_AT_ONCE = ("DROP FUNCTION public.waits CASCADE",)


def run(*, long: bool, seed: int) -> Iterator[Row]:
    """Count flushes, weigh the hashing, let writers compete, and time the auditor."""
    world, many, missed = build("proof"), 20 if long else 5, list[str]()
    for figure in (
        _flushes(world, requests=100 * many),
        _auditor(world.lead, looks=50_000 * many),
        _hashing(world.lead, rounds=12 * many),  # which takes rows away again: after the auditor
        _writers(world, seconds=2.0 * many),
    ):
        try:
            yield from figure
        except NotShown as no:  # the others are worth knowing all the same
            missed.append(str(no))
    required(not missed, "; ".join(missed))


def _flushes(world: World, requests: int) -> Iterator[Row]:
    client = world.client("lead", SERVER_NAME="localhost")
    client.get(PAGE)
    before = _flushed()
    for _ in range(requests):
        required(client.get(PAGE).status_code == 200, "the page did not answer")
    made = (_flushed() - before) / requests
    yield Row(
        "Flushes to disk for one request", f"{made:.2f}", "1",
        f"pg_stat_io over {requests:,} requests for a page, its sign-in kept alive",
    )  # fmt: skip
    required(made <= 1.05, f"a request flushed {made:.2f} times")


def _flushed() -> int:
    """How often backends have flushed; one that has ended has told of all it did."""
    connections.close_all()
    time.sleep(0.5)
    with psycopg.connect(administrator(), autocommit=True) as looking:
        (found,) = looking.execute(FLUSHES).fetchone() or (0,)
    return int(found)


def _hashing(by: Actor, rounds: int, batch: int = 100) -> Iterator[Row]:
    took: dict[str, list[float]] = {"ENABLE": [], "DISABLE": []}
    with psycopg.connect(administrator(), autocommit=True) as server:
        for turn in range(2 * rounds):
            how = "DISABLE" if turn % 2 else "ENABLE"
            server.execute(f"ALTER TABLE sharing_consultation {how} TRIGGER leave")
            began = time.perf_counter()
            _look(by, batch)
            took[how].append((time.perf_counter() - began) / batch)
        server.execute("ALTER TABLE sharing_consultation ENABLE TRIGGER leave")
        server.execute("DELETE FROM sharing_consultation WHERE leaf IS NULL")
    having, without = (statistics.median(took[how]) for how in ("ENABLE", "DISABLE"))
    yield Row(
        "A look with its leaf, against one without", f"{having / without:.2f} times", "≤ 1.10",
        f"medians {having * 1000:.2f} and {without * 1000:.2f} ms, {2 * rounds * batch:,} looks",
    )  # fmt: skip
    required(having <= 1.10 * without, f"hashing costs {having / without - 1:.0%}")


def _look(by: Actor, times: int) -> None:
    for _ in range(times):
        note_look(by, kind="page", route="people:person", records=[by.post])


def _writers(world: World, seconds: float) -> Iterator[Row]:
    one, many = (_rate(world, count, seconds) for count in (1, WRITERS))
    yield Row(
        f"{WRITERS} writers against one, on this disk", f"{many / one:.1f} times", "",
        f"{many:,.0f} and {one:,.0f} durable looks a second: the processor is what they wait for",
    )  # fmt: skip
    with _server_told(*SLOW_DISK):
        one, many = (_rate(world, count, seconds) for count in (1, WRITERS))
        with _server_told(ONE_AT_A_TIME, undo=ALL_AT_ONCE):
            waiting = _rate(world, WRITERS, seconds)
    yield Row(
        f"{WRITERS} writers against one, on a disk that takes 4 ms to flush",
        f"{many / one:.1f} times", "≥ 4",
        f"{many:,.0f} and {one:,.0f} looks a second; PostgreSQL waits so long (commit_delay)",
    )  # fmt: skip
    yield Row(
        "The same if each waited for the one before it", f"{waiting / one:.1f} times", "",
        "a lock until the commit, as a chain through all rows needs: so the figure would show one",
    )  # fmt: skip
    required(many >= 4 * one, f"{WRITERS} writers wrote {many / one:.1f} times as fast as one")
    required(waiting < 2 * one, "a lock for all writers did not show, so nothing is shown")


@contextmanager
def _server_told(*told: str, undo: Sequence[str] = THIS_DISK) -> Iterator[None]:
    with psycopg.connect(administrator(), autocommit=True) as server:
        for one in told:
            server.execute(one)
        try:
            yield
        finally:
            for one in undo:
                server.execute(one)


def _rate(world: World, writers: int, seconds: float) -> float:
    """Looks a second that so many processes commit, each with a connection of its own."""
    connections.close_all()
    fork = multiprocessing.get_context("fork")
    ready, counts = fork.Barrier(writers), fork.Queue()
    names = ["teacher", "screener", "lead", "nurse"]
    team = [
        fork.Process(target=_write, args=(world.actors[names[n % 4]], seconds, ready, counts.put))
        for n in range(writers)
    ]
    for one in team:
        one.start()
    made = sum(counts.get() for _ in team)
    for one in team:
        one.join()
    return made / seconds


def _write(by: Actor, seconds: float, ready: object, tell: Callable[[int], None]) -> None:
    _look(by, 1)
    ready.wait()  # type: ignore[attr-defined]
    made, until = 0, time.monotonic() + seconds
    while time.monotonic() < until:
        _look(by, 1)
        made += 1
    tell(made)


def _auditor(by: Actor, looks: int) -> Iterator[Row]:
    services.seal()
    _fill(by, looks)
    began = time.perf_counter()
    sealed = services.seal()
    yield Row(
        "Rows sealed in a second", f"{sealed / (time.perf_counter() - began):,.0f}", "",
        f"{sealed:,} rows at once",
    )  # fmt: skip
    with TemporaryDirectory(prefix="lp", dir="/tmp") as folder:
        began = time.perf_counter()
        report = auditing.verify(Path(folder) / "state.json")
        rate = report.rows / (time.perf_counter() - began)
        required(not report.found, f"the auditor found: {report.found[:1]}")
        required(state.load(Path(folder) / "state.json") is not None, "nothing was remembered")
    yield Row(
        "Rows audited in a second", f"{rate:,.0f}", "≥ 100,000",
        f"every leaf, chain, root and signature of {report.rows:,} rows, in one process",
    )  # fmt: skip
    required(rate >= 100_000, f"the auditor checks {rate:,.0f} rows a second")


def _fill(by: Actor, looks: int) -> None:
    """Write many looks at once, vouched for as one writer would have done.

    They stand in one transaction, where the tree has them in the order of their ids.
    """
    key, writer, before = keys.writers_key(), f"proof-{uuid4().hex[:8]}", b""
    columns = "id, at, person, post, agency, purpose, kind, route, records, sought, writer, turn"
    with (
        psycopg.connect(administrator()) as server,
        server.cursor() as cursor,
        cursor.copy(f"COPY sharing_consultation ({columns}, closes, salt, mac) FROM STDIN") as to,
    ):
        first = uuid4().int >> 32 << 32
        for turn in range(1, looks + 1):
            made, salt = UUID(int=first + turn), uuid4().bytes
            own = (by.person, by.post, by.agency, 1, "page", "people:person", [by.post])
            said = rows.said(rows.LOOK, made, writer, turn, [], *own)
            before = rows.mac(key, before, said, rows.detail_hash(salt, ""))
            to.write_row([made, "now", *own, "", writer, turn, [], salt, before])
    required(evidence.log_id() is not None, "there is no log")
