"""The pages for when it does not go well. None needs a database or knows who is asking."""

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from locality.ui.context import help_team

Sentences = list[str]


def not_here(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 404: the same bytes for an address that never was and a record that is hidden."""
    return _ending(
        404,
        _("This page is not here"),
        [
            _("Check the address, or go back and choose again."),
            _("What you look for may be closed or moved, or may not be shared with your agency."),
        ],
    )


def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 403 to a framework's own refusal."""
    return _ending(
        403,
        _("You cannot open this"),
        [_("Your post does not include this. Ask your manager or your agency’s governance lead.")],
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer 403 when a form came without its key: old page, or cookies refused."""
    return _ending(
        403,
        _("Send that again"),
        [
            _("This page was open for so long that its key ran out, or cookies are switched off."),
            _("Go back, reload the page and send it again. Copy what you wrote first."),
            _whom_to_tell(),
        ],
    )


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 400, or 413 when what was sent is too big."""
    if isinstance(exception, RequestDataTooBig):
        return too_big(request)
    return _ending(
        400,
        _("This could not be read"),
        [
            _("Something in the address or in what was sent is damaged. Go back and try again."),
            _whom_to_tell(),
        ],
    )


def too_big(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 413."""
    return _ending(
        413,
        _("That is too big"),
        [_("Send less text, or a smaller file. Nothing has been saved.")],
    )


def broken(request: HttpRequest) -> HttpResponse:
    """Answer 500, for handler500."""
    return _ending(
        500,
        _("Sorry, something went wrong"),
        [
            _("It is our mistake, and it has been noted. Nothing half-done was kept."),
            _("Try again in a few minutes. If somebody is in danger now, call 999."),
            _whom_to_tell(),
        ],
    )


def _whom_to_tell() -> str:
    """Say whom to ring when it goes on."""
    return _(
        "If it happens again, tell %(team)s. Say when it happened and what you were doing."
    ) % {"team": help_team()}


def _ending(status: int, title: str, says: Sentences) -> HttpResponse:
    text = render_to_string("ui/ending.html", {"title": title, "says": says})
    return HttpResponse(text, status=status)
