"""Pages of who is kept from what: one person's or case's, and the list of a governance lead."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from locality.sharing import duties
from locality.sharing.conflicts import reads, services
from locality.sharing.conflicts.forms import KeepForm, LiftForm
from locality.sharing.looks.views import tabs
from locality.sharing.words import Duty
from locality.ui.pages import page
from locality.ui.paging import paginate


@require_http_methods(["GET", "POST"])
def kept_from(request: HttpRequest, whom_id: UUID) -> HttpResponse:
    """Show whom one has kept from a person or case, and ask who else must not see it."""
    name = reads.name_of(whom_id)
    form = KeepForm(request.POST or None, posts=reads.who())
    if form.is_valid():
        made = services.keep_from(by=request.actor, subject=whom_id, **form.cleaned_data)
        messages.success(request, _("From now on they see nothing of it, anywhere."))
        if made.user_id == request.actor.person:
            return redirect("web:home")
        return redirect("sharing:kept-from", whom_id)
    rows = reads.conflicts(lifted=False).filter(subject=whom_id)
    return page(
        request, "sharing/conflicts/kept_from.html", name=name, form=form,
        lines=reads.shown(rows), governs=Duty.GOVERN in request.duties,
    )  # fmt: skip


@require_safe
def conflicts(request: HttpRequest) -> HttpResponse:
    """List who is kept from what in the agency, or who was and is no longer."""
    duties.require(Duty.GOVERN)
    lifted = request.GET.get("lifted") == "yes"
    listing = paginate(request, reads.conflicts(lifted=lifted))
    return page(
        request, "sharing/conflicts/conflicts.html", tabs=tabs("conflicts"), lifted=lifted,
        listing=listing, lines=reads.shown(listing.object_list),
        pairs=reads.pairs(reads.apart(ended=lifted)),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def lift(request: HttpRequest, conflict_id: UUID) -> HttpResponse:
    """Ask a governance lead why somebody may see something again."""
    duties.require(Duty.GOVERN)
    (one,) = reads.shown([reads.conflict(conflict_id)])
    form = LiftForm(request.POST or None)
    if form.is_valid():
        services.lift(by=request.actor, conflict_id=conflict_id, **form.cleaned_data)
        messages.success(request, _("They may see it again, as far as their work allows."))
        return redirect("sharing:conflicts")
    return page(
        request, "sharing/conflicts/lift.html", one=one, form=form,
        cancel=reverse("sharing:conflicts"),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def end_apart(request: HttpRequest, apart_id: UUID) -> HttpResponse:
    """Ask a governance lead why two people need be kept apart no longer."""
    duties.require(Duty.GOVERN)
    (one,) = reads.pairs([reads.one_apart(apart_id)])
    form = LiftForm(request.POST or None)
    form.fields["why"].label = _("Why need they be kept apart no longer?")
    if form.is_valid():
        services.end_apart(by=request.actor, apart_id=apart_id, **form.cleaned_data)
        messages.success(request, _("They are kept apart no longer."))
        return redirect("sharing:conflicts")
    return page(
        request, "sharing/conflicts/end_apart.html", one=one, form=form,
        cancel=reverse("sharing:conflicts"),
    )  # fmt: skip
