"""What people answered, and whether an agreement lets something be shared because of it."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q, QuerySet

from locality.kit.errors import NotHere
from locality.sharing import reads as sharing
from locality.sharing.models import Consent
from locality.sharing.words import Category, ConsentAnswer, ConsentKind, Marking


def of_person(person_id: UUID) -> QuerySet[Consent]:
    """Every answer of one person to the actor's agency that shows, the newest first."""
    found = Consent.objects.filter(person=person_id)
    return found.select_related("purpose", "taken_by", "ended_by", "owner")


def one(consent_id: UUID) -> Consent:
    """Fetch one answer that shows, or raise NotHere."""
    found = Consent.objects.select_related("purpose").filter(pk=consent_id).first()
    if found is None:
        raise NotHere(f"consent {consent_id}")
    return found


def may_share(
    *,
    giver: int,
    getter: int,
    purpose: str,
    category: int,
    marking: int,
    people: Collection[UUID] = (),
) -> bool:
    """Say whether an agreement in force lets one agency share such about these people with another.

    Where it asks for consent, everybody must have given theirs to the actor's own agency.
    """  # fmt: skip
    on = terms(giver=giver, getter=getter, purpose=purpose, category=category, marking=marking)
    if False in on or not on:
        return bool(on)
    lacks = lacking(people, giver=giver, getter=getter, purpose=purpose, category=category)
    return bool(people) and not lacks


def terms(*, giver: int, getter: int, purpose: str, category: int, marking: int) -> set[bool]:
    """Whether the agreements in force that cover such information ask for consent."""
    found = sharing.agreements_between(giver, getter, purpose)
    found = found.filter(covers__category=Category(category), covers__up_to__gte=Marking(marking))
    return set(found.values_list("covers__needs_consent", flat=True))


def lacking(
    people: Collection[UUID], *, giver: int, getter: int, purpose: str, category: int
) -> set[UUID]:
    """Those of these people who have not agreed, on record, that such is shared with an agency."""
    today = sharing.today()
    agreed = Consent.objects.filter(
        Q(starts__lte=today, until__gte=today, ended_at=None),
        person__in=people, owner=giver, kind=ConsentKind.CONFIDENTIALITY,
        answer=ConsentAnswer.AGREED, purpose__key=purpose, receivers__contains=[getter],
        categories__contains=[category],
    )  # fmt: skip
    return set(people) - set(agreed.values_list("person", flat=True))
