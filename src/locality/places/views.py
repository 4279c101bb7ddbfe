"""Pages about places."""

from collections.abc import Callable
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from locality.places import forms, reads, services
from locality.places.rules import chart
from locality.places.rules.figures import SORTS, band_edges, ordered
from locality.places.runs import charts
from locality.places.words import ATTRIBUTION, AreaFigures, AreaKind, Source
from locality.ui.pages import csv_file, page
from locality.ui.paging import paginate, sorting

A_WEEK = 7 * 24 * 60 * 60
KEYS = dict.fromkeys(SORTS, "pk")  # the words a table may be sorted by; sorted in Python


@require_safe
def area(request: HttpRequest, code: str | None = None) -> HttpResponse:
    """Show where crime is recorded in an area: the finding, the map, the table."""
    where = reads.area(code) if code else reads.default_area(_usual_area())
    loaded = reads.loaded_period()
    if where is None or loaded is None:
        return page(request, "places/nothing.html")
    if where.kind == AreaKind.LSOA:
        return redirect("places:small_area", where.code)
    filters = forms.FilterForm(request.GET, loaded=loaded)
    report = reads.area_report(where.code, filters.period, filters.chosen)
    order, borough = sorting(request, KEYS, "-count"), where.lad or where.code
    rows = ordered(report.rows, order.key, descending=order.descending)
    if request.GET.get("format") == "csv" and filters.is_valid():
        return _spreadsheet(report, rows)
    return page(
        request, "places/area.html", status=422 if filters.errors else 200,
        report=report, filters=filters, sorting=order, listing=paginate(request, rows),
        edges=band_edges([row.per_year for row in rows if row.per_year is not None]),
        months=reads.crime_counts(where.code, loaded.first, loaded.last, filters.chosen),
        boroughs=reads.areas(AreaKind.LAD), wards=reads.areas(AreaKind.WARD, borough),
        sources=reads.sources(), attribution=ATTRIBUTION, asked=_asked(filters),
    )  # fmt: skip


@require_safe
def small_area(request: HttpRequest, code: str) -> HttpResponse:
    """Show one small area: its months, its kinds of crime, what is beside it, who lives there."""
    where, loaded = reads.area(code), reads.loaded_period()
    if loaded is None:
        return page(request, "places/nothing.html")
    if where.kind != AreaKind.LSOA:
        return redirect("places:area", where.code)
    filters = forms.PeriodForm(request.GET, loaded=loaded)
    return page(
        request, "places/small_area.html", status=422 if filters.errors else 200,
        report=reads.small_area(where.code, filters.period), filters=filters,
        sources=reads.sources(), attribution=ATTRIBUTION, asked=_asked(filters),
    )  # fmt: skip


@require_safe
def boundaries(request: HttpRequest, code: str) -> HttpResponse:
    """Serve the boundaries of the small areas inside an area, kept by the browser."""
    where = reads.area(code)

    def drawn() -> HttpResponse:
        around = where.kind == AreaKind.LSOA
        inside = [where, *reads.small_areas_near(where)] if around else reads.members(where)
        text = reads.boundaries([one.code for one in inside])
        return HttpResponse(text, content_type="application/geo+json")

    return _kept_by_browser(request, drawn)


@require_safe
def figures(request: HttpRequest, code: str) -> HttpResponse:
    """Serve the figures that colour the map: the same as in the table."""
    where, loaded = reads.area(code), reads.loaded_period()
    if loaded is None:
        return JsonResponse({})
    filters = forms.FilterForm(request.GET, loaded=loaded)
    if not filters.is_valid():
        return JsonResponse({"errors": filters.errors}, status=400)

    def coloured() -> HttpResponse:
        report = reads.area_report(where.code, filters.period, filters.chosen)
        return JsonResponse({row.code: _on_map(row) for row in report.rows})

    return _kept_by_browser(request, coloured)


