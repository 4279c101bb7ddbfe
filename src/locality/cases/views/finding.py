"""Lists of cases: mine, my agency's, those about somebody or somewhere."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from locality.cases import reads
from locality.cases.forms import Narrow
from locality.sharing.acting import note_look
from locality.sharing.exports import views as exports
from locality.sharing.words import FileFormat
from locality.ui.clock import date_in_words
from locality.ui.pages import csv_bytes, page
from locality.ui.paging import paginate, sorting

SORTS = {
    "review": ("review_on", "opened_at"),
    "opened": ("opened_at",),
    "lead": ("lead__name", "opened_at"),
    "reference": ("reference",),
}


@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: HttpRequest) -> HttpResponse:
    """Show the cases somebody works on, or as many as they may see; as a page or a file."""
    if request.method == "POST" and request.GET.get("format") != "csv":
        return HttpResponseNotAllowed(["GET", "HEAD"])
    filters = Narrow(request.GET)
    order = sorting(request, SORTS, "review")
    found = reads.narrowed(request.actor, **_chosen(filters)).order_by(*order.order_by)
    if request.GET.get("format") == "csv":
        return _file(request, found, reverse("cases:mine"))
    listing = paginate(request, found)
    _write_down(request, [one.pk for one in listing])
    return page(
        request, "cases/mine.html", part="cases/_mine.html", listing=listing, filters=filters,
        sorting=order, about=reads.who_each_is_about(listing), today=timezone.localdate(),
        chosen=any(_chosen(filters).values()), waiting=reads.waiting_for(request.actor.agency),
    )  # fmt: skip


@require_safe
def about_person(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Show the cases about one person, alone or as a part of their page."""
    return _about(request, reads.cases_about([person_id]), person_id)


@require_safe
def about_place(request: HttpRequest, place_id: UUID) -> HttpResponse:
    """Show the cases about one place, alone or as a part of its page."""
    return _about(request, reads.cases_about([], place_id), None)


def _about(request: HttpRequest, found: Any, person_id: UUID | None) -> HttpResponse:
    return page(
        request, "cases/about.html", part="cases/_about.html", cases=found, person_id=person_id,
        may_open="lead" in request.duties,
    )  # fmt: skip


def _chosen(filters: Narrow) -> dict[str, str]:
    """What was chosen; nonsense in the address narrows nothing."""
    filters.full_clean()
    return {name: filters.cleaned_data.get(name, "") for name in filters.fields}


def _file(request: HttpRequest, found: Any, cancel: str) -> HttpResponse:
    ids = list(found.values_list("pk", flat=True))

    def make() -> bytes:
        _write_down(request, ids)
        heading = [
            _("Reference"), _("Title"), _("About"), _("State"), _("Opened"), _("Next review"),
            _("Lead"), _("Agency"),
        ]  # fmt: skip
        return csv_bytes(heading, _lines(found))

    file = exports.File(FileFormat.CSV, "cases", make, rows=len(ids))
    return exports.take_out(request, file, cancel=cancel)


def _lines(found: Any) -> Iterator[list[object]]:
    cases = list(found)
    about = reads.who_each_is_about(cases)
    for one in cases:
        yield [
            one.reference, one.title, about[one.pk], one.state, date_in_words(one.opened_at),
            date_in_words(one.review_on) if one.review_on else "", one.lead.name, one.owner.name,
        ]  # fmt: skip


def _write_down(request: HttpRequest, ids: list[UUID]) -> None:
    """Write down which cases a list is about to show."""
    note_look(request.actor, kind="page", route="cases:mine", records=ids)
