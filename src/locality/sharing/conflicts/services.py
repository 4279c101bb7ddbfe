"""Keep somebody from a person or a case, keep two people apart, and undo it."""

from uuid import UUID

from django.utils import timezone

from locality.kit.errors import Refused
from locality.sharing import audit, duties, reads
from locality.sharing.acting import Actor, acting, look_again
from locality.sharing.conflicts import reads as kept
from locality.sharing.models import Apart, Conflict
from locality.sharing.services import declare_conflict
from locality.sharing.words import Duty


def keep_from(*, by: Actor, subject: UUID, post_id: UUID, why: str) -> Conflict:
    """Keep whoever holds a post from ever seeing anything about a person or a case.

    It counts in all their posts, from the next transaction. Saying it twice changes nothing.
    Raises NotHere unless the person or case shows to the actor.
    """
    with acting(by):
        kept.name_of(subject)
        user = reads.post(post_id).user_id
        already = kept.conflicts(lifted=False).filter(subject=subject, user=user).first()
        return already or declare_conflict(by=by, subject=subject, why=why, post_id=post_id)


def lift(*, by: Actor, conflict_id: UUID, why: str) -> Conflict:
    """Let somebody see a person or case again, as far as the rule lets them. A lead's act.

    Raises NotHere when it is lifted already, names the actor, or is another agency's.
    """
    with acting(by):
        duties.require(Duty.GOVERN)
        found = kept.conflict(conflict_id)
        found.lifted_at = timezone.now()
        found.save(update_fields=["lifted_at"])
        audit.record(by=by, did="sharing.conflict.lifted", to=found, why=why)
        return found


def keep_apart(*, by: Actor, protected: UUID, feared: UUID, why: str) -> Apart:
    """Keep whoever works with one person from all that is about another, who must be kept safe.

    It counts for every circle that works with the one who is feared and not with both, from the
    next transaction. Saying it twice changes nothing. Raises NotHere unless both show to the
    actor; refuses with `sharing.apart_from_self` one and the same person.
    """
    with acting(by):
        for whom in (protected, feared):
            kept.name_of(whom)
        if protected == feared:
            raise Refused("sharing.apart_from_self", "Choose two people: these are the same one.")
        already = kept.apart(ended=False).filter(protected=protected, feared=feared).first()
        if already:
            return already
        made = Apart(
            protected=protected, feared=feared, why=why, agency_id=by.agency,
            declared_by_id=by.post,
        )  # fmt: skip
        made.save(force_insert=True)
        audit.record(by=by, did="sharing.apart.declared", to=made, why=why)
        look_again()  # it may be the actor who works with the one who is feared
        return made


def end_apart(*, by: Actor, apart_id: UUID, why: str) -> Apart:
    """End that two people are kept apart. A lead's act; raises NotHere when it is over already."""
    with acting(by):
        duties.require(Duty.GOVERN)
        found = kept.one_apart(apart_id)
        found.ended_at = timezone.now()
        found.save(update_fields=["ended_at"])
        audit.record(by=by, did="sharing.apart.ended", to=found, why=why)
        return found
