"""Take one file in: stage its lines, account for every one, put them in, or leave no trace."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
from psycopg.types.json import Jsonb

from locality.kit.dates import Period, month_of
from locality.places.rules import rows as row_rules
from locality.places.runs import files
from locality.places.words import CRIME_CATEGORIES, Fault, Loaded, Source

Progress = Callable[[str, int], None]
EVERY = 50_000  # lines between reports of progress


class Loading:
    """One file on its way in. Made by `loading`, which writes the account at the end."""

    def __init__(
        self, connection: psycopg.Connection[Any], path: Path, source: Source, progress: Progress
    ) -> None:
        self.connection, self.path, self.source, self.progress = connection, path, source, progress
        self.id = 0
        self.began = datetime.now(UTC)
        self.faults: list[Fault] = []
        self.told = Loaded(path.name, source)

    def stage(
        self, table: str, columns: Sequence[str], read: Callable[[Any], tuple[Any, ...] | Fault]
    ) -> None:
        """Copy every readable line into a temporary table; keep the faults of the others."""
        copy = f"COPY {table} FROM STDIN"
        with self.connection.cursor() as cursor, cursor.copy(copy) as out:
            for line, values in self.accepted(files.lines(self.path, columns), read):
                out.write_row((line, *values))
        self.require_readable()

    def require_readable(self) -> None:
        """Refuse the whole file (BadInput) when it is empty or mostly wrong."""
        found = self.told
        row_rules.require_readable(found.name, found.read, self.faults, found.rejected)

    def accepted(
        self,
        lines: Iterable[tuple[int, Any]],
        read: Callable[[Any], tuple[Any, ...] | Fault],
    ) -> Iterator[tuple[int, tuple[Any, ...]]]:
        """Give each line's number and what `read` makes of it; count all, keep the faults."""
        count = 0
        for count, (line, cells) in enumerate(lines, start=1):
            values = cells if isinstance(cells, Fault) else read(cells)
            if isinstance(values, Fault):
                told = values.value[: row_rules.LONGEST]
                self.faults.append(replace(values, line=line, value=told))
            else:
                yield line, values
            if count % EVERY == 0:
                self.progress(self.path.name, count)
        rejected = len(self.faults)
        self.told = replace(self.told, read=count, rejected=rejected, accepted=count - rejected)

    def reject(self, rows: Iterable[tuple[int, str, str, str]]) -> None:
        """Reject lines that were accepted one by one but contradict one another."""
        more = [Fault(column, value, reason, line) for line, column, value, reason in rows]
        self.faults += more
        self.told = replace(
            self.told,
            rejected=len(self.faults),
            accepted=self.told.accepted - len(more),
        )

    def account(self, **found: Any) -> None:
        """Add to what is told of this file: duplicates, added, revised, period, notes."""
        duplicate = found.get("duplicate", 0)
        self.told = replace(self.told, **found, accepted=self.told.accepted - duplicate)


@contextmanager
def loading(
    connection: psycopg.Connection[Any], path: Path, source: Source, by: str, progress: Progress
) -> Iterator[Loading | None]:
    """Give a file on its way in, or None when this very file is in already.

    The account is written when the work is done. Whatever goes wrong undoes all of it.
    """
    sha = files.sha256(path)
    known = connection.execute(
        "SELECT FROM places_load WHERE source = %s AND sha256 = %s", [source, sha]
    ).fetchone()
    if known is not None:
        yield None
        return
    one = Loading(connection, path, source, progress)
    with connection.transaction():
        (one.id,) = connection.execute(
            "INSERT INTO places_load (name, sha256, source, rows_read, rows_accepted,"
            " rows_duplicate, rows_rejected, rows_added, rows_revised, notes, started, loaded_by)"
            " VALUES (%s, %s, %s, 0, 0, 0, 0, 0, 0, '{}', %s, %s) RETURNING id",
            [path.name, sha, source, one.began, by],
        ).fetchone()  # type: ignore[misc]
        yield one
        _write_account(one)


def finish(one: Loading | None, path: Path, source: Source) -> Loaded:
    """Tell what came of a file."""
    if one is None:
        return Loaded(path.name, source, already=True)
    seconds = (datetime.now(UTC) - one.began).total_seconds()
    return replace(one.told, faults=tuple(one.faults), seconds=seconds)


def categories(connection: psycopg.Connection[Any]) -> dict[str, int]:
    """Give each category's number, adding those that the database does not know yet."""
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO places_crimecategory (name) VALUES (%s) ON CONFLICT DO NOTHING",
            [(name,) for name in CRIME_CATEGORIES],
        )
    return dict(connection.execute("SELECT name, id FROM places_crimecategory").fetchall())


def period(connection: psycopg.Connection[Any], table: str) -> Period | None:
    """Say which months a staged table holds."""
    first, last = connection.execute(f"SELECT min(month), max(month) FROM {table}").fetchone()  # noqa: S608 # type: ignore[misc]
    return Period(month_of(first), month_of(last)) if first else None


def _write_account(one: Loading) -> None:
    told = one.told
    months = (told.period.first_day, told.period.last.first_day) if told.period else (None, None)
    one.connection.execute(
        "UPDATE places_load SET rows_read = %s, rows_accepted = %s, rows_duplicate = %s,"
        " rows_rejected = %s, rows_added = %s, rows_revised = %s, notes = %s,"
        " first_month = %s, last_month = %s, finished = %s WHERE id = %s",
        [
            told.read, told.accepted, told.duplicate, told.rejected, told.added, told.revised,
            Jsonb(dict(told.notes)), *months, datetime.now(UTC), one.id,
        ],
    )  # fmt: skip
    with one.connection.cursor() as cursor:
        cursor.executemany(
            'INSERT INTO places_rejectedrow (load_id, line, "column", value, reason)'
            " VALUES (%s, %s, %s, %s, %s)",
            [
                (one.id, f.line, f.column, f.value.replace("\0", "\N{SYMBOL FOR NULL}"), f.reason)
                for f in one.faults
            ],
        )
