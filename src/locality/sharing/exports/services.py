"""Let a file leave: a right for its format, no more rows than needed, an entry that says why."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyrage
from django.db.models import Model

from locality.kit.errors import Refused
from locality.kit.saying import say
from locality.sharing import audit, duties
from locality.sharing import reads as sharing
from locality.sharing.acting import Actor, acting
from locality.sharing.words import Duty, FileFormat

LIMITS = Path(__file__).parent / "limits.toml"
RIGHTS = {
    FileFormat.CSV: Duty.EXPORT_CSV, FileFormat.DOCX: Duty.EXPORT_DOCX,
    FileFormat.PDF: Duty.EXPORT_PDF, FileFormat.JSON: Duty.EXPORT_JSON,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Leaving:
    """Why a file leaves, for whom, and the passphrase that locks it, if one does."""

    why: str
    whom: str
    passphrase: str = ""


@cache
def most_rows() -> int:
    """How many rows one table may hold."""
    return int(tomllib.loads(LIMITS.read_text(encoding="utf-8"))["most_rows"])


@cache
def shortest_passphrase() -> int:
    """How many characters a passphrase must have."""
    return int(tomllib.loads(LIMITS.read_text(encoding="utf-8"))["shortest_passphrase"])


def require(file_format: FileFormat, rows: int) -> None:
    """Refuse whoever may not take such a file, and with `sharing.too_many_rows` a long table."""
    duties.require(RIGHTS[file_format])
    if rows > most_rows():
        raise Refused(
            "sharing.too_many_rows",
            say(
                "This is {rows} rows, and at most {most} may leave in one file. Narrow the list "
                "down to what is needed first.",
                rows=str(rows), most=str(most_rows()),
            ),
        )  # fmt: skip


def hand_out(
    *,
    by: Actor,
    file_format: FileFormat,
    content: bytes,
    rows: int,
    leaving: Leaving,
    of: Model | None = None,
) -> bytes:
    """Write down that a file leaves, and lock it with its passphrase if it has one.

    `of` is what it is of; a list is of the post that takes it. What is locked opens with any
    program that reads age files. Refuses as `require` does.
    """  # fmt: skip
    with acting(by):
        require(file_format, rows)
        locked = say("locked") if leaving.passphrase else say("not locked")
        audit.record(
            by=by, did="sharing.export.handed_out", to=of or sharing.post(by.post),
            why=f"{file_format}, {rows}, {locked}. {leaving.whom}: {leaving.why}",
        )  # fmt: skip
    return pyrage.passphrase.encrypt(content, leaving.passphrase) if leaving.passphrase else content
