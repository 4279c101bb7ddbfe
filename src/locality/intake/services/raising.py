"""Raise a concern and let the front door see it, with its audit entry."""

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.utils import timezone

from locality.intake import reads, rules
from locality.intake.models import About, Concern, Draft, Narrative, Receipt
from locality.intake.words import KIND_OF, Kind, Matter, NewConcern, NewPerson, Told
from locality.kit.errors import NotHere, Refused
from locality.kit.saying import in_turn, say
from locality.people import reads as people
from locality.people import services as people_services
from locality.places import reads as places
from locality.sharing import audit, duties
from locality.sharing import reads as sharing
from locality.sharing.acting import Actor, acting
from locality.sharing.labels import as_labelled, labelled
from locality.sharing.models import Circle
from locality.sharing.services import Terms, disclose
from locality.sharing.words import Duty, Gateway, Marking

if TYPE_CHECKING:
    from locality.people.models import Record


def raise_concern(*, by: Actor, concern: NewConcern, draft_id: UUID | None = None) -> Concern:
    """Raise a concern and let the front door see it, at once or not at all.

    A draft raised twice gives the same concern; the draft is then gone. The concern need not be
    visible to whoever raised it afterwards: its receipt is.
    Refuses with `intake.not_whole` when something is missing and with `intake.nobody_may_look`
    when nobody at the front door may see this kind of concern.
    """
    with acting(by):
        duties.require(Duty.RAISE)
        draft = _draft_or_none(draft_id)
        if draft_id and draft is None:
            return _raised_before(by, draft_id)
        door = _require_whole(by, concern)
        records = [_record_of(by, one, KIND_OF[concern.matter]) for one in concern.people]
        made = _write(by, concern, door, records, draft_id or uuid4())
        disclose(by=by, circle_id=door.pk, items=[made, *records], terms=_terms(by, concern, door))
        audit.record(
            by=by, did="intake.concern.raised", to=made, why=str(concern.without_agreement or "")
        )
        if draft:
            draft.delete()
        return made


def unseen(by: Actor, matter: Matter) -> str:
    """Say, and whom to ring instead, when nobody at the front door may see such a concern."""
    door = reads.front_door(by)
    if reads.somebody_looks(by, door, KIND_OF[matter]):
        return ""
    owner, contact = door.owner.name, door.owner.contact
    ring = say("{owner} on {contact}", owner=owner, contact=contact) if contact else owner
    return say(
        "{door} has no agreement with your agency to see a concern about {matter}. "
        "Ring {ring} instead, or call 999 in an emergency. "
        "What you have written is kept as a draft.",
        door=door.name,
        matter=matter,
        ring=ring,
    )


def _draft_or_none(draft_id: UUID | None) -> Draft | None:
    try:
        return reads.draft_to_change(draft_id) if draft_id else None
    except NotHere:
        return None


def _raised_before(by: Actor, draft_id: UUID) -> Concern:
    """What a draft became, as far as its receipt tells; NotHere when it became nothing."""
    receipt = reads.my_receipt(by.post, draft_id)
    return Concern(
        id=receipt.pk, reference=receipt.reference, title=receipt.title, circle=receipt.circle,
        raised_by_id=by.post, raised_at=receipt.raised_at, screen_by=receipt.look_by,
    )  # fmt: skip


def _require_whole(by: Actor, concern: NewConcern) -> Circle:
    if lacks := rules.lacking(concern, sharing.today()):
        raise Refused("intake.not_whole", in_turn(one.says for one in lacks))
    if concern.place:
        places.place(concern.place)
    if says := unseen(by, concern.matter):
        raise Refused("intake.nobody_may_look", says)
    return reads.front_door(by)


def _record_of(by: Actor, one: NewPerson, kind: Kind) -> "Record":
    """The reporter's agency's own record of somebody: a sealed one for a sealed concern."""
    sealed = kind.marking == Marking.SEALED
    marking = Marking.SEALED if sealed else Marking.STANDARD
    if one.record_id is None:
        return people_services.add_record(
            by=by, marking=marking, given_names=one.given_names, family_name=one.family_name,
            known_as=one.known_as, born=one.born, postcode=one.postcode,
        )  # fmt: skip
    seen = people.record(one.record_id)
    if sealed:
        return people_services.copy_record(by=by, record_id=seen.pk, marking=marking)
    own = seen if seen.owner_id == by.agency else people.my_record_of(seen.person_id, by.agency)
    return own or people_services.copy_record(by=by, record_id=seen.pk, marking=marking)


def _write(
    by: Actor, concern: NewConcern, door: Circle, records: "Sequence[Record]", concern_id: UUID
) -> Concern:
    kind, now = KIND_OF[concern.matter], timezone.localtime()
    about = list(dict.fromkeys(record.person_id for record in records))
    made = Concern(
        id=concern_id, reference=rules.reference(concern_id), purpose_id=door.purpose_id,
        circle=door, title=rules.title(concern.matter), about=about, place=concern.place,
        place_says=concern.place_says, noticed_on=concern.noticed_on,
        noticed_says=concern.noticed_says, urgency=concern.urgency, told=concern.told,
        told_says=concern.told_says, without_agreement=concern.without_agreement or "",
        raised_by_id=by.post, raised_at=now,
        screen_by=rules.screen_by(now, concern.urgency, reads.clocks()),
        **labelled(by.agency, kind.category, kind.marking),
    )  # fmt: skip
    made.save(force_insert=True)
    _write_parts(made, concern, records)
    return made


def _write_parts(made: Concern, concern: NewConcern, records: "Sequence[Record]") -> None:
    mark = as_labelled(made)
    Narrative(
        id=uuid4(), concern=made, text=concern.text, seen_by=concern.seen_by,
        strengths=concern.strengths, **mark,
    ).save(force_insert=True)  # fmt: skip
    named = zip(concern.people, records, strict=True)
    About.objects.bulk_create(
        About(id=uuid4(), concern=made, person_id=record.person_id, record=record, part=one.part,
              **mark)
        for one, record in {record.person_id: (one, record) for one, record in named}.values()
    )  # fmt: skip
    Receipt(
        concern=made, post_id=made.raised_by_id, circle_id=made.circle_id,
        reference=made.reference, title=made.title, raised_at=made.raised_at,
        look_by=made.screen_by,
    ).save(force_insert=True)  # fmt: skip


def _terms(by: Actor, concern: NewConcern, door: Circle) -> Terms:
    agreed = sharing.agreements_between(by.agency, door.owner_id, by.purpose).first()
    handling = {
        Told.AGREED: "",
        Told.NOBODY: "",
        Told.DISAGREED: "They know about this and do not agree.",
        Told.NOT_TOLD: "They have not been told. Speak to the reporter before you contact them.",
        Told.COULD_NOT_ASK: "They could not be asked. Speak to the reporter first.",
    }[concern.told]
    if KIND_OF[concern.matter].marking == Marking.SEALED:
        handling = "Do not contact the family or the community. " + handling
    return Terms(
        gateway=Gateway(agreed.gateway) if agreed else Gateway.PUBLIC_TASK,
        necessity="So that the front door can decide what help is needed, and how soon.",
        handling=handling.strip(),
    )
