"""Write down what somebody answered, and end it. The database lets the last answer alone count."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from django.utils import timezone

from locality.kit.errors import Refused
from locality.sharing import audit
from locality.sharing import reads as sharing
from locality.sharing.acting import Actor, acting
from locality.sharing.consents import reads
from locality.sharing.labels import labelled
from locality.sharing.models import Consent
from locality.sharing.words import (
    AnsweredBy,
    Category,
    ConsentAnswer,
    ConsentKind,
    Marking,
)


@dataclass(frozen=True, slots=True)
class Said:
    """One answer as it was heard: to what, from whom, and for how long it counts."""

    kind: ConsentKind
    answer: ConsentAnswer
    answered_by: AnsweredBy
    words: str
    who: str = ""
    receivers: tuple[int, ...] = ()
    categories: tuple[int, ...] = ()
    until: date | None = None


def write_down(*, by: Actor, person_id: UUID, said: Said) -> Consent:
    """Write down an answer, which ends the one before it to the same question for this purpose.

    It counts from the next transaction. Refuses with `sharing.consent_says_nothing` when it does
    not say what may be shared with whom until when, and with `sharing.consent_is_over` a last day
    that has passed. The caller has made sure that the person shows to the actor.
    """
    with acting(by):
        _require_sense(said)
        agreed = said.answer == ConsentAnswer.AGREED
        made = Consent(
            id=uuid4(), person=person_id, kind=said.kind, answer=said.answer,
            purpose=sharing.purpose(by.purpose),
            receivers=sorted(said.receivers) if agreed else [],
            categories=sorted(said.categories) if agreed else [],
            answered_by=said.answered_by, who=said.who, words=said.words, taken_by_id=by.post,
            starts=sharing.today(), until=said.until if agreed else None,
            **labelled(by.agency, Category.IDENTITY, Marking.STANDARD),
        )  # fmt: skip
        made.save(force_insert=True)
        did = "sharing.consent.given" if agreed else "sharing.consent.refused"
        audit.record(by=by, did=did, to=made)
        return made


def withdraw(*, by: Actor, consent_id: UUID, why: str) -> Consent:
    """End an answer: from the next transaction it is as if it had not been given.

    Raises NotHere unless it shows, and refuses with `sharing.consent_ended` one that ended before.
    """
    with acting(by):
        found = reads.one(consent_id)
        if found.ended_at:
            raise Refused("sharing.consent_ended", "This has been taken back already.")
        found.ended_at, found.ended_why = timezone.now(), why
        found.save(update_fields=["ended_at", "ended_why"])
        audit.record(by=by, did="sharing.consent.withdrawn", to=found, why=why)
        return found


def _require_sense(said: Said) -> None:
    if said.answer == ConsentAnswer.REFUSED:
        return
    shares = said.kind == ConsentKind.CONFIDENTIALITY
    if said.until is None or (shares and not (said.receivers and said.categories)):
        raise Refused(
            "sharing.consent_says_nothing",
            "Say what they agree may be shared, with whom and until when.",
        )
    if said.until < sharing.today():
        raise Refused("sharing.consent_is_over", "The last day must be today or later.")
