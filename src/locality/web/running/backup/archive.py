"""Keep one finished piece of the database's log, encrypted, for `restore --at`.

PostgreSQL runs this file by itself, as its `archive_command`: FROM TO RECIPIENT [RECIPIENT ...].
It knows nothing of the rest of Locality, so that it starts at once and cannot fail with it.
"""

import os
import sys
from pathlib import Path

import pyrage


def keep(piece: Path, to: Path, recipients: list[str]) -> None:
    """Write a piece encrypted; whole or not at all, and never over another."""
    if to.exists():
        sys.exit(f"{to} is there already")
    keys = [pyrage.x25519.Recipient.from_str(one) for one in recipients]
    part = to.with_suffix(".part")
    with piece.open("rb") as source, part.open("wb") as target:
        pyrage.encrypt_io(source, target, keys)
        target.flush()
        os.fsync(target.fileno())
    part.rename(to)
    folder = os.open(to.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


if __name__ == "__main__":
    keep(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:])
