"""Where somebody is signed in: each of their browsers, and signing out of one or all others.

A browser's session is a row that this tier keeps; the database's own session, which opens records,
is named in it. Both end together.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from locality.kit.errors import NotHere
from locality.sharing import reads, sessions
from locality.web.middleware import KEY, SINCE


@dataclass(frozen=True, slots=True)
class Place:
    """One browser in which somebody is signed in. `handle` names it in addresses."""

    handle: str
    here: bool
    began: datetime
    last_used: datetime
    post: object = None
    purpose: object = None


def places(request: HttpRequest) -> list[Place]:
    """Where the asker is signed in now: here first, then where they were last."""
    posts = {str(post.pk): post for post in reads.posts_of_user(request.user.pk)}
    purposes = {purpose.key: purpose for purpose in reads.all_purposes().values()}
    found = []
    for row, said in _of_user(request.user.pk):
        chosen = said.get("acting") or {}
        if _is_live(said):
            found.append(
                Place(
                    handle=_handle(row),
                    here=_is_here(request, row),
                    began=_moment(said[SINCE]),
                    last_used=_moment(said["seen"]),
                    post=posts.get(chosen.get("post", "")),
                    purpose=purposes.get(chosen.get("purpose", "")),
                )
            )
    return sorted(found, key=lambda one: (one.here, one.last_used), reverse=True)


def place(request: HttpRequest, handle: str) -> Place:
    """One of them, other than where the asker is now; NotHere when there is none."""
    for one in places(request):
        if one.handle == handle and not one.here:
            return one
    raise NotHere("You are not signed in there.")


def sign_out_of(request: HttpRequest, handle: str) -> None:
    """End one of the asker's sessions, at the next thing that somebody does there."""
    for row, said in _of_user(request.user.pk):
        if _handle(row) == handle:
            row.delete()
            if mark := (said.get("acting") or {}).get("session"):
                sessions.end_of(request.user.pk, one=mark)
            sessions.note_sign_in(request.user.pk, "signed out", "from another browser")


def sign_out_elsewhere(request: HttpRequest, user: UUID) -> int:
    """End all of somebody's sessions but the one that asks; say in how many browsers."""
    others = [row for row, _ in _of_user(user) if not _is_here(request, row)]
    for row in others:
        row.delete()
    key = request.COOKIES.get(KEY)
    keys = sessions.end_of(user, but=sessions.mark(key) if key else None)
    if others or keys:
        sessions.note_sign_in(user, "signed out", "everywhere else")
    return len(others)


def _of_user(user: UUID) -> Iterator[tuple[Session, dict[str, Any]]]:
    for row in Session.objects.filter(expire_date__gt=timezone.now()):
        said = row.get_decoded()
        if said.get(SESSION_KEY) == str(user):
            yield row, said


def _is_live(said: dict[str, Any]) -> bool:
    now, began, seen = time.time(), said.get(SINCE, 0), said.get("seen", 0)
    return bool(
        now - seen <= settings.IDLE_MINUTES * 60 and now - began <= sessions.LONGEST.total_seconds()
    )


def _is_here(request: HttpRequest, row: Session) -> bool:
    return bool(row.session_key == request.session.session_key)


def _handle(row: Session) -> str:
    """A name that leads nobody to the session's own, which opens it."""
    return salted_hmac("locality.web.elsewhere", row.session_key).hexdigest()[:20]


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
