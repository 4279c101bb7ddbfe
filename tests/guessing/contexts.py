"""Every way in which a context can fail to be in order, and how many rows show then."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import UUID, uuid4

import psycopg
from django.db import connections
from psycopg import sql

from locality.sharing.acting import Actor
from locality.sharing.checking import tables
from tests.world import World, as_owner

Opens = Callable[["Trial"], bool]


class Trial:
    """One connection as the login role, which tries to act as somebody of the world."""

    def __init__(self, world: World, administrator: str) -> None:
        self.world, self.by = world, world.lead
        self.admin = psycopg.connect(administrator, autocommit=True)
        self.here, self.elsewhere = connect(), connect()

    def close(self) -> None:
        """Let go of every connection."""
        for one in (self.admin, self.here, self.elsewhere):
            one.close()

    def reconnect(self) -> None:
        """Begin again on a new connection, after one that was lost."""
        self.here.close()
        self.here = connect()

    def look(self, by: Actor | None = None, purpose: str = "early help") -> UUID:
        """A committed look."""
        with connect() as log:
            asked = "SELECT locality.consult(%s, %s, 'page', '', '{}', '')"
            found = log.execute(asked, [(by or self.by).key, purpose]).fetchone()
        return found[0]

    def opens(
        self, look: UUID | None, *, key: str = "", purpose: str = "early help",
        on: psycopg.Connection | None = None,
    ) -> bool:  # fmt: skip
        """Try to open a context, and say whether the database did."""
        asked = "SELECT locality.open_context(%s, %s, %s)"
        given = [key or self.by.key, purpose, look]
        return bool((on or self.here).execute(asked, given).fetchone()[0])

    def rows(self) -> dict[str, int]:
        """How many rows of each table show on this connection, wearing the application's role."""
        self.here.execute("SET ROLE locality_app")
        found = {}
        for name in readable(self.here):
            (count,) = self.here.execute(
                sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(name))
            ).fetchone()
            found[name] = count
        self.here.rollback()
        return found

    def session(self, **changes: object) -> str:
        """Another session of the same post, changed as said, and its key."""
        key = uuid4().hex
        values = {
            "key_hash": hashlib.sha256(key.encode()).digest(), "user_id": self.by.person,
            "post_id": self.by.post, "expires": "tomorrow", "ended": None,
        } | changes  # fmt: skip
        names = sql.SQL(", ").join(map(sql.Identifier, values))
        marks = sql.SQL(", ").join(map(sql.Placeholder, values))
        into = sql.SQL("INSERT INTO locality_private.session ({}) VALUES ({})")
        self.admin.execute(into.format(names, marks), values)
        return key


def connect() -> psycopg.Connection:
    """A new connection as the login role."""
    given = connections["default"].settings_dict
    return psycopg.connect(
        dbname=given["NAME"], user=given["USER"], password=given["PASSWORD"], host=given["HOST"],
        port=given["PORT"] or None,
    )  # fmt: skip


def readable(wearing: psycopg.Connection) -> list[str]:
    """The domains' tables of which the application's role may read anything at all."""
    asked = "SELECT n FROM unnest(%s::text[]) n WHERE has_any_column_privilege(n, 'SELECT')"
    return [name for (name,) in wearing.execute(asked, [tables()[0]]).fetchall()]


def _uncommitted(trial: Trial) -> bool:
    asked = "SELECT locality.consult(%s, 'early help', 'page', '', '{}', '')"
    (look,) = trial.here.execute(asked, [trial.by.key]).fetchone()
    return trial.opens(look)


def _rolled_back(trial: Trial) -> bool:
    with trial.here.transaction(force_rollback=True):
        asked = "SELECT locality.consult(%s, 'early help', 'page', '', '{}', '')"
        (look,) = trial.here.execute(asked, [trial.by.key]).fetchone()
    return trial.opens(look)


def _old(trial: Trial) -> bool:
    look = trial.look()
    trial.admin.execute(
        "UPDATE sharing_consultation SET at = at - interval '3 minutes' WHERE id = %s", [look]
    )
    return trial.opens(look)


def _after(end: Callable[[psycopg.Connection], None]) -> Opens:
    def run(trial: Trial) -> bool:
        trial.opens(trial.look())
        end(trial.here)
        return False  # what matters is what shows in the next transaction

    return run


def _elsewhere(trial: Trial) -> bool:
    trial.opens(trial.look(), on=trial.elsewhere)
    return False


def _undone(trial: Trial) -> bool:
    with trial.here.transaction(), trial.here.transaction(force_rollback=True):
        trial.opens(trial.look())
    return False


@contextmanager
def _meanwhile(sql_: str, back: str, values: list[object]) -> Iterator[None]:
    with as_owner(), connections["owner"].cursor() as cursor:
        cursor.execute(sql_, values)
    try:
        yield
    finally:
        with as_owner(), connections["owner"].cursor() as cursor:
            cursor.execute(back, values)


def _while(change: str, back: str, who: str) -> Opens:
    def run(trial: Trial) -> bool:
        look = trial.look()
        with _meanwhile(change, back, [getattr(trial.by, who)]):
            return trial.opens(look)

    return run


# What is wrong, and what somebody tries all the same. None may open anything.
FAILURES: dict[str, Opens] = {
    "no context": lambda t: False,
    "a key nobody holds": lambda t: t.opens(t.look(), key="guess"),
    "a session that is over": lambda t: t.opens(t.look(), key=t.session(expires="yesterday")),
    "a session that was ended": lambda t: t.opens(t.look(), key=t.session(ended="now")),
    "another's post in one's session": lambda t: t.opens(
        t.look(), key=t.session(post_id=t.world.nurse.post)),
    "a purpose that is none": lambda t: t.opens(t.look(), purpose="curiosity"),
    "a look for another purpose": lambda t: t.opens(t.look(purpose="safeguarding children")),
    "another's look": lambda t: t.opens(t.look(t.world.nurse)),
    "no look": lambda t: t.opens(None),
    "a look that is none": lambda t: t.opens(uuid4()),
    "a look not committed yet": _uncommitted,
    "a look taken back": _rolled_back,
    "a look of a while ago": _old,
    "after the commit": _after(lambda here: here.commit()),
    "after a rollback": _after(lambda here: here.rollback()),
    "opened and undone in one transaction": _undone,
    "opened on another connection": _elsewhere,
    "an account that was shut": _while(
        "UPDATE sharing_user SET is_active = false WHERE id = %s",
        "UPDATE sharing_user SET is_active = true WHERE id = %s", "person"),
    "a post that is over": _while(
        "UPDATE sharing_post SET until = current_date - 1 WHERE id = %s",
        "UPDATE sharing_post SET until = NULL WHERE id = %s", "post"),
    "a post that has not begun": _while(
        "UPDATE sharing_post SET starts = current_date + 1 WHERE id = %s",
        "UPDATE sharing_post SET starts = current_date - 400 WHERE id = %s", "post"),
}  # fmt: skip
