"""Write down every attempt to sign in or out, and end what that must end.

Whoever changes how they sign in stays signed in where they do it, and nowhere else.
"""

import time
from typing import Any

from allauth.account.signals import password_changed, password_reset
from allauth.mfa import signals as second_factor
from allauth.mfa.models import Authenticator
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import Signal
from django.http import HttpRequest

from locality.sharing import sessions
from locality.sharing.models import User
from locality.web.elsewhere import sign_out_elsewhere
from locality.web.middleware import KEY, SINCE
from locality.web.users import user_with_email

CACHED = '"cache"'  # a page that is left may otherwise be gone back to


def connect() -> None:
    """Listen to the framework's sign-in."""
    heard: dict[Any, Signal] = {
        signed_in: user_logged_in,
        signed_out: user_logged_out,
        refused: user_login_failed,
        code_refused: second_factor.authentication_failed,
        code_used: second_factor.authenticator_used,
        factor_added: second_factor.authenticator_added,
        factor_removed: second_factor.authenticator_removed,
        codes_made: second_factor.authenticator_reset,
        new_password: password_changed,
        forgotten_password: password_reset,
    }
    for listener, signal in heard.items():
        signal.connect(listener, dispatch_uid=f"locality.{listener.__name__}")


def signed_in(sender: object, request: HttpRequest, user: User, **_: Any) -> None:
    """Somebody proved who they are: from now their time runs."""
    request.session[SINCE] = request.session["seen"] = time.time()
    sessions.note_sign_in(user.pk, "signed in", _method(request))


def signed_out(sender: object, request: HttpRequest, user: User | None, **_: Any) -> None:
    """Somebody left, or stayed away too long: their key opens nothing from now on.

    Their browser forgets what it keeps of us; words that wait to be sent only when they left.
    """
    request.clears = CACHED if getattr(request, "over", "") else f'{CACHED}, "storage"'
    if key := request.COOKIES.get(KEY):
        sessions.end(key)
    sessions.note_sign_in(user.pk if user else None, "signed out", getattr(request, "over", ""))


def refused(sender: object, credentials: dict[str, Any], **_: Any) -> None:
    """A wrong address or password. What was typed is not kept; whom it named, if anybody, is."""
    typed = str(credentials.get("email") or credentials.get("username") or "")
    user = user_with_email(typed)
    sessions.note_sign_in(user and user.pk, "refused", "password")


def code_refused(sender: object, user: User, authenticator: Authenticator, **_: Any) -> None:
    """A wrong code."""
    sessions.note_sign_in(user.pk, "refused", authenticator.type)


def code_used(sender: object, user: User, authenticator: Authenticator, **_: Any) -> None:
    """A right code, of an app or one of the recovery codes, which works once."""
    sessions.note_sign_in(user.pk, "code used", authenticator.type)


def factor_added(
    sender: object, request: HttpRequest, user: User, authenticator: Authenticator, **_: Any
) -> None:
    """A new second factor, or a first set of recovery codes."""
    sessions.note_sign_in(user.pk, "second factor added", authenticator.type)
    sign_out_elsewhere(request, user.pk)


def factor_removed(
    sender: object, request: HttpRequest, user: User, authenticator: Authenticator, **_: Any
) -> None:
    """A second factor taken away."""
    sessions.note_sign_in(user.pk, "second factor removed", authenticator.type)
    sign_out_elsewhere(request, user.pk)


def codes_made(
    sender: object, request: HttpRequest, user: User, authenticator: Authenticator, **_: Any
) -> None:
    """A new set of recovery codes; the old ones no longer work."""
    sessions.note_sign_in(user.pk, "recovery codes made", authenticator.type)
    sign_out_elsewhere(request, user.pk)


def new_password(sender: object, request: HttpRequest, user: User, **_: Any) -> None:
    """A password changed by whoever knew the old one."""
    sessions.note_sign_in(user.pk, "password changed", "password")
    sign_out_elsewhere(request, user.pk)


def forgotten_password(sender: object, request: HttpRequest, user: User, **_: Any) -> None:
    """A password chosen through a link, handed over or sent by email."""
    sessions.note_sign_in(user.pk, "password changed", "link")
    sign_out_elsewhere(request, user.pk)


def _method(request: HttpRequest) -> str:
    methods = request.session.get("account_authentication_methods") or [{}]
    return str(methods[-1].get("method", ""))
