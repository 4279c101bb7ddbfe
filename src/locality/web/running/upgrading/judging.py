"""Whether a moved database is the one it was, beyond what a backup's drill compares."""

from collections.abc import Iterator
from dataclasses import dataclass

import psycopg

from locality.kit.errors import Refused
from locality.sharing import checking
from locality.web.running.backup.comparing import said
from locality.web.running.backup.words import Said

# Looks and emergency access are told apart by the numbers of their transactions.
COUNTED = """
SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint,
       (SELECT pg_xact_status(max(transaction)::text::xid8) FROM sharing_consultation)
"""


@dataclass(frozen=True, slots=True)
class Told:
    """What a database says of itself before or after it is moved."""

    said: Said
    next_transaction: int
    last_look: str | None  # what became of its transaction; None when long ago
    lint: frozenset[str]  # what is wrong with the catalogue


def told(address: str) -> Told:
    """Ask a database. Refuses with `web.no_tables` one that holds nothing of ours."""
    with psycopg.connect(address) as connection, connection.cursor() as cursor:
        if cursor.execute("SELECT to_regclass('sharing_purpose')").fetchone() == (None,):
            raise Refused(
                "web.no_tables",
                "This database holds nothing of Locality: move it away to start afresh.",
            )
        following, look = cursor.execute(COUNTED).fetchone() or (0, None)
        lint = frozenset(checking.found(cursor))
    return Told(said(address), int(following), look, lint)


def wrong(before: Told, after: Told) -> Iterator[str]:
    """Yield where the numbers of transactions begin anew, and what is open that was not."""
    if after.next_transaction < before.next_transaction:
        yield (
            f"transactions are counted from {after.next_transaction}, where they had come to "
            f"{before.next_transaction}"
        )
    if before.last_look is not None and after.last_look != before.last_look:
        yield f"the last look is said to be {after.last_look}, where it was {before.last_look}"
    yield from sorted(after.lint - before.lint)
