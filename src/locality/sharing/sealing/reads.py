"""The last checkpoint and who holds copies of it, for whoever is acting."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection

from locality.sharing.sealing import witnesses
from locality.sharing.sealing.rules.notes import read


@dataclass(frozen=True, slots=True)
class Last:
    """The last checkpoint: how many rows it covers, from when it is, its root and its note."""

    log: str
    size: int
    at: datetime
    root: str
    note: str


@dataclass(frozen=True, slots=True)
class Copy:
    """An outside party, the folder it gets checkpoints in, and whether the last one is there."""

    name: str
    folder: Path
    has_it: bool


def last_checkpoint() -> Last | None:
    """The last checkpoint, or None before anything has been sealed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT size, at, note FROM locality.last_checkpoint()")
        size, at, note = cursor.fetchone()
    if note is None:
        return None
    said = read(note)
    return Last(said.origin.rpartition("/")[2], size, at, said.root.hex(), note)


def copies(last: Last | None) -> list[Copy]:
    """Who holds copies. A folder that this machine cannot read counts as not having one."""
    return [
        Copy(
            name,
            folder / (last.log if last else ""),
            last is not None and witnesses.holds(name, last.log, last.note),
        )
        for name, folder in settings.WITNESSES.items()
    ]


def only_on_this_machine() -> bool:
    """Whether every copy lies in Locality's own folder, where it proves little."""
    return all(settings.VAR in folder.parents for folder in settings.WITNESSES.values())
