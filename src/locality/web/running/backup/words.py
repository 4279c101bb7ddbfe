"""What a backup says of the database it was taken from, and what a drill compares."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from locality.web.running.cluster import Cluster

SUFFIX = ".age"
MANIFEST, SAID = "backup_manifest", "locality.json"


@dataclass(frozen=True, slots=True)
class Said:
    """What can be told from outside whether two databases hold the same."""

    rows: dict[str, int]  # of each table
    guards: str  # SHA-256 of every policy, grant, trigger and function that guards rows
    log: str  # which trail it is
    size: int  # rows of the trail at its last checkpoint
    root: str  # of its tree there, in hexadecimal digits
    note: str  # as the witnesses hold it


def told(what: Said) -> str:
    """Say it in one line, for an operator."""
    return (
        f"{sum(what.rows.values()):,} rows in {len(what.rows)} tables, guards "
        f"{what.guards[:12]}, {what.size:,} rows of the trail sealed, root {what.root[:12]}"
    )


@dataclass(frozen=True, slots=True)
class Source:
    """The database that is backed up, and the embedded server that runs it."""

    cluster: Cluster
    database: str

    @property
    def address(self) -> str:
        """How its administrator reaches it."""
        return self.cluster.uri(self.database)


@dataclass(frozen=True, slots=True)
class Copy:
    """One backup by its file's name: when it was taken, and after which other."""

    file: Path
    taken: str
    after: str | None

    @property
    def manifest(self) -> Path:
        """The list of its files, without which nothing can be taken after it."""
        return self.file.with_suffix(".manifest")


def stamp(when: datetime) -> str:
    """Name a moment, such as 20261126T211500Z."""
    return when.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def named(folder: Path, taken: str, after: str | None) -> Copy:
    """Name a backup in a folder."""
    kind = f"after-{after}" if after else "full"
    return Copy(folder / f"locality-{taken}-{kind}{SUFFIX}", taken, after)


def read_name(file: Path) -> Copy | None:
    """Read a backup's name, or None where a file is not called like one."""
    parts = file.name.removesuffix(SUFFIX).split("-", 3)
    if len(parts) < 3 or parts[0] != "locality" or not file.name.endswith(SUFFIX):
        return None
    if parts[2] == "full":
        return Copy(file, parts[1], None)
    return Copy(file, parts[1], parts[3]) if parts[2] == "after" and len(parts) == 4 else None
