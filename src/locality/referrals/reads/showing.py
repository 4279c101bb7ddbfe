"""A referral as a page shows it: who it is about, where it stands, what is late."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from locality.cases import reads as cases
from locality.kit.errors import NotHere
from locality.pathways.words import Pathway
from locality.people import reads as people
from locality.referrals.models import Referral
from locality.referrals.reads.finding import pathway_of
from locality.sharing import reads as sharing
from locality.sharing.acting import Actor

if TYPE_CHECKING:
    from locality.cases.models import Goal
    from locality.people.models import Contact, Record


@dataclass(frozen=True, slots=True)
class Whom:
    """Who a referral is about, as far as the actor may see: a name, a birth year, safe contacts."""

    name: str
    born_year: int | None
    contacts: "tuple[Contact, ...]"


@dataclass(frozen=True, slots=True)
class Shown:
    """One line of a list."""

    referral: Referral
    pathway: Pathway
    name: str


def shown(referrals: Iterable[Referral]) -> list[Shown]:
    """Give each referral its pathway and the person's name, in one question for all names."""
    rows = list(referrals)
    names = people.names([one.person_id for one in rows])
    return [Shown(one, pathway_of(one), names[one.person_id]) for one in rows]


def whom(one: Referral) -> Whom:
    """Say who a referral is about, from the referring agency's own record where that shows."""
    records = sorted(people.records_of(one.person_id), key=lambda r: r.owner_id != one.owner_id)
    contacts = people.contacts_of(one.person_id).filter(safe=True, until=None)
    return Whom(
        name=people.names([one.person_id])[one.person_id],
        born_year=_born_year(records),
        contacts=tuple(contacts),
    )


def goal_of(one: Referral) -> "Goal | None":
    """The goal of the case that a referral serves, if there is one and the actor may see it."""
    if one.goal_id is None:
        return None
    try:
        return cases.goal(one.goal_id)
    except NotHere:
        return None


def case_shows(case_id: UUID) -> bool:
    """Say whether the actor may see the case a referral belongs to."""
    try:
        cases.case(case_id)
    except NotHere:
        return False
    return True


def work_shows(one: Referral, by: Actor) -> bool:
    """Say whether the actor may see steps and sessions: the two agencies, and the case's team."""
    if by.agency in (one.owner_id, one.provider_id):
        return True
    if not case_shows(one.case_id):
        return False
    circle = cases.case(one.case_id).circle_id
    return sharing.members(circle).filter(post=by.post).exists()


def _born_year(records: "list[Record]") -> int | None:
    return next((record.born.year for record in records if record.born), None)
