"""Gather what an audit compares: rows and checkpoints here, notes with others, writers' heads."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import starmap
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import connections

from locality.sharing.sealing import keys, witnesses
from locality.sharing.sealing.rules.notes import Checkpoint, verified
from locality.sharing.sealing.words import ERASED, Head, Promise, Report, Row

USING = "owner"
ROWS = (Path(__file__).parent / "queries" / "rows.sql").read_text(encoding="utf-8")
COLUMNS = ("int8", "text", "int8", "text", "int8", "text", *["bytea"] * 4, "text", "text")
HERE = "this database"


@dataclass(frozen=True, slots=True)
class Sealed:
    """One checkpoint as the database holds it."""

    size: int
    root: bytes
    upto: int
    note: str


def log_id() -> UUID:
    """Which log this database holds."""
    (found,) = next(_all("SELECT id FROM locality_private.log"))
    return found


def checkpoints() -> list[Sealed]:
    """Every checkpoint the database holds, the smallest first."""
    found = _all("SELECT size, root, upto, note FROM locality_private.checkpoint ORDER BY size")
    return [Sealed(size, bytes(root), upto, note) for size, root, upto, note in found]


def all_rows() -> Iterator[Row]:
    """Every row of the trail, in the order of the tree. Inside one transaction.

    The server sends while we judge: asked for part by part, each would wait for the other.
    """
    asked = f"COPY ({ROWS}) TO STDOUT (FORMAT BINARY)"
    with connections[USING].cursor() as cursor, cursor.copy(asked) as sent:
        sent.set_types(COLUMNS)
        yield from starmap(Row, sent.rows())


def leaves(upto: int) -> Iterator[tuple[UUID, bytes]]:
    """The leaf of every row of transactions below `upto`, in the order of the tree."""
    yield from _all(
        "SELECT id, leaf FROM (SELECT transaction, id, leaf FROM sharing_auditentry"
        " UNION ALL SELECT transaction, id, leaf FROM sharing_consultation"
        " UNION ALL SELECT transaction, id, leaf FROM sharing_signin) trail"
        " WHERE transaction < %s ORDER BY transaction, id",
        upto,
    )


def erased() -> set[str]:
    """The rows that entries say have had their personal detail erased."""
    asked = "SELECT record::text FROM sharing_auditentry WHERE did = %s AND record IS NOT NULL"
    return {record for (record,) in _all(asked, ERASED)}


def heads(report: Report, log: UUID) -> list[Head]:
    """How far each writer on this machine says it had come.

    A file that the machine lost when its power failed is remarked on: the rows are still judged.
    """
    found = []
    for file in sorted((keys.folder_of(log) / "writers").glob("*.json")):
        try:
            told = json.loads(file.read_text(encoding="utf-8").partition("\n")[0])
            head = Head(file.stem, told["turn"], told["mac"], frozenset(told["entries"]))
        except (ValueError, TypeError, KeyError):
            report.remarks.append(
                f"How far writer {file.stem} had come cannot be read, so nothing tells whether its "
                "last unsealed rows are all here."
            )
        else:
            found.append(head)
    return found


def here(report: Report, found: list[Sealed], verifier: str) -> Iterator[tuple[Promise, int]]:
    """What the database's own checkpoints promise, and up to which transaction."""
    for one in found:
        said = verified(one.note, verifier)
        if said is None or (said.size, said.root, said.upto) != (one.size, one.root, one.upto):
            report.wrong("note", f"The checkpoint of {one.size} rows is not as it was signed.")
        else:
            yield _promise(said, HERE), said.upto


def elsewhere(report: Report, log: UUID, verifier: str) -> Iterator[tuple[Promise, int]]:
    """What the notes in the witnesses' folders promise."""
    for name, folder in settings.WITNESSES.items():
        for file, note in witnesses.notes(folder, log):
            said = verified(note, verifier)
            if said is None:
                report.wrong("note", f"{file}, held by {name}, is not signed with this log’s key.")
            else:
                yield _promise(said, name), said.upto


def _promise(said: Checkpoint, by: str) -> Promise:
    return Promise(said.size, said.root, by, said.at)


def _all(sql: str, *values: object) -> Iterator[tuple]:
    with connections[USING].cursor() as cursor:
        cursor.execute(sql, values)
        yield from cursor
