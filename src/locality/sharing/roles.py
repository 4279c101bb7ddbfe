"""The database's three roles: an owner that migrates, a login that owns nothing, the role worn.

Set up the same way on the embedded server and on any other.
"""

from dataclasses import dataclass
from itertools import product

import psycopg
from django.db import connection
from psycopg import sql

from locality.kit.errors import BadInput, Refused
from locality.kit.saying import say

ONE_AT_A_TIME = 73_651_203  # the number of an advisory lock
OWNER, LOGIN, APP = "locality_owner", "locality_login", "locality_app"
# What keeps a statement's values, and a refused row's, out of the server's own log.
QUIET = {
    "log_min_messages": "fatal", "log_min_error_statement": "panic", "log_error_verbosity": "terse",
    "log_statement": "none", "log_min_duration_statement": "-1",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Passwords:
    """What the owner and the login role sign in with. None where the server asks for nothing."""

    owner: str | None = None
    login: str | None = None


def prepare(administrator: str, *, database: str, passwords: Passwords) -> None:
    """Make the roles and the database, as an administrator. Running it again changes nothing.

    `administrator` is a connection URI of a role that may create roles and databases.
    Raises BadInput when the server cannot be reached or is older than PostgreSQL 15.
    """
    try:
        admin = psycopg.connect(administrator, autocommit=True)
    except psycopg.OperationalError as wrong:
        raise BadInput(say("The database server cannot be reached: {wrong}", wrong=wrong)) from None
    with admin:
        # Roles belong to the whole server: one at a time makes them, or both fail.
        admin.execute("SELECT pg_advisory_lock(%s)", [ONE_AT_A_TIME])
        if admin.info.server_version < 150000:
            raise BadInput(
                say(
                    "PostgreSQL {version} is too old: use 15 or newer.",
                    version=admin.info.server_version // 10000,
                )
            )
        _make_role(admin, OWNER, "LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE", passwords.owner)
        _make_role(admin, LOGIN, "LOGIN NOINHERIT NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB",
                   passwords.login)  # fmt: skip
        _make_role(admin, APP, "NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB", None)
        for role in (OWNER, LOGIN):
            # Policies look dear to the planner: compiling takes longer than answering.
            admin.execute(f"ALTER ROLE {role} SET jit = off")
        _keep_quiet(admin)
        admin.execute(f"GRANT {APP} TO {LOGIN}")
        admin.execute(f"GRANT {OWNER} TO CURRENT_USER")
        _make_database(admin, database)


def _make_role(admin: psycopg.Connection, name: str, attributes: str, password: str | None) -> None:
    known = admin.execute("SELECT FROM pg_roles WHERE rolname = %s", [name]).fetchone()
    word = "ALTER" if known is not None else "CREATE"
    admin.execute(sql.SQL(f"{word} ROLE {{}} {attributes}").format(sql.Identifier(name)))
    if password is not None:
        admin.execute(
            sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(name), sql.Literal(password))
        )


def _keep_quiet(admin: psycopg.Connection) -> None:
    """Let what our roles do wrong be told to them alone. Only a superuser may set this; where the
    administrator is none, `locality check` says so.
    """
    if admin.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone()[0]:
        for role, (name, value) in product((OWNER, LOGIN), QUIET.items()):
            admin.execute(f"ALTER ROLE {role} SET {name} = '{value}'")


def _make_database(admin: psycopg.Connection, name: str) -> None:
    here = sql.Identifier(name)
    known = admin.execute("SELECT FROM pg_database WHERE datname = %s", [name]).fetchone()
    if known is None:
        admin.execute(
            sql.SQL("CREATE DATABASE {} OWNER {} ENCODING 'UTF8' TEMPLATE template0").format(
                here, sql.Identifier(OWNER)
            )
        )
    admin.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(here))
    admin.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(here, sql.Identifier(LOGIN)))


POWERS = """
SELECT r.rolsuper, r.rolbypassrls, r.rolcreaterole,
       EXISTS (SELECT FROM pg_class c WHERE c.relowner = r.oid),
       EXISTS (SELECT FROM pg_roles o WHERE pg_has_role(r.oid, o.oid, 'MEMBER')
               AND (o.rolsuper OR o.rolbypassrls OR o.rolname = 'locality_owner'))
FROM pg_roles r WHERE r.rolname = current_user
"""
WORDS = (
    "is a superuser",
    "may bypass row-level security",
    "may create roles",
    "owns tables",
    "may become a role with more power",
)


def require_modest_login() -> None:
    """Refuse with `sharing.too_much_power` unless the login role can only do what it is for."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        (name,) = cursor.fetchone()
        cursor.execute(POWERS)
        powers = cursor.fetchone()
    found = [words for has, words in zip(powers, WORDS, strict=True) if has]
    if found:
        raise Refused(
            "sharing.too_much_power",
            say(
                "The database login {name} {found}, so the database could not refuse "
                "it anything: use the role {login} that `locality database prepare` makes.",
                name=name,
                found=" and ".join(found),
                login=LOGIN,
            ),
        )
