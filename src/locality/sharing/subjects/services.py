"""Write a request down, take it through its steps, and ask colleagues to read for it."""

from datetime import date
from uuid import UUID, uuid4

from locality.kit.errors import NotHere, Refused
from locality.sharing import audit, duties
from locality.sharing import reads as sharing
from locality.sharing.acting import Actor, acting
from locality.sharing.models import SubjectReader, SubjectRequest, SubjectStep
from locality.sharing.subjects import reads
from locality.sharing.subjects.rules import require_day, require_step
from locality.sharing.subjects.words import NewRequest, Standing
from locality.sharing.words import Duty, Handled, SubjectKind

DIDS = {
    Handled.PROOF_ASKED: "sharing.subject.proof_asked",
    Handled.PROOF_SEEN: "sharing.subject.proof_seen",
    Handled.ACKNOWLEDGED: "sharing.subject.acknowledged",
    Handled.STOPPED: "sharing.subject.stopped", Handled.RESTARTED: "sharing.subject.restarted",
    Handled.EXTENDED: "sharing.subject.extended", Handled.ANSWERED: "sharing.subject.answered",
    Handled.REFUSED: "sharing.subject.refused", Handled.TAKEN_BACK: "sharing.subject.taken_back",
}  # fmt: skip


def log(*, by: Actor, asked: NewRequest) -> SubjectRequest:
    """Write down a request as it came.

    What is no complaint waits for proof of identity until that was seen.
    """
    with acting(by):
        duties.require(Duty.GOVERN)
        require_day(asked.received_on, asked.received_on, [], sharing.today())
        given = {name: getattr(asked, name) for name in asked.__slots__ if name != "checked"}
        row = SubjectRequest(id=uuid4(), agency_id=by.agency, logged_by_id=by.post, **given)
        row.save(force_insert=True)
        audit.record(by=by, did="sharing.subject.asked", to=row)
        if asked.checked:
            _step(by, row, Handled.PROOF_SEEN, asked.received_on, asked.checked)
        elif asked.kind != SubjectKind.COMPLAINT:
            _step(by, row, Handled.PROOF_ASKED, asked.received_on, "")
        return row


def take(*, by: Actor, request_id: UUID, step: Handled, on: date, why: str) -> SubjectRequest:
    """Take a step with a request, on a day that counts for its clock.

    Refuses with `sharing.subject_step` what cannot be done now, and with
    `sharing.subject_step_day` a day that cannot be.
    """
    with acting(by):
        duties.require(Duty.GOVERN)
        row = reads.request_to_change(request_id)
        require_step(step, reads.next_steps(row))
        require_day(on, row.received_on, reads.done(row), sharing.today())
        _step(by, row, step, on, why)
        return row


def ask_to_read(*, by: Actor, request_id: UUID, post_id: UUID) -> SubjectReader:
    """Ask a colleague of the agency, whose clearances are others, to read for a request.

    Refuses with `sharing.subject_over` when the request has ended.
    """
    with acting(by):
        duties.require(Duty.GOVERN)
        row = reads.request_to_change(request_id)
        if reads.clock(row).standing == Standing.ENDED:
            raise Refused("sharing.subject_over", "This request has ended. Nobody reads for it.")
        if post_id not in {one.pk for one in reads.may_read(row)}:
            raise NotHere(f"post {post_id}")
        made = SubjectReader(request=row, post_id=post_id, asked_by_id=by.post)
        made.save(force_insert=True)
        audit.record(by=by, did="sharing.subject.reader_asked", to=row)
        return made


def _step(by: Actor, row: SubjectRequest, step: Handled, on: date, why: str) -> None:
    made = SubjectStep(request=row, step=step, on=on, why=why, by_id=by.post)
    made.save(force_insert=True)
    audit.record(by=by, did=DIDS[step], to=row, why=why)
