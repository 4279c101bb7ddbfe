"""Pages for whoever reads for a request: who it is about, all that is held, one row of it."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from locality.kit.errors import NotHere
from locality.sharing.acting import note_look
from locality.sharing.looks.reads import names_of
from locality.sharing.subjects import answering, correcting, held, reads
from locality.sharing.subjects.doors import FINDERS
from locality.sharing.subjects.reading_forms import (
    ChosenForm,
    CorrectForm,
    DecideForm,
    NarrowForm,
    WhoForm,
)
from locality.sharing.subjects.showing import STAGE_COLOURS, choices_of
from locality.sharing.subjects.words import Found, Stage
from locality.sharing.words import Look, SubjectKind
from locality.ui.pages import page
from locality.ui.paging import paginate

A_PAGE = 25


@require_http_methods(["GET", "POST"])
def who(request: HttpRequest, subject_request_id: UUID) -> HttpResponse:
    """Say who a request is about."""
    row = _mine(request, subject_request_id)
    may_be = FINDERS[0].candidates(row.name, row.born)
    note_look(
        request.actor, kind=Look.SEARCH, route="sharing:subject-who",
        records=[one.person for one in may_be], sought=row.name,
    )  # fmt: skip
    form = WhoForm(
        request.POST or None, candidates=may_be, initial={"people": list(map(str, row.subjects))}
    )
    if form.is_valid():
        people = [UUID(one) for one in form.cleaned_data["people"]]
        answering.say_who(by=request.actor, request_id=row.pk, people=people)
        messages.success(request, _("It is known who the request is about."))
        return redirect("sharing:subject-held", row.pk)
    return page(request, "sharing/subjects/who.html", form=form, row=row, may_be=may_be)


@require_http_methods(["GET", "POST"])
def everything(request: HttpRequest, subject_request_id: UUID) -> HttpResponse:
    """List all that is held and shows; decide or sign off several at once."""
    row = _mine(request, subject_request_id)
    found = held.found(row)
    form = ChosenForm(request.POST or None, found=found, exemptions=held.exemptions())
    if form.is_valid():
        return _do(request, row.pk, **form.cleaned_data)
    note_look(
        request.actor, kind=Look.PAGE, route="sharing:subject-held", records=list(row.subjects)
    )
    answers = row.kind == SubjectKind.ACCESS
    made = held.decisions(row)
    signed = {one.part_id for one in held.answers(row)}
    lines = [_line(one, made.get((one.kind, one.item)), signed, request) for one in found]
    kinds = sorted({(one.kind, one.says) for one in found})
    filters = NarrowForm(request.GET or None, kinds=kinds)
    given = filters.cleaned_data if filters.is_valid() else {}
    listed = [line for line in lines if _listed(line, given)]
    return page(
        request, "sharing/subjects/held.html", row=row, form=form, filters=filters,
        listing=paginate(request, listed, A_PAGE), clear=request.path, chosen=_chosen(given, kinds),
        answers=answers,
        left=answers and sum(line["stage"] != Stage.SIGNED for line in lines), all=len(lines),
        finished=reads.reads_for(row, request.actor).finished_at,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, subject_request_id: UUID, kind: str, item_id: UUID) -> HttpResponse:
    """Show one row, and decide part by part what of it is given."""
    row = _mine(request, subject_request_id)
    found = held.one_found(row, kind, item_id)
    if row.kind == SubjectKind.CORRECTION:
        return _correct(request, row, found)
    made = held.decisions(row).get((found.kind, found.item))
    signed = {one.part_id for one in held.answers(row)}
    stage = held.stage(made, signed)
    form = DecideForm(
        request.POST or None, found=found, exemptions=held.exemptions(), choices=choices_of(made)
    )
    if form.is_valid():
        answering.decide(
            by=request.actor, request_id=row.pk, kind=kind, item=item_id, choices=form.choices()
        )
        messages.success(request, _("What you decided is kept. A colleague signs it off."))
        return redirect(_next(row, found))
    others = names_of(found.others)
    return page(
        request, "sharing/subjects/one.html", row=row, found=found, form=form, made=made,
        stage=stage, signed=stage == Stage.SIGNED, others=sorted(others.values()),
        unnamed=len(found.others) - len(others), signs=_signs(made, stage, request),
    )  # fmt: skip


@require_POST
def finish(request: HttpRequest, subject_request_id: UUID) -> HttpResponse:
    """Say that everything one sees is decided and signed off."""
    answering.finish(by=request.actor, request_id=subject_request_id)
    messages.success(request, _("Your lead sees that you have read everything you may see."))
    return redirect("sharing:subject-request", subject_request_id)


def _correct(request: HttpRequest, row: object, found: Found) -> HttpResponse:
    """Correct one part of a row, or set a view beside it."""
    form = CorrectForm(request.POST or None, found=found)
    if form.is_valid():
        correcting.correct(
            by=request.actor, request_id=row.pk, kind=found.kind, item=found.item,
            said=form.given(),
        )  # fmt: skip
        messages.success(
            request, _("It is kept beside the record. Those with whom it was shared are told.")
        )
        return redirect("sharing:subject-item", row.pk, found.kind, found.item)
    return page(
        request, "sharing/subjects/correct.html", row=row, found=found, form=form,
        beside=correcting.beside(found),
    )  # fmt: skip


@require_safe
def correction(request: HttpRequest, correction_id: UUID) -> HttpResponse:
    """Show one correction of what one sees."""
    return page(
        request, "sharing/subjects/correction.html", one=correcting.correction(correction_id)
    )


def _mine(request: HttpRequest, request_id: UUID) -> object:
    """A request for which whoever asks reads; anything else is not here."""
    row = reads.request(request_id)
    if reads.reads_for(row, request.actor) is None:
        raise NotHere(f"subject request {request_id}")
    return row


def _do(
    request: HttpRequest, request_id: UUID, do: str, item: list[str], **why: str
) -> HttpResponse:
    act = {
        "give": answering.give_in_full, "sign": answering.sign,
        "withhold": partial(answering.withhold, **why),
    }[do]  # fmt: skip
    count = act(by=request.actor, request_id=request_id, keys=item)
    says = {
        "give": ngettext("%(n)d is given in full.", "%(n)d are given in full.", count),
        "withhold": ngettext("Nothing of %(n)d is given.", "Nothing of %(n)d is given.", count),
        "sign": ngettext("%(n)d is signed off.", "%(n)d are signed off.", count),
    }[do]
    messages.success(request, says % {"n": count})
    return redirect("sharing:subject-held", request_id)


def _line(found: Found, made: object, signed: set[UUID], request: HttpRequest) -> dict[str, object]:
    stage = held.stage(made, signed)
    return {
        "found": found, "stage": stage, "colour": STAGE_COLOURS[stage], "made": made,
        "given": bool(made and made.given),
        "choose": stage == Stage.UNDECIDED or _signs(made, stage, request),
    }  # fmt: skip


def _signs(made: object, stage: Stage, request: HttpRequest) -> bool:
    """Whether they may sign a decision off: neither theirs nor about what they wrote."""
    person = request.actor.person
    return stage == Stage.TO_SIGN and person != made.person and person not in made.authors


def _listed(line: dict[str, object], given: dict[str, str]) -> bool:
    stage, kind = given.get("stage"), given.get("kind")
    return (not stage or line["stage"] == stage) and (not kind or line["found"].kind == kind)


def _chosen(given: dict[str, str], kinds: list[tuple[str, str]]) -> list[dict[str, str]]:
    """What the list is narrowed to, each with the address that takes it away."""
    says = dict(kinds)
    return [
        {"label": says.get(value, value), "href": "?" + urlencode(
            {key: one for key, one in given.items() if key != name and one})}
        for name, value in given.items() if value
    ]  # fmt: skip


def _next(row: object, found: Found) -> str:
    """The next row that nobody has decided about, or the list."""
    rows, made = held.found(row), held.decisions(row)
    after = [one.key for one in rows].index(found.key)
    for one in [*rows[after:], *rows[:after]]:
        if (one.kind, one.item) not in made:
            return reverse("sharing:subject-item", args=[row.pk, one.kind, one.item])
    return reverse("sharing:subject-held", args=[row.pk])
