"""Pages of what must be kept: one person's or case's, and the list of a governance lead."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from locality.sharing import duties
from locality.sharing.conflicts.reads import name_of
from locality.sharing.looks.views import tabs
from locality.sharing.retention import holding, reads, services
from locality.sharing.retention.forms import HoldForm, LiftForm
from locality.sharing.words import Duty
from locality.ui.pages import page
from locality.ui.paging import paginate


@require_safe
def schedules(request: HttpRequest) -> HttpResponse:
    """Show everybody how long records are kept, who says so, and how sure that is."""
    return page(request, "sharing/retention/schedules.html", sectors=reads.by_sector())


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
