"""What panels do. One function per intention: check, change, record, all or nothing."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from django.utils import timezone

from locality.cases import reads as cases
from locality.cases import services as case_services
from locality.kit.errors import Refused
from locality.panels import reads, rules
from locality.panels.models import (
    AgreedAction,
    Decision,
    Interest,
    Item,
    Meeting,
    Present,
    Research,
    Return,
)
from locality.panels.words import Candidate, Held, Listed, MeetingState, NewAction, Outcome
from locality.sharing import audit, duties
from locality.sharing import reads as sharing
from locality.sharing import services as sharing_services
from locality.sharing.acting import Actor, acting
from locality.sharing.labels import as_labelled, labelled
from locality.sharing.services import Terms
from locality.sharing.words import Category, Duty, Gateway, Marking


def plan_meeting(*, by: Actor, panel_id: UUID, starts_at: datetime, where: str = "") -> Meeting:
    """Plan the next meeting of a panel. Planning the same hour twice gives the same meeting."""
    with acting(by):
        duties.require(Duty.COORDINATE, Duty.CHAIR)
        panel = reads.panel(panel_id)
        already = reads.meetings(panel_id).filter(starts_at=starts_at).first()
        if already:
            return already
        if starts_at < timezone.now():
            raise Refused("panels.in_the_past", "A meeting is planned for a time still to come.")
        meeting = Meeting(id=uuid4(), panel=panel, starts_at=starts_at, where=where)
        meeting.save(force_insert=True)
        audit.record(by=by, did="panels.meeting.planned", to=meeting)
        return meeting


def put_forward(*, by: Actor, case_id: UUID, meeting_id: UUID, question: str, terms: Terms) -> Item:
    """Put a case forward to a meeting: the panel's circle is shown the case on these terms.

    Refuses when the meeting is over, or the case belongs to another agency.
    """
    with acting(by):
        meeting = reads.meeting(meeting_id)  # whoever puts a case forward need not run the panel
        _require_planned(meeting)
        case = cases.case(case_id)
        already = reads.items(meeting_id).filter(case=case_id).first()
        if already:
            return already
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


def build_agenda(*, by: Actor, meeting_id: UUID) -> list[Item]:
    """Place everything put forward by the panel's rule, each omission with its reason."""
    with acting(by):
        duties.require(Duty.COORDINATE, Duty.CHAIR)
        meeting = reads.meeting_to_change(meeting_id)
        _require_planned(meeting)
        found = {one.pk: one for one in reads.items(meeting_id)}
        placed = rules.agenda(
            [_candidate(one) for one in found.values()],
            meeting_on=timezone.localdate(meeting.starts_at),
            longest=meeting.panel.longest_agenda,
        )
        for one in placed:
            item = found[one.item]
            item.order, item.not_selected_why = one.order, one.not_selected_why
            item.listed = Listed.NOT_SELECTED if one.not_selected_why else Listed.ON_AGENDA
            item.save(update_fields=["order", "listed", "not_selected_why"])
        audit.record(by=by, did="panels.agenda.built", to=meeting)
        return list(reads.agenda(meeting_id))


def choose(*, by: Actor, item_id: UUID, listed: Listed, why: str) -> Item:
    """Put one case on the agenda or take it off by hand, saying why."""
    with acting(by):
        duties.require(Duty.COORDINATE, Duty.CHAIR)
        item = reads.item_to_change(item_id)
        _require_planned(item.meeting)
        if not why.strip():
            raise Refused("panels.choice_says_why", "Say why, so that it can be explained.")
        item.listed = listed
        item.not_selected_why = why if listed == Listed.NOT_SELECTED else ""
        item.order = reads.agenda(item.meeting_id).count() + 1
        item.save(update_fields=["listed", "not_selected_why", "order"])
        audit.record(by=by, did="panels.item.chosen", to=item, why=why)
        return item


def ask_research(*, by: Actor, item_id: UUID) -> list[Research]:
    """Ask every member agency what it knows, by a deadline. Asking again asks nobody twice."""
    with acting(by):
        duties.require(Duty.COORDINATE, Duty.CHAIR)
        item = reads.item_to_change(item_id)
        _require_planned(item.meeting)
        panel = item.meeting.panel
        asked = set(item.research.values_list("agency", flat=True))
        agencies = {member.post.agency_id for member in reads.members(panel)} - asked
        due = rules.answer_by(timezone.now(), item.meeting.starts_at, panel.research_days)
        made = [
            Research.objects.create(
                item=item, case_id=item.case_id, agency_id=agency, answer_by=due,
                **as_labelled(item),
            )
            for agency in sorted(agencies)
        ]  # fmt: skip
        audit.record(by=by, did="panels.research.asked", to=item)
        return made


def return_research(  # noqa: PLR0913 - what was found, what kind it is, or why it is not shared
    *,
    by: Actor,
    research_id: UUID,
    held: Held,
    text: str = "",
    strengths: str = "",
    category: Category = Category.SOCIAL_CARE,
    refused_why: str = "",
) -> Research:
    """Answer for one's own agency. What is found stays the agency's, disclosed to the panel."""
    with acting(by):
        research = reads.research(research_id)
        item = reads.item_to_change(research.item_id)
        if research.agency_id != by.agency:
            raise Refused("panels.not_asked", f"{research.agency.name} was asked, not your agency.")
        if research.held != Held.WAITING:
            raise Refused("panels.answered_already", "Your agency has answered this already.")
        rules.require_reply(held, text, refused_why)
        research.held, research.refused_why = held, refused_why
        research.answered_by_id, research.answered_at = by.post, timezone.now()
        research.save(update_fields=["held", "refused_why", "answered_by", "answered_at"])
        if held == Held.FOUND:
            _give(by, research, item, category, (text, strengths))
        audit.record(by=by, did="panels.research.returned", to=research, why=refused_why or held)
        return research


