"""The embedded PostgreSQL: started by the first who needs it, stopped by the last who leaves."""

import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
import psycopg

from locality.kit.errors import Refused
from locality.web.running import cluster as clusters
from locality.web.running.cluster import Cluster, Tell
from locality.web.running.locks import Users, held
from locality.web.running.progress import doing

PATIENCE = 300  # seconds for a start: after a crash the server first reads its log again
LOG_LIMIT = 10_000_000


@contextmanager
def server(home: Path, *, durable: bool = True, tell: Tell = lambda _: None) -> Iterator[str]:
    """Lend the database below `home`, started if need be; give its administrator's address.

    Several processes may hold it at once: the last to leave stops it. What a killed process
    left running is taken over; what it left broken is ended and started again.
    Refuses with one sentence when the server cannot be had.
    """
    cluster = Cluster(home.resolve())
    cluster.home.mkdir(parents=True, exist_ok=True)
    starting = cluster.home / "postgres.starting"
    with Users(cluster.home / "postgres.users") as users:
        with held(starting), doing("Starting the database"):
            _ensure_running(cluster, durable=durable, tell=tell)
        try:
            yield cluster.uri()
        finally:
            with held(starting):
                if users.last():
                    stop(cluster)


@contextmanager
def running(cluster: Cluster) -> Iterator[str]:
    """Run the server of files that are there, for somebody who holds them alone.

    It may be one of an older version: nothing is made, and nobody else is let use it.
    """
    _end_leftovers(cluster)
    clusters.prepare_folders(cluster, lambda _: None)
    clusters.shut_the_door(cluster)
    _start(cluster, durable=True)
    try:
        yield cluster.uri()
    finally:
        stop(cluster)


def _ensure_running(cluster: Cluster, *, durable: bool, tell: Tell) -> None:
    if _comes_up(cluster):
        return
    _end_leftovers(cluster)
    clusters.prepare_folders(cluster, tell)
    clusters.create(cluster, tell)
    clusters.shut_the_door(cluster)
    _start(cluster, durable=durable)


def _comes_up(cluster: Cluster) -> bool:
    """Wait while a server that is there reads its log again; say whether it then answers.

    It does so by itself when one of its processes was killed. Ended meanwhile, it would have to
    begin again.
    """
    until = time.monotonic() + PATIENCE
    while not answers(cluster):
        if not _is_reading(cluster) or time.monotonic() > until:
            return False
        time.sleep(0.1)
    return True


def _is_reading(cluster: Cluster) -> bool:
    """Ask whether a server says that it is coming up."""
    try:
        psycopg.connect(cluster.uri(), connect_timeout=3).close()
    except psycopg.Error as error:
        return any(says in str(error) for says in ("starting up", "in recovery mode"))
    return True


def answers(cluster: Cluster) -> bool:
    """Ask whether a server answers and these are its files."""
    if not (cluster.socket / clusters.SOCKET_NAME).exists():
        return False
    try:
        with psycopg.connect(cluster.uri(), connect_timeout=3) as connection:
            found = connection.execute("SHOW data_directory").fetchone()
            return found is not None and Path(found[0]) == cluster.files
    except psycopg.Error:
        return False


def processes(cluster: Cluster) -> list[psutil.Process]:
    """List the server's living processes, known by the folder they work in."""
    found = []
    for process in psutil.process_iter():
        with suppress(psutil.Error, OSError):
            if process.name() == "postgres" and process.status() != psutil.STATUS_ZOMBIE:
                found += [process] if process.cwd() == str(cluster.files) else []
    return found


def _end_leftovers(cluster: Cluster) -> None:
    """End a server that does not answer, and forget a file that names a dead process.

    PostgreSQL would believe that file if the number belonged to any other process by now.
    """
    _end(cluster, signal.SIGTERM, patience=20)
    (cluster.files / "postmaster.pid").unlink(missing_ok=True)
    for name in (clusters.SOCKET_NAME, f"{clusters.SOCKET_NAME}.lock"):
        (cluster.socket / name).unlink(missing_ok=True)


def _end(cluster: Cluster, ask: signal.Signals, *, patience: float) -> None:
    """Ask every process of the server to end; after `patience` seconds make them."""
    left = processes(cluster)
    for process in left:
        with suppress(psutil.Error):
            process.send_signal(ask)
    if not _ended(cluster, patience):
        for process in processes(cluster):
            with suppress(psutil.Error):
                process.kill()
        _ended(cluster, patience)


def _ended(cluster: Cluster, patience: float) -> bool:
    until = time.monotonic() + patience
    while processes(cluster):
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


def _start(cluster: Cluster, *, durable: bool) -> None:
    if cluster.log.exists() and cluster.log.stat().st_size > LOG_LIMIT:
        cluster.log.unlink()
    with cluster.log.open("ab") as log:
        began = log.tell()
        # pg_ctl sets the server free from us: Ctrl-C is for us, and we stop it after its users.
        started = subprocess.run(
            clusters.start_command(cluster, durable=durable, patience=PATIENCE),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd="/",
            check=False,
            **clusters.as_account(cluster),
        )
    if started.returncode or not answers(cluster):
        _end(cluster, signal.SIGTERM, patience=20)
        raise Refused("web.database_did_not_start", _why_not(cluster, began))


def _why_not(cluster: Cluster, began: int) -> str:
    said = cluster.log.read_bytes()[began:].decode(errors="replace").splitlines()
    if any("No space left" in line for line in said):
        return "The database could not start: the disk is full."
    fatal = [line.partition("FATAL:")[2].strip() for line in said if "FATAL:" in line]
    why = (fatal or said or ["it said nothing"])[-1].rstrip(".")
    return f"The database could not start: {why}. The whole log is {cluster.log}."


def stop(cluster: Cluster) -> None:
    """Stop the server in an orderly way; open connections are closed, their work undone."""
    here = {process.pid: process for process in processes(cluster)}
    for process in here.values():
        with suppress(psutil.Error):
            if process.ppid() not in here:
                process.send_signal(signal.SIGINT)  # PostgreSQL's fast shutdown
    if not _ended(cluster, patience=60):
        _end(cluster, signal.SIGTERM, patience=10)
