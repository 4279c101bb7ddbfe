"""A session that ends under somebody's hands: say why, and give back what they had written."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from locality.ui.pages import page

LONG_ENOUGH = 20  # characters: a sentence somebody would be sorry to type again
SECRET = ("password", "passphrase")  # in a field's name: what is typed there shows nowhere


def say_why(request: HttpRequest, why: str) -> None:
    """Let the sign-in page say why somebody is there again."""
    request.session["sign_in_problem"] = _why(why)


def give_back(request: HttpRequest, why: str) -> HttpResponse | None:
    """Answer 403 with what was written, so that it can be copied; None when nothing was.

    Only whoever held the session that has just ended is answered so.
    """
    written = [
        value
        for name, values in request.POST.lists()
        if not any(word in name for word in SECRET)
        for value in values
        if len(value) >= LONG_ENOUGH and " " in value.strip()
    ]
    if not written or request.headers.get("HX-Request"):
        return None
    request.session.pop("sign_in_problem", None)
    again = f"{redirect('account_login').url}?{urlencode({'next': request.get_full_path()})}"
    return page(
        request, "web/signed_out.html", status=403, why=_why(why), written=written, again=again
    )


def _why(why: str) -> str:
    if why == "idle":
        minutes = settings.IDLE_MINUTES
        return ngettext(
            "You were signed out because nothing was done here for %(minutes)d minute.",
            "You were signed out because nothing was done here for %(minutes)d minutes.",
            minutes,
        ) % {"minutes": minutes}
    return _("You were signed out because you had been signed in for long enough for one day.")
