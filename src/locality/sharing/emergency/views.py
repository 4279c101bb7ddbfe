"""Pages about emergency access: for whoever used it, and for the leads who were told."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from locality.sharing.emergency import reads, services
from locality.sharing.emergency.forms import ReviewForm
from locality.sharing.emergency.rules import is_live, review_due
from locality.sharing.looks.views import tabs
from locality.sharing.words import Duty
from locality.ui.pages import page
from locality.ui.paging import paginate


@require_safe
def uses(request: HttpRequest) -> HttpResponse:
    """List every use that shows, newest first."""
    listing = paginate(request, reads.uses())
    lines = [(one, _how(one)) for one in listing.object_list]
    return page(
        request, "sharing/emergency/uses.html", listing=listing, lines=lines,
        governs=Duty.GOVERN in request.duties, tabs=tabs("emergency"),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def use(request: HttpRequest, access_id: UUID) -> HttpResponse:
    """Show one use; let a lead say what they found about it."""
    one = reads.access(access_id)
    governs = Duty.GOVERN in request.duties
    reviews = governs and one.agency_id == request.actor.agency
    asked = reviews and one.person != request.actor.person and not _review(one)
    form = ReviewForm(request.POST or None) if asked or request.method == "POST" else None
    if form is not None and form.is_valid():
        services.review(by=request.actor, access_id=access_id, **form.cleaned_data)
        messages.success(request, _("What you found is kept."))
        return redirect("sharing:emergencies")
    return page(
        request, "sharing/emergency/use.html", one=one, how=_how(one), form=form,
        review=_review(one), due=review_due(one.given_at, reads.limits()),
        live=_is_live(one), ours=governs and one.agency_id != request.actor.agency,
    )  # fmt: skip


@require_POST
def end(request: HttpRequest, access_id: UUID) -> HttpResponse:
    """End it before its time."""
    services.end(by=request.actor, access_id=access_id)
    messages.success(request, _("The emergency access has ended."))
    return redirect("sharing:emergency", access_id)


def _is_live(one: object) -> bool:
    return is_live(until=one.until, revoked_at=one.revoked_at, now=timezone.now())


def _review(one: object) -> object:
    return getattr(one, "review", None)


def _how(one: object) -> str:
    """How it stands, in a few words."""
    if found := _review(one):
        return _("justified") if found.answer == "fine" else _("not justified")
    if _is_live(one):
        return _("under way")
    late = review_due(one.given_at, reads.limits()) < timezone.now()
    return _("not looked at in time") if late else _("to be looked at")
