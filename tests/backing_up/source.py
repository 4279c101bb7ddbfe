"""A whole database of Locality in a folder of its own, whose log is kept; and moments in it."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from unittest.mock import patch

import psycopg
import pyrage

from locality.web.running.backup.comparing import said
from locality.web.running.backup.restoring import without_archive
from locality.web.running.backup.words import Said, Source
from locality.web.running.cluster import Cluster
from locality.web.running.embedded import server

NAME, KEY, LOG = "locality", "key.txt", "log"
OTHER_DATABASES = ("LOCALITY_DATABASE_URL", "LOCALITY_OWNER_URL")


@contextmanager
def whole_database(folder: Path) -> Iterator[Source]:
    """Lend one, with every table and policy, and an empty table of moments."""
    folder.chmod(0o711)  # PostgreSQL's account must pass
    kept = {k: v for k, v in os.environ.items() if k not in OTHER_DATABASES}
    ours = {
        "LOCALITY_VAR": str(folder / "var"), "LOCALITY_ARCHIVE": str(folder / LOG),
        "LOCALITY_BACKUP_TO": new_key(folder),
    }  # fmt: skip
    with patch.dict(os.environ, kept | ours, clear=True), server(folder / "var"):
        made = [sys.executable, "-c", "from locality.cli import main; main(['migrate'])"]
        subprocess.run(made, check=True, capture_output=True)
        found = Source(Cluster(folder / "var"), NAME)
        with psycopg.connect(found.address, autocommit=True) as admin:
            admin.execute("CREATE TABLE moments (at timestamptz PRIMARY KEY)")
        yield found


def new_key(folder: Path) -> str:
    """Make a key in a folder, as age-keygen does, and give its public half."""
    made = pyrage.x25519.Identity.generate()
    (folder / KEY).write_text(f"# keep it apart\n{made}\n", encoding="utf-8")
    return str(made.to_public())


def write(source: Source, *moments: datetime) -> None:
    """Commit moments."""
    with psycopg.connect(source.address, autocommit=True) as admin:
        for at in moments:
            admin.execute("INSERT INTO moments VALUES (%s)", [at])


def read(var: Path) -> list[datetime]:
    """The moments that a restored database holds."""
    address = Source(Cluster(var), NAME).address
    with without_archive(), server(var), psycopg.connect(address) as copy:
        return [at for (at,) in copy.execute("SELECT at FROM moments ORDER BY at").fetchall()]


def told(var: Path) -> Said:
    """What a restored database says of itself."""
    with without_archive(), server(var):
        return said(Source(Cluster(var), NAME).address)


def finish_log(source: Source, kept: Path) -> None:
    """Have the piece of the log that is being written kept, and wait until it is."""
    with psycopg.connect(source.address, autocommit=True) as admin:
        (piece,) = admin.execute("SELECT pg_walfile_name(pg_current_wal_lsn())").fetchone()
        admin.execute("SELECT pg_switch_wal()")
    until = time.monotonic() + 60
    while not (kept / f"{piece}.age").exists():
        if time.monotonic() > until:
            raise RuntimeError("the log was not kept")
        time.sleep(0.1)
