"""Board report pages. Each view reads, asks one service, and answers; it decides nothing."""

from itertools import pairwise
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods

from locality.impact import reads, services
from locality.impact.forms import BlockForm, StartForm
from locality.impact.reads import gathering
from locality.impact.rules import changes, outline, periods
from locality.impact.runs import charts, pdf, word
from locality.impact.words import BoardReport, Chart, State
from locality.sharing.words import Duty
from locality.ui.pages import page

WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_http_methods(["GET"])
def index(request: HttpRequest) -> HttpResponse:
    """List the board reports the reader may see."""
    reports = [(report, reads.period(report).label) for report in reads.reports()]
    return page(request, "impact/index.html", reports=reports, may_write=_may_write(request))


@require_http_methods(["GET", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Ask which area and months; start the report; show it."""
    form = StartForm(
        request.POST or None,
        areas=sorted(gathering.areas()),
        this_month=reads.this_month(),
    )
    if form.is_valid():
        report = services.start_report(by=request.actor, **form.cleaned_data)
        return redirect("impact:report", report.pk)
    return page(request, "impact/start.html", form=form)


@require_http_methods(["GET"])
def show(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """Show a report as it stands."""
    report = reads.report(report_id)
    document = reads.document(report, request.actor.post)
    is_draft = report.state == State.DRAFT
    return page(
        request,
        "impact/report.html",
        report=report,
        document=document,
        pictures=_pictures(document),
        may_write=is_draft and _may_write(request),
        may_sign=is_draft and report.author_id == request.actor.post,
    )


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, report_id: UUID, key: str) -> HttpResponse:
    """Ask for the words of one block; keep them as a new version; go back to the report."""
    report = reads.report(report_id)
    slot = reads.slot(report, key)
    outline.require_draft(State(report.state))
    if request.method == "POST":
        reads.block_to_change(report_id, key)  # held from here: nobody writes in between
    newest = reads.newest(report_id, key)
    form = BlockForm(request.POST or None, prompt=slot.prompt, newest=newest)
    if form.is_valid():
        services.edit_block(by=request.actor, report_id=report_id, key=key, **form.cleaned_data)
        return redirect(f"{reverse('impact:report', args=[report_id])}#{key}")
    return page(request, "impact/edit.html", report=report, slot=slot, form=form, newest=newest)


@require_http_methods(["GET"])
def versions(request: HttpRequest, report_id: UUID, key: str) -> HttpResponse:
    """Show every version of a block's words and what each changed."""
    report = reads.report(report_id)
    slot, kept = reads.slot(report, key), reads.versions(report_id, key)
    texts = [*(version.text for version in kept), ""]
    changed = [changes.runs(before, after) for after, before in pairwise(texts)]
    return page(
        request,
        "impact/versions.html",
        report=report,
        slot=slot,
        versions=list(zip(kept, changed, strict=True)),
        may_write=report.state == State.DRAFT and _may_write(request),
    )


@require_http_methods(["GET", "POST"])
def restore(request: HttpRequest, report_id: UUID, key: str, number: int) -> HttpResponse:
    """Ask once more; bring back an earlier version as a new one; go back to the report."""
    report = reads.report(report_id)
    slot, version = reads.slot(report, key), reads.version(report_id, key, number)
    newest = reads.newest(report_id, key)
    if request.method == "POST":
        services.restore_version(
            by=request.actor, report_id=report_id, key=key, number=number, seen=newest.number
        )
        return redirect("impact:versions", report_id, key)
    return page(request, "impact/restore.html", report=report, slot=slot, version=version)


@require_http_methods(["GET", "POST"])
def finish(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """Ask once more; sign the report; show it."""
    report = reads.report(report_id)
    if request.method == "POST":
        services.finish_report(by=request.actor, report_id=report_id)
        return redirect("impact:report", report_id)
    asked = reads.period(report)
    others = periods.overlapping(asked, reads.signed_periods(report.area_name))
    return page(request, "impact/finish.html", report=report, period=asked.label, others=others)


@require_http_methods(["GET"])
def as_pdf(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """Give the report as PDF."""
    document = reads.document(reads.report(report_id), request.actor.post)
    return _file(pdf.pdf(document), "application/pdf", document, "pdf")


@require_http_methods(["GET"])
def as_word(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """Give the report as a Word file."""
    document = reads.document(reads.report(report_id), request.actor.post)
    return _file(word.word(document), WORD_TYPE, document, "docx")


def _file(content: bytes, kind: str, document: BoardReport, ending: str) -> HttpResponse:
    name = slugify(f"board report {document.area} {document.period} {document.state}")
    heads = {"Content-Disposition": f'attachment; filename="{name}.{ending}"'}
    response = HttpResponse(content, content_type=kind, headers=heads)
    response.about_nobody = True  # figures, none of them small enough to point at anybody
    return response


def _may_write(request: HttpRequest) -> bool:
    return Duty.REPORT in request.duties


def _pictures(document: BoardReport) -> dict[str, str]:
    parts = (part for section in document.sections for part in section.parts)
    return {part.key: charts.address(part) for part in parts if isinstance(part, Chart)}
