"""What the two agencies do with a referral, one form for each intention."""

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from locality.referrals import reads, services
from locality.referrals.forms import (
    AcceptForm,
    DeclineForm,
    EndForm,
    HandOverForm,
    SessionForm,
    StepForm,
    WhyForm,
)
from locality.referrals.words import Attendance, Declined, StepState
from locality.ui.pages import page

ASK = require_http_methods(["GET", "POST"])


@ASK
def accept(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Say yes, and who will work with them."""
    one = reads.referral(referral_id)
    initial = {"worker": request.actor.post}
    form = AcceptForm(request.POST or None, workers=_workers(one), initial=initial)
    return _asked(
        request, one, form, _("Say yes"), _("Say yes and start"),
        lambda given: services.accept(by=request.actor, referral_id=one.pk, **given),
        _("You said yes. The first step is below."),
    )  # fmt: skip


@ASK
def decline(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Say no, and why; go back to the list, as nobody here sees it any more."""
    one = reads.referral(referral_id)
    form = DeclineForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        services.decline(
            by=request.actor, referral_id=one.pk, declined=Declined(given["declined"]),
            says=given["says"],
        )  # fmt: skip
        messages.success(request, _("You said no. %(who)s was told why.") % {"who": one.owner.name})
        return redirect("referrals:list")
    says = _("After this nobody at your agency can see this referral any more.")
    return _page(request, one, form, _("Say no"), _("Say no"), says=says)


@ASK
def withdraw(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Take a referral back."""
    one = reads.referral(referral_id)
    says = _("After this nobody at %(who)s can see it any more.") % {"who": one.provider.name}
    return _asked(
        request, one, WhyForm(request.POST or None), _("Take this referral back"),
        _("Take it back"),
        lambda given: services.withdraw(by=request.actor, referral_id=one.pk, **given),
        _("The referral was taken back."), says=says, warning=True,
    )  # fmt: skip


@ASK
def hand_over(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Give it to another worker."""
    one = reads.referral(referral_id)
    form = HandOverForm(request.POST or None, workers=_workers(one))
    return _asked(
        request, one, form, _("Change who works with them"), _("Change the worker"),
        lambda given: services.hand_over(by=request.actor, referral_id=one.pk, **given),
        _("The worker was changed."),
    )  # fmt: skip


@require_POST
def let_in(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Let the provider's new people see it."""
    services.let_in(by=request.actor, referral_id=referral_id)
    messages.success(request, _("The provider’s new people can see it now."))
    return redirect("referrals:referral", referral_id)


@ASK
def step(request: HttpRequest, step_id: UUID) -> HttpResponse:
    """Say what became of a step."""
    found = reads.step(step_id)
    one = reads.referral(found.referral_id)
    pathway = reads.pathway_of(one)
    of_pathway = pathway.step(found.key)
    form = StepForm(request.POST or None, step=of_pathway, pathway=pathway)
    return _asked(
        request, one, form, of_pathway.name if of_pathway else found.key, _("Save"),
        lambda given: services.end_step(
            by=request.actor, step_id=step_id, **{**given, "state": StepState(given["state"])}
        ),
        _("The step was written down."), due=found.due,
    )  # fmt: skip


@ASK
def session(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Write down one session."""
    one = reads.referral(referral_id)
    first = timezone.localdate(one.offered_at)
    form = SessionForm(request.POST or None, first=first, initial={"held_on": timezone.localdate()})
    return _asked(
        request, one, form, _("Write down a session"), _("Save the session"),
        lambda given: services.record_session(
            by=request.actor, referral_id=one.pk,
            **{**given, "attendance": Attendance(given["attendance"])},
        ),
        _("The session was written down."),
    )  # fmt: skip


@ASK
def end(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Grade the outcome and write the end report."""
    one = reads.referral(referral_id)
    pathway = reads.pathway_of(one)
    form = EndForm(request.POST or None, pathway=pathway)
    says = _("You can read this referral for %(days)d more days after you send this.") % {
        "days": pathway.readable_for_days
    }
    return _asked(
        request, one, form, _("Write the end report"), _("End this help and send the report"),
        lambda given: services.end(
            by=request.actor, referral_id=one.pk, how=given["how"], grade=form.outcome(),
            end_report=form.report(), their_view=given["their_view"],
        ),
        _("The help has ended, and %(who)s has your report.") % {"who": one.owner.name}, says=says,
    )  # fmt: skip


def _asked(  # noqa: PLR0913 - one argument for each part of the page
    request: HttpRequest, one: object, form: forms.Form, title: str, button: str,
    do: Callable[[dict], object], done: str, **more: object,
) -> HttpResponse:  # fmt: skip
    """Ask once; do it and go back to the referral, or show the form (again)."""
    if form.is_valid():
        do(form.cleaned_data)
        messages.success(request, done)
        return redirect("referrals:referral", one.pk)
    return _page(request, one, form, title, button, **more)


def _page(  # noqa: PLR0913 - the same
    request: HttpRequest, one: object, form: forms.Form, title: str, button: str, **more: object
) -> HttpResponse:
    return page(
        request, "referrals/ask.html", one=one, form=form, title=title, button=button,
        whom=reads.whom(one), **more,
    )  # fmt: skip


def _workers(one: object) -> list[tuple[str, str]]:
    return [(str(post.pk), post.name) for post in reads.workers(one)]
