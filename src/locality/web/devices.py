"""Browsers in which somebody has signed in before: a stranger's wrong tries do not lock them out.

A cookie names the people who signed in there, each by a mark that only we can make, and the browser
by a number. It proves nothing and lets nobody in: tries from it are counted apart, and as strictly.
"""

import secrets
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

COOKIE = f"{settings.COOKIES}device"
SALT = "locality.web.devices"
KEPT = timedelta(days=90)
MOST = 10  # people at one browser: the latest are remembered


def known(request: HttpRequest, user: UUID | None) -> str:
    """The number of this browser if this person has signed in here before; otherwise nothing."""
    number, marks = _read(request)
    return number if user and _mark(user) in marks else ""


def remember(request: HttpRequest, then: HttpResponse) -> HttpResponse:
    """Note with an answer that whoever has just signed in did so in this browser."""
    number, marks = _read(request)
    mine = _mark(request.user.pk)
    kept = [mine, *(one for one in marks if one != mine)][:MOST]
    said = signing.dumps([number or secrets.token_urlsafe(16), kept], salt=SALT)
    then.set_cookie(
        COOKIE, said, max_age=KEPT, httponly=True, secure=settings.HTTPS, samesite="Lax"
    )
    return then


def _read(request: HttpRequest) -> tuple[str, list[str]]:
    try:
        number, marks = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=KEPT)
    except signing.BadSignature:
        return "", []
    return number, marks


def _mark(user: UUID) -> str:
    return salted_hmac(SALT, str(user), algorithm="sha256").hexdigest()[:32]
