"""Tell somebody of another agency about a person, outside any case: an offer nobody asked for."""

from collections.abc import Collection
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from locality.cases import reads
from locality.cases.models import Telling
from locality.cases.services.lawful import require_agreement, require_cleared
from locality.kit.errors import NotHere, Refused
from locality.people import reads as people
from locality.sharing import audit
from locality.sharing import reads as sharing
from locality.sharing import services as sharing_services
from locality.sharing.acting import Actor, acting
from locality.sharing.labels import labelled
from locality.sharing.models import Disclosure, Labelled, Post, Received
from locality.sharing.services import Terms
from locality.sharing.words import Category, CircleKind, Marking

if TYPE_CHECKING:
    from locality.people.models import Record


def tell(  # noqa: PLR0913 - whom, of whom, what of which kind, what else, on what terms
    *,
    by: Actor,
    person_id: UUID,
    post_id: UUID,
    text: str,
    category: Category,
    marking: Marking,
    also: Collection[UUID],
    terms: Terms,
) -> Telling:
    """Tell one person of another agency something, with who it is about and what else is chosen.

    Refuses, saying what is missing, unless they would see all of it; with `cases.tell_until`
    without a last day, with `cases.tell_another` a colleague, with `cases.sealed_is_not_told` whom
    only a sealed case's team knows, and with `cases.no_own_record` who is not recorded by the
    actor's own agency: another's is not theirs to pass on. Telling just
    the same once more, with the same parts and for as long, changes nothing.
    """
    with acting(by):
        record, whom = _own_record(by, person_id), sharing.post(post_id)
        if whom.agency_id == by.agency:
            raise Refused("cases.tell_another", "That is a colleague of yours: talk to them.")
        if terms.until is None:
            raise Refused("cases.tell_until", "Say until which day they may see it.")
        chosen = _chosen(person_id, by.agency, also)
        twins = Telling.objects.filter(
            record=record, to=whom, text=text, made_by=by.post, category=category, marking=marking
        )
        for twin in twins:
            if _is_told(twin, {record.pk, twin.pk, *(one.pk for one in chosen)}, terms):
                return twin
        _require_would_see(by, whom, [record, *chosen], (category, marking), person_id)
        circle = sharing_services.make_circle(
            by=by, kind=CircleKind.TELLING, category=category, marking=marking,
            works_with=[person_id],
        )  # fmt: skip
        sharing_services.add_member(by=by, circle_id=circle.pk, post_id=post_id)
        made = Telling(
            id=uuid4(), record=record, circle=circle, to=whom, text=text, made_by_id=by.post,
            **labelled(by.agency, category, marking),
        )  # fmt: skip
        made.save(force_insert=True)
        audit.record(by=by, did="cases.telling.made", to=made)
        sharing_services.disclose(
            by=by, circle_id=circle.pk, items=[record, made, *chosen], terms=terms
        )
        return made


def withdraw_telling(*, by: Actor, telling_id: UUID, why: str) -> Disclosure:
    """Take back what one's own agency told: whom it was told sees none of it from now on."""
    with acting(by):
        given = reads.given_with(reads.telling(telling_id))
        return sharing_services.withdraw(by=by, disclosure_id=given.pk, why=why)


def receive_telling(*, by: Actor, telling_id: UUID) -> Received:
    """Say that one has read what one was told and will keep to its conditions."""
    with acting(by):
        given = reads.given_with(reads.telling(telling_id))
        return sharing_services.receive(by=by, disclosure_id=given.pk)


def _own_record(by: Actor, person_id: UUID) -> "Record":
    people.person(person_id)
    found = people.my_record_of(person_id, by.agency)
    if found is None:
        raise Refused(
            "cases.no_own_record",
            "Your agency has no record of its own of them. Make one first, on their page: what "
            "another agency recorded is not yours to pass on.",
        )
    if found.marking == Marking.SEALED:
        raise Refused(
            "cases.sealed_is_not_told",
            "Only the team of a sealed case knows them. Add whoever must know to that team.",
        )
    return found


def _is_told(twin: Telling, parts: set[UUID], terms: Terms) -> bool:
    """Whether just these parts show by it, for as long and on the same conditions."""
    given = reads.given_with(twin)
    return (
        given.withdrawn_at is None
        and sharing.today() <= given.until == terms.until
        and (given.handling, tuple(given.conditions)) == (terms.handling, terms.conditions)
        and {one.item for one in given.items.all()} == parts
    )


def _chosen(person_id: UUID, agency: int, also: Collection[UUID]) -> list[Labelled]:
    offered = {one.pk: one for one in reads.may_be_told(person_id, agency)}
    if missing := set(also) - offered.keys():
        raise NotHere(f"part {min(missing)}")
    return [offered[one] for one in dict.fromkeys(also)]


def _require_would_see(
    by: Actor, whom: Post, items: Collection[Labelled], said: tuple[Category, Marking],
    person_id: UUID,
) -> None:  # fmt: skip
    purpose, giver = sharing.purpose(by.purpose), sharing.agency(by.agency)
    kinds = {said, *((Category(one.category), Marking(one.marking)) for one in items)}
    for category, marking in sorted(kinds):
        require_cleared(whom, purpose, category, marking)
        require_agreement(
            giver=giver, getter=whom.agency, purpose=purpose, category=category, marking=marking,
            people=[person_id],
        )  # fmt: skip
