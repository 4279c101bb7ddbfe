"""Offer a pathway from a case: whom for, which fits, and what the provider is told."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from locality.cases import reads as cases
from locality.kit.errors import NotHere, Refused
from locality.pathways import catalogue
from locality.people import reads as people
from locality.referrals import reads, services
from locality.referrals.forms import OfferForm, Offering
from locality.sharing import duties
from locality.sharing.words import Duty
from locality.ui.pages import page


@require_safe
def choose_person(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Ask who of the people of a case needs help; with only one, go on."""
    duties.require(Duty.LEAD)
    case = cases.case(case_id)
    if len(case.about) == 1:
        return redirect("referrals:choose", case_id, case.about[0])
    names = people.names(case.about)
    return page(request, "referrals/choose_person.html", case=case, names=names.items())


@require_safe
def choose(request: HttpRequest, case_id: UUID, person_id: UUID) -> HttpResponse:
    """Show which pathways fit somebody, which could and which do not, each with why."""
    duties.require(Duty.LEAD)
    case = _case_about(case_id, person_id)
    groups = reads.fits(case_id, person_id, request.actor.agency, request.actor.purpose)
    return page(
        request, "referrals/choose.html", case=case, person_id=person_id,
        name=people.names([person_id])[person_id],
        groups=[(str(how), found) for how, found in groups.items()],
        known=bool(people.my_record_of(person_id, request.actor.agency)),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def offer(request: HttpRequest, case_id: UUID, person_id: UUID, key: str) -> HttpResponse:
    """Fill in an offer and send it; go to the referral."""
    duties.require(Duty.LEAD)
    case = _case_about(case_id, person_id)
    offering = _offering(request, case, person_id, key)
    form = OfferForm(request.POST or None, offering=offering)
    if form.is_valid():
        made = services.offer(by=request.actor, referral=form.referral())
        messages.success(
            request, _("%(who)s was asked. Reference %(reference)s.")
            % {"who": made.provider.name, "reference": made.reference},
        )  # fmt: skip
        return redirect("referrals:referral", made.pk)
    return page(
        request, "referrals/offer.html", case=case, person_id=person_id, form=form,
        pathway=offering.pathway, name=people.names([person_id])[person_id],
        cannot=[one for one in offering.providers if one.why_not],
        can=[one for one in offering.providers if not one.why_not],
        fit=catalogue.fit_on_record(offering.pathway, offering.facts, catalogue.need_names()),
    )  # fmt: skip


def _case_about(case_id: UUID, person_id: UUID) -> object:
    case = cases.case(case_id)
    if person_id not in case.about:
        raise NotHere(f"person {person_id}")
    return case


def _offering(request: HttpRequest, case: object, person_id: UUID, key: str) -> Offering:
    by, pathway = request.actor, catalogue.get(key)
    record = people.my_record_of(person_id, by.agency)
    if record is None:
        raise Refused(
            "referrals.not_known_to_you",
            _("Your agency has no record of its own of who they are, so cannot introduce them. "
              "Ask the lead of the case to refer."),
        )  # fmt: skip
    return Offering(
        case_id=case.pk, person_id=person_id, pathway=pathway,
        facts=reads.facts_about(case.pk, person_id, by.agency),
        providers=tuple(reads.providers(pathway, case, [record], by.agency)),
        goals=[(str(goal.pk), goal.says) for goal in cases.goals(case.pk) if not goal.grade],
        contacts=[
            (str(one.pk), f"{one.kind}: {one.value}") for one in reads.safe_contacts(record)
        ],
    )  # fmt: skip
