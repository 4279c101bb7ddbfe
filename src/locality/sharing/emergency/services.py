"""Give emergency access up, and say what was found about it."""

from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from locality.kit.errors import Refused
from locality.sharing import audit, duties
from locality.sharing.acting import Actor, acting
from locality.sharing.emergency import reads
from locality.sharing.models import EmergencyAccess, EmergencyReview
from locality.sharing.words import Answer, Duty


def end(*, by: Actor, access_id: UUID) -> EmergencyAccess:
    """End it now: the next transaction no longer shows anything because of it.

    Whoever has it may, and so may every lead who was told of it.
    """
    with acting(by):
        found = reads.access(access_id)
        if found.revoked_at is None:
            found.revoked_at = timezone.now()
            found.save(update_fields=["revoked_at"])
            audit.record(by=by, did="sharing.emergency.ended", to=found)
        return found


def review(*, by: Actor, access_id: UUID, answer: Answer, words: str) -> EmergencyReview:
    """Write down what a lead found about a use by somebody of their agency.

    Refuses with `sharing.own_emergency` about one's own, with `sharing.another_lead` about another
    agency's, and with `sharing.emergency_reviewed` when a colleague has been faster.
    """
    with acting(by):
        duties.require(Duty.GOVERN)
        found = reads.access(access_id)
        if found.person == by.person:
            raise Refused(
                "sharing.own_emergency", "You used this yourself: another lead must judge it."
            )
        if found.agency_id != by.agency:
            raise Refused(
                "sharing.another_lead",
                "The lead of the agency whose colleague used it says what they found. Ring them.",
            )
        made = EmergencyReview(
            access=found, answer=answer, words=words, agency_id=by.agency, by_id=by.post
        )
        try:
            with transaction.atomic():
                made.save(force_insert=True)
        except IntegrityError:
            raise Refused(
                "sharing.emergency_reviewed", "A colleague has just said what they found."
            ) from None
        audit.record(by=by, did="sharing.emergency.reviewed", to=made, why=words)
        return made
