"""Pages on what became of a concern; adding to it, withdrawing it, reading it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from locality.intake import forms, reads, rules, services
from locality.people import reads as people
from locality.ui.pages import page
from locality.ui.paging import paginate


@require_safe
def raised(request: HttpRequest) -> HttpResponse:
    """Show what somebody raised and what became of it, and what they have not finished."""
    by = request.actor
    return page(
        request, "intake/raised.html", listing=paginate(request, reads.my_receipts(by.post)),
        drafts=reads.drafts(by.post), lasts=rules.DRAFT_LASTS,
    )  # fmt: skip


@require_safe
def receipt(request: HttpRequest, concern_id: UUID) -> HttpResponse:
    """Show the reporter what became of their concern, as far as they may know."""
    found = reads.my_receipt(request.actor.post, concern_id)
    return page(
        request, "intake/receipt.html", receipt=found, next_steps=rules.next_steps(found.stage),
        advice=rules.advice(found.title), may_read=reads.shows(concern_id),
        open=found.decision is None and found.withdrawn is None,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def add_more(request: HttpRequest, concern_id: UUID) -> HttpResponse:
    """Ask for something more, or a correction, and put it beside what was raised."""
    found = reads.my_receipt(request.actor.post, concern_id)
    form = forms.MoreForm(request.POST or None)
    if form.is_valid():
        services.add_more(by=request.actor, concern_id=concern_id, **form.cleaned_data)
        messages.success(request, _("It is added to %s.") % found.reference)
        return redirect("intake:receipt", concern_id)
    return page(request, "intake/add_more.html", form=form, receipt=found)


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, concern_id: UUID) -> HttpResponse:
    """Ask why, and mark a concern as withdrawn; nothing is deleted."""
    found = reads.my_receipt(request.actor.post, concern_id)
    form = forms.WithdrawForm(request.POST or None)
    if form.is_valid():
        services.withdraw(by=request.actor, concern_id=concern_id, **form.cleaned_data)
        messages.success(request, _("%s is withdrawn.") % found.reference)
        return redirect("intake:receipt", concern_id)
    return page(request, "intake/withdraw.html", form=form, receipt=found)


@require_safe
def concern(request: HttpRequest, concern_id: UUID) -> HttpResponse:
    """Show a concern to whoever may see it."""
    found = reads.concern(concern_id)
    return page(
        request, "intake/concern.html", concern=found, people=reads.people_of(found),
        place=reads.places_of([found]).get(found.where),
        withdrawal=reads.withdrawal_of(concern_id),
    )  # fmt: skip


@require_safe
def about_person(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Show the concerns about somebody: a part of their page."""
    people.person(person_id)
    return page(
        request, "intake/about_person.html", part="intake/_about_person.html",
        concerns=reads.earlier_concerns([person_id], None), person_id=person_id,
        name=people.names([person_id])[person_id],
    )  # fmt: skip
