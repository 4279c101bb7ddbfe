"""The keys of the trail: files on this machine, readable by its account alone, made when needed.

They are never in the database. `writers.key` vouches for rows; each log has its own `signing.key`.
"""

import os
import secrets
from functools import cache
from pathlib import Path
from uuid import UUID

from django.conf import settings

from locality.sharing.sealing.rules.notes import Signer, signer


def writers_key() -> bytes:
    """The key with which processes vouch for what they write. Every machine needs the same."""
    return _writers_key(settings.AUDIT)


@cache
def _writers_key(folder: Path) -> bytes:
    return bytes.fromhex(_kept(folder / "writers.key", secrets.token_hex(32)))


def signing_key(log: UUID) -> Signer:
    """The key that signs the checkpoints of one log."""
    fresh = Signer(f"locality/{log}", secrets.token_bytes(32))
    return signer(_kept(folder_of(log) / "signing.key", fresh.secret()))


def folder_of(log: UUID) -> Path:
    """Where this machine keeps what belongs to one log."""
    return settings.AUDIT / str(log)


def _kept(file: Path, fresh: str) -> str:
    """Read the file, writing it the first time: whole or not at all, whoever else does so."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        made = file.with_suffix(f".{os.getpid()}-{secrets.token_hex(4)}")
        with os.fdopen(os.open(made, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as new:
            new.write(fresh)
        try:
            os.link(made, file)
        except FileExistsError:
            pass
        finally:
            made.unlink()
    return file.read_text()
