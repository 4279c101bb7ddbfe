"""Who is let in by a passkey, who must show again that it is them, and who tried too often."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from allauth.account.internal.flows.login import (
    get_authentication_records,
    perform_login,
    record_authentication,
)
from allauth.account.models import Login
from allauth.account.stages import LoginStage
from allauth.account.utils import get_next_redirect_url
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal import ratelimit
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from locality.sharing import passkeys, sessions
from locality.sharing.models import User
from locality.web.lockout import ACTION, locked_out
from locality.web.middleware import SINCE

View = Callable[..., HttpResponse]


class PasskeyStage(LoginStage):
    """A password alone never lets in whoever has passkeys and no app: their passkey does."""

    key = "passkey"

    def handle(self) -> tuple[HttpResponse | None, bool]:
        """Let a partner's provider and an app's code go on to what they ask; stop the rest."""
        user = self.login.user
        by_partner = "sociallogin" in (self.login.signal_kwargs or {})
        if user is None or by_partner or has_app(user) or not passkeys.of_user(user.pk):
            return None, True
        sessions.note_sign_in(user.pk, "refused", "password alone")
        self.request.session["sign_in_problem"] = _(
            "You have a passkey, and it is all you need: use it here instead of your password. If "
            "you have lost it, ask whoever gave you your first link for a new one."
        )
        return redirect("account_login"), False


def let_in(request: HttpRequest, user: User) -> HttpResponse:
    """Sign somebody in whose passkey proved who they are: it stands for both factors."""
    record_authentication(request, user, method="passkey")
    handled = {stage: {"handled": True} for stage in (PasskeyStage.key, AuthenticateStage.key)}
    then = wanted(request) or None
    return perform_login(request, Login(user=user, redirect_url=then, state={"stages": handled}))


def confirm(request: HttpRequest) -> HttpResponse:
    """Note that somebody showed again that it is them; go on to where they were going."""
    record_authentication(request, request.user, method="passkey", reauthenticated=True)
    return redirect(wanted(request) or "mfa_index")


def wanted(request: HttpRequest) -> str:
    """Where somebody was going, if it is an address of this site."""
    found = get_next_redirect_url(request) or ""
    return found if found.startswith("/") else ""  # a word alone would be taken for a page's name


def by_password(request: HttpRequest) -> str:
    """The page on which somebody shows with their password that it is them; on to the same."""
    return f"{reverse('account_reauthenticate')}?{urlencode({'next': wanted(request)})}"


def shown_again(view: View) -> View:
    """Let a view run only for somebody who is signed in and showed a moment ago that it is them."""

    @login_required
    @wraps(view)
    def asks(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if _is_fresh(request):
            return view(request, *args, **kwargs)
        return redirect(f"{reverse('passkey_confirm')}?{urlencode({'next': request.path})}")

    return asks


def has_way_in(user: User) -> bool:
    """Whether somebody has more than a password."""
    return has_app(user) or bool(passkeys.of_user(user.pk))


def has_app(user: User) -> bool:
    """Whether somebody has an app for codes."""
    return bool(is_mfa_enabled(user, [Authenticator.Type.TOTP]))


def count_try(request: HttpRequest, user: UUID | None) -> "ratelimit.RateLimitUsage":
    """Count a try against whose passkey is claimed and against this address, until it succeeds.

    After too many that failed, answers with the page that says when to try again.
    """
    key = f"passkey-{user or f'of nobody, from {ratelimit.get_ip(request)}'}"
    counted = ratelimit.consume(request, **ACTION, key=key)
    if counted is None:
        sessions.note_sign_in(user, "locked out", "passkey")
        raise ImmediateHttpResponse(locked_out(request, key))
    return counted


def _is_fresh(request: HttpRequest) -> bool:
    shown = [
        one["at"]
        for one in get_authentication_records(request, request.user)
        if one.get("reauthenticated")
    ]
    latest = max([request.session.get(SINCE, 0), *shown])
    return bool(time.time() - latest < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT)
