"""Find referrals: one, those offered to an agency, under way, ended, of a case, somebody's own."""

from typing import TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet

from locality.kit.errors import NotHere
from locality.pathways import catalogue
from locality.pathways.words import Pathway
from locality.referrals.models import Referral, Session, Step
from locality.referrals.words import OVER, ReferralState

Row = TypeVar("Row", bound=Model)


def visible() -> QuerySet[Referral]:
    """Every referral the actor may see, newest first.

    Never joined to its case or to the person: a provider does not see those rows.
    """
    return Referral.objects.select_related(
        "owner", "provider", "purpose", "offered_by__agency", "worker__agency"
    )


def referral(referral_id: UUID) -> Referral:
    """Fetch one referral, or raise NotHere."""
    return _one(visible(), referral_id)


def referral_to_change(referral_id: UUID) -> Referral:
    """Fetch one referral and hold it until the transaction ends, or raise NotHere."""
    return _one(visible().select_for_update(of=("self",)), referral_id)


def pathway_of(one: Referral) -> Pathway:
    """The pathway a referral follows, in the version it began with where that is kept."""
    return catalogue.get(one.pathway, one.pathway_version)


def offered_to(agency_id: int) -> QuerySet[Referral]:
    """What waits for an agency's answer, soonest first."""
    waiting = visible().filter(provider=agency_id, state=ReferralState.OFFERED)
    return waiting.order_by("answer_by", "id")


def to_answer(agency_id: int) -> QuerySet[Referral]:
    """Offers not answered yet that an agency made or was made, soonest answer first."""
    return _of(agency_id).filter(state=ReferralState.OFFERED).order_by("answer_by", "id")


def under_way(agency_id: int) -> QuerySet[Referral]:
    """Accepted referrals that an agency made or works on, longest first."""
    return _of(agency_id).filter(state=ReferralState.ACCEPTED).order_by("answered_at", "id")


def ended(agency_id: int) -> QuerySet[Referral]:
    """Referrals that are over, whichever way, that an agency made or worked on, newest first."""
    return _of(agency_id).filter(state__in=OVER).order_by("-access_until", "-offered_at", "id")


def mine(post_id: UUID) -> QuerySet[Referral]:
    """Referrals that a post offered or works on."""
    return visible().filter(Q(offered_by=post_id) | Q(worker=post_id))


def of_case(case_id: UUID) -> QuerySet[Referral]:
    """The referrals of a case, newest first."""
    return visible().filter(case=case_id)


def live_offer(case_id: UUID, person_id: UUID, pathway: str) -> Referral | None:
    """The referral of somebody to a pathway that is offered or under way, if there is one."""
    live = of_case(case_id).filter(person=person_id, pathway=pathway)
    return live.exclude(state__in=OVER).first()


def steps(referral_id: UUID) -> QuerySet[Step]:
    """The steps of a referral so far, in order, with who ended them."""
    return Step.objects.filter(referral=referral_id).select_related("done_by")


def step(step_id: UUID) -> Step:
    """Fetch one step with its referral, or raise NotHere."""
    return _one(Step.objects.select_related("referral", "done_by"), step_id)


def step_to_change(step_id: UUID) -> Step:
    """Fetch one step and hold it until the transaction ends, or raise NotHere."""
    return _one(Step.objects.select_for_update(), step_id)


def sessions(referral_id: UUID) -> QuerySet[Session]:
    """The sessions of a referral, latest first, with who wrote them down."""
    return Session.objects.filter(referral=referral_id).select_related("made_by")


def _of(agency_id: int) -> QuerySet[Referral]:
    return visible().filter(Q(provider=agency_id) | Q(owner=agency_id))


def _one(rows: QuerySet[Row], row_id: UUID) -> Row:
    found = rows.filter(pk=row_id).first()
    if found is None:
        raise NotHere(f"{rows.model._meta.label_lower} {row_id}")
    return found
