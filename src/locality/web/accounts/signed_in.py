"""The pages about where somebody is signed in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from locality.ui.pages import page
from locality.web import elsewhere
from locality.web.passkeys.flow import shown_again


@never_cache
@require_safe
@login_required
def signed_in(request: HttpRequest) -> HttpResponse:
    """List the browsers in which somebody is signed in."""
    return page(request, "web/signed_in.html", places=elsewhere.places(request))


@never_cache
@require_http_methods(["GET", "POST"])
@shown_again
def sign_out_of(request: HttpRequest, handle: str) -> HttpResponse:
    """Ask whether to sign out of another browser; do it."""
    there = elsewhere.place(request, handle)
    if request.method == "POST":
        elsewhere.sign_out_of(request, handle)
        messages.success(request, _("You are signed out there."))
        return redirect("signed_in")
    return page(request, "web/sign_out_of.html", place=there)


@never_cache
@require_http_methods(["GET", "POST"])
@shown_again
def sign_out_elsewhere(request: HttpRequest) -> HttpResponse:
    """Ask whether to sign out of every browser but this; do it."""
    if request.method == "POST":
        ended = elsewhere.sign_out_elsewhere(request, request.user.pk)
        says = ngettext(
            "You are signed out of %(ended)d other browser.",
            "You are signed out of %(ended)d other browsers.",
            ended,
        )
        messages.success(request, says % {"ended": ended})
        return redirect("signed_in")
    return page(
        request, "ui/confirm.html", title=_("Sign out everywhere else?"),
        says=_("You stay signed in here. What is not saved in your other browsers will be gone."),
        action=_("Sign out everywhere else"), cancel=reverse("signed_in"),
    )  # fmt: skip
