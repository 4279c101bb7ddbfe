"""The folders of outside parties: where each gets every checkpoint, and what it holds.

Nothing in them is ever written over. A party may copy them away, or mount them so that what is
in them cannot be changed from here.
"""

import os
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from django.conf import settings

from locality.sharing.sealing.rules.notes import read


def file_with_all(log: UUID, note: str, verifier: str) -> list[str]:
    """Put a note into every folder and name those that could not be reached."""
    missed = []
    for name, folder in settings.WITNESSES.items():
        try:
            _file(folder / str(log), f"{name_of(note)}.note", note)
            _file(folder / str(log), "key.txt", f"{verifier}\n")
        except OSError:
            missed.append(name)
    return missed


def holds(name: str, log: UUID | str, note: str) -> bool:
    """Whether a witness's folder, as this machine sees it, holds just this note."""
    file = settings.WITNESSES[name] / str(log) / f"{name_of(note)}.note"
    try:
        return file.read_text(encoding="utf-8") == note
    except (OSError, UnicodeDecodeError):
        return False


def notes(folder: Path, log: UUID) -> Iterator[tuple[str, str]]:
    """Every note in a folder with its file's name, in the order of their sizes."""
    for file in sorted((folder / str(log)).glob("*.note")):
        yield file.name, file.read_text(encoding="utf-8", errors="replace")


def name_of(note: str) -> str:
    """The name of a note's file: two notes of one size do not get in each other's way."""
    return f"{read(note).size:012d}-{sha256(note.encode()).hexdigest()[:8]}"


def _file(folder: Path, name: str, text: str) -> None:
    if (folder / name).exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f"{name}.{os.getpid()}"
    with part.open("w", encoding="utf-8") as new:
        new.write(text)
        new.flush()
        os.fsync(new.fileno())
    part.replace(folder / name)
