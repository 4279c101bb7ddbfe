"""What an offer is chosen by: what is known of the person, what fits, who provides it."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from locality.cases import reads as cases
from locality.pathways import catalogue
from locality.pathways.words import Facts, Fit, HowFit, Pathway
from locality.people import reads as people
from locality.referrals.models import Referral
from locality.referrals.words import Provider
from locality.sharing import reads as sharing
from locality.sharing.consents.reads import may_share
from locality.sharing.models import Agency, Labelled, Post, Purpose
from locality.sharing.words import Category, Duty

if TYPE_CHECKING:
    from locality.cases.models import Case
    from locality.people.models import Contact, Record


def facts_about(case_id: UUID, person_id: UUID, agency_id: int) -> Facts:
    """What an agency's own record and the plan say of somebody; the rest has to be asked."""
    record = people.my_record_of(person_id, agency_id)
    age = catalogue.age_on(record.born, sharing.today()) if record and record.born else None
    return Facts(age=age, needs=open_needs(case_id))


def open_needs(case_id: UUID) -> frozenset[str]:
    """The headings of the needs on a case's plan that are not met yet."""
    return frozenset(need.heading for need in cases.plan(case_id) if need.met_at is None)


def fits(case_id: UUID, person_id: UUID, agency_id: int, purpose: str) -> dict[HowFit, list[Fit]]:
    """How somebody fits each pathway for a purpose, by what is on record; best group first."""
    facts, names = facts_about(case_id, person_id, agency_id), catalogue.need_names()
    offered = [one for one in catalogue.all() if purpose in one.purposes]
    return catalogue.grouped([catalogue.fit_on_record(one, facts, names) for one in offered])


def providers(
    pathway: Pathway, case: "Case", items: Iterable[Labelled], giver: int
) -> list[Provider]:
    """The agencies that provide a pathway, and for each why it could not be told, if it could not.

    `items` are what would be disclosed besides the referral, such as the record of who it is.
    """
    labels = {(case.category, case.marking)} | {(one.category, one.marking) for one in items}
    purpose = sharing.purpose(case.purpose.key)
    held = sharing.posts(duty=Duty.PROVIDE).filter(agency__sector__in=pathway.provided_by)
    by_agency = groupby(held.order_by("agency__name", "agency", "name"), lambda p: p.agency)
    about = case.about
    return [_provider(one, list(held), labels, purpose, giver, about) for one, held in by_agency]


def safe_contacts(record: "Record") -> "QuerySet[Contact]":
    """The agency's own ways to reach somebody that are known to be safe to use."""
    return people.contacts_of(record.person_id).filter(owner=record.owner_id, safe=True, until=None)


def workers(one: Referral) -> QuerySet[Post]:
    """The provider's people who may see a referral today, and so may work on it."""
    members = sharing.members(one.circle_id).values("post")
    return sharing.posts(agency_id=one.provider_id, duty=Duty.PROVIDE).filter(pk__in=members)


def circle_lacks(one: Referral) -> QuerySet[Post]:
    """The provider's people who joined since the offer, and so do not see it yet."""
    members = sharing.members(one.circle_id).values("post")
    return sharing.posts(agency_id=one.provider_id, duty=Duty.PROVIDE).exclude(pk__in=members)


def _provider(
    agency: Agency, posts: list[Post], labels: set[tuple[int, int]], purpose: Purpose, giver: int,
    people: Sequence[UUID],
) -> Provider:  # fmt: skip
    able = [post for post in posts if _may_see(post, labels, purpose)]
    missing = None if agency.pk == giver else _not_covered(agency, labels, purpose, giver, people)
    why_not = ""
    if not able:
        why_not = _("Nobody there is cleared for what you would have to tell them.")
    elif missing is not None:
        why_not = _(
            "No agreement in force lets you tell them about %(kind)s for this purpose, or it asks "
            "for consent that is not on record. Ask your information-governance lead."
        ) % {"kind": missing.says}
    return Provider(agency.pk, agency.name, tuple(post.pk for post in able), why_not)


def _may_see(post: Post, labels: set[tuple[int, int]], purpose: Purpose) -> bool:
    cleared = post.role.clearances
    return purpose.pk in post.purposes and all(cleared[c] >= marking for c, marking in labels)


def _not_covered(
    agency: Agency,
    labels: set[tuple[int, int]],
    purpose: Purpose,
    giver: int,
    people: Sequence[UUID],
) -> Category | None:
    """A kind of information of these people that the giver may not give, if there is one."""
    for category, marking in sorted(labels):
        if not may_share(
            giver=giver,
            getter=agency.pk,
            purpose=purpose.key,
            category=category,
            marking=marking,
            people=people,
        ):
            return Category(category)
    return None
