"""Pages of an agreement: what it says, how it came to be, and what a lead does with it."""

from dataclasses import replace as with_
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from locality.kit.errors import NotHere
from locality.sharing import duties
from locality.sharing import reads as sharing
from locality.sharing.agreements import reads, services
from locality.sharing.agreements.forms import ChooseForm, SignatoriesForm, StepForm, TermsForm
from locality.sharing.agreements.rules import SAYS_WHY, effects, require_step, rights
from locality.sharing.agreements.showing import (
    actions,
    history,
    kinds_say,
    shown,
    told_effect,
    told_right,
    ways,
)
from locality.sharing.partners.reads import agreement_entry
from locality.sharing.partners.words import AgreementEntry
from locality.sharing.words import NOT_CLEARED, AgreementState, Duty, Step
from locality.ui.language import shown as in_words
from locality.ui.pages import page

BECOMES = {
    Step.ASKED: AgreementState.IN_FORCE, Step.AGREED: AgreementState.IN_FORCE,
    Step.SUSPENDED: AgreementState.SUSPENDED, Step.ENDED: AgreementState.ENDED,
}  # fmt: skip


@require_safe
def agreement(request: HttpRequest, agreement_id: UUID) -> HttpResponse:
    """Show one agreement, what a lead can do with it, and who did what with it when."""
    row = reads.agreement(agreement_id)
    governs = Duty.GOVERN in request.duties
    steps = reads.steps(row, request.actor) if governs else frozenset()
    drafts = governs and reads.may_draft(row, request.actor)
    mine = reads.is_party(row, request.actor.agency)
    open_now = row.state in (AgreementState.IN_FORCE, AgreementState.SUSPENDED)
    return page(
        request, "sharing/agreements/agreement.html",
        row=row, one=shown(row, request.actor.agency, sharing.today()),
        ask=reads.open_ask(row), actions=actions(row, steps, drafts=drafts),
        entries=history(row.steps.all()), replaces=governs and mine and open_now,
        replaced_by=reads.replaced_by(row.pk), governs=governs,
        leads=reads.leads(row, request.actor.agency) if governs else [],
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def write(request: HttpRequest) -> HttpResponse:
    """Begin a draft."""
    duties.require(Duty.GOVERN)
    form = _terms_form(request, None)
    if form.is_valid():
        made = services.write(by=request.actor, terms=form.terms())
        messages.success(request, _("The draft is kept. Nothing is shared under it yet."))
        return redirect("sharing:agreement", made.pk)
    return _write(request, form, _("Write an agreement"), reverse("sharing:partners"))


@require_http_methods(["GET", "POST"])
def replace(request: HttpRequest, agreement_id: UUID) -> HttpResponse:
    """Begin a draft that is to replace an agreement."""
    duties.require(Duty.GOVERN)
    row = reads.agreement(agreement_id)
    form = _terms_form(request, agreement_entry(row))
    if form.is_valid():
        made = services.write(by=request.actor, terms=form.terms(), replaces=row.pk)
        messages.success(
            request, _("The draft is kept. What it replaces holds until the draft takes force.")
        )
        return redirect("sharing:agreement", made.pk)
    return _write(request, form, _("Write what replaces this agreement"), _page_of(row.pk))


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, agreement_id: UUID) -> HttpResponse:
    """Change the terms of a draft."""
    duties.require(Duty.GOVERN)
    row = reads.agreement(agreement_id)
    form = _terms_form(request, agreement_entry(row), seen=row.version)
    if form.is_valid():
        services.change(
            by=request.actor, agreement_id=row.pk, terms=form.terms(),
            seen=form.cleaned_data["seen"] or 0,
        )  # fmt: skip
        messages.success(request, _("The draft is changed."))
        return redirect("sharing:agreement", row.pk)
    return _write(request, form, _("Change the draft"), _page_of(row.pk))


@require_http_methods(["GET", "POST"])
def signatories(request: HttpRequest, agreement_id: UUID) -> HttpResponse:
    """Say who signs a draft for each agency."""
    duties.require(Duty.GOVERN)
    row = reads.agreement(agreement_id)
    entry = agreement_entry(row)
    names = reads.agency_names()
    initial = {f"party_{number}": name for number, name in entry.signatories.items()}
    form = SignatoriesForm(
        request.POST or None, parties={number: names[number] for number in entry.directions},
        initial=initial | {"seen": row.version},
    )  # fmt: skip
    if form.is_valid():
        terms: AgreementEntry = with_(entry, signatories=form.names())
        services.change(
            by=request.actor, agreement_id=row.pk, terms=terms, seen=form.cleaned_data["seen"]
        )
        messages.success(request, _("The names are kept."))
        return redirect("sharing:agreement", row.pk)
    return page(
        request, "ui/confirm.html", form=form, title=_("Who signs for each agency?"),
        says=_("Name and title, as on the signed document."), action=_("Keep the names"),
        cancel=_page_of(row.pk),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, agreement_id: UUID, way: str) -> HttpResponse:
    """Show what a step would change for whom, and take it."""
    duties.require(Duty.GOVERN)
    row = reads.agreement(agreement_id)
    named = ways(AgreementState(row.state))
    if way not in named:
        raise NotHere(way)
    taken, says = named[way]
    require_step(taken, reads.steps(row, request.actor))
    form = StepForm(request.POST or None, must_say=taken in SAYS_WHY, initial={"seen": row.version})
    if form.is_valid():
        services.take(by=request.actor, agreement_id=row.pk, step=taken, **form.cleaned_data)
        messages.success(request, _done(taken))
        return redirect("sharing:agreement", row.pk)
    return page(
        request, "sharing/agreements/step.html", row=row, form=form, action=says,
        one=shown(row, request.actor.agency, sharing.today()), ask=reads.open_ask(row),
        stops=taken in (Step.SUSPENDED, Step.ENDED), asks=taken == Step.ASKED,
        later=row.starts > sharing.today(),
        leads=reads.leads(row, request.actor.agency), **_changes(row.pk, taken),
    )  # fmt: skip


