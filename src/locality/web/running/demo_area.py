"""Make the demo area once and whole: a database that holds half of one is made anew.

What a database holds is written on the database itself, as its comment.
"""

from collections.abc import Callable

from django.conf import settings
from django.db import connections
from psycopg import sql

from locality.kit.errors import Refused
from locality.kit.saying import say
from locality.web.running import database
from locality.web.running.progress import doing

BEGUN = "half a demo area"
Make = Callable[[Callable[[str], None]], None]


def ensure(wanted: str, make: Make, *, afresh: bool, administrator: str | None) -> None:
    """Have the demo area called `wanted` in the database: `make` it, unless it is there.

    Refuses when the database holds something else, unless `afresh` says to throw that away.
    """
    holds = written()
    if holds == wanted and not afresh:
        return
    if holds == BEGUN or (holds and afresh):
        _clear(administrator)
    elif holds:
        raise Refused(
            "web.other_demo",
            say(
                "This database holds {holds} and not {wanted}: add --afresh to replace it.",
                holds=holds,
                wanted=wanted,
            ),
        )
    elif _is_in_use():
        raise Refused(
            "web.database_in_use",
            "This database is in use and holds no demo area: the demo area needs an empty one.",
        )
    write(BEGUN)
    with doing(f"Making {wanted}") as line:
        make(line.reach)
    write(wanted)


def written() -> str:
    """Read what the database says it holds."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database"
            " WHERE datname = current_database()"
        )
        return cursor.fetchone()[0] or ""


def write(text: str) -> None:
    """Write on the database what it holds."""
    name = sql.Identifier(settings.DATABASES["owner"]["NAME"])
    with connections["owner"].cursor() as cursor:
        cursor.execute(sql.SQL("COMMENT ON DATABASE {} IS {}").format(name, sql.Literal(text)))


def _is_in_use() -> bool:
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM sharing_agency)")
        return cursor.fetchone()[0]


def _clear(administrator: str | None) -> None:
    if administrator is None:
        raise Refused(
            "web.not_ours_to_drop",
            "The demo area in this database is not whole or not wanted, and the server is your "
            "own: drop the database, then run locality database prepare and this again.",
        )
    database.drop(administrator)
    database.make(administrator)
    database.migrate()
