"""Hold what is about somebody, say how long an agency keeps what, and what may go."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.utils import timezone

from locality.kit.errors import BadInput, NotHere
from locality.sharing import audit, duties
from locality.sharing.acting import Actor, acting
from locality.sharing.conflicts.reads import name_of
from locality.sharing.models import Disposal, DisposalStep, Hold, OwnSchedule
from locality.sharing.retention import deciding, holding
from locality.sharing.retention.words import NewSchedule
from locality.sharing.words import Action, Duty, Verdict

DIDS = {
    Verdict.MAY_GO: "sharing.disposal.agreed", Verdict.KEEP: "sharing.disposal.kept",
}  # fmt: skip


def hold(*, by: Actor, subject: UUID, why: str) -> Hold:
    """Keep all that is about a person, or a case with all beneath it, until a lead lifts it.

    Saying it again adds another reason: each is lifted for itself.
    Raises NotHere unless the person or case shows to the actor.
    """
    with acting(by):
        made = Hold(subject=subject, why=why, agency_id=by.agency, declared_by_id=by.post)
        made.save(force_insert=True)
        name_of(subject)  # after it is written: that may have waited while what it names went
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


def set_schedule(*, by: Actor, kind: str, asked: NewSchedule) -> OwnSchedule:
    """Say how long the actor's agency keeps a kind of record; it counts from now on. A lead's act.

    What leads agreed on by another schedule, they are asked anew.
    """
    with acting(by):
        duties.require(Duty.GOVERN)
        root = deciding.root_or_absent(kind)
        if asked.action == Action.SLIM and not root.leaves:
            raise BadInput("action: of this kind nothing can be left; choose that it is erased.")
        made = OwnSchedule(agency_id=by.agency, said_by_id=by.post, kind=kind, **asked._asdict())
        made.save(force_insert=True)
        audit.record(by=by, did="sharing.schedule.confirmed", to=made, why=asked.source)
        return made


def decide(
    *, by: Actor, disposals: Collection[UUID], verdict: Verdict, why: str = "",
    keep_until: date | None = None,
) -> list[DisposalStep]:  # fmt: skip
    """Say of records whose time is over that they may go, or are kept until a day. A lead's act.

    All or nothing. Raises NotHere when one does not show or has gone, and BadInput when keeping
    does not say why and until when, after today.
    """
    _require_whole(verdict, why, keep_until)
    with acting(by):
        duties.require(Duty.GOVERN)
        rows = list(deciding.open_ones().filter(pk__in=disposals))
        if len(rows) != len(set(disposals)):
            raise NotHere("a record whose time is over")
        return [_step(by, row, verdict, why, keep_until) for row in rows]


def _step(
    by: Actor, row: Disposal, verdict: Verdict, why: str, keep_until: date | None
) -> DisposalStep:
    made = DisposalStep(
        disposal=row, verdict=verdict, why=why, keep_until=keep_until, by_id=by.post,
        agency_id=by.agency,
    )  # fmt: skip
    made.save(force_insert=True)
    audit.record(by=by, did=DIDS[verdict], to=row, why=why)
    return made


def _require_whole(verdict: Verdict, why: str, keep_until: date | None) -> None:
    if verdict == Verdict.MAY_GO and keep_until is not None:
        raise BadInput("keep_until: what may go has no day; leave it out.")
    if verdict == Verdict.KEEP and (keep_until is None or keep_until <= timezone.localdate()):
        raise BadInput("keep_until: give a day after today.")
    if verdict == Verdict.KEEP and not why.strip():
        raise BadInput("why: say why it is kept.")