@require_safe
def who(request: HttpRequest) -> HttpResponse:
    """Show what a role in an agency may see for a purpose, and because of which agreement."""
    duties.require(Duty.GOVERN)
    agencies = {one.pk: one.name for one in sharing.partners()}
    purposes = {number: in_words(one.name) for number, one in sharing.all_purposes().items()}
    roles = {key: in_words(name) for key, name in reads.roles().items()}
    first = {"agency": request.actor.agency, "purpose": 1, "role": next(iter(roles))}
    asked = request.GET or first
    filters = ChooseForm(asked, agencies=agencies, purposes=purposes, roles=roles)
    if not filters.is_valid():
        return page(request, "sharing/agreements/who.html", filters=filters, wrong=True)
    given = filters.cleaned_data
    agency, purpose, role = int(given["agency"]), int(given["purpose"]), given["role"]
    told = reads.rights(agency, purpose, role)
    mine = [(what, own, team) for giver, what, own, team in told if giver == agency]
    return page(
        request, "sharing/agreements/who.html", filters=filters, agency=agencies[agency],
        purpose=purposes[purpose], role=roles[role],
        own=kinds_say((what, own) for what, own, _team in mine if own > NOT_CLEARED),
        team=kinds_say((what, team) for what, _own, team in mine),
        reasons=_reasons(agency, purpose, role),
    )  # fmt: skip


@require_safe
def exported(request: HttpRequest) -> HttpResponse:
    """Hand out the agreements as data, in the words of an area's file."""
    return JsonResponse({"as_at": sharing.today(), "agreements": reads.exported()})


def _terms_form(
    request: HttpRequest, entry: AgreementEntry | None, seen: int | None = None
) -> TermsForm:
    agencies = {one.pk: one.name for one in sharing.partners()}
    parties = entry.directions if entry else {}
    agencies |= {n: name for n, name in reads.agency_names().items() if n in parties}
    purposes = {one.key: in_words(one.name) for one in sharing.all_purposes().values()}
    return TermsForm(
        request.POST or None, purposes=purposes, agencies=agencies, mine=request.actor.agency,
        entry=entry, initial={"seen": seen},
    )  # fmt: skip


def _write(request: HttpRequest, form: TermsForm, title: str, cancel: str) -> HttpResponse:
    return page(request, "sharing/agreements/write.html", form=form, title=title, cancel=cancel)


def _page_of(agreement_id: UUID) -> str:
    return reverse("sharing:agreement", args=[agreement_id])


def _changes(agreement_id: UUID, taken: Step) -> dict[str, object]:
    """What a step changes for whom, or nothing where it changes no rights."""
    if taken not in BECOMES:
        return {}
    names, roles = reads.agency_names(), reads.roles()
    purposes = {number: in_words(one.name) for number, one in sharing.all_purposes().items()}
    found = effects(reads.would_change(agreement_id, BECOMES[taken]))
    return {
        "changes": True, "several": len({one.purpose for one in found}) > 1,
        "effects": [told_effect(one, names, roles, purposes) for one in found],
        "touched": reads.would_touch(agreement_id, BECOMES[taken]),
    }  # fmt: skip


def _reasons(agency: int, purpose: int, role: str) -> list[tuple[object, list[object]]]:
    names = reads.agency_names()
    return [
        (row, [told_right(one, names) for one in rights(told, reads.givers(row) - {agency})])
        for row, told in reads.reasons(agency, purpose, role)
    ]


def _done(taken: Step) -> str:
    return {
        Step.ASKED: _("You have asked. It takes force when a lead of another agency agrees."),
        Step.AGREED: _("The agreement is in force. What it opens can be shared from now on."),
        Step.DECLINED: _("You have declined. The agreement stays as it was."),
        Step.TAKEN_BACK: _("The request is taken back."),
        Step.SUSPENDED: _("The agreement is suspended. Nothing more is seen under it."),
        Step.ENDED: _("The agreement has ended. Nothing more is seen under it."),
    }[taken]
