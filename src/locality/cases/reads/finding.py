"""Find cases: one, mine, my agency's, those about somebody."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Q, QuerySet

from locality.cases.models import Case, Subject
from locality.cases.rules import DUE_SOON, require_open
from locality.cases.words import CaseState
from locality.kit.errors import NotHere
from locality.sharing import reads as sharing
from locality.sharing.acting import Actor
from locality.sharing.models import Disclosure, Member


def visible_cases() -> QuerySet[Case]:
    """Every case the actor may see, newest first.

    Never joined to its circle: a panel that was shown a case does not see who is on its team.
    """
    return Case.objects.select_related("purpose", "owner", "lead__agency")


def case(case_id: UUID) -> Case:
    """Fetch one case the actor may see, or raise NotHere."""
    found = visible_cases().filter(pk=case_id).first()
    if found is None:
        raise NotHere(f"case {case_id}")
    return found


def case_to_change(case_id: UUID) -> Case:
    """Fetch one open case and hold it until the transaction ends.

    Refuses with `cases.closed` when it is closed: a closed case stays closed.
    """
    require_open(CaseState(case(case_id).state))
    found = Case.objects.select_for_update().filter(pk=case_id).first()
    if found is None:  # somebody closed it a moment ago
        require_open(CaseState.CLOSED)
    return found


def my_cases(post_id: UUID) -> QuerySet[Case]:
    """Cases on whose team a post is today, or which it leads."""
    live = Member.objects.filter(post=post_id, left_at=None, starts__lte=sharing.today())
    circles = live.exclude(until__lt=sharing.today()).values("circle")
    return visible_cases().filter(Q(circle__in=circles) | Q(lead=post_id))


def cases_of(agency_id: int) -> QuerySet[Case]:
    """Cases an agency leads, as far as the actor may see them."""
    return visible_cases().filter(owner=agency_id)


def cases_about(person_ids: Sequence[UUID], place_id: UUID | None = None) -> QuerySet[Case]:
    """Cases about any of these people or about this place, newest first."""
    wanted = Q(about__overlap=list(person_ids)) if person_ids else Q(pk=None)
    if place_id:
        wanted |= Q(pk__in=Subject.objects.filter(place=place_id).values("case"))
    return visible_cases().filter(wanted)


def narrowed(by: Actor, *, whose: str, state: str, review: str) -> QuerySet[Case]:
    """The cases a list shows: the actor's, their agency's or all they may see; open by default."""
    found = visible_cases() if whose == "all" else my_cases(by.post)
    if whose == "agency":
        found = cases_of(by.agency)
    if state != "any":
        found = found.filter(state=CaseState.CLOSED if state == "closed" else CaseState.OPEN)
    today = sharing.today()
    if review == "late":
        found = found.filter(review_on__lt=today)
    elif review == "soon":
        found = found.filter(review_on__range=(today, today + DUE_SOON))
    return found


def other_cases(one: Case) -> QuerySet[Case]:
    """Other cases about the same people, as far as the actor may see them."""
    return cases_about(one.about).exclude(pk=one.pk)


def earlier_episode(one: Case) -> Case | None:
    """The closed episode that a case started again from, as far as the actor may see it."""
    return visible_cases().filter(pk=one.before_id).first() if one.before_id else None


def subjects(case_id: UUID) -> QuerySet[Subject]:
    """Whom or what a case is about."""
    return Subject.objects.filter(case=case_id).order_by("kind", "id")


def later_episode(case_id: UUID) -> Case | None:
    """The episode that reopened a closed case, if there is one the actor may see."""
    return visible_cases().filter(before=case_id).first()


def disclosure_of_case(one: Case) -> Disclosure | None:
    """The disclosure that lets the case's own team see it."""
    return (
        Disclosure.objects.filter(
            circle=one.circle_id, items__item=one.pk, items__kind="cases.case", withdrawn_at=None
        )
        .order_by("given_at")
        .first()
    )
