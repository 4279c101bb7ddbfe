"""Pages for the lead: requests with their clocks, one request with its steps."""

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from locality.kit.errors import NotHere
from locality.sharing import duties
from locality.sharing.exports import views as exports
from locality.sharing.subjects import bundle, reads, services, showing
from locality.sharing.subjects.forms import LogForm, ReaderForm, StepForm
from locality.sharing.subjects.rules import require_step
from locality.sharing.words import Duty, FileFormat, Law
from locality.ui.pages import page
from locality.ui.paging import paginate


@require_safe
def requests(request: HttpRequest) -> HttpResponse:
    """List every request, the most urgent first."""
    told = [(row, reads.clock(row)) for row in reads.requests()]
    governs = Duty.GOVERN in request.duties
    listing = paginate(request, showing.lines(told))
    return page(
        request, "sharing/subjects/requests.html", listing=listing, governs=governs,
        laws=reads.laws(),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def log(request: HttpRequest) -> HttpResponse:
    """Write down a request that came."""
    duties.require(Duty.GOVERN)
    form = LogForm(request.POST or None)
    if form.is_valid():
        made = services.log(by=request.actor, asked=form.given())
        messages.success(request, _("The request is written down."))
        return redirect("sharing:subject-request", made.pk)
    return page(
        request, "ui/confirm.html", form=form, title=_("Write down a request"),
        says=_("From somebody about what your agency holds on them. Write it down on the day it "
               "comes, in whatever form it came."),
        action=_("Keep the request"), cancel=reverse("sharing:subject-requests"),
    )  # fmt: skip


@require_safe
def one(request: HttpRequest, subject_request_id: UUID) -> HttpResponse:
    """Show one request: its clock, what can be done, who reads for it, what was done."""
    row = reads.request(subject_request_id)
    governs, clock = Duty.GOVERN in request.duties, reads.clock(row)
    readers = list(row.readers.all())
    return page(
        request, "sharing/subjects/request.html", row=row, clock=clock, governs=governs,
        kind=showing.kind_says(row.kind), colour=showing.COLOURS[clock.standing],
        actions=showing.actions(row, reads.next_steps(row)) if governs else [],
        entries=showing.history(row), readers=readers, cleared=showing.cleared(readers),
        time=reads.laws().times[Law(row.law)], mine=reads.reads_for(row, request.actor),
        ready=governs and reads.is_read(row), apart=governs and reads.is_kept_apart(row),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, subject_request_id: UUID, way: str) -> HttpResponse:
    """Take one step with a request."""
    duties.require(Duty.GOVERN)
    row = reads.request(subject_request_id)
    if way not in showing.ways():
        raise NotHere(way)
    taken, says = showing.ways()[way]
    require_step(taken, reads.next_steps(row))
    form = StepForm(request.POST or None, step=taken, initial={"on": timezone.localdate()})
    if form.is_valid():
        services.take(by=request.actor, request_id=row.pk, step=taken, **form.cleaned_data)
        messages.success(request, _("It is written down."))
        return redirect("sharing:subject-request", row.pk)
    return page(
        request, "ui/confirm.html", form=form, title=says, says=row.name,
        action=_("Write it down"), cancel=reverse("sharing:subject-request", args=[row.pk]),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def ask_to_read(request: HttpRequest, subject_request_id: UUID) -> HttpResponse:
    """Ask a colleague to read for a request."""
    duties.require(Duty.GOVERN)
    row = reads.request(subject_request_id)
    posts = [(str(post.pk), f"{post}, {post.role}") for post in reads.may_read(row)]
    form = ReaderForm(request.POST or None, posts=posts)
    if form.is_valid():
        services.ask_to_read(
            by=request.actor, request_id=row.pk, post_id=UUID(form.cleaned_data["post"])
        )
        messages.success(request, _("They are asked, and find it on their home page."))
        return redirect("sharing:subject-request", row.pk)
    return page(
        request, "ui/confirm.html", form=form, title=_("Ask a colleague to read"),
        says=_("They see this request, and answer for what they themselves are cleared to see. "
               "Ask several, until somebody is cleared for each kind of information, and so that "
               "a second person can check what the first decided."),
        action=_("Ask them"), cancel=reverse("sharing:subject-request", args=[row.pk]),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def as_pdf(request: HttpRequest, subject_request_id: UUID) -> HttpResponse:
    """Hand the answer out as a PDF."""
    row = _to_answer(subject_request_id)
    return _file(request, row, FileFormat.PDF, lambda: bundle.pdf(row))


@require_http_methods(["GET", "HEAD", "POST"])
def as_data(request: HttpRequest, subject_request_id: UUID) -> HttpResponse:
    """Hand the answer out as data."""
    row = _to_answer(subject_request_id)
    return _file(
        request, row, FileFormat.JSON,
        lambda: json.dumps(bundle.answer(row), indent=2, cls=DjangoJSONEncoder).encode(),
    )  # fmt: skip


def _to_answer(request_id: UUID) -> Any:
    """A request whose answer a lead may hand out: made anew each time, and kept nowhere."""
    row = reads.request(request_id)
    duties.require(Duty.GOVERN)
    reads.require_read(row)
    return row


def _file(
    request: HttpRequest, row: Any, file_format: FileFormat, make: Callable[[], bytes]
) -> HttpResponse:
    cancel = reverse("sharing:subject-request", args=[row.pk])
    return exports.take_out(
        request, exports.File(file_format, "answer", make, of=row), cancel=cancel
    )
