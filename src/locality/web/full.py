"""What people are told when the disk is full: nothing is lost, and what they wrote comes back."""

import sys
from collections.abc import Callable, Iterator

import psycopg
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware, get_token
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from locality.ui import endings
from locality.ui.context import help_team
from locality.web.expiry import SECRET
from locality.web.running.room import here

NO_ROOM = 507
SAFE = ("GET", "HEAD", "OPTIONS", "TRACE")
LONG = 60  # characters that still fit a line
NEVER_BACK = ("csrfmiddlewaretoken", *SECRET)


class RefuseWhenFull:
    """Refuse early what would write, and also what would read once no look can be written."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        room = here()
        if room is None or not room.is_low or _is_always_answered(request):
            return self.get_response(request)
        if room.is_none or not (request.method in SAFE or _is_from_reserve(request)):
            return full(request)
        return self.get_response(request)


def broken(request: HttpRequest) -> HttpResponse:
    """Answer what nobody caught: a full disk with its own page, anything else as a mistake."""
    return full(request) if _is_of_room(sys.exc_info()[1]) else endings.broken(request)


def full(request: HttpRequest) -> HttpResponse:
    """Answer 507: what they wrote stands in a form, to be sent again. Reads no record.

    Only what a page of ours sent: or another site's words would stand in a form of ours.
    """
    sent = request.method not in SAFE
    fields = list(_written(request)) if sent and _is_from_our_page(request) else []
    text = render_to_string(
        "web/full.html",
        {
            "title": _("This is not saved yet") if sent else _("This cannot be shown just now"),
            "sent": sent, "fields": fields, "team": help_team(), "again": request.get_full_path(),
            "csrf_token": get_token(request),
        },
    )  # fmt: skip
    return HttpResponse(text, status=NO_ROOM)


def _written(request: HttpRequest) -> Iterator[dict[str, object]]:
    """Every field as it was sent, long ones to be seen; no token and no password."""
    for name, values in request.POST.lists():
        if not any(word in name for word in NEVER_BACK):
            yield from (
                {"name": name, "value": value, "long": len(value) > LONG or "\n" in value}
                for value in values
            )


def _is_from_our_page(request: HttpRequest) -> bool:
    judge = CsrfViewMiddleware(lambda _: HttpResponse())
    return judge.process_view(request, full, (), {}) is None


def _is_of_room(error: BaseException | None) -> bool:
    """Whether an error is PostgreSQL's word that its disk is full, or was raised from that."""
    while error is not None:
        if isinstance(error, psycopg.errors.DiskFull):
            return True
        error = error.__cause__ or error.__context__
    return False


def _is_from_reserve(request: HttpRequest) -> bool:
    """Whether a view reads, signs people in or out, or may save a life."""
    try:
        match = resolve(request.path_info)
    except Resolver404:
        return True
    view = match.func
    return match.route.startswith("account/") or any(
        getattr(view, mark, False) for mark in ("needs_no_actor", "is_from_reserve")
    )


def _is_always_answered(request: HttpRequest) -> bool:
    return request.path_info == "/healthz" or request.path_info.startswith(settings.STATIC_URL)
