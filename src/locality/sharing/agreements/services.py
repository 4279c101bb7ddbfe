"""Write an agreement, and take it through its life. The database has the last word on each step."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID, uuid4

from django.db import ProgrammingError, transaction
from django.db.models import F
from psycopg.errors import InsufficientPrivilege

from locality.kit.errors import Refused
from locality.kit.saying import say
from locality.sharing import audit, duties
from locality.sharing import reads as sharing
from locality.sharing.acting import Actor, acting
from locality.sharing.agreements import reads
from locality.sharing.agreements.rules import ANSWERS, require_ready, require_step
from locality.sharing.models import Agreement, AgreementStep, Coverage, Party
from locality.sharing.partners.rules import CATEGORIES, MARKINGS
from locality.sharing.partners.words import AgreementEntry
from locality.sharing.words import NOT_CLEARED, AgreementState, Duty, Step

DIDS = {
    Step.DRAFTED: "sharing.agreement.drafted", Step.CHANGED: "sharing.agreement.changed",
    Step.ASKED: "sharing.agreement.asked", Step.AGREED: "sharing.agreement.agreed",
    Step.DECLINED: "sharing.agreement.declined", Step.TAKEN_BACK: "sharing.agreement.taken_back",
    Step.SUSPENDED: "sharing.agreement.suspended", Step.ENDED: "sharing.agreement.ended",
}  # fmt: skip


def write(*, by: Actor, terms: AgreementEntry, replaces: UUID | None = None) -> Agreement:
    """Begin a draft, which may be one that is to replace another."""
    with acting(by):
        duties.require(Duty.GOVERN)
        if by.agency not in terms.directions:
            raise Refused(
                "sharing.agreement_without_you",
                "Your own agency must be part of an agreement that you write.",
            )
        made = Agreement(
            id=uuid4(), written_by_id=by.post, state=AgreementState.DRAFT,
            replaces=reads.agreement(replaces) if replaces else None, **_columns(terms),
        )  # fmt: skip
        made.save(force_insert=True)
        _write_parts(made, terms)
        _step(by, made, Step.DRAFTED)
        return made


def change(*, by: Actor, agreement_id: UUID, terms: AgreementEntry, seen: int) -> Agreement:
    """Change the terms of a draft as somebody saw it.

    Refuses with `sharing.agreement_fixed` what is no open draft, and with
    `sharing.agreement_changed` when somebody has changed it since.
    """
    with acting(by):
        row = _draft(by, agreement_id, seen)
        with _unless_faster():
            changed = Agreement.objects.filter(pk=row.pk, version=seen)
            if not changed.update(version=F("version") + 1, **_columns(terms)):
                raise _changed()
        row.version += 1
        _write_parts(row, terms)
        _step(by, row, Step.CHANGED)
        return row


def take(*, by: Actor, agreement_id: UUID, step: Step, why: str, seen: int) -> Agreement:
    """Ask, agree, decline, take back, suspend or end: it counts from the next transaction.

    Refuses with `sharing.agreement_step` what is not theirs to do now, with
    `sharing.agreement_changed` when the terms are others than they saw, and with
    `sharing.agreement_named_twice`, `sharing.agreement_shares_nothing` or
    `sharing.agreement_is_over` what must not take force.
    """
    with acting(by):
        duties.require(Duty.GOVERN)
        row = reads.agreement(agreement_id)
        require_step(step, reads.steps(row, by))
        if row.version != seen:
            raise _changed()
        if step in (Step.ASKED, Step.AGREED):
            _require_ready(row)
        _step(by, row, step, why)
        return row


def _draft(by: Actor, agreement_id: UUID, seen: int) -> Agreement:
    duties.require(Duty.GOVERN)
    row = reads.agreement(agreement_id)
    if not reads.may_draft(row, by):
        raise Refused(
            "sharing.agreement_fixed",
            "Only a lead of an agency that is part of it changes a draft, and only while nobody "
            "has asked for it to take force. To change what is in force, write an agreement that "
            "replaces it.",
        )
    if row.version != seen:
        raise _changed()
    return row


def _changed() -> Refused:
    return Refused(
        "sharing.agreement_changed",
        "A colleague has changed this agreement since you opened it. Read it again first.",
    )


@contextmanager
def _unless_faster() -> Iterator[None]:
    """Refuse, where the database refuses what was allowed a moment ago: a colleague was faster."""
    try:
        with transaction.atomic():
            yield
    except ProgrammingError as wrong:
        if isinstance(wrong.__cause__, InsufficientPrivilege):
            raise _changed() from None
        raise


def _require_ready(row: Agreement) -> None:
    require_ready(
        shares=[(one.gives, one.gets) for one in row.parties.all()], covers=reads.covered(row),
        until=row.until, today=sharing.today(),
    )  # fmt: skip
    if reads.namesake(row):
        raise Refused(
            "sharing.agreement_named_twice",
            say(
                "Another agreement for this purpose is called “{name}” and is not over. Give this "
                "one another name.",
                name=row.name,
            ),
        )


def _step(by: Actor, row: Agreement, step: Step, why: str = "") -> None:
    ask = reads.open_ask(reads.agreement(row.pk)) if step in ANSWERS else None
    made = AgreementStep(
        agreement=row, step=step, version=row.version, answers=ask, why=why, by_id=by.post,
        agency_id=by.agency,
    )  # fmt: skip
    with _unless_faster():
        made.save(force_insert=True)
    audit.record(by=by, did=DIDS[step], to=row, why=why)


def _columns(terms: AgreementEntry) -> dict[str, object]:
    return {
        "name": terms.name, "purpose": sharing.purpose(terms.purpose), "gateway": terms.gateway,
        "conditions": terms.conditions, "document": terms.document, "starts": terms.starts,
        "until": terms.until, "review_by": terms.review_by,
    }  # fmt: skip


def _write_parts(row: Agreement, terms: AgreementEntry) -> None:
    """Write who shares and what is covered; what is there and is not said is said to be over."""
    there = {one.agency_id: one for one in Party.objects.filter(agreement=row)}
    for number in [*there, *(terms.directions.keys() - there.keys())]:
        party = there.get(number) or Party(agreement=row, agency_id=number)
        party.gives, party.gets = terms.directions.get(number, (False, False))
        party.signatory = terms.signatories.get(str(number), "")
        _save(party, ["gives", "gets", "signatory"], there=number in there)
    kinds = {CATEGORIES.index(name): MARKINGS.index(up) for name, up in terms.covers.items()}
    known = {one.category: one for one in Coverage.objects.filter(agreement=row)}
    for category in sorted(known.keys() | kinds.keys()):
        covers = known.get(category) or Coverage(agreement=row, category=category)
        covers.up_to = kinds.get(category, NOT_CLEARED)
        covers.needs_consent = CATEGORIES[category] in terms.with_consent
        _save(covers, ["up_to", "needs_consent"], there=category in known)


def _save(part: Party | Coverage, fields: list[str], *, there: bool) -> None:
    if there:
        part.save(update_fields=fields)
    else:
        part.save(force_insert=True)
