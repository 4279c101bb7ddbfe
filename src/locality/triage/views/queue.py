"""The queue, one concern beside it, and what is decided about it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from locality.intake import reads as intake
from locality.kit.errors import NotHere
from locality.sharing.exports import views as exports
from locality.sharing.words import Duty, FileFormat
from locality.triage import forms, reads, services
from locality.triage.words import Asked, Way
from locality.ui.pages import csv_bytes, page
from locality.ui.paging import paginate, sorting

SORTS = {
    "clock": ("screen_by", "raised_at"), "raised": "raised_at", "what": ("title", "screen_by"),
    "agency": ("owner__name", "screen_by"),
}  # fmt: skip
REMEMBERED = "queue"  # in the session: the filters and the order that somebody chose last
NEWEST_FIRST = (Asked.DECIDED, Asked.WITHDRAWN)  # unless an order is asked for
KEPT = ("show", "kind", "sort", "page")  # of the address, from page to page


@require_http_methods(["GET", "HEAD", "POST"])
def queue(request: HttpRequest) -> HttpResponse:
    """Show the concerns that wait at the actor's front door, or as a file."""
    if request.GET.get("format") == "csv":
        return _as_file(request)
    if request.method == "POST":
        return HttpResponseNotAllowed(["GET", "HEAD"])
    if not request.GET and request.session.get(REMEMBERED):
        return redirect(reverse("triage:queue") + request.session[REMEMBERED])
    request.session[REMEMBERED] = _kept(request, but="page")
    return page(request, "triage/queue.html", **_list(request))


@require_safe
def concern(request: HttpRequest, concern_id: UUID) -> HttpResponse:
    """Show one concern beside the queue, and let colleagues see who is looking."""
    shown = at_my_door(request, concern_id)
    services.start_looking(by=request.actor, concern_id=concern_id)
    return page(request, "triage/queue.html", **{**_list(request), **pane(request, shown)})


@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, concern_id: UUID, way: str) -> HttpResponse:
    """Ask what a decision needs, decide, and open the next concern."""
    if way not in set(Way):
        raise Http404
    shown = at_my_door(request, concern_id)
    form = _form(request, Way(way), shown)
    if form.is_valid():
        following = reads.after(_asked_for(request)[0], concern_id)
        services.screen(by=request.actor, concern_id=concern_id, decision=form.screening())
        said = _("%(reference)s is decided: %(decided)s.")
        messages.success(request, said % {"reference": shown.reference, "decided": form.decided})
        return redirect(address(request, following if following != concern_id else None))
    return page(
        request, "triage/decide.html", form=form, way=way, back=address(request, concern_id),
        **pane(request, shown),
    )  # fmt: skip


def _form(request: HttpRequest, way: Way, shown: intake.Concern) -> forms.DecideForm:
    more: dict[str, Any] = {}
    if way == Way.LINK:
        more["cases"] = reads.cases_to_link(request.actor, shown)
    if way == Way.OPEN:
        team = reads.may_join(request.actor, shown)
        own = [post for post in team if post.agency_id == request.actor.agency]
        leads = [post for post in own if Duty.LEAD in post.role.duties]
        more |= {"team": team, "leads": leads}
    return forms.FORMS[way](request.POST or None, concern=shown, **more)


def at_my_door(request: HttpRequest, concern_id: UUID) -> intake.Concern:
    """A concern at the actor's own front door; any other is not here."""
    shown = intake.concern(concern_id)
    if shown.circle_id not in [door.pk for door in reads.front_doors()]:
        raise NotHere(f"concern {concern_id}")
    return shown


def _asked_for(request: HttpRequest) -> tuple[Any, forms.FilterForm, Any]:
    """The concerns the address asks for, in its order, the form that says so, and whose door."""
    filters = forms.FilterForm(request.GET)
    door = reads.my_front_door()
    found = reads.queue(door.pk, *filters.asked())
    if not request.GET.get("sort") and filters.asked()[0] in NEWEST_FIRST:
        return found, filters, door
    return found.order_by(*sorting(request, SORTS, "clock").order_by, "pk"), filters, door


def _list(request: HttpRequest) -> dict[str, Any]:
    concerns, filters, door = _asked_for(request)
    listing = paginate(request, concerns)
    return {
        "listing": listing, "lines": reads.lines(list(listing), request.actor),
        "filters": filters, "sorting": sorting(request, SORTS, "clock"),
        "door": door, "now": timezone.now(),
        "kept": _kept(request), "clear": f"{reverse('triage:queue')}?show=waiting",
        "chosen": [
            {"label": says, "href": reverse("triage:queue") + _kept(request, but=name)}
            for name, says in filters.chosen()
        ],
        "withdrawn": reads.withdrawn_lately(door.pk),
    }  # fmt: skip


def pane(request: HttpRequest, shown: intake.Concern) -> dict[str, Any]:
    """Everything that is needed to decide about a concern."""
    by = request.actor
    return {
        "concern": shown, "people": intake.people_of(shown),
        "screening": reads.screening_of(shown.pk),
        "looker": reads.lookers([shown.pk], by.post).get(shown.pk),
        "place": intake.places_of([shown]).get(shown.where),
        "withdrawal": intake.withdrawal_of(shown.pk),
        "earlier": intake.earlier_concerns(shown.about, shown.where, shown.pk)[:10],
        "cases": reads.open_cases_about(shown), "handling": reads.handling(shown),
        "can_open": bool(shown.about or shown.where), "kept": _kept(request),
    }  # fmt: skip


def _as_file(request: HttpRequest) -> HttpResponse:
    found = list(_asked_for(request)[0])

    def make() -> bytes:
        heading = [
            _("Reference"), _("What"), _("Raised by"), _("Raised"), _("Decide by"), _("Before"),
        ]  # fmt: skip
        return csv_bytes(heading, (
            (
                line.concern.reference, line.concern.title, line.concern.owner.name,
                f"{timezone.localtime(line.concern.raised_at):%Y-%m-%d %H:%M}",
                f"{timezone.localtime(line.concern.screen_by):%Y-%m-%d %H:%M}", line.repeats,
            )
            for line in reads.lines(found, request.actor)
        ))  # fmt: skip

    file = exports.File(FileFormat.CSV, "queue", make, rows=len(found))
    return exports.take_out(request, file, cancel=reverse("triage:queue"))


def _kept(request: HttpRequest, but: str = "") -> str:
    """The filters and order of the address, to be carried on; never anything else."""
    query = QueryDict(mutable=True)
    kept = [name for name in KEPT if name != but and request.GET.get(name)]
    query.update({name: request.GET[name] for name in kept})
    return f"?{query.urlencode()}" if query else ""


def address(request: HttpRequest, concern_id: UUID | None) -> str:
    """Where a concern is beside the queue, or the queue itself, with the filters kept."""
    where = reverse("triage:concern", args=[concern_id]) if concern_id else reverse("triage:queue")
    return where + _kept(request)
