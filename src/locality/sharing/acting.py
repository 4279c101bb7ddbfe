"""Who is acting, for whom, and why. Every read and write of records happens inside `acting`."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TypeVar
from uuid import UUID

from django.db import connection, connections, transaction

from locality.kit.errors import Refused
from locality.sharing.sealing import writing
from locality.sharing.sealing.rules import rows
from locality.sharing.starting import purpose_number
from locality.sharing.words import Look

View = TypeVar("View", bound=Callable[..., object])

_current: ContextVar["Actor | None"] = ContextVar("actor", default=None)
_look: ContextVar[UUID | None] = ContextVar("look", default=None)


@dataclass(frozen=True, slots=True)
class Actor:
    """A person in a post (or a named job), the agency they act for, and their purpose.

    `key` is their session's key. The database believes it and nothing else in here.
    """

    post: UUID
    person: UUID
    agency: int
    purpose: str
    key: str = field(repr=False)


@contextmanager
def acting(by: Actor) -> Iterator[None]:
    """Open one transaction in which the database itself knows who is asking.

    The look is written down and committed first (see `looking`). Outside `acting` the policies
    see nobody, and so show nothing. Nesting is allowed for the same actor.
    Refuses with `sharing.session_over` when the session, post or purpose is no longer live.
    """
    already = _current.get()
    if already not in (None, by):
        raise RuntimeError(f"{already} is acting; {by} must wait for another transaction")
    with transaction.atomic():
        if already == by:
            yield
            return
        token = _current.set(by)
        try:
            _open(by)
            yield
            if not connection.needs_rollback:  # the rollback closes the context, too
                _close()
        finally:
            _current.reset(token)


def in_emergency(view: View) -> View:
    """Mark a view that reads what emergency access opens. In it nothing can be written."""
    view.look_kind = Look.EMERGENCY  # type: ignore[attr-defined]
    return view


def from_reserve(view: View) -> View:
    """Mark a view that also answers forms when the disk runs full, from the room kept for looks:
    because it only reads, or because somebody may be in danger.
    """
    view.is_from_reserve = True  # type: ignore[attr-defined]
    return view


@contextmanager
def looking(
    by: Actor, *, kind: str, route: str, records: Sequence[UUID] = (), sought: str = ""
) -> Iterator[None]:
    """Write down a look, committed, before the transaction that reads. Wraps `acting`."""
    token = _look.set(_consult(by, kind, route, list(records), sought))
    try:
        yield
    finally:
        _look.reset(token)


def note_look(
    by: Actor, *, kind: str, route: str, records: Sequence[UUID], sought: str = ""
) -> None:
    """Write down one more look while acting, such as the people a search is about to show."""
    _consult(by, kind, route, list(records), sought)


def look_again() -> None:
    """Let the actor's own transaction see a circle they have just joined."""
    _ask("SELECT locality.refresh_context()", [])


def _open(by: Actor) -> None:
    look = _look.get() or _consult(by, "job", "", [], "")
    if not _ask("SELECT locality.open_context(%s, %s, %s)", [by.key, by.purpose, look]):
        raise Refused("sharing.session_over", "Your session has ended. Sign in again.")
    _ask("SELECT set_config('role', 'locality_app', true)", [])


def _close() -> None:
    # Set constraints first: what they find wrong must be found while somebody is acting.
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        cursor.execute("SELECT locality.close_context(), set_config('role', 'none', true)")


def _consult(by: Actor, kind: str, route: str, records: list[UUID], sought: str) -> UUID:
    """Commit a look on a connection of its own, so that no rollback can take it back."""
    vouch = writing.vouching(
        rows.LOOK, by.person, by.post, by.agency, purpose_number(by.purpose), kind, route, records,
        detail=sought,
    )  # fmt: skip
    with vouch as row, connections["log"].cursor() as cursor:
        cursor.execute(
            "SELECT locality.consult(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
            [by.key, by.purpose, kind, route, records, sought, *row.values()],
        )
        (look,) = cursor.fetchone()
        if look is not None:
            row.is_kept()
    if look is None:
        raise Refused("sharing.session_over", "Your session has ended. Sign in again.")
    return look


def _ask(sql: str, values: list[object]) -> object:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        (answer,) = cursor.fetchone()
    return answer
