"""Vouch for each row of the trail as it is written, with a key the database never holds.

What a thread commits on the connection `log` always stays, and so forms its chain: each look or
sign-in vouches for the one before it and for the entries committed in between. A file on this
machine says how far each writer has come, so that the end of a chain cannot be cut off unnoticed.
"""

import json
import os
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TypeVar
from uuid import UUID, uuid4

from django.db import connections, transaction

from locality.sharing.models import AuditEntry, SignIn
from locality.sharing.sealing import keys
from locality.sharing.sealing.rules import rows

SAYS = {
    AuditEntry: (rows.ENTRY, "why",
                 ("person", "post", "agency", "purpose", "did", "kind", "record")),
    SignIn: (rows.SIGN_IN, "user", ("what", "method")),
}  # fmt: skip
Row = TypeVar("Row", AuditEntry, SignIn)


@dataclass(slots=True)
class Writer:
    """One thread of one process: how far its chain goes and what that has yet to vouch for."""

    file: Path
    process: int
    name: str
    turn: int = 0
    mac: bytes = b""
    entries: list[UUID] = field(default_factory=list)

    def save(self) -> None:
        """Tell this machine how far we are, in one write."""
        told = {"turn": self.turn, "mac": self.mac.hex(), "entries": list(map(str, self.entries))}
        opened = os.open(self.file, os.O_CREAT | os.O_WRONLY, 0o600)
        try:
            written = os.pwrite(opened, json.dumps(told).encode() + b"\n", 0)
            os.ftruncate(opened, written)
        finally:
            os.close(opened)


@dataclass(slots=True)
class Vouched:
    """What a writer adds to one row of its chain."""

    row: UUID
    writer: str
    turn: int
    closes: list[UUID]
    salt: bytes
    mac: bytes
    kept: bool = False

    def values(self) -> list[object]:
        """The last arguments of locality.consult and locality.sign_in."""
        return [self.row, self.writer, self.turn, self.closes, self.salt, self.mac]

    def is_kept(self) -> None:
        """Say that the row has been committed."""
        self.kept = True


_here = threading.local()


@contextmanager
def vouching(kind: str, *own: rows.Value, detail: str) -> Iterator[Vouched]:
    """Vouch for the next row of this thread's chain, which the block commits.

    A block that ends badly may have committed or not: the thread then begins another chain.
    """
    writer = _writer("log")
    salt, row, turn = secrets.token_bytes(16), uuid4(), writer.turn + 1
    closes = list(writer.entries)
    said = rows.said(kind, row, writer.name, turn, closes, *own)
    mac = rows.mac(keys.writers_key(), writer.mac, said, rows.detail_hash(salt, detail))
    made = Vouched(row, writer.name, turn, closes, salt, mac)
    try:
        yield made
    except BaseException:
        _here.writer = None
        raise
    if made.kept:
        writer.turn, writer.mac, writer.entries = turn, mac, []
        writer.save()


def vouched(row: Row, *, using: str = "default") -> Row:
    """Vouch for a row written in the caller's transaction, which may yet be rolled back.

    Once committed it is vouched for again, by the next row of this thread's chain.
    """
    kind, detail, own = SAYS[type(row)]
    writer = _writer("log" if using == "default" else using)
    row.writer, row.turn, row.closes = writer.name, 0, []
    row.salt = secrets.token_bytes(16)
    said = rows.said(kind, row.pk, writer.name, 0, [], *(_as_kept(row, name) for name in own))
    hidden = rows.detail_hash(row.salt, str(getattr(row, detail) or ""))
    row.mac = rows.mac(keys.writers_key(), b"", said, hidden)
    transaction.on_commit(partial(_committed, writer, row.pk), using=using)
    return row


def _as_kept(row: Row, name: str) -> rows.Value:
    """A value as the database will have it, whatever form it was given in."""
    return row._meta.get_field(name).to_python(getattr(row, name))


def _committed(writer: Writer, row: UUID) -> None:
    writer.entries.append(row)
    writer.save()


def _writer(using: str) -> Writer:
    """This thread's writer; a forked process begins its own."""
    writer: Writer | None = getattr(_here, "writer", None)
    if writer is None or writer.process != os.getpid():
        writer = _here.writer = _new_writer(using)
    return writer


def _new_writer(using: str) -> Writer:
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT locality.log_id()")
        (log,) = cursor.fetchone()
    folder = keys.folder_of(log) / "writers"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    name = secrets.token_hex(8)
    return Writer(folder / f"{name}.json", os.getpid(), name)
