"""Read as somebody, and end it badly once the rows have been handed over."""

import os
import signal
from collections.abc import Callable, Iterator
from random import Random
from uuid import UUID

import psycopg
from django.db import connection, connections, transaction

from locality.sharing import acting as acts
from locality.sharing.acting import Actor, acting, looking
from locality.sharing.models import Post


class Broken(Exception):  # noqa: N818
    """What a view may raise after it has read."""


def interrupted(by: Actor, times: int, random: Random) -> Iterator[tuple[str, UUID, int]]:
    """Read so many times and end each badly; give how, the look, and how many rows were read."""
    for _ in range(times):
        how = random.choice(sorted(ENDINGS))
        look, rows = (_in_a_child if how == "kill -9" else _here)(by, how)
        yield how, look, rows


def committed(server: psycopg.Connection, look: UUID) -> bool:
    """Whether a look is there, for whoever else asks."""
    found = server.execute("SELECT FROM sharing_consultation WHERE id = %s", [look]).fetchone()
    return found is not None


def _read(by: Actor, tell: Callable[[UUID, int], None], how: str) -> None:
    with looking(by, kind="page", route="people:person", records=[by.post]), acting(by):
        tell(acts._look.get(), len(list(Post.objects.all())))
        ENDINGS[how]()


def _here(by: Actor, how: str) -> tuple[UUID, int]:
    told: list[tuple[UUID, int]] = []
    try:
        _read(by, lambda look, rows: told.append((look, rows)), how)
    except (Broken, psycopg.Error, transaction.TransactionManagementError):
        pass
    except Exception as wrong:  # Django's own wrapping of what the server said
        if not isinstance(wrong.__cause__, psycopg.Error):
            raise
    connection.close()
    return told[0]


def _in_a_child(by: Actor, how: str) -> tuple[UUID, int]:
    """Read in a copy of this process, which dies of it.

    Where a browser's loop runs in this thread, Django keeps other connections than without one; the
    copy has no loop, would find those from before and talk over its parent's sockets.
    """
    connections.close_all()
    out, into = os.pipe()
    child = os.fork()
    if child == 0:
        inherited = [connections[alias] for alias in connections]  # not to be closed from here
        for one in inherited:
            del connections[one.alias]
        try:
            _read(by, lambda look, rows: os.write(into, f"{look} {rows}".encode()) and None, how)
        except BaseException as wrong:  # whatever it is, this copy of the tests must not go on
            os.write(into, repr(wrong).encode())
        finally:
            os._exit(1)  # not reached when all is well: it has killed itself
    os.close(into)
    with os.fdopen(out) as told:
        said = told.read()
    _, status = os.waitpid(child, 0)
    if os.WTERMSIG(status) != signal.SIGKILL:
        raise RuntimeError(f"the child was to be killed, and was not: {said}")
    look, rows = said.split()
    return UUID(look), int(rows)


def _raise() -> None:
    raise Broken


def _ask(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


ENDINGS: dict[str, Callable[[], None]] = {
    "kill -9": lambda: os.kill(os.getpid(), signal.SIGKILL),
    "exception": _raise,
    "error in SQL": lambda: _ask("SELECT 1 / 0"),
    "rollback": lambda: transaction.set_rollback(True),
    "connection closed": lambda: connection.connection.close(),
    "backend terminated": lambda: _ask("SELECT pg_terminate_backend(pg_backend_pid())"),
}
