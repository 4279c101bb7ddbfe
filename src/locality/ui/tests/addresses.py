"""Addresses for the tests of `ui` alone: its own pages, and some that end badly."""

from types import SimpleNamespace

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import include, path

from locality.kit.errors import BadInput, NotHere, Refused
from locality.ui import endings, navigation
from locality.ui.fields import LongText
from locality.ui.pages import page

handler400 = "locality.ui.endings.bad_request"
handler403 = "locality.ui.endings.not_allowed"
handler404 = "locality.ui.endings.not_here"
handler500 = "locality.ui.endings.broken"

navigation.add("Gallery", "ui:gallery")
navigation.add("Queue", "queue", "screen")
navigation.add("Govern", "govern", "govern")
navigation.add("Not built yet", "nowhere:at-all")


class Somebody:
    """Signs everybody in as one invented person who screens; nobody with ?as=nobody."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.GET.get("as") != "nobody":
            request.actor = SimpleNamespace(purpose="Safeguarding children")
            request.post_held = SimpleNamespace(
                name="Amina Khan", agency="Walsall Council", title=""
            )
            request.duties = {"raise", "screen"}
        return self.get_response(request)


def queue(request: HttpRequest) -> HttpResponse:
    """A page with nothing in it, and a message."""
    messages.success(request, "The concern was screened.")
    return page(request, "ui/privacy.html")


def raises(ending):
    """A view that ends in `ending`."""

    def view(request):
        raise ending

    return view


def name(request, **_):
    """Somewhere for names that are only linked to."""
    return redirect("/gallery")


class Draft(forms.Form):
    """One box that keeps itself."""

    what = LongText(label="What did you notice?")


def draft_form(request: HttpRequest) -> HttpResponse:
    """A form whose draft is kept as it is written."""
    return page(
        request,
        "ui/confirm.html",
        title="Draft",
        form=Draft(),
        action="Send",
        cancel="/",
        draft="/draft",
    )


urlpatterns = [
    path("draft-form", draft_form),
    path("", include(([path("", name, name="home"), path("act", name, name="act")], "web"))),
    path("", include("locality.ui.urls")),
    path("queue", queue, name="queue"),
    path("govern", queue, name="govern"),
    path("", include(([path("search", name, name="search")], "people"))),
    path("sign-out", name, name="account_logout"),
    path("refused", raises(Refused("panels.not_quorate", "Two core agencies are not present."))),
    path("hidden", raises(NotHere())),
    path("unreadable", raises(BadInput("line 3"))),
    path("bug", raises(ZeroDivisionError())),
    path("too-big", endings.too_big),
    path("csrf", endings.csrf_failure),
]