@require_safe
def months(request: HttpRequest, code: str) -> HttpResponse:
    """Draw an area's months; the page that shows the picture has its table beneath."""
    where, loaded = reads.area(code), reads.loaded_period()
    if loaded is None:
        return redirect("places:home")
    filters = forms.FilterForm(request.GET, loaded=loaded)
    words = {
        "now": _("In the months chosen"), "before": _("In other months"),
        "gap": _("no complete figures"), "axis": _("Recorded crimes"),
    }  # fmt: skip

    def drawn() -> HttpResponse:
        counts = reads.crime_counts(where.code, loaded.first, loaded.last, filters.chosen)
        picture = charts.svg(chart.months_chart(counts, filters.period, words))
        return HttpResponse(picture, content_type="image/svg+xml")

    return _kept_by_browser(request, drawn)


@require_safe
def coverage(request: HttpRequest) -> HttpResponse:
    """Show which months may be trusted, for each borough and each force."""
    return page(
        request, "places/coverage.html",
        recorded=reads.coverage_table(Source.RECORDED), street=reads.coverage_table(Source.STREET),
    )  # fmt: skip


@require_safe
def loads(request: HttpRequest) -> HttpResponse:
    """Show what was loaded, from where."""
    return page(request, "places/loads.html", listing=paginate(request, reads.loads()))


@require_safe
def load(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one load and the lines that were not taken in."""
    rejected = paginate(request, reads.rejected(pk))
    return page(request, "places/load.html", load=reads.load(pk), listing=rejected)


@require_safe
def named(request: HttpRequest) -> HttpResponse:
    """Find a named public place."""
    filters = forms.FindPlaceForm(request.GET)
    words = filters.cleaned_data["words"] if filters.is_valid() else ""
    return page(
        request, "places/named.html", status=422 if filters.errors else 200,
        filters=filters, words=words, found=reads.find_places(words),
    )  # fmt: skip


@require_safe
def place(request: HttpRequest, place_id: UUID) -> HttpResponse:
    """Show one named place."""
    shown = reads.place(place_id)
    where = reads.area(shown.area_code) if shown.area_code else None
    return page(request, "places/place.html", place=shown, where=where)


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Add a named public place."""
    borough = reads.default_area(_usual_area())
    form = forms.PlaceForm(request.POST or None, borough=borough.code if borough else None)
    if form.is_valid():
        made = services.add_place(by=request.actor, **form.cleaned_data)
        return redirect("places:place", made.pk)
    return page(request, "places/add.html", form=form)


def _usual_area() -> str:
    return getattr(settings, "LOCALITY_AREA", "") or "Walsall"


def _asked(filters: forms.PeriodForm) -> dict[str, str]:
    """What the addresses of the picture and the map must say to show the same."""
    period = filters.period
    category = getattr(filters, "chosen", None) or ""
    months = {"first": str(period.first), "last": str(period.last)}
    return {"category": category, **months, "edition": reads.edition() or ""}


def _kept_by_browser(request: HttpRequest, answer: Callable[[], HttpResponse]) -> HttpResponse:
    """Answer so that a browser asks only once where the address names the edition it shows.

    Elsewhere it asks each time, and is told when what it has is still right. Nothing is worked
    out for a browser that has it.
    """
    edition = reads.edition()
    if edition is None:
        return answer()
    etag = f'"{edition}-{get_language()}"'
    response = get_conditional_response(request, etag=etag) or answer()
    response["ETag"] = etag
    named = request.GET.get("edition") == edition
    lasts = {"max_age": A_WEEK, "immutable": True} if named else {"no_cache": True}
    patch_cache_control(response, private=True, **lasts)
    return response


def _on_map(row: AreaFigures) -> dict[str, object]:
    return {
        "name": row.name, "count": row.count if row.months else None,
        "rate": None if row.per_year is None else round(row.per_year, 1),
        "band": row.band or 0, "href": reverse("places:small_area", args=[row.code]),
    }  # fmt: skip


def _spreadsheet(report: reads.AreaReport, rows: list) -> HttpResponse:
    heading = [
        _("Area code"), _("Area"), _("Residents (Census 2021)"), _("Recorded crimes"),
        _("Months with figures"), _("Rate for each 1,000 residents in a year"),
        _("Rate, low (95%)"), _("Rate, high (95%)"), _("Change on the same months a year earlier"),
        _("Change, low % (95%)"), _("Change, high % (95%)"), _("Months compared"),
    ]  # fmt: skip
    name = f"{report.area.name}-{report.period.first}-{report.period.last}"
    return csv_file(name, heading, [*reads.spreadsheet(rows), [], *reads.footnotes(report)])
