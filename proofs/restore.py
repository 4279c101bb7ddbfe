"""What is backed up can be restored: whole, and to a moment.

The time is written into a table, over and over, while the log is kept. Then moments are drawn, and
each is restored from the backup and the log: what is there ends within a second of the moment, and
nothing after it is there. At the end a drill restores a backup aside and compares every table's
rows, what guards them, the sealed trail and what the witnesses hold.
"""

import os
import shutil
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from locality.web.running.backup.drilling import drill
from locality.web.running.backup.restoring import restore
from locality.web.running.backup.taking import take
from proofs import Row, required
from tests.backing_up.source import KEY, LOG, finish_log, read, whole_database, write

EVERY = 0.05  # seconds between two moments written
WITHIN = timedelta(seconds=1)


def run(*, long: bool, seed: int) -> Iterator[Row]:
    """Write, restore to some moments, and drill."""
    times, seconds = (20, 60.0) if long else (3, 5.0)
    with TemporaryDirectory(prefix="lp", dir="/tmp") as name:
        folder = Path(name)
        with whole_database(folder) as source:
            to = [os.environ["LOCALITY_BACKUP_TO"]]
            copy, *_ = take(source, folder / "backups", to=to, now=datetime.now(UTC))
            written = _write_for(source, seconds)
            finish_log(source, folder / LOG)
            random = Random(seed)
            gaps = [
                _gap(folder, copy.file, written, random.choice(written[40:-2]))
                for _ in range(times)
            ]
            yield Row(
                "Restored to a moment", f"within {max(gaps).total_seconds():.2f} s", "1 s",
                f"{times} moments drawn from {seconds:.0f} s of writing; nothing later is there",
            )  # fmt: skip
            required(max(gaps) <= WITHIN, f"a restored database ends {max(gaps)} too early")
            began = time.monotonic()
            found = drill(source, now=datetime.now(UTC))
            required(not found.wrong, "; ".join(found.wrong))
            yield Row(
                "A drill", "no difference", "no difference",
                f"{sum(found.restored.rows.values()):,} rows of {len(found.restored.rows)} tables, "
                f"guards, trail and witnesses; {time.monotonic() - began:.0f} s",
            )  # fmt: skip


def _write_for(source: object, seconds: float) -> list[datetime]:
    written, until = [], time.monotonic() + seconds
    while time.monotonic() < until:
        written.append(datetime.now(UTC))
        write(source, written[-1])
        time.sleep(EVERY)
    return written


def _gap(folder: Path, file: Path, written: list[datetime], last: datetime) -> timedelta:
    """How much too early a database restored to just after one moment ends."""
    goal, var = last + timedelta(milliseconds=30), folder / "restored"
    restore(file, var, key=folder / KEY, at=goal, archive=folder / LOG)
    held = read(var)
    shutil.rmtree(var)
    later = [at for at in held if at > goal]
    required(not later, f"restored to {goal}, it holds {later[:1]}")
    required(held == written[: len(held)], "something before the moment is missing")
    return goal - max(held)
