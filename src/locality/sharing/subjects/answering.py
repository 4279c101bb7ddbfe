"""Say who a request is about, decide what is given, and sign off what another decided."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from uuid import UUID

from django.utils import timezone

from locality.kit.errors import Refused
from locality.sharing import audit
from locality.sharing.acting import Actor, acting
from locality.sharing.models import SubjectAnswer, SubjectItem, SubjectReader, SubjectRequest
from locality.sharing.subjects import held, reads, redacting
from locality.sharing.subjects.doors import FINDERS
from locality.sharing.subjects.words import Choice, Found, Standing
from locality.sharing.words import SubjectKind

Choices = Mapping[str, Choice]


def say_who(*, by: Actor, request_id: UUID, people: Sequence[UUID]) -> SubjectRequest:
    """Say who a request is about, among those who may be and whom the reader sees.

    Refuses with `sharing.subject_who_signed` to leave somebody out once something is signed off:
    it would be handed to another.
    """
    with acting(by):
        row = to_read(by, request_id)
        may_be = {one.person for one in FINDERS[0].candidates(row.name, row.born)}
        if not people or not set(people) <= may_be:
            raise Refused("sharing.subject_who", "Choose among the people who may be meant.")
        if not set(row.subjects) <= set(people) and held.answers(row):
            raise Refused(
                "sharing.subject_who_signed",
                "Something is signed off already about somebody you leave out. If the request is "
                "not about them, ask your lead to end it and write it down anew.",
            )
        row.subjects = sorted(people)
        row.save(update_fields=["subjects"])
        audit.record(by=by, did="sharing.subject.matched", to=row)
        return row


def decide(*, by: Actor, request_id: UUID, kind: str, item: UUID, choices: Choices) -> SubjectItem:
    """Decide, part by part, what of one row is given.

    Refuses with `sharing.subject_choice` what is not said in full, and with
    `sharing.subject_signed` what was signed off.
    """
    with acting(by):
        row = to_read(by, request_id)
        return _decide(by, row, held.one_found(row, kind, item), choices)


def give_in_full(*, by: Actor, request_id: UUID, keys: Sequence[str]) -> int:
    """Decide that some rows are given as they are; say how many. What needs care is not among them.

    Refuses with `sharing.subject_careful` what must be looked at one by one.
    """
    with acting(by):
        row = to_read(by, request_id)
        chosen = _chosen(row, keys)
        if any(one.careful or one.others for one in chosen):
            raise Refused(
                "sharing.subject_careful",
                "Some of these name somebody else or could give somebody away. Open them one by "
                "one.",
            )
        for one in chosen:
            _decide(by, row, one, redacting.in_full(one))
        return len(chosen)


def withhold(*, by: Actor, request_id: UUID, keys: Sequence[str], reason: str, says: str) -> int:
    """Decide that nothing of some rows is given, for one reason; say how many."""
    with acting(by):
        row = to_read(by, request_id)
        chosen = _chosen(row, keys)
        for one in chosen:
            _decide(by, row, one, redacting.none_of(one, reason, says))
        return len(chosen)


def sign(*, by: Actor, request_id: UUID, keys: Sequence[str]) -> int:
    """Sign off what another decided about some rows; say how many.

    Refuses with `sharing.subject_second` whoever decided about one of them or wrote it, and with
    `sharing.subject_changed` a row that says something else by now.
    """
    with acting(by):
        row = to_read(by, request_id)
        made = held.decisions(row)
        chosen = _chosen(row, keys)
        for one in chosen:
            _sign(by, row, one, made.get((one.kind, one.item)))
        return len(chosen)


def finish(*, by: Actor, request_id: UUID) -> SubjectReader:
    """Say that everything one sees is decided and signed off.

    Refuses with `sharing.subject_unfinished` while it is not.
    """
    with acting(by):
        row = to_read(by, request_id)
        signed = {(one.kind, one.item) for one in held.answers(row)}
        answers = row.kind == SubjectKind.ACCESS
        if (
            not row.subjects
            or answers
            and any((one.kind, one.item) not in signed for one in held.found(row))
        ):
            raise Refused(
                "sharing.subject_unfinished",
                "Something that you see is not decided, or not signed off by a second person. "
                "Where nobody else may see it, ask your lead for a colleague who may.",
            )
        reader = SubjectReader.objects.get(request=row, post=by.post)
        reader.finished_at = timezone.now()
        reader.save(update_fields=["finished_at"])
        audit.record(by=by, did="sharing.subject.read", to=row)
        return reader


def to_read(by: Actor, request_id: UUID) -> SubjectRequest:
    """Fetch a request for which somebody reads, and keep others from ending it meanwhile."""
    row = reads.request_to_change(request_id)
    if reads.reads_for(row, by) is None:
        raise Refused("sharing.subject_not_reader", "You are not asked to read for this request.")
    if reads.clock(row).standing == Standing.ENDED:
        raise Refused("sharing.subject_over", "This request has ended. Nobody reads for it.")
    return row


def _chosen(row: SubjectRequest, keys: Sequence[str]) -> list[Found]:
    wanted = set(keys)
    chosen = [one for one in held.found(row) if one.key in wanted]
    if not chosen or len(chosen) != len(wanted):
        raise Refused("sharing.subject_none", "Choose among what is listed.")
    return chosen


def _decide(by: Actor, row: SubjectRequest, one: Found, choices: Choices) -> SubjectItem:
    redacting.require_choices(one, choices, held.exemptions())
    if SubjectAnswer.objects.filter(request=row, kind=one.kind, item=one.item).exists():
        raise Refused("sharing.subject_signed", "This is signed off, and stays as it is.")
    made = SubjectItem(
        request=row, kind=one.kind, item=one.item, says=one.says, on=one.on,
        seen=redacting.seen_as(one),
        choices={key: asdict(choice) for key, choice in choices.items()},
        given=redacting.given(one.parts, choices),
        told=redacting.told_reasons(choices.values(), held.exemptions()),
        authors=sorted(one.authors), decided_by_id=by.post, person=by.person,
    )  # fmt: skip
    made.save(force_insert=True)
    audit.record(by=by, did="sharing.subject.decided", to=made)
    return made


def _sign(by: Actor, row: SubjectRequest, one: Found, made: SubjectItem | None) -> None:
    if made is None or SubjectAnswer.objects.filter(part=made).exists():
        raise Refused("sharing.subject_none", "Choose what is decided and not yet signed off.")
    if by.person == made.person or by.person in made.authors:
        raise Refused(
            "sharing.subject_second",
            "Whoever decided about a record, and whoever wrote it, does not sign it off. A second "
            "person must.",
        )
    if made.seen != redacting.seen_as(one):
        raise Refused(
            "sharing.subject_changed",
            "A record says something else than when your colleague decided about it. Decide anew.",
        )
    answer = SubjectAnswer(
        request=row, part=made, signed_by_id=by.post, person=by.person,
        **{name: getattr(made, name) for name in ("kind", "item", "given", "told", "says", "on")},
    )  # fmt: skip
    answer.save(force_insert=True)
    audit.record(by=by, did="sharing.subject.signed", to=answer)
