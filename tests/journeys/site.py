"""A whole Locality of its own for the journeys: database, invented area, server."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from locality.sharing.roles import LOGIN, OWNER, Passwords, prepare

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 120  # seconds for the server to answer on a busy machine
SERVE = "from locality.cli import main; main()"


@dataclass(frozen=True, slots=True)
class Site:
    """Where it is, how a test looks into its database with every power, and where it writes."""

    address: str
    administrator: str
    folder: Path


@contextmanager
def running(server: str, name: str, folder: Path) -> Iterator[Site]:
    """Make the area in a database called `name` on `server`, and serve it until the block ends."""
    settings = environment(server, name, folder)
    make(server, name)
    subprocess.run(
        [sys.executable, "-m", "tests.journeys.area"], cwd=ROOT, env=settings, check=True
    )
    with served(settings, folder / "site.log") as address:
        yield Site(address, make_conninfo(server, dbname=name), folder)


@contextmanager
def served(settings: dict[str, str], says: Path, port: int | None = None) -> Iterator[str]:
    """Serve what these settings name until the block ends; give its address."""
    port = port or free_port()
    with says.open("wb") as log:
        serving = subprocess.Popen(
            [sys.executable, "-c", SERVE, "serve", f"--port={port}", "--workers=1", "--threads=6"],
            cwd=ROOT, env=settings, stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
        try:
            address = f"http://127.0.0.1:{port}"
            _wait(serving, address, says)
            yield address
        finally:
            serving.terminate()
            serving.wait(60)


def make(server: str, name: str) -> None:
    """Make an empty database of this name, as `locality database prepare` does."""
    with psycopg.connect(server, autocommit=True) as admin:
        # The roles are the whole server's: one process at a time makes them.
        admin.execute("SELECT pg_advisory_lock(7365)")
        drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
        admin.execute(drop.format(sql.Identifier(name)))
        passwords = Passwords(owner="owner-of-tests", login="login-of-tests")
        prepare(server, database=name, passwords=passwords)


def environment(server: str, name: str, folder: Path) -> dict[str, str]:
    """What the server is told: the demonstration, in this database, with nothing of our own.

    Its settings add a part that breaks a page when a header asks for that (tests/canaries).
    """
    (folder / "tmp").mkdir(exist_ok=True)
    as_login = make_conninfo(server, dbname=name, user=LOGIN, password="login-of-tests")
    as_owner = make_conninfo(server, dbname=name, user=OWNER, password="owner-of-tests")
    return os.environ | {
        "LOCALITY_DATABASE_URL": as_login, "LOCALITY_OWNER_URL": as_owner,
        "LOCALITY_DEMO": "1", "LOCALITY_VAR": str(folder),
        "LOCALITY_SECRET_KEY": "only-for-the-journeys", "LOCALITY_IDLE_MINUTES": "600",
        "LOCALITY_OPEN_DATA": str(folder / "data"),
        "DJANGO_SETTINGS_MODULE": "tests.canaries.settings", "TMPDIR": str(folder / "tmp"),
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
    }  # fmt: skip


def _wait(serving: subprocess.Popen[bytes], address: str, log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and serving.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=10):
                return
        except OSError:
            time.sleep(0.2)
    serving.terminate()
    raise RuntimeError("The site did not start:\n" + log.read_text(errors="replace"))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
