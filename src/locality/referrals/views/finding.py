"""Find and read referrals: lists, one referral, the slot on a case, the end report."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from locality.cases import reads as cases
from locality.kit.errors import NotHere
from locality.pathways import catalogue
from locality.referrals import reads
from locality.referrals.forms import Narrow
from locality.referrals.words import ReferralState, StepState
from locality.sharing.words import Duty
from locality.ui.pages import page
from locality.ui.paging import paginate

TABS = {"now": reads.to_answer, "under-way": reads.under_way, "ended": reads.ended}
ADDRESS = {"now": "list", "under-way": "under-way", "ended": "ended"}


@require_safe
def referrals(request: HttpRequest, tab: str = "now") -> HttpResponse:
    """List what waits for an answer, what is under way, or what is over."""
    filters = Narrow(request.GET)
    found = {name: _narrowed(request, filters, rows) for name, rows in TABS.items()}
    listing = paginate(request, found[tab])
    return page(
        request, "referrals/referrals.html", tab=tab, tabs=_tabs(found, tab), filters=filters,
        listing=listing, lines=reads.shown(listing.object_list), chosen=_chosen(filters),
        clear=request.path,
    )  # fmt: skip


@require_safe
def referral(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Show one referral: what to do next first; never more than was disclosed."""
    one = reads.referral(referral_id)
    pathway = reads.pathway_of(one)
    steps = list(reads.steps(one.pk))
    by_us = request.actor.agency == one.provider_id and Duty.PROVIDE in request.duties
    by_them = request.actor.agency == one.owner_id and Duty.LEAD in request.duties
    return page(
        request, "referrals/referral.html", one=one, pathway=pathway, whom=reads.whom(one),
        goal=reads.goal_of(one), case_shows=reads.case_shows(one.case_id),
        work_shows=reads.work_shows(one, request.actor), provides=by_us,
        refers=by_them, steps=[(step, pathway.step(step.key)) for step in steps],
        next_step=next((step for step in steps if step.state == StepState.TO_DO), None),
        later=_later(pathway, steps), sessions=list(reads.sessions(one.pk)),
        needs=_names(one.needs), ended_how=pathway.end(one.ended_how),
        lacks=list(reads.circle_lacks(one)) if by_them and _live(one) else [],
    )  # fmt: skip


@require_safe
def of_case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The referrals of a case: a page of its own, or the part of the case's page."""
    case = cases.case(case_id)
    return page(
        request, "referrals/of_case.html", part="referrals/_of_case.html", case=case,
        lines=reads.shown(reads.of_case(case_id)), refers=Duty.LEAD in request.duties,
    )  # fmt: skip


@require_safe
def report(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """The end report as a document to print."""
    one = reads.referral(referral_id)
    if one.state != ReferralState.ENDED:
        raise NotHere(f"end report of {referral_id}")
    pathway = reads.pathway_of(one)
    sessions = list(reads.sessions(one.pk))
    return page(
        request, "referrals/report.html", one=one, pathway=pathway, whom=reads.whom(one),
        ended_how=pathway.end(one.ended_how), sessions=sessions, goal=reads.goal_of(one),
        work_shows=reads.work_shows(one, request.actor),
        came=sum(session.attendance in ("came", "came late") for session in sessions),
    )  # fmt: skip


def _narrowed(request: HttpRequest, filters: Narrow, rows: object) -> object:
    """The rows of a list that the filters leave; a filter that cannot be read leaves all."""
    found = rows(request.actor.agency)
    given = filters.cleaned_data if filters.is_valid() else {}
    if given.get("whose") == "mine":
        found = found.filter(pk__in=reads.mine(request.actor.post).values("pk"))
    if given.get("pathway"):
        found = found.filter(pathway=given["pathway"])
    return found


def _chosen(filters: Narrow) -> list[dict[str, object]]:
    """What the list is narrowed to, each with the address that takes it away."""
    given = {k: v for k, v in (filters.cleaned_data if filters.is_valid() else {}).items() if v}
    return [
        {
            "label": dict(filters.fields[name].choices)[value],
            "href": f"?{urlencode({k: v for k, v in given.items() if k != name})}",
        }
        for name, value in given.items()
    ]


def _tabs(found: dict[str, object], tab: str) -> list[dict[str, object]]:
    labels = {"now": _("Waiting for an answer"), "under-way": _("Under way"), "ended": _("Over")}
    return [
        {"label": labels[name], "href": reverse(f"referrals:{ADDRESS[name]}"),
         "current": name == tab, "count": rows.count() if name != "ended" else None}
        for name, rows in found.items()
    ]  # fmt: skip


def _later(pathway: object, steps: list) -> list:
    """What may still come after the last step, by name."""
    return list(catalogue.steps_ahead(pathway, steps[-1].key)) if steps else list(pathway.steps)


def _names(needs: list[str]) -> list[str]:
    names = catalogue.need_names()
    return [names.get(need, need) for need in needs]


def _live(one: object) -> bool:
    return one.state in (ReferralState.OFFERED, ReferralState.ACCEPTED)
