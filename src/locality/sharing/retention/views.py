"""Pages of how long records are kept, what must be kept all the same, and what may go."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from locality.sharing import duties
from locality.sharing.conflicts.reads import name_of
from locality.sharing.looks.views import tabs
from locality.sharing.retention import deciding, holding, reads, services, showing
from locality.sharing.retention.forms import DecideForm, HoldForm, LiftForm, ScheduleForm
from locality.sharing.words import Duty
from locality.ui.pages import page
from locality.ui.paging import paginate


@require_safe
def schedules(request: HttpRequest) -> HttpResponse:
    """Show everybody how long records are kept, who says so, and how sure that is."""
    return page(
        request, "sharing/retention/schedules.html", sectors=reads.by_sector(),
        own=deciding.owns(request.actor.agency, timezone.localdate()),
        governs=Duty.GOVERN in request.duties,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def schedule(request: HttpRequest, of: str) -> HttpResponse:
    """Ask a governance lead how long their agency keeps one kind of record."""
    duties.require(Duty.GOVERN)
    root, now = deciding.root_and_schedule(of, request.actor.agency)
    form = ScheduleForm(request.POST or None, now=now, slims=bool(root.leaves))
    if form.is_valid():
        services.set_schedule(by=request.actor, kind=of, asked=form.asked())
        messages.success(request, _("That is how long your agency keeps it from now on."))
        return redirect("sharing:schedules")
    return page(request, "sharing/retention/schedule.html", root=root, now=now, form=form)


@require_http_methods(["GET", "POST"])
def over(request: HttpRequest) -> HttpResponse:
    """List records whose time is over, and ask a governance lead whether they may go."""
    duties.require(Duty.GOVERN)
    by, every = request.actor, request.GET.get("show") == "all"
    listing = paginate(request, deciding.open_ones() if every else deciding.waiting(by))
    lines = deciding.lines(listing.object_list, by, timezone.localdate())
    form = DecideForm(
        request.POST or None,
        records={showing.key(one): showing.title(one) for one in lines},
        hints={showing.key(one): showing.hint(one) for one in lines},
    )  # fmt: skip
    if form.is_valid():
        said = services.decide(by=by, disposals=form.which_ones(), **form.word())
        messages.success(request, showing.decided(said))
        return redirect(request.get_full_path())
    return page(
        request, "sharing/retention/over.html", tabs=tabs("over"), form=form, listing=listing,
        every=every,
    )  # fmt: skip


@require_safe
def gone(request: HttpRequest) -> HttpResponse:
    """List what went by people's word, and what is left of it."""
    duties.require(Duty.GOVERN)
    listing = paginate(request, deciding.gone())
    lines = deciding.lines(listing.object_list, request.actor, timezone.localdate())
    return page(
        request, "sharing/retention/gone.html", tabs=tabs("over"), listing=listing, lines=lines
    )


@require_http_methods(["GET", "POST"])
def hold(request: HttpRequest, whom_id: UUID) -> HttpResponse:
    """Show why a person or case is kept already, and ask for one more reason."""
    name = name_of(whom_id)
    form = HoldForm(request.POST or None)
    if form.is_valid():
        services.hold(by=request.actor, subject=whom_id, **form.cleaned_data)
        messages.success(request, _("It is kept until an information-governance lead lifts this."))
        return redirect("sharing:hold", whom_id)
    rows = holding.holds(lifted=False).filter(subject=whom_id)
    return page(
        request, "sharing/retention/hold.html", name=name, form=form, lines=holding.shown(rows),
        governs=Duty.GOVERN in request.duties,
    )  # fmt: skip


@require_safe
def holds(request: HttpRequest) -> HttpResponse:
    """List what is kept in the agency whatever its schedule says, or was."""
    duties.require(Duty.GOVERN)
    lifted = request.GET.get("lifted") == "yes"
    listing = paginate(request, holding.holds(lifted=lifted))
    return page(
        request, "sharing/retention/holds.html", tabs=tabs("holds"), lifted=lifted,
        listing=listing, lines=holding.shown(listing.object_list),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def lift(request: HttpRequest, hold_id: UUID) -> HttpResponse:
    """Ask a governance lead why something need be kept no longer."""
    duties.require(Duty.GOVERN)
    (one,) = holding.shown([holding.one(hold_id)])
    form = LiftForm(request.POST or None)
    if form.is_valid():
        services.lift(by=request.actor, hold_id=hold_id, **form.cleaned_data)
        messages.success(request, _("Its schedule counts again."))
        return redirect("sharing:holds")
    return page(
        request, "sharing/retention/lift.html", one=one, form=form, cancel=reverse("sharing:holds")
    )
