"""A panel's work against the real database and its real policies."""

from datetime import timedelta

import pytest
from django.utils import timezone

from locality.cases import reads as cases
from locality.kit.errors import Refused
from locality.panels import reads, services
from locality.panels.models import Decision, Panel
from locality.panels.tests.given import (
    a_case,
    a_panel,
    decide,
    forward,
    on_agenda,
    sees,
    sit,
)
from locality.panels.words import Held, Listed, MeetingState, NewAction
from locality.sharing import audit
from locality.sharing.acting import acting
from locality.sharing.words import Category
from tests.world import today


def test_putting_a_case_forward_shows_it_to_the_panel_and_to_nobody_else(world, meeting):
    case = a_case(world.lead)
    assert not sees(world.nurse, case.pk)
    forward(world.lead, case, meeting)
    assert sees(world.nurse, case.pk) and sees(world.chair, case.pk)
    assert not sees(world.officer, case.pk) and not sees(world.stranger, case.pk)


def test_the_same_case_put_forward_twice_is_one_item(world, meeting):
    case = a_case(world.lead)
    assert forward(world.lead, case, meeting).pk == forward(world.lead, case, meeting).pk


def test_what_does_not_fit_is_listed_with_the_reason(world, meeting):
    for days in (30, 1, 2):
        forward(world.lead, a_case(world.lead, review_on=today() + timedelta(days=days)), meeting)
    services.build_agenda(by=world.coordinator, meeting_id=meeting.pk)
    with acting(world.coordinator):
        assert reads.agenda(meeting.pk).count() == 2
        (left,) = reads.not_selected(meeting.pk)
        assert "holds 2 cases" in left.not_selected_why
        assert left.case.review_on == today() + timedelta(days=30)


def test_each_agency_is_asked_once_and_its_answer_shows_to_the_panel(world, meeting):
    item = on_agenda(world, meeting)
    services.ask_research(by=world.coordinator, item_id=item.pk)
    services.ask_research(by=world.coordinator, item_id=item.pk)
    with acting(world.nurse):
        (asked,) = reads.research_for(world.agencies["health"])
    services.return_research(
        by=world.nurse, research_id=asked.pk, held=Held.FOUND, text="Seen twice this year.",
        category=Category.SOCIAL_CARE,
    )  # fmt: skip
    for reader in (world.coordinator, world.chair):
        with acting(reader):
            assert reads.returns(item.pk)[asked.pk].text == "Seen twice this year."


def test_one_agency_does_not_answer_for_another(world, meeting):
    item = on_agenda(world, meeting)
    made = services.ask_research(by=world.coordinator, item_id=item.pk)
    (for_police,) = [one for one in made if one.agency_id == world.agencies["police"]]
    with pytest.raises(Refused, match="was asked, not your agency"):
        services.return_research(by=world.nurse, research_id=for_police.pk, held=Held.NOTHING)


def test_a_decision_needs_a_quorum(world, meeting):
    item = on_agenda(world, meeting)
    sit(world, meeting, "coordinator", "nurse", "landlord")  # police, a core agency, are not there
    with pytest.raises(Refused, match="must be there"):
        decide(world.coordinator, item)
    with acting(world.coordinator):
        assert not reads.decided(item.pk).exists()


def test_whoever_has_an_interest_does_not_count_and_no_longer_sees_the_case(world, meeting):
    item = on_agenda(world, meeting)
    sit(world, meeting, "coordinator", "chair", "nurse")
    services.declare_interest(
        by=world.coordinator, item_id=item.pk, post_id=world.nurse.post, why="A relative."
    )
    assert not sees(world.nurse, item.case_id)
    with pytest.raises(Refused, match="cannot decide"):
        decide(world.coordinator, item)


def test_a_decision_keeps_dissent_and_its_actions_land_with_whoever_does_them(world, meeting):
    item = on_agenda(world, meeting)
    sit(world, meeting, "coordinator", "chair", "nurse", "landlord")
    decision = decide(
        world.coordinator, item, dissent="Housing would wait.",
        actions=[NewAction("Visit with the family.", world.nurse.post, today())],
    )  # fmt: skip
    with acting(world.nurse):
        (action,) = cases.actions_of(world.nurse.post)
        assert action.says == "Visit with the family."
        assert [one.action_id for one in decision.actions.all()] == [action.pk]
    with acting(world.chair):
        assert reads.decided(item.pk).get().dissent == "Housing would wait."


def test_a_decision_cannot_be_rewritten(world, meeting):
    item = on_agenda(world, meeting)
    sit(world, meeting, "coordinator", "chair", "nurse")
    decision = decide(world.coordinator, item)
    with pytest.raises(Exception, match="permission denied"), acting(world.coordinator):
        Decision.objects.filter(pk=decision.pk).update(reasons="Something else.")


def test_a_meeting_that_is_over_decides_nothing_more(world, meeting):
    item = on_agenda(world, meeting)
    sit(world, meeting, "coordinator", "chair", "nurse")
    services.hold_meeting(by=world.coordinator, meeting_id=meeting.pk)
    with acting(world.coordinator):
        assert reads.meeting(meeting.pk).state == MeetingState.HELD
    with pytest.raises(Refused, match="meeting is held"):
        decide(world.coordinator, item)


def test_leaving_a_case_off_by_hand_says_why(world, meeting):
    item = on_agenda(world, meeting)
    with pytest.raises(Refused, match="Say why"):
        services.choose(by=world.coordinator, item_id=item.pk, listed=Listed.NOT_SELECTED, why=" ")


def test_a_practitioner_does_not_run_a_panel(world, panel):
    with pytest.raises(Refused, match="may coordinate a panel or chair a panel"):
        services.plan_meeting(
            by=world.lead, panel_id=panel.pk, starts_at=timezone.now() + timedelta(days=3)
        )


def test_when_the_audit_entry_fails_nothing_is_decided(world, meeting, monkeypatch):
    item = on_agenda(world, meeting)
    sit(world, meeting, "coordinator", "chair", "nurse")
    real = audit.record

    def fails(**said):
        if said["did"] == "panels.decision.recorded":
            raise OSError("the disk is full")
        real(**said)

    monkeypatch.setattr(audit, "record", fails)
    with pytest.raises(OSError, match="full"):
        decide(world.coordinator, item, actions=[NewAction("x", world.nurse.post, today())])
    with acting(world.coordinator):
        assert not reads.decided(item.pk).exists()
        assert not cases.actions_of(world.nurse.post).exists()


def test_two_panels_do_not_see_each_others_cases(world, meeting):
    on_agenda(world, meeting)
    other: Panel = a_panel(world)
    with acting(world.chair):
        assert reads.next_meeting(other.pk) is None
