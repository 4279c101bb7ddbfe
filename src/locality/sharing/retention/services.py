"""Keep what is about somebody, whatever its schedule says, and let it go again."""

from uuid import UUID

from django.utils import timezone

from locality.sharing import audit, duties
from locality.sharing.acting import Actor, acting
from locality.sharing.conflicts.reads import name_of
from locality.sharing.models import Hold
from locality.sharing.retention import holding
from locality.sharing.words import Duty


def hold(*, by: Actor, subject: UUID, why: str) -> Hold:
    """Keep all that is about a person, or a case with all beneath it, until a lead lifts it.

    Saying it again adds another reason: each is lifted for itself.
    Raises NotHere unless the person or case shows to the actor.
    """
    with acting(by):
        name_of(subject)
        made = Hold(subject=subject, why=why, agency_id=by.agency, declared_by_id=by.post)
        made.save(force_insert=True)
        audit.record(by=by, did="sharing.hold.declared", to=made, why=why)
        return made


def lift(*, by: Actor, hold_id: UUID, why: str) -> Hold:
    """Let schedules count again for what was held. A lead's act.

    Raises NotHere when it is lifted already, is another agency's, or the lead is kept from it.
    """
    with acting(by):
        duties.require(Duty.GOVERN)
        found = holding.one(hold_id)
        found.lifted_at = timezone.now()
        found.save(update_fields=["lifted_at"])
        audit.record(by=by, did="sharing.hold.lifted", to=found, why=why)
        return found
