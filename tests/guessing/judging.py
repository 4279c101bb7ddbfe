"""Run what is tried as the application's role inside somebody's request, and look for harm."""

import contextlib
from collections.abc import Iterator

import psycopg

from locality.sharing.acting import Actor
from tests.guessing.contexts import Trial

CANARY = "kittiwake"  # in every hidden record, and nowhere else
CATALOGUE = """
SELECT md5(string_agg(line, E'\\n' ORDER BY line)) FROM (
    SELECT concat_ws(' ', 'policy', polrelid::regclass, polname, polroles, polpermissive,
        pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid)) AS line FROM pg_policy
    UNION ALL SELECT concat_ws(' ', 'table', oid::regclass, relacl, relowner, relrowsecurity,
        relforcerowsecurity) FROM pg_class WHERE relnamespace::regnamespace::text !~ '^pg_'
    UNION ALL SELECT concat_ws(' ', 'function', oid::regprocedure, proacl, proowner, prosecdef,
        proconfig, md5(prosrc)) FROM pg_proc WHERE pronamespace::regnamespace::text !~ '^pg_'
    UNION ALL SELECT concat_ws(' ', 'role', rolname, rolsuper, rolbypassrls, rolcreaterole,
        rolcreatedb, rolcanlogin) FROM pg_roles
    UNION ALL SELECT concat_ws(' ', 'member', roleid, member) FROM pg_auth_members
    UNION ALL SELECT concat_ws(' ', 'schema', nspname, nspacl, nspowner) FROM pg_namespace
        WHERE nspname !~ '^pg_(temp|toast_temp)'
    UNION ALL SELECT concat_ws(' ', 'session', count(*), count(ended)) FROM locality_private.session
    UNION ALL SELECT concat_ws(' ', 'secret', inner_pad, outer_pad) FROM locality_private.secret
    UNION ALL SELECT concat_ws(' ', 'checkpoints', count(*)) FROM locality_private.checkpoint
) everything
"""
HIDDEN = f"""
SELECT count(*) FROM people_record WHERE known_as LIKE '%{CANARY}%'
"""  # noqa: S608


class Harm(Exception):  # noqa: N818
    """One statement did what it must not."""


def fingerprint(trial: Trial) -> str:
    """What guards the records, and how many of the hidden ones there are."""
    guards = trial.admin.execute(CATALOGUE).fetchone()[0]
    return f"{guards} {trial.admin.execute(HIDDEN).fetchone()[0]}"


def tried(trial: Trial, by: Actor, sql: str) -> None:
    """Run one statement in a request of somebody's; raise Harm when it opened anything.

    What it gave back is searched for what is hidden; afterwards the same connection goes on, and
    must still be the same person who sees the same.
    """
    _begin(trial, by)
    here, notices = trial.here, list[str]()
    heard = lambda one: notices.append(one.message_primary or "")  # noqa: E731
    here.add_notice_handler(heard)
    try:
        here.execute("SELECT set_config('role', 'locality_app', true)")
        said = list(_said(here, sql))
        if CANARY in " ".join([*said, *notices]):
            raise Harm(f"{sql}: it gave back what is hidden")
        _still_the_same(here, by, sql)
    finally:
        here.remove_notice_handler(heard)
        with contextlib.suppress(psycopg.Error):
            here.commit()  # so that a change would stay, and be found
    if here.closed or here.broken:
        trial.reconnect()


def _begin(trial: Trial, by: Actor) -> None:
    """Begin a request on what the last one left; where that can do nothing, on a new connection."""
    look = trial.look(by)
    try:
        opened = trial.opens(look, key=by.key)
    except psycopg.Error:
        trial.reconnect()
        opened = trial.opens(look, key=by.key)
    if not opened:
        raise Harm("somebody's session was ended")


def _said(here: psycopg.Connection, sql: str) -> Iterator[str]:
    """Everything it gave back, the error included."""
    try:
        with here.transaction():
            if sql.startswith("COPY (") or (sql.startswith("COPY ") and " TO STDOUT" in sql):
                with here.cursor().copy(sql) as out:
                    yield from (bytes(part).decode(errors="replace") for part in out)
                return
            cursor = here.execute(sql)
            while True:
                if cursor.description:
                    yield from map(str, cursor.fetchall())
                if not cursor.nextset():
                    return
    except (psycopg.Error, ValueError) as wrong:
        yield str(wrong)


def _still_the_same(here: psycopg.Connection, by: Actor, sql: str) -> None:
    """Ask as whoever the statement left behind: nothing hidden may show."""
    with contextlib.suppress(psycopg.Error):
        ((agency,),) = here.execute("SELECT locality.agency()").fetchall()
        if agency not in (None, by.agency):
            raise Harm(f"{sql}: it became somebody of agency {agency}")
        (seen,) = here.execute(HIDDEN).fetchone()
        if seen:
            raise Harm(f"{sql}: {seen} hidden records show")


def every(trial: Trial, by: Actor, sqls: list[str]) -> int:
    """Try all of them, and look whether what guards the records is another; count them."""
    before = fingerprint(trial)
    for number, sql in enumerate(sqls):
        tried(trial, by, sql)
        if number % 100 == 99 and fingerprint(trial) != before:
            raise Harm(f"one of {sqls[number - 99]} … {sql} changed what guards the records")
    if fingerprint(trial) != before:
        raise Harm("one of the last statements changed what guards the records")
    return len(sqls)
