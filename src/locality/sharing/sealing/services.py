"""Seal what was written: grow the tree, sign its root, hand it to the witnesses."""

from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from django.db import connections, transaction

from locality.kit.errors import Refused
from locality.kit.saying import in_words, say
from locality.sharing.sealing import keys, witnesses
from locality.sharing.sealing.rules.notes import Checkpoint, Signer
from locality.sharing.sealing.rules.tree import Range
from locality.sharing.secret import code

USING = "default"
AT_ONCE = 20_000  # leaves fetched in one go


def seal() -> int:
    """Seal every row whose transaction is over and say how many rows that was.

    Nobody who writes waits for it. What could not reach a witness is handed over the next time.
    Refuses with `sharing.witness_not_reached` naming the folders that cannot be written.
    """
    with transaction.atomic(using=USING):
        log, last, parts, note, sealed, upto = _ask("SELECT * FROM locality.begin_sealing()", [])
        signer = keys.signing_key(log)
        grown = Range(last or 0, [bytes(part) for part in parts or ()])
        if upto > (sealed or 0):
            _grow(grown, sealed or 0, upto)
        if grown.size > (last or 0):
            note = _write(signer, grown, upto, note)
    missed = witnesses.file_with_all(log, note, signer.verifier()) if note else []
    if missed:
        raise Refused(
            "sharing.witness_not_reached",
            say(
                "The last checkpoint could not be put into the folder of {names}.",
                names=in_words(missed),
            ),
        )
    return grown.size - (last or 0)


def _grow(grown: Range, sealed: int, upto: int) -> None:
    with connections[USING].chunked_cursor() as cursor:
        cursor.execute("SELECT * FROM locality.to_seal(%s, %s)", [sealed, upto])
        while leaves := cursor.fetchmany(AT_ONCE):
            for (leaf,) in leaves:
                grown.add(bytes(leaf))


def _write(signer: Signer, grown: Range, upto: int, last: str | None) -> str:
    root = grown.root()
    before = sha256(last.encode()).hexdigest() if last else ""
    at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    note = signer.sign(Checkpoint(signer.name, grown.size, root, upto, at, before))
    allowed = code(f"checkpoint|{grown.size}|{upto}|{root.hex()}|{note}")
    asked = [grown.size, root, upto, grown.roots, note, allowed]
    (added,) = _ask("SELECT locality.add_checkpoint(%s, %s, %s, %s, %s, %s)", asked)
    if not added:
        raise RuntimeError("the database's secret is not this site's: run locality migrate")
    return note


def _ask(sql: str, values: list[Any]) -> tuple[Any, ...]:
    with connections[USING].cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchone()
