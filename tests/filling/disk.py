"""A small disk that a test can fill: memory that Linux lends to root as one."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from locality.web.running.room import MEGABYTE
from tests.upgrading.older import environment

FILLER = "filler"


@contextmanager
def small_disk(megabytes: int) -> Iterator[Path]:
    """Lend an empty one."""
    with TemporaryDirectory(prefix="lf", dir="/tmp") as folder:
        size = f"size={megabytes * MEGABYTE},mode=711"
        subprocess.run(["mount", "-t", "tmpfs", "-o", size, "tmpfs", folder], check=True)
        try:
            yield Path(folder)
        finally:
            subprocess.run(["umount", "--lazy", folder], check=True)


def free(disk: Path) -> int:
    """Bytes that are free on it."""
    there = os.statvfs(disk)
    return there.f_bavail * there.f_frsize


def leave(disk: Path, bytes_left: int) -> None:
    """Fill it with something else until only so much is free, or make so much free again."""
    file = disk / FILLER
    held = file.stat().st_size if file.exists() else 0
    size = max(0, held + free(disk) - bytes_left)
    with file.open("ab") as filler:
        filler.truncate(min(size, held))
        if size > held:
            os.posix_fallocate(filler.fileno(), 0, size)


def live(disk: Path, how: str, *, reserve: int) -> list[dict[str, Any]]:
    """Let somebody work on it (see `living`), with a reserve of so many megabytes."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.filling.living", str(disk), how], text=True,
        env=environment(disk / "v") | {"LOCALITY_RESERVE_MB": str(reserve)},
        capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])
