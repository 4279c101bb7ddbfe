"""How much room the embedded database's disk has, and the reserve that is kept for looks.

Nothing is shown before its look is written down. So that people can go on reading when the disk
runs full, a file of some size holds room that is let go then, and other writes are refused early.
"""

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from locality.kit.saying import Saying, say
from locality.web.running.cluster import Cluster

MEGABYTE = 1_000_000
FLOOR = 64 * MEGABYTE  # below, PostgreSQL may not be able to begin its next piece of log, and dies
NAME = "reserve"


@dataclass(frozen=True, slots=True)
class Room:
    """What is free on a disk and what the reserve holds of it, in bytes."""

    free: int
    held: int  # in the reserve's file now
    reserve: int  # what it should hold

    @property
    def is_low(self) -> bool:
        """Whether only what people need to go on reading may still be written."""
        return self.free + self.held < 2 * self.reserve

    @property
    def is_none(self) -> bool:
        """Whether not even a look can be counted on to be written."""
        return self.is_low and self.free + self.held < FLOOR

    @property
    def must_let_go(self) -> bool:
        """Whether the reserve is needed now."""
        return bool(self.held) and self.free < max(FLOOR, self.reserve // 4)

    @property
    def may_be_held(self) -> bool:
        """Whether there is room enough to hold the reserve again."""
        return self.held < self.reserve and not self.is_low

    def __str__(self) -> str:
        return self.said()

    def said(self) -> Saying:
        """Say it to an operator, in megabytes."""
        free = f"{(self.free + self.held) / MEGABYTE:,.0f}"
        if self.is_none:
            return say("The disk is full: {free} MB are left. Nothing can be read or saved until "
                       "there is room.", free=free)  # fmt: skip
        if self.is_low:
            return say("The disk is nearly full: {free} MB are left. People can read; nothing is "
                       "saved until there is room.", free=free)  # fmt: skip
        return say("{free} MB of the disk are free, of which {held} MB are held in reserve.",
                   free=free, held=f"{self.held / MEGABYTE:,.0f}")  # fmt: skip


def measure(cluster: Cluster, reserve: int) -> Room:
    """Look how much room there is for the account that the server runs as."""
    there = os.statvfs(cluster.files if cluster.files.exists() else cluster.home)
    held = 0
    with suppress(FileNotFoundError):
        held = _file(cluster).stat().st_blocks * 512
    return Room(there.f_bavail * there.f_frsize, held, reserve)


def let_go(cluster: Cluster, reserve: int) -> Room:
    """Let the reserve go if it is needed now; say how much room there is."""
    room = measure(cluster, reserve)
    if not room.must_let_go:
        return room
    _file(cluster).unlink(missing_ok=True)
    return measure(cluster, reserve)


def tend(cluster: Cluster, reserve: int) -> Room:
    """The same; and hold the reserve again once there is room."""
    room = let_go(cluster, reserve)
    if not (room.may_be_held and _is_beside(cluster)):
        return room
    _hold(_file(cluster), reserve)
    return measure(cluster, reserve)


def here(look: Callable[[Cluster, int], Room] = let_go) -> Room | None:
    """How much room this site's database has; None for a server of one's own."""
    if os.environ.get("LOCALITY_DATABASE_URL") or not settings.RESERVE:
        return None
    return look(Cluster(settings.VAR), settings.RESERVE)


def _file(cluster: Cluster) -> Path:
    return cluster.home / NAME


def _is_beside(cluster: Cluster) -> bool:
    """Whether the reserve's file is on the same disk as the database's."""
    return cluster.files.exists() and cluster.files.stat().st_dev == cluster.home.stat().st_dev


def _hold(file: Path, size: int) -> None:
    """Take up room on the disk: really, not as a file that says so."""
    with suppress(OSError):  # somebody else has used the room meanwhile
        part = os.open(file, os.O_WRONLY | os.O_CREAT, 0o600)
        try:
            _allocate(part, size)
        finally:
            os.close(part)


def _allocate(part: int, size: int) -> None:
    if hasattr(os, "posix_fallocate"):
        os.posix_fallocate(part, 0, size)
        return
    for at in range(0, size, MEGABYTE):  # no such call on a Mac
        os.pwrite(part, bytes(min(MEGABYTE, size - at)), at)
