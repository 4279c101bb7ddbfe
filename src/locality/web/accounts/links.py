"""The link with which somebody chooses a password: works once, for a short time, kept nowhere.

It is the framework's own password token: a code over the person, their present password and when
they last signed in. Nothing of it is stored, and choosing a password (or taking one away) ends it.
"""

from uuid import UUID

from allauth.account import app_settings
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.db import connections
from django.urls import reverse

from locality.kit.errors import Refused
from locality.sharing.models import User
from locality.sharing.secret import pads

OWNER = "owner"
TOKENS = app_settings.PASSWORD_RESET_TOKEN_GENERATOR()


def link_for(person: User, site: str) -> str:
    """Make the link for somebody as they are now, on the site with this address.

    Refuses with `web.other_secret` when the site would not know it.
    """
    _require_same_secret()
    return made_for(person, site)


def made_for(person: User, site: str) -> str:
    """Make the link for somebody as they are now, where the site itself makes it."""
    kwargs = {"uidb36": user_pk_to_url_str(person), "key": TOKENS.make_token(person)}
    return site.rstrip("/") + reverse("account_reset_password_from_key", kwargs=kwargs)


def whose(uid: str, key: str) -> User | None:
    """Find whose link this is, and hold them until the transaction ends. None when it is over."""
    try:
        found = UUID(uid)
    except ValueError:
        return None
    people = User.objects.select_for_update().filter(is_active=True, is_job=False)
    person = people.filter(pk=found).first()
    return person if person and TOKENS.check_token(person, key) else None


def site_address() -> str:
    """Where the site is found: the first of LOCALITY_ORIGINS, else this machine."""
    if settings.CSRF_TRUSTED_ORIGINS:
        return settings.CSRF_TRUSTED_ORIGINS[0]
    return f"http://{settings.ALLOWED_HOSTS[0]}:8000"


def _require_same_secret() -> None:
    """Links and sessions are made with the site's secret: with another one they open nothing."""
    with connections[OWNER].cursor() as cursor:
        cursor.execute("SELECT inner_pad, outer_pad FROM locality_private.secret")
        kept = tuple(bytes(pad) for pad in cursor.fetchone() or ())
    if kept != pads():
        raise Refused(
            "web.other_secret",
            "This terminal has another LOCALITY_SECRET_KEY than the site: set the same one.",
        )
