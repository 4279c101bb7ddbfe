"""Put a case forward, build the agenda, and choose by hand what the panel hears."""

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from django.utils import timezone

from locality.cases import reads as cases
from locality.cases import services as case_services
from locality.cases.services.lawful import require_agreement
from locality.kit.errors import Refused
from locality.panels import reads, rules
from locality.panels.models import Item
from locality.panels.services.allowed import meeting_to_run, require_purpose
from locality.panels.words import Candidate, Changed, Listed, MeetingState
from locality.sharing import audit
from locality.sharing import reads as sharing
from locality.sharing import services as sharing_services
from locality.sharing.acting import Actor, acting
from locality.sharing.labels import as_labelled
from locality.sharing.services import Terms
from locality.sharing.words import Category, Marking


def put_forward(*, by: Actor, case_id: UUID, meeting_id: UUID, question: str, terms: Terms) -> Item:
    """Put a case forward to a meeting: the panel's circle is shown the case on these terms.

    Refuses when the meeting is over, when the panel sits for another purpose, and when the case
    is closed, belongs to another agency, or is of a kind that no agreement lets the panel see.
    """
    with acting(by):
        meeting = reads.meeting(meeting_id)
        rules.require_planned(MeetingState(meeting.state))
        require_purpose(by=by, panel=meeting.panel)
        case = cases.case_to_change(case_id)
        already = reads.items(meeting_id).filter(case=case_id).first()
        if already:
            return already
        require_agreement(
            giver=case.owner, getter=meeting.panel.agency, purpose=meeting.panel.purpose,
            category=Category(case.category), marking=Marking(case.marking), people=case.about,
        )  # fmt: skip
        _let_a_longer_one_stand(by, case_id, meeting.panel.circle_id, terms.until)
        case_services.disclose_case(
            by=by, case_id=case_id, circle_id=meeting.panel.circle_id, terms=terms
        )
        item = Item.objects.create(
            meeting=meeting,
            case=case,
            question=question,
            put_forward_by_id=by.post,
            **as_labelled(case),
        )
        audit.record(by=by, did="panels.item.put_forward", to=item, why=question)
        return item


def build_agenda(*, by: Actor, meeting_id: UUID) -> Changed:
    """Place everything put forward by the panel's rule, each omission with its reason.

    What this meeting has decided on already keeps its place, before everything else. What
    somebody chose by hand stays as they chose. Says what changed.
    """
    with acting(by):
        meeting = meeting_to_run(by=by, meeting_id=meeting_id)
        heard = {line.item.pk for line in reads.lines(meeting_id) if line.decision}
        found = {one.pk: one for one in reads.items(meeting_id)}
        was = {key: one.listed for key, one in found.items()}
        first = sorted((found[key] for key in heard), key=lambda item: item.order)
        placed = rules.agenda(
            _candidates([one for one in found.values() if one.pk not in heard and not _off(one)]),
            meeting_on=timezone.localdate(meeting.starts_at),
            longest=meeting.panel.longest_agenda,
            after=len(heard),
        )
        for place, one in enumerate(first, start=1):
            _place(one, place)
        for one in placed:
            _place(found[one.item], one.order, one.not_selected_why)
        changed = _changed(was, found.values())
        audit.record(by=by, did="panels.agenda.built", to=meeting, why=changed.in_short())
        return changed


def choose(*, by: Actor, item_id: UUID, listed: Listed, why: str) -> Item:
    """Put one case on the agenda, last, or take it off by hand, saying why.

    The choice stands when the agenda is built again, until somebody hands the case back to the
    panel's rule (`Listed.PUT_FORWARD`). Refuses to take off what the panel has decided on: the
    decision would be in no minutes.
    """
    with acting(by):
        meeting_to_run(by=by, meeting_id=reads.item(item_id).meeting_id)
        item = reads.item_to_change(item_id)
        if not why.strip():
            raise Refused("panels.choice_says_why", "Say why, so that it can be explained.")
        if listed != Listed.ON_AGENDA and reads.decided(item_id).exists():
            raise Refused("panels.decided_already", "The panel has decided on this case.")
        by_hand = listed != Listed.PUT_FORWARD
        item.chosen_by_id, item.chosen_at = (by.post, timezone.now()) if by_hand else (None, None)
        item.chosen_why = why if by_hand else ""
        _put(item, listed, why)
        audit.record(by=by, did="panels.item.chosen", to=item, why=why)
        return item


def _put(item: Item, listed: Listed, why: str) -> None:
    """Put an item where somebody chose; what is on the agenda already keeps its place."""
    order, on = item.order, item.listed == Listed.ON_AGENDA
    if listed == Listed.ON_AGENDA and not on:
        last = reads.agenda(item.meeting_id).order_by("order").last()
        order = last.order + 1 if last else 1
    item.listed, item.order = listed, order if listed == Listed.ON_AGENDA else 0
    item.not_selected_why = why if listed == Listed.NOT_SELECTED else ""
    item.save(update_fields=[
        "listed", "order", "not_selected_why", "chosen_by", "chosen_at", "chosen_why",
    ])  # fmt: skip


def _place(item: Item, order: int, not_selected_why: str = "") -> None:
    item.order, item.not_selected_why = order, not_selected_why
    item.listed = Listed.NOT_SELECTED if not_selected_why else Listed.ON_AGENDA
    item.save(update_fields=["order", "listed", "not_selected_why"])


def _off(item: Item) -> bool:
    """Say whether somebody left a case off by hand."""
    return item.chosen_by_id is not None and item.listed == Listed.NOT_SELECTED


def _changed(was: Mapping[UUID, str], items: Iterable[Item]) -> Changed:
    """Say what building an agenda changed, by reference."""
    now = sorted(items, key=lambda one: (one.order, one.case.reference))
    on = [one for one in now if one.listed == Listed.ON_AGENDA]
    return Changed(
        on=len(on),
        added=tuple(one.case.reference for one in on if was[one.pk] != Listed.ON_AGENDA),
        left_out=tuple(
            one.case.reference
            for one in now
            if one.listed == Listed.NOT_SELECTED and was[one.pk] != Listed.NOT_SELECTED
        ),
        by_hand=tuple(one.case.reference for one in now if one.chosen_by_id),
    )


def _candidates(items: list[Item]) -> list[Candidate]:
    put_off = reads.put_off(one.case_id for one in items)
    return [
        Candidate(
            item=one.pk,
            deferred_before=one.case_id in put_off,
            review_on=one.case.review_on,
            put_forward_at=one.put_forward_at,
            wanted=one.chosen_by_id is not None,
        )
        for one in items
    ]


def _let_a_longer_one_stand(by: Actor, case_id: UUID, circle_id: UUID, until: date | None) -> None:
    """Withdraw what the panel was shown before where it would end too soon for this meeting."""
    shown = sharing.items_disclosed_to(circle_id, "cases.case").filter(item=case_id)
    for before in shown.exclude(until=None):
        if until is None or before.until < until:
            sharing_services.withdraw(
                by=by, disclosure_id=before.disclosure_id, why="Shown to the panel for longer."
            )
