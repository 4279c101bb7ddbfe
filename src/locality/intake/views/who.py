"""The page that asks whom or which place it is about: each is looked for before it is named."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from locality.intake import forms, reads, services
from locality.intake.views.drafts import keep, of_a_draft, so_far
from locality.intake.words import Page
from locality.people import reads as people
from locality.people import services as people_services
from locality.places import reads as places
from locality.ui.pages import page

SOUGHT = ("given_names", "family_name", "born", "postcode")


@require_http_methods(["GET", "POST"])
@of_a_draft
def who(request: HttpRequest, draft: reads.Draft) -> HttpResponse:
    """Ask whom or which place it is about. Somebody is searched for before being named anew."""
    act = ACTS.get(request.POST.get("do", ""))
    return act(request, draft) if act else _go_on(request, draft)


def _go_on(request: HttpRequest, draft: reads.Draft) -> HttpResponse:
    form = forms.WhereForm(request.POST or None, initial=_typed(draft))
    if form.is_valid():
        named = draft.answers.get("people") or draft.answers.get("place")
        if named or form.cleaned_data["place_says"]:
            return keep(request, draft, Page.WHO, form.cleaned_data)
        form.add_error(None, _("Find or describe a person, or say which place it is about."))
    return _who_page(request, draft, form=form, where=form)


def _find(request: HttpRequest, draft: reads.Draft) -> HttpResponse:
    form = forms.FindForm(request.POST)
    if not form.is_valid():
        return _who_page(request, draft, form=form, find=form)
    found = people_services.search(by=request.actor, **_sought(form))
    services.save_draft(by=request.actor, draft_id=draft.pk, answers={"sought": _words(form)})
    return _who_page(request, draft, find=form, found=found, searched=True)


def _choose(request: HttpRequest, draft: reads.Draft) -> HttpResponse:
    record = people.record(_id(request, "record"))
    part = forms.FindForm(request.POST)
    part.is_valid()
    person = {"record_id": str(record.pk), "part": part.cleaned_data.get("part", "")}
    return _add(request, draft, person)


def _name(request: HttpRequest, draft: reads.Draft) -> HttpResponse:
    """Name somebody anew; only after looking for exactly them."""
    form = forms.FindForm(request.POST)
    if not form.is_valid() or draft.answers.get("sought") != _words(form):
        return _find(request, draft)
    return _add(request, draft, forms.kept(form))


def _describe(request: HttpRequest, draft: reads.Draft) -> HttpResponse:
    form = forms.NamelessForm(request.POST)
    if not form.is_valid():
        return _who_page(request, draft, form=form, nameless=form)
    return _add(request, draft, forms.kept(form))


def _add(request: HttpRequest, draft: reads.Draft, person: dict[str, Any]) -> HttpResponse:
    services.add_person(by=request.actor, draft_id=draft.pk, person=person)
    return redirect(request.get_full_path())


def _take_out(request: HttpRequest, draft: reads.Draft) -> HttpResponse:
    number = request.POST.get("number", "")
    if number.isdecimal() and len(number) < 4:
        services.remove_person(by=request.actor, draft_id=draft.pk, number=int(number))
    return redirect(request.get_full_path())


def _find_place(request: HttpRequest, draft: reads.Draft) -> HttpResponse:
    form = forms.FindPlaceForm(request.POST)
    if not form.is_valid():
        return _who_page(request, draft, form=form, seek=form)
    words = form.cleaned_data["place_words"]
    found_places = places.find_places(words, reads.MOST_PLACES)
    found_areas = places.find_areas(words, reads.MOST_PLACES)
    said = {} if found_places or found_areas else {"place_says": words}
    return _who_page(
        request, draft, seek=form, sought_place=True, found_places=found_places,
        found_areas=found_areas, where=forms.WhereForm(initial=said | _typed(draft)),
    )  # fmt: skip


def _choose_place(request: HttpRequest, draft: reads.Draft) -> HttpResponse:
    services.choose_place(by=request.actor, draft_id=draft.pk, place_id=_id(request, "place"))
    return redirect(request.get_full_path())


def _choose_area(request: HttpRequest, draft: reads.Draft) -> HttpResponse:
    code = request.POST.get("area", "")
    if not code.isalnum():
        raise Http404
    services.choose_area(by=request.actor, draft_id=draft.pk, area_code=code)
    return redirect(request.get_full_path())


def _leave_place(request: HttpRequest, draft: reads.Draft) -> HttpResponse:
    services.leave_place(by=request.actor, draft_id=draft.pk)
    return redirect(request.get_full_path())


ACTS: dict[str, Callable[[HttpRequest, Any], HttpResponse]] = {
    "find": _find, "choose": _choose, "name": _name, "describe": _describe, "take out": _take_out,
    "find place": _find_place, "choose place": _choose_place, "choose area": _choose_area,
    "leave place": _leave_place,
}  # fmt: skip


def _who_page(
    request: HttpRequest, draft: reads.Draft, form: Form | None = None, **more: Any
) -> HttpResponse:
    typed = _typed(draft)
    ready = {
        "find": forms.FindForm(initial=typed), "nameless": forms.NamelessForm(initial=typed),
        "seek": forms.FindPlaceForm(initial=typed), "where": forms.WhereForm(initial=typed),
        "people": reads.people_in(draft), "place": reads.place_in(draft),
    }  # fmt: skip
    return page(request, "intake/who.html", form=form, draft=draft, **{**ready, **more})


def _typed(draft: reads.Draft) -> dict[str, Any]:
    """What was said of the place, and what was being written on this page when it was left."""
    said = draft.answers.get("place_says")
    return {**({"place_says": said} if said else {}), **so_far(draft, Page.WHO)}


def _sought(form: Form) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in SOUGHT}


def _words(form: Form) -> list[str]:
    """Whom a search was for, as a draft remembers it."""
    return [str(value or "") for value in _sought(form).values()]


def _id(request: HttpRequest, name: str) -> UUID:
    try:
        return UUID(request.POST.get(name, ""))
    except ValueError:
        raise Http404 from None
