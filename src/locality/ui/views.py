"""Pages that belong to no domain. They show nobody's information and need no database."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from locality.ui import gallery as samples
from locality.ui.context import SHORTCUTS_COOKIE
from locality.ui.pages import csv_file, page

A_YEAR = 365 * 24 * 60 * 60


@require_http_methods(["GET", "POST"])
def shortcuts(request: HttpRequest) -> HttpResponse:
    """List the keyboard short-cuts; switch single keys off or on for this browser."""
    if request.method != "POST":
        return page(request, "ui/shortcuts.html")
    response = redirect("ui:shortcuts")
    wanted = "off" if request.POST.get("single_keys") == "off" else "on"
    response.set_cookie(
        SHORTCUTS_COOKIE,
        wanted,
        max_age=A_YEAR,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )
    return response


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """Say how usable this is, what is not, and whom to tell."""
    return page(request, "ui/accessibility.html")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Say what is kept about the people who use this, and about those it is for."""
    return page(request, "ui/privacy.html")


@require_http_methods(["GET", "POST"])
def gallery(request: HttpRequest) -> HttpResponse:
    """Show every component, with invented words in it."""
    if request.GET.get("format") == "csv":
        return csv_file("concerns", ("what", "due"), ((row.what, row.due) for row in samples.ROWS))
    form = samples.Everything(request.POST or None)
    return page(request, "ui/gallery.html", form=form, **samples.everything(request))
