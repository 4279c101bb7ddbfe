"""Write down every attempt to sign in or out, and end what a sign-out must end."""

from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.http import HttpRequest

from locality.sharing import sessions
from locality.sharing.models import User
from locality.web.middleware import KEY


def connect() -> None:
    """Listen to the framework's sign-in."""
    user_logged_in.connect(signed_in, dispatch_uid="locality.signed_in")
    user_logged_out.connect(signed_out, dispatch_uid="locality.signed_out")
    user_login_failed.connect(refused, dispatch_uid="locality.refused")


def signed_in(sender: object, request: HttpRequest, user: User, **_: Any) -> None:
    """Somebody proved who they are."""
    sessions.note_sign_in(user.pk, "signed in", _method(request))


def signed_out(sender: object, request: HttpRequest, user: User | None, **_: Any) -> None:
    """Somebody left: their key opens nothing from now on."""
    if key := request.COOKIES.get(KEY):
        sessions.end(key)
    sessions.note_sign_in(user.pk if user else None, "signed out")


def refused(sender: object, credentials: dict[str, Any], **_: Any) -> None:
    """A wrong address or password. What was typed is not kept; whom it named, if anybody, is."""
    typed = str(credentials.get("email") or credentials.get("username") or "")
    user = User.objects.filter(email__iexact=typed).values_list("pk", flat=True).first()
    sessions.note_sign_in(user, "refused", "password")


def _method(request: HttpRequest) -> str:
    methods = request.session.get("account_authentication_methods") or [{}]
    return str(methods[-1].get("method", ""))
