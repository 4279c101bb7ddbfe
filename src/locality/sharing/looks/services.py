"""What a governance lead does about a look that stands out: ask, and say what they found."""

from uuid import UUID

from django.db import IntegrityError, transaction

from locality.kit.errors import Refused
from locality.sharing import audit, duties
from locality.sharing.acting import Actor, acting
from locality.sharing.looks import reads
from locality.sharing.models import LookReview
from locality.sharing.words import Answer, Duty


def review(*, by: Actor, look_id: UUID, sign: str, answer: Answer, words: str) -> LookReview:
    """Write down what came of asking about an unusual look.

    Refuses with `sharing.own_look` when the look is one's own, and with `sharing.look_reviewed`
    when a colleague has answered in the meantime.
    """
    with acting(by):
        duties.require(Duty.GOVERN)
        found = reads.look(look_id)
        if found.person == by.person:
            raise Refused("sharing.own_look", "You made this look: another lead must judge it.")
        made = LookReview(
            look=look_id, sign=sign, looker=found.post, answer=answer, words=words,
            agency_id=by.agency, by_id=by.post,
        )  # fmt: skip
        try:
            with transaction.atomic():
                made.save(force_insert=True)
        except IntegrityError:
            raise Refused(
                "sharing.look_reviewed", "A colleague has just said what they found."
            ) from None
        audit.record(by=by, did="sharing.look.reviewed", to=made, why=words)
        return made
