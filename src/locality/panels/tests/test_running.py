"""Who runs a panel, how long it sees a case, and what stays as it was decided."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from locality.cases import reads as cases
from locality.kit.errors import NotHere, Refused
from locality.panels import reads, services
from locality.panels.models import Meeting
from locality.panels.tests.given import (
    TERMS,
    a_case,
    decide,
    forward,
    on_agenda,
    sees,
    sit,
)
from locality.panels.words import Held, Listed, MeetingState, NewAction, Outcome
from locality.sharing import reads as sharing
from locality.sharing.acting import acting
from locality.sharing.words import Category
from tests.world import today


def test_a_chair_of_another_agency_runs_the_panel_from_end_to_end(world, meeting):
    item = on_agenda(world, meeting)
    chair = world.chair  # of the police; the council runs the panel
    services.build_agenda(by=chair, meeting_id=meeting.pk)
    services.ask_research(by=chair, item_id=item.pk)
    who = [world.coordinator.post, chair.post, world.nurse.post]
    services.mark_present(by=chair, meeting_id=meeting.pk, post_ids=who)
    decision = decide(chair, item, actions=[NewAction("Ring.", world.nurse.post, today())])
    action = NewAction("Ring again.", world.landlord.post, today())
    services.agree_action(by=chair, decision_id=decision.pk, action=action)
    assert services.hold_meeting(by=chair, meeting_id=meeting.pk).state == MeetingState.HELD


def test_a_coordinator_who_does_not_sit_on_a_panel_does_not_run_it(world, meeting):
    other = world.new_actor("council", "coordinator")
    for attempt in (
        lambda: services.build_agenda(by=other, meeting_id=meeting.pk),
        lambda: services.hold_meeting(by=other, meeting_id=meeting.pk),
        lambda: services.plan_meeting(
            by=other, panel_id=meeting.panel_id, starts_at=timezone.now()
        ),
    ):
        with pytest.raises(Refused, match="do not sit on"):
            attempt()


def test_a_panel_is_run_only_for_its_own_purpose(world, panel, meeting):
    other = replace(world.coordinator, purpose="crime prevention")
    with acting(other):
        assert not reads.panels_of(other) and not reads.sits_on(panel, other)
    for attempt in (
        lambda: services.plan_meeting(by=other, panel_id=panel.pk, starts_at=timezone.now()),
        lambda: services.cancel_meeting(by=other, meeting_id=meeting.pk),
    ):
        with pytest.raises(Refused, match="another purpose"):
            attempt()


def test_whoever_leads_a_case_puts_it_forward_without_sitting_on_the_panel(world, meeting):
    lead = world.new_actor("council", "case_lead")
    item = forward(lead, a_case(lead), meeting)
    with acting(world.nurse):
        assert reads.item(item.pk).question == "Is the plan right?"


def test_a_case_is_not_put_forward_for_another_purpose(world, meeting):
    lead = world.new_actor("council", "case_lead", purpose="crime prevention")
    with pytest.raises(Refused, match="another purpose"):
        forward(lead, a_case(lead), meeting)


def test_the_panel_sees_a_case_and_what_was_returned_until_the_day_it_was_told(world, meeting):
    case, last = a_case(world.lead), today() + timedelta(days=20)
    item = services.put_forward(
        by=world.lead, case_id=case.pk, meeting_id=meeting.pk, question="?",
        terms=replace(TERMS, until=last),
    )  # fmt: skip
    services.ask_research(by=world.coordinator, item_id=item.pk)
    with acting(world.nurse):
        (asked,) = reads.research_for(world.nurse.agency)
    services.return_research(by=world.nurse, research_id=asked.pk, held=Held.FOUND, text="Seen.")
    with acting(world.coordinator):
        told = reads.returns(item.pk)[asked.pk]
        circle = meeting.panel.circle_id
        for kind, row in (("cases.case", case.pk), ("panels.return", told.pk)):
            (shown,) = sharing.items_disclosed_to(circle, kind).filter(item=row)
            assert shown.until == last


def test_putting_a_case_forward_again_lengthens_what_the_panel_sees(world, meeting):
    case = a_case(world.lead)
    later = services.plan_meeting(
        by=world.coordinator, panel_id=meeting.panel_id,
        starts_at=timezone.now() + timedelta(days=40),
    )  # fmt: skip
    for one, days in ((meeting, 10), (later, 50)):
        terms = replace(TERMS, until=today() + timedelta(days=days))
        item = services.put_forward(
            by=world.lead, case_id=case.pk, meeting_id=one.pk, question="?", terms=terms
        )
    with acting(world.chair):
        assert reads.shown_until(reads.item(item.pk)) == today() + timedelta(days=50)


def test_what_was_deferred_or_not_reached_comes_first_next_time(world, meeting):
    soon = [on_agenda(world, meeting, review_on=today() + timedelta(days=60)) for _ in range(2)]
    sit(world, meeting, "coordinator", "chair", "nurse")
    decide(world.coordinator, soon[0], outcome=Outcome.DEFER)
    services.hold_meeting(by=world.coordinator, meeting_id=meeting.pk)
    later = services.plan_meeting(
        by=world.coordinator, panel_id=meeting.panel_id,
        starts_at=timezone.now() + timedelta(days=30),
    )  # fmt: skip
    with acting(world.lead):
        due = reads.due_cases(later, world.lead)
        assert {one.case.pk for one in due if one.put_off} == {one.case_id for one in soon}
    forward(world.lead, a_case(world.lead, review_on=today() - timedelta(days=1)), later)
    for one in soon:
        with acting(world.lead):
            case = cases.case(one.case_id)
        forward(world.lead, case, later)
    services.build_agenda(by=world.coordinator, meeting_id=later.pk)
    with acting(world.coordinator):
        assert {one.case_id for one in reads.agenda(later.pk)} == {one.case_id for one in soon}


def test_a_case_that_is_not_on_the_agenda_is_not_decided(world, meeting):
    item = forward(world.lead, a_case(world.lead), meeting)
    sit(world, meeting, "coordinator", "chair", "nurse")
    with pytest.raises(Refused, match="Put it on the agenda first"):
        decide(world.coordinator, item)
    services.choose(by=world.chair, item_id=item.pk, listed=Listed.NOT_SELECTED, why="Too early.")
    with pytest.raises(Refused, match="Put it on the agenda first"):
        services.ask_research(by=world.coordinator, item_id=item.pk)


def test_what_is_decided_stays_on_the_agenda(world, meeting):
    first = on_agenda(world, meeting, review_on=today() + timedelta(days=60))
    sit(world, meeting, "coordinator", "chair", "nurse")
    decide(world.coordinator, first)
    with pytest.raises(Refused, match="has decided"):
        services.choose(by=world.chair, item_id=first.pk, listed=Listed.NOT_SELECTED, why="No.")
    for _ in range(2):
        on_agenda(world, meeting, review_on=today() - timedelta(days=5))
    with acting(world.coordinator):
        listed = list(reads.agenda(meeting.pk))
        assert listed[0].pk == first.pk and [one.order for one in listed] == [1, 2]
        assert reads.not_selected(meeting.pk).count() == 1


def test_the_same_decision_sent_twice_is_one_decision(world, meeting):
    item = on_agenda(world, meeting)
    sit(world, meeting, "coordinator", "chair", "nurse")
    action = NewAction("Visit.", world.nurse.post, today())
    assert len({decide(world.chair, item, actions=[action]).pk for _ in range(2)}) == 1
    decision = decide(world.chair, item, reasons="On second thoughts.", actions=[action])
    agreed = {
        services.agree_action(by=world.chair, decision_id=decision.pk, action=action).pk
        for _ in range(2)
    }
    assert len(agreed) == 1
    with acting(world.chair):
        assert reads.decided(item.pk).count() == 2


def test_an_answer_comes_once_before_the_end_and_from_somebody_cleared(world, meeting):
    item = on_agenda(world, meeting)
    made = services.ask_research(by=world.coordinator, item_id=item.pk)
    mine = next(one for one in made if one.agency_id == world.landlord.agency)
    answer = {"by": world.landlord, "research_id": mine.pk}
    with pytest.raises(Refused, match="not cleared"):
        services.return_research(
            held=Held.FOUND, text="x", category=Category.MENTAL_HEALTH, **answer
        )
    with acting(world.landlord):
        assert reads.research(mine.pk).held == Held.WAITING
    services.return_research(held=Held.NOTHING, **answer)
    with pytest.raises(Refused, match="answered this already"):
        services.return_research(held=Held.NOTHING, **answer)
    services.hold_meeting(by=world.coordinator, meeting_id=meeting.pk)
    late = next(one for one in made if one.agency_id == world.nurse.agency)
    with pytest.raises(Refused, match="meeting is held"):
        services.return_research(by=world.nurse, research_id=late.pk, held=Held.NOTHING)


def test_an_agency_is_asked_and_answers_only_for_the_panel_s_own_purpose(world, meeting):
    item = on_agenda(world, meeting)
    made = services.ask_research(by=world.coordinator, item_id=item.pk)
    mine = next(one for one in made if one.agency_id == world.lead.agency)
    other = world.new_actor("council", "case_lead", purpose="crime prevention")
    with acting(other):
        assert not [one for one in reads.to_do(other) if one.kind == "research"]
    with pytest.raises((Refused, NotHere)):
        services.return_research(by=other, research_id=mine.pk, held=Held.NOTHING)
    with acting(world.lead):
        assert reads.research(mine.pk).held == Held.WAITING
        assert [one for one in reads.to_do(world.lead) if one.kind == "research"]


def test_one_declares_an_interest_of_ones_own_and_only_on_ones_panel(world, meeting):
    item = on_agenda(world, meeting)
    with pytest.raises(Refused, match="may coordinate a panel"):
        services.declare_interest(
            by=world.nurse, item_id=item.pk, post_id=world.landlord.post, why="Kin."
        )
    with pytest.raises(Refused, match="sit on the panel"):
        services.declare_interest(
            by=world.coordinator, item_id=item.pk, post_id=world.officer.post, why="Kin."
        )
    services.declare_interest(by=world.nurse, item_id=item.pk, post_id=world.nurse.post, why="Kin.")
    assert not sees(world.nurse, item.case_id)


def test_a_meeting_that_is_over_stays_over_whatever_is_tried(world, meeting):
    services.hold_meeting(by=world.coordinator, meeting_id=meeting.pk)
    for end in (services.hold_meeting, services.cancel_meeting):
        with pytest.raises(Refused, match="meeting is held"):
            end(by=world.coordinator, meeting_id=meeting.pk)
    with acting(world.coordinator):
        assert not Meeting.objects.filter(pk=meeting.pk).update(state=MeetingState.PLANNED)


def test_only_whoever_runs_a_panel_is_told_to_close_a_meeting(world, meeting):
    with acting(world.coordinator):
        past = timezone.now() - timedelta(days=1)
        Meeting.objects.filter(pk=meeting.pk).update(starts_at=past)
        (wanted,) = [one for one in reads.to_do(world.coordinator) if one.kind == "panel"]
        assert wanted.overdue and wanted.verb == "Close the meeting"
    with acting(world.nurse):
        assert not [one for one in reads.to_do(world.nurse) if one.kind == "panel"]