def mark_present(*, by: Actor, meeting_id: UUID, post_ids: Sequence[UUID]) -> None:
    """Say who is in the room; whoever is not named is not there."""
    with acting(by):
        duties.require(Duty.COORDINATE, Duty.CHAIR)
        meeting = reads.meeting_to_change(meeting_id)
        _require_planned(meeting)
        sits = {member.post_id: member.post for member in reads.members(meeting.panel)}
        if set(post_ids) - set(sits):
            raise Refused("panels.not_a_member", "Somebody named does not sit on the panel.")
        here = reads.present(meeting_id)
        here.exclude(post__in=post_ids).delete()
        already = set(here.values_list("post", flat=True))
        for post_id in set(post_ids) - already:
            Present.objects.create(
                meeting=meeting, post_id=post_id, agency_id=sits[post_id].agency_id
            )
        audit.record(by=by, did="panels.attendance.marked", to=meeting)


def declare_interest(*, by: Actor, item_id: UUID, post_id: UUID, why: str) -> Interest:
    """Declare a conflict of interest in one case: from now on that person never sees it."""
    with acting(by):
        item = reads.item_to_change(item_id)
        if post_id != by.post:
            duties.require(Duty.COORDINATE, Duty.CHAIR)
        interest = Interest.objects.create(
            item=item, case_id=item.case_id, post_id=post_id, why=why, **as_labelled(item)
        )
        audit.record(by=by, did="panels.interest.declared", to=interest, why=why)
        sharing_services.declare_conflict(by=by, subject=item.case_id, why=why, post_id=post_id)
        return interest


def decide(  # noqa: PLR0913 - a decision says what, why, who disagreed and who does what
    *,
    by: Actor,
    item_id: UUID,
    outcome: Outcome,
    reasons: str,
    dissent: str = "",
    actions: Sequence[NewAction] = (),
) -> Decision:
    """Record what the panel decided on one case; its actions land on people's home pages.

    Refuses when the panel is not quorate without those who have an interest, or is over.
    """
    with acting(by):
        duties.require(Duty.COORDINATE, Duty.CHAIR)
        item = reads.item_to_change(item_id)
        _require_planned(item.meeting)
        panel, interested = item.meeting.panel, reads.interested(item_id)
        rules.require_no_interest(by.post, interested)
        rules.require_quorum(
            reads.agencies_present(item.meeting_id, without=interested),
            core=set(panel.core),
            quorum=panel.quorum,
        )
        decision = Decision.objects.create(
            item=item, case_id=item.case_id, outcome=outcome, reasons=reasons, dissent=dissent,
            decided_by_id=by.post, **as_labelled(item),
        )  # fmt: skip
        for one in actions:
            _agree(by, decision, one)
        audit.record(by=by, did="panels.decision.recorded", to=decision, why=reasons)
        return decision


def hold_meeting(*, by: Actor, meeting_id: UUID) -> Meeting:
    """Say that a meeting is over. Cases on the agenda without a decision count as deferred."""
    return _end(by, meeting_id, "hold")


def cancel_meeting(*, by: Actor, meeting_id: UUID) -> Meeting:
    """Call a meeting off. What was put forward stays with it and can be put forward again."""
    return _end(by, meeting_id, "cancel")


def _end(by: Actor, meeting_id: UUID, event: str) -> Meeting:
    with acting(by):
        duties.require(Duty.COORDINATE, Duty.CHAIR)
        meeting = reads.meeting_to_change(meeting_id)
        meeting.state = rules.next_state(MeetingState(meeting.state), event)
        meeting.held_at = timezone.now() if meeting.state == MeetingState.HELD else None
        meeting.save(update_fields=["state", "held_at"])
        audit.record(by=by, did=f"panels.meeting.{meeting.state}", to=meeting)
        return meeting


def _candidate(item: Item) -> Candidate:
    return Candidate(
        item=item.pk,
        deferred_before=reads.was_deferred(item.case_id),
        review_on=item.case.review_on,
        put_forward_at=item.put_forward_at,
    )


def _give(
    by: Actor, research: Research, item: Item, category: Category, said: tuple[str, str]
) -> None:
    text, strengths = said
    marking = Marking.SEALED if item.marking == Marking.SEALED else Marking.STANDARD
    told = Return(
        id=uuid4(), research=research, case_id=item.case_id, text=text, strengths=strengths,
        **labelled(by.agency, category, marking),
    )  # fmt: skip
    told.save(force_insert=True)
    sharing_services.disclose(
        by=by,
        circle_id=item.meeting.panel.circle_id,
        items=[told],
        terms=Terms(
            gateway=Gateway.PUBLIC_TASK,
            necessity=f"{item.meeting.panel.name} asked in order to decide.",
        ),
    )


def _agree(by: Actor, decision: Decision, wanted: NewAction) -> None:
    """Agree one action; whoever is to do it joins the team first, or could not see it."""
    case = cases.case(decision.case_id)
    on_team = sharing.members(case.circle_id).filter(post=wanted.who).exists()
    if not on_team and case.owner_id == by.agency:
        case_services.add_team_member(
            by=by, case_id=case.pk, post_id=wanted.who, part="action from the panel"
        )
    action = case_services.add_action(
        by=by, case_id=case.pk, says=wanted.says, who=wanted.who, due=wanted.due
    )
    AgreedAction.objects.create(
        decision=decision, case_id=case.pk, action=action, **as_labelled(decision)
    )


def _require_planned(meeting: Meeting) -> None:
    if meeting.state != MeetingState.PLANNED:
        raise Refused("panels.meeting_over", f"This meeting is {meeting.state}.")
