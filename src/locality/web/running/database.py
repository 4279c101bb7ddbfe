"""Have a database at hand: the one that is given, or the embedded one."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from psycopg import sql

from locality.kit.errors import Refused
from locality.sharing.roles import Passwords, prepare
from locality.web.running.embedded import server
from locality.web.running.lines import require_closed_lines
from locality.web.running.progress import doing


@contextmanager
def at_hand() -> Iterator[str | None]:
    """Lend the database LOCALITY_DATABASE_URL names, else the embedded one with its roles made.

    Gives the administrator's address where the server is the embedded one, else None. Refuses with
    `web.open_line` while anything would travel unencrypted to another machine.
    """
    require_closed_lines()
    if os.environ.get("LOCALITY_DATABASE_URL"):
        yield None
        return
    with server(settings.VAR, tell=print) as administrator:
        make(administrator)
        try:
            yield administrator
        finally:
            connections.close_all()


def require_tables() -> None:
    """Refuse with `web.no_tables` on a database that has not been migrated."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT to_regclass('sharing_purpose') IS NOT NULL")
        (there,) = cursor.fetchone()
    if not there:
        raise Refused(
            "web.no_tables",
            "This database holds nothing yet: run locality migrate, or make demo, first.",
        )


def make(administrator: str) -> None:
    """Make the embedded server's roles and database; a second time changes nothing."""
    name = settings.DATABASES["default"]["NAME"]
    prepare(administrator, database=name, passwords=Passwords())


def drop(administrator: str) -> None:
    """Throw the embedded server's database away, with all that is in it."""
    connections.close_all()
    name = sql.Identifier(settings.DATABASES["default"]["NAME"])
    with psycopg.connect(administrator, autocommit=True) as admin:
        admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))


def migrate() -> None:
    """Bring the tables up to date, then shut every one and open what policies.sql opens."""
    with doing("Preparing the tables"):
        call_command("migrate", verbosity=0)
