"""The main links, in order. A domain's link shows once its address exists and the duty is held."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Link:
    """One main link; any one of `duties` shows it, and none means everybody sees it."""

    label: str
    address: str  # the url's name
    duties: frozenset[str] = frozenset()


LINKS: list[Link] = [
    Link(_("Home"), "web:home"),
]


def add(label: str, address: str, *duties: str) -> None:
    """Add a main link (once), from a domain's `urls.py`; the label is lazily translated."""
    link = Link(label, address, frozenset(str(duty) for duty in duties))
    if all(known.address != address for known in LINKS):
        LINKS.append(link)


def links(request: HttpRequest) -> list[dict[str, object]]:
    """Say which main links this person sees, and which one they are in."""
    held = {str(duty) for duty in getattr(request, "duties", None) or ()}
    shown = []
    for link in LINKS:
        href = address(link.address)
        if href and (not link.duties or link.duties & held):
            shown.append({"label": link.label, "href": href, "name": link.address})
    here = _here(request, [str(link["href"]) for link in shown])
    return [link | {"current": link["href"] == here} for link in shown]


def address(name: str) -> str | None:
    """Resolve a url's name, or say there is none in this installation."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return None


def _here(request: HttpRequest, hrefs: list[str]) -> str | None:
    """The link whose address is the longest beginning of this one; home only when exact."""
    path = request.path
    inside = [href for href in hrefs if path == href or (href != "/" and path.startswith(href))]
    return max(inside, key=len, default=None)
