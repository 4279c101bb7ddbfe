"""Beginning to act: a key for one post and one purpose, in a cookie of its own."""

import time
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import TYPE_CHECKING
from uuid import UUID

from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from locality.sharing import audit, reads, sessions
from locality.sharing.acting import Actor, acting, looking
from locality.web.forms import ActForm
from locality.web.middleware import KEY, SINCE, actor
from locality.web.passkeys.flow import has_way_in

if TYPE_CHECKING:
    from locality.sharing.models import Post, Purpose

View = Callable[[HttpRequest], HttpResponse]


def begin(request: HttpRequest, post: "Post", why: "Purpose", then: HttpResponse) -> HttpResponse:
    """Start a session in the database, hand its key over with `then`, and write it down."""
    key = _new_key(request, post.pk)
    by = Actor(
        post=post.pk, person=request.user.pk, agency=post.agency_id, purpose=why.key, key=key
    )
    with looking(by, kind="page", route="web:act"), acting(by):
        audit.record(by=by, did="sharing.purpose.chosen", to=post, why=why.key)
    request.session["acting"] = {
        "post": str(post.pk), "agency": post.agency_id, "purpose": why.key,
        "session": sessions.mark(key),
    }  # fmt: skip
    request.session["seen"] = time.time()
    return _hand_over(request, key, then)


def begin_the_only_one(request: HttpRequest, then: HttpResponse) -> HttpResponse:
    """Begin at once where there is nothing to choose from; else only go on to `then`.

    Part of signing in, so that no link begins anything.
    """
    if needs_second_factor(request):
        return then
    form = ActForm(posts=reads.posts_of_user(request.user.pk), purposes=reads.all_purposes())
    if len(form.pairs) != 1:
        return then
    (only,) = form.pairs.values()
    return begin(request, *only, redirect("web:home") if then.url == reverse("web:act") else then)


def renewing(view: View) -> View:
    """Give a new session and a new key to whoever shows again that it is them; end the old."""

    @wraps(view)
    def renews(request: HttpRequest) -> HttpResponse:
        before = get_authentication_records(request, request.user)
        then = view(request)
        if get_authentication_records(request, request.user) == before:
            return then
        by = actor(request)
        if by is None:
            request.session.cycle_key()
            return then
        key = _new_key(request, by.post)
        request.session["acting"] |= {"session": sessions.mark(key)}
        return _hand_over(request, key, then)

    return renews


def needs_second_factor(request: HttpRequest) -> bool:
    """A password alone is not enough, except in the demo; a partner's provider has its own."""
    methods = request.session.get("account_authentication_methods") or []
    if settings.DEMO or any(m.get("method") == "socialaccount" for m in methods):
        return False
    return not has_way_in(request.user)


def _new_key(request: HttpRequest, post: UUID) -> str:
    """End the key there was, and start another; the browser's session gets another name, too."""
    if old := request.COOKIES.get(KEY):
        sessions.end(old)
    request.session.cycle_key()
    return sessions.start(user=request.user.pk, post=post, lasts=_left(request))


def _hand_over(request: HttpRequest, key: str, then: HttpResponse) -> HttpResponse:
    then.set_cookie(
        KEY, key, max_age=int(_left(request).total_seconds()), httponly=True,
        secure=settings.HTTPS, samesite="Lax",
    )  # fmt: skip
    return then


def _left(request: HttpRequest) -> timedelta:
    """How long this sign-in still lasts: changing the purpose does not lengthen it."""
    passed = time.time() - request.session.get(SINCE, time.time())
    return sessions.LONGEST - timedelta(seconds=int(passed))
