"""Pages for the governance lead: who looked, at what, why; and what stands out."""

from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from locality.kit.errors import NotHere
from locality.sharing import duties
from locality.sharing import reads as sharing
from locality.sharing.looks import reads, services
from locality.sharing.looks.forms import Narrow, NarrowChanges, ReviewForm
from locality.sharing.words import Duty, Sign
from locality.ui.pages import page
from locality.ui.paging import paginate

LATELY = 10


@require_safe
def looks(request: HttpRequest) -> HttpResponse:
    """List every look of the agency's people, newest first."""
    duties.require(Duty.GOVERN)
    return _list(request, reads.looks(request.actor.agency), _("Who looked, and why"), "all")


@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """List everything the agency's people did, newest first."""
    duties.require(Duty.GOVERN)
    filters = NarrowChanges(request.GET or None)
    given = filters.cleaned_data if filters.is_valid() else {}
    rows = reads.entries(request.actor.agency, str(given.get("kind", "")))
    listing = paginate(request, rows.filter(**_dates(given)))
    return page(
        request, "sharing/looks/changes.html", tabs=tabs("changes"), filters=filters,
        listing=listing, lines=reads.done(listing.object_list), clear=request.path,
        chosen=_chosen(filters, given),
    )  # fmt: skip


@require_safe
def by_post(request: HttpRequest, post_id: UUID) -> HttpResponse:
    """List the looks of one colleague."""
    duties.require(Duty.GOVERN)
    post = sharing.post(post_id)
    if post.agency_id != request.actor.agency:
        raise NotHere(f"post {post_id}")
    rows = reads.looks(request.actor.agency).filter(post=post_id)
    return _list(request, rows, _("What %(name)s looked at") % {"name": post.name}, "")


@require_safe
def at_record(request: HttpRequest, record_id: UUID) -> HttpResponse:
    """List who of the agency looked at one record."""
    duties.require(Duty.GOVERN)
    rows = reads.looks_at(record_id, request.actor.agency)
    if not rows.exists():
        raise NotHere(f"record {record_id}")
    return _list(request, rows, _("Who looked at this record"), "")


@require_safe
def unusual(request: HttpRequest) -> HttpResponse:
    """List what stands out and has not been asked about, and what was found lately."""
    duties.require(Duty.GOVERN)
    waiting = reads.unusual(request.actor.agency)
    listing = paginate(request, waiting)
    told = {one.look.pk: one for one in reads.shown(
        reads.some([one.look for one in listing.object_list]))}  # fmt: skip
    return page(
        request, "sharing/looks/unusual.html", tabs=tabs("unusual"), listing=listing,
        lines=[(one, told[one.look]) for one in listing.object_list if one.look in told],
        lately=reads.reviews()[:LATELY], limits=reads.limits(),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, look_id: UUID, sign: str) -> HttpResponse:
    """Say what came of asking about one look."""
    duties.require(Duty.GOVERN)
    one = reads.one_unusual(request.actor.agency, look_id, sign)
    form = ReviewForm(request.POST or None)
    if form.is_valid():
        services.review(
            by=request.actor, look_id=look_id, sign=Sign(sign).value, **form.cleaned_data
        )
        messages.success(request, _("What you found is kept."))
        return redirect("sharing:unusual-looks")
    (told,) = reads.shown([reads.look(look_id)])
    return page(request, "sharing/looks/review.html", form=form, one=one, told=told)


def _list(request: HttpRequest, rows: QuerySet, title: str, tab: str) -> HttpResponse:
    purposes = {number: one.name for number, one in sharing.all_purposes().items()}
    filters = Narrow(request.GET or None, purposes=purposes)
    given = filters.cleaned_data if filters.is_valid() else {}
    listing = paginate(request, _narrowed(rows, given))
    return page(
        request, "sharing/looks/looks.html", title=title, tabs=tabs(tab), filters=filters,
        listing=listing, lines=reads.shown(listing.object_list), clear=request.path,
        chosen=_chosen(filters, given),
    )  # fmt: skip


def _narrowed(rows: QuerySet, given: dict[str, object]) -> QuerySet:
    """The rows that the filters leave; a filter that cannot be read leaves all."""
    if given.get("purpose"):
        rows = rows.filter(purpose=given["purpose"])
    return reads.of_kind(rows, str(given.get("kind", ""))).filter(**_dates(given))


def _dates(given: dict[str, object]) -> dict[str, object]:
    names = {"since": "at__date__gte", "until": "at__date__lte"}
    return {names[name]: value for name, value in given.items() if value and name in names}


def _chosen(filters: Form, given: dict[str, object]) -> list[dict[str, object]]:
    """What the list is narrowed to, each with the address that takes it away."""
    kept = {name: values for name, values in filters.data.lists()} if given else {}
    said = {name: _said(filters, name, value) for name, value in given.items() if value}
    return [
        {"label": label, "href": "?" + urlencode(
            {k: v for k, v in kept.items() if k.partition("_")[0] not in (name, "page")}, True)}
        for name, label in said.items()
    ]  # fmt: skip


def _said(filters: Form, name: str, value: object) -> str:
    choices = dict(getattr(filters.fields[name], "choices", ()))
    return str(choices.get(str(value)) or f"{filters.fields[name].label} {value:%-d %B %Y}")


def tabs(here: str) -> list[dict[str, object]]:
    """The parts of what a governance lead looks at."""
    return [
        {"label": _("Every look"), "href": reverse("sharing:looks"), "current": here == "all"},
        {"label": _("Every change"), "href": reverse("sharing:changes"),
         "current": here == "changes"},
        {"label": _("Emergency access"), "href": reverse("sharing:emergencies"),
         "current": here == "emergency"},
        {"label": _("What stands out"), "href": reverse("sharing:unusual-looks"),
         "current": here == "unusual"},
        {"label": _("Kept away"), "href": reverse("sharing:conflicts"),
         "current": here == "conflicts"},
        {"label": _("Must be kept"), "href": reverse("sharing:holds"), "current": here == "holds"},
        {"label": _("Time is over"), "href": reverse("sharing:over"), "current": here == "over"},
    ]  # fmt: skip
