"""Start and end the sessions that the database itself checks.

The database holds only the hash of a session's key. A session starts only with a code made from
a secret that the web tier has and no query can read.
"""

import hashlib
import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connections
from django.utils import timezone

from locality.kit.errors import Refused
from locality.sharing import secret
from locality.sharing.acting import Actor
from locality.sharing.sealing import writing
from locality.sharing.sealing.rules import rows

LONGEST = timedelta(hours=8)
JOB_LASTS = timedelta(minutes=15)


def start(*, user: UUID, post: UUID, lasts: timedelta = LONGEST, job: str | None = None) -> str:
    """Start a session for a user in one of their posts and return its key.

    Refuses with `sharing.no_such_post` when the post is not theirs or they may not sign in.
    """
    key = secrets.token_urlsafe(32)
    key_hash = hashlib.sha256(key.encode()).digest()
    until = timezone.now().replace(microsecond=0) + lasts
    with connections["log"].cursor() as cursor:
        cursor.execute(
            "SELECT locality.start_session(%s, %s, %s, %s, %s, %s)",
            [user, post, key_hash, until, job, _code(user, post, key_hash, until, job)],
        )
        (started,) = cursor.fetchone()
    if not started:
        raise Refused("sharing.no_such_post", "You have no live post to act in.")
    return key


def mark(key: str) -> str:
    """Name a session by what the database keeps of its key, from which nobody finds the key."""
    return hashlib.sha256(key.encode()).hexdigest()


def end(key: str) -> None:
    """End a session now: the next transaction that names it sees nothing."""
    with connections["log"].cursor() as cursor:
        cursor.execute("SELECT locality.end_session(%s)", [key])


def end_of(user: UUID, *, one: str | None = None, but: str | None = None) -> int:
    """End somebody's sessions, or `one` of them, or all `but` one, by mark; say how many ended."""
    asked = "SELECT locality.end_sessions_of(%s, %s, %s, %s, %s)"
    marks = (bytes.fromhex(named) if named else None for named in (one, but))
    ((ended,),) = secret.ask(asked, "end sessions of", user, *marks)
    return int(str(ended))


def job_actor(*, user: UUID, post: UUID, agency: int, purpose: str, job: str) -> Actor:
    """Act as a named job for the agency it serves, for a quarter of an hour at most."""
    key = start(user=user, post=post, lasts=JOB_LASTS, job=job)
    return Actor(post=post, person=user, agency=agency, purpose=purpose, key=key)


def note_sign_in(user: UUID | None, what: str, method: str = "") -> None:
    """Write down an attempt to sign in or out. Never what was typed."""
    vouch = writing.vouching(rows.SIGN_IN, what, method, detail=str(user or ""))
    with vouch as row, connections["log"].cursor() as cursor:
        cursor.execute(
            "SELECT locality.sign_in(%s, %s, %s, %s, %s, %s, %s, %s, %s)",
            [user, what, method, *row.values()],
        )
        row.is_kept()


def _code(user: UUID, post: UUID, key_hash: bytes, until: datetime, job: str | None) -> bytes:
    said = f"{user}|{post}|{key_hash.hex()}|{int(until.timestamp())}|{job or ''}"
    return secret.code(said)
