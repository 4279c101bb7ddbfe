"""The page on which a screener says which place a concern means."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from locality.intake.reads import MOST_PLACES, Concern
from locality.places import reads as places
from locality.triage import forms, services
from locality.triage.views.queue import address, at_my_door, pane
from locality.ui.pages import page


@require_http_methods(["GET", "POST"])
def name_place(request: HttpRequest, concern_id: UUID) -> HttpResponse:
    """Look for the place a concern describes in words; pick it, or add it when it is not there."""
    shown = at_my_door(request, concern_id)
    act = ACTS.get(request.POST.get("do", ""))
    if act:
        return act(request, shown)
    return _ask(request, shown, seek=forms.FindPlaceForm(initial={"words": shown.place_says}))


def _find(request: HttpRequest, shown: Concern) -> HttpResponse:
    form = forms.FindPlaceForm(request.POST)
    if not form.is_valid():
        return _ask(request, shown, form=form, seek=form)
    words = form.cleaned_data["words"]
    return _ask(
        request, shown, seek=form, sought=True, adding=forms.AddPlaceForm(initial={"name": words}),
        found_places=places.find_places(words, MOST_PLACES),
        found_areas=places.find_areas(words, MOST_PLACES),
    )  # fmt: skip


def _pick(request: HttpRequest, shown: Concern) -> HttpResponse:
    try:
        place_id = UUID(request.POST.get("place", ""))
    except ValueError:
        raise Http404 from None
    services.name_place(by=request.actor, concern_id=shown.pk, place_id=place_id)
    return _named(request, shown)


def _pick_area(request: HttpRequest, shown: Concern) -> HttpResponse:
    code = request.POST.get("area", "")
    if not code.isalnum():
        raise Http404
    services.name_area(by=request.actor, concern_id=shown.pk, area_code=code)
    return _named(request, shown)


def _add(request: HttpRequest, shown: Concern) -> HttpResponse:
    form = forms.AddPlaceForm(request.POST)
    if not form.is_valid():
        seek = forms.FindPlaceForm(initial={"words": shown.place_says})
        return _ask(request, shown, form=form, adding=form, seek=seek, sought=True)
    services.add_place(by=request.actor, concern_id=shown.pk, **form.cleaned_data)
    return _named(request, shown)


ACTS: dict[str, Callable[[HttpRequest, Concern], HttpResponse]] = {
    "find place": _find, "choose place": _pick, "choose area": _pick_area, "add place": _add,
}  # fmt: skip


def _named(request: HttpRequest, shown: Concern) -> HttpResponse:
    messages.success(request, _("The place is named. A case can be opened about it."))
    return redirect(address(request, shown.pk))


def _ask(request: HttpRequest, shown: Concern, **more: Any) -> HttpResponse:
    context = {"back": address(request, shown.pk), "asking": True, **pane(request, shown), **more}
    return page(request, "triage/place.html", **context)
