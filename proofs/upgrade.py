"""Killed at any moment, an upgrade to a newer PostgreSQL leaves the old database as it was.

A database made by an older PostgreSQL, with people and a sealed trail in it, is upgraded over and
over by a process that is killed with kill -9 at a moment drawn. Each time the old database must
start and say of itself what it said before: rows, guards, trail. At last one upgrade is let end,
and says the same.
"""

import shutil
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from locality.kit.errors import Refused
from locality.web.running import cluster as clusters
from locality.web.running.backup.comparing import said
from locality.web.running.backup.words import Said
from locality.web.running.cluster import VERSION, Cluster
from locality.web.running.embedded import running, server
from locality.web.running.upgrading.moving import take_back
from locality.web.running.upgrading.old import version
from proofs import Row, required
from tests.backing_up.source import NAME
from tests.upgrading import older


def run(*, long: bool, seed: int) -> Iterator[Row]:
    """Upgrade and kill, and at last upgrade."""
    random, times = Random(seed), 60 if long else 6
    with TemporaryDirectory(prefix="lu", dir="/tmp") as folder:
        old = older.make(Path(folder))
        older.live(old)
        with running(old):
            before = said(old.uri(NAME))
        was, lasts = version(old), _whole(old, before)
        same = sum(_killed(old, before, random.uniform(0, lasts)) for _ in range(times))
        required(same == times, f"{times - same} of {times} times the old database was another")
        _whole(old, before)
    yield Row(
        "The old database starts and is as it was", f"{same} of {times}", "all",
        f"killed within the {lasts:.0f} s that an upgrade from {was} to {VERSION} takes",
    )  # fmt: skip
    yield Row(
        "An upgrade that ends", "no difference", "no difference",
        f"{sum(before.rows.values()):,} rows of {len(before.rows)} tables, guards and trail",
    )  # fmt: skip


def _whole(old: Cluster, before: Said) -> float:
    """Upgrade to the end, compare, put the old files back; say how many seconds it took."""
    began = time.monotonic()
    with older.upgrading(old) as going:
        going.communicate()
    required(going.returncode == 0, "an upgrade that nobody killed failed")
    lasted = time.monotonic() - began
    with server(old.home):
        required(said(old.uri(NAME)) == before, "after the upgrade something is another")
    _put_back(old)
    return lasted


def _killed(old: Cluster, before: Said, after: float) -> bool:
    """Kill an upgrade after so many seconds; say whether the old database is as it was."""
    with older.upgrading(old) as going:
        time.sleep(after)
        going.kill()
    with suppress(Refused):  # killed before it began or after it was done
        take_back(old)
    if clusters.set_aside(old):
        _put_back(old)
    with running(old):
        return said(old.uri(NAME)) == before


def _put_back(old: Cluster) -> None:
    (kept,) = clusters.set_aside(old)
    shutil.rmtree(old.files)
    kept.rename(old.files)
