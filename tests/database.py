"""A new, empty database with the roles, tables and policies it has anywhere else."""

import psycopg
from django.core.management import call_command
from django.db import connections
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from locality.sharing.roles import LOGIN, OWNER, Passwords, prepare

PASSWORDS = Passwords(owner="owner-of-tests", login="login-of-tests")
USERS = (
    ("default", LOGIN, PASSWORDS.login),
    ("log", LOGIN, PASSWORDS.login),
    ("owner", OWNER, PASSWORDS.owner),
)


def make(administrator: str, name: str) -> None:
    """Make it anew, migrate it as its owner, and let every connection of this process use it."""
    with psycopg.connect(administrator, autocommit=True) as admin:
        # Whoever shares the server shares its roles: one at a time makes them.
        admin.execute("SELECT pg_advisory_lock(7365)")
        _drop(admin, name)
        prepare(administrator, database=name, passwords=PASSWORDS)
    parts = conninfo_to_dict(make_conninfo(administrator))
    for alias, user, password in USERS:
        connections[alias].settings_dict.update(
            NAME=name, USER=user, PASSWORD=password,
            HOST=parts.get("host", ""), PORT=str(parts.get("port", "")),
        )  # fmt: skip
    call_command("migrate", verbosity=0)


def drop(administrator: str, name: str) -> None:
    """Throw it away."""
    with psycopg.connect(administrator, autocommit=True) as admin:
        _drop(admin, name)


def _drop(admin: psycopg.Connection, name: str) -> None:
    admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
