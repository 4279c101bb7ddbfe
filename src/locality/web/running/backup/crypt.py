"""Streams through age encryption: what is written never lies on the disk in clear."""

import os
import tarfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import pyrage

from locality.kit.errors import Refused
from locality.kit.saying import say

CHUNK = 1 << 20


def recipients(names: Sequence[str]) -> list[Any]:
    """The keys a backup is encrypted to. Refuses with `web.backup_recipient` what is none."""
    if not names:
        raise Refused(
            "web.backup_recipient",
            "Say who can open the backup: --to age1…, or LOCALITY_BACKUP_TO. "
            "`age-keygen` makes such a key; keep its secret half away from this machine.",
        )
    return [_recipient(name) for name in names]


def _recipient(name: str) -> Any:
    try:
        return pyrage.x25519.Recipient.from_str(name)
    except pyrage.RecipientError as error:
        raise Refused(
            "web.backup_recipient", say("“{name}” is no age key: one begins with age1.", name=name)
        ) from error


def identities(file: Path) -> list[Any]:
    """The secret keys in a file that age-keygen wrote. Refuses with `web.backup_identity`."""
    lines = [line.strip() for line in file.read_text(encoding="utf-8").splitlines()]
    try:
        found = [
            pyrage.x25519.Identity.from_str(line)
            for line in lines
            if line and not line.startswith("#")
        ]
    except pyrage.IdentityError as error:
        raise Refused(
            "web.backup_identity", say("{file} holds no secret key of age.", file=file)
        ) from error
    if not found:
        raise Refused("web.backup_identity", say("{file} holds no secret key of age.", file=file))
    return found


@contextmanager
def encrypting(to: IO[bytes], keys: Sequence[Any]) -> Iterator[IO[bytes]]:
    """Give a stream whose every byte goes to `to` encrypted."""
    out, into = os.pipe()
    with os.fdopen(out, "rb") as source:
        work = _Working(lambda: pyrage.encrypt_io(source, to, keys))
        with os.fdopen(into, "wb") as stream:
            yield stream
        work.done()


@contextmanager
def decrypting(from_: IO[bytes], keys: Sequence[Any]) -> Iterator[IO[bytes]]:
    """Give a stream of what `from_` holds encrypted. Refuses with `web.backup_not_opened`."""
    out, into = os.pipe()
    target = os.fdopen(into, "wb")

    def work() -> None:
        with target:
            pyrage.decrypt_io(from_, target, keys)

    with os.fdopen(out, "rb") as stream:
        working = _Working(work)
        try:
            yield stream
            while stream.read(CHUNK):  # what follows the end of an archive
                pass
        except (tarfile.TarError, OSError):  # cut short: say why, if the key does not fit
            stream.close()
            working.join()
            working.refuse()
            raise
        working.done()


class _Working(threading.Thread):
    """Work beside this thread that says afterwards what went wrong in it."""

    def __init__(self, work: Any) -> None:
        super().__init__(daemon=True)
        self._work, self._wrong = work, None
        self.start()

    def run(self) -> None:
        try:
            self._work()
        except Exception as wrong:  # handed to whoever waits for it
            self._wrong = wrong

    def done(self) -> None:
        """Wait until it has ended; raise what it raised."""
        self.join()
        self.refuse()
        if self._wrong:
            raise self._wrong

    def refuse(self) -> None:
        """Refuse with `web.backup_not_opened` when what went wrong is the key or the bytes."""
        if isinstance(self._wrong, (pyrage.DecryptError, OSError)):
            raise Refused(
                "web.backup_not_opened",
                "This key does not open the backup, or the backup is damaged.",
            ) from self._wrong
