"""Write many rows at once, as the database's owner, by COPY."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connections, transaction
from psycopg import sql

from locality.sharing.words import label

LABEL = ("owner_id", "category", "marking", "label_id")


def labelled(owner: int, category: int, marking: int) -> tuple[int, int, int, int]:
    """The four label columns of a row."""
    return owner, category, marking, label(owner, category, marking)


def derived(of: UUID, part: int) -> UUID:
    """An identifier made from another: the same each time, and not to be guessed without it."""
    return UUID(int=of.int ^ (part << 96))


@contextmanager
def unforced() -> Iterator[None]:
    """Let the owner COPY, which forced row-level security refuses, within one transaction.

    Nobody else ever sees the tables so: the change and its undoing commit together or not at all.
    """
    tables = [
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith("locality.")
    ]
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        for table in tables:
            cursor.execute(f'ALTER TABLE "{table}" NO FORCE ROW LEVEL SECURITY')
        yield
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in tables:
            cursor.execute(f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY')


def copy(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Copy rows into a table; give how many."""
    connection = connections["owner"]
    connection.ensure_connection()
    into = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    count = 0
    with connection.connection.cursor() as cursor, cursor.copy(into) as out:
        for row in rows:
            out.write_row(row)
            count += 1
    return count
