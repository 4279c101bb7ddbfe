"""What every page's frame needs to know: who, for whom, why, and where they may go."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from locality.ui import navigation

SHORTCUTS_COOKIE = "shortcuts"
KNOWN_ADDRESSES = {
    "home": ("web:home", "home"),
    "sign_in": ("account_login",),
    "sign_out": ("account_logout",),
    "purpose": ("web:act",),
    "still_here": ("web:still-here",),
    "account": ("mfa_index",),
    "search": ("web:search", "people:search"),
    "partners": ("sharing:partners",),
    "trail": ("sharing:trail",),
    "shortcuts": ("ui:shortcuts",),
    "accessibility": ("ui:accessibility",),
    "privacy": ("ui:privacy",),
}


def shell(request: HttpRequest) -> dict[str, Any]:
    """Give templates `shell`: actor, names, links and addresses; worked out only when drawn."""
    return {"shell": SimpleLazyObject(lambda: _shell(request))}


def help_team() -> str:
    """Say whom to turn to, with a number to ring where the installation gives one."""
    return getattr(settings, "LOCALITY_HELP", "") or _(
        "the team that runs this service in your area"
    )


def _shell(request: HttpRequest) -> dict[str, Any]:
    actor, post = getattr(request, "actor", None), getattr(request, "post_held", None)
    return {
        "product": getattr(settings, "LOCALITY_NAME", "Locality"),
        "area": getattr(settings, "LOCALITY_AREA", ""),
        "demo": getattr(settings, "DEMO", False),
        "help": help_team(),
        "idle": getattr(settings, "IDLE_MINUTES", 0),
        "actor": actor,
        "name": getattr(post, "name", ""),
        "title": getattr(post, "title", ""),
        "agency": str(getattr(post, "agency", "") or ""),
        "purpose": _purpose(request, actor),
        "links": navigation.links(request),
        "shortcuts": request.COOKIES.get(SHORTCUTS_COOKIE) != "off",
        "to": {key: _first(names) for key, names in KNOWN_ADDRESSES.items()},
    }


def _purpose(request: HttpRequest, actor: Any) -> str:
    chosen = getattr(request, "acting_purpose", None)
    name = getattr(chosen, "name", "") or getattr(actor, "purpose", "")
    return name[:1].lower() + name[1:] if isinstance(name, str) else ""


def _first(names: tuple[str, ...]) -> str | None:
    return next((found for name in names if (found := navigation.address(name))), None)
