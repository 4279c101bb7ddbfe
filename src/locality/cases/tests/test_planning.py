"""The plan: who may write in it, what is done, what may be undone."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from locality.cases import reads, services
from locality.cases.models import Action
from locality.cases.tests.given import a_case, a_goal, an_action
from locality.cases.words import ActionState
from locality.kit.errors import NotHere, Refused
from locality.pathways import catalogue
from locality.sharing.acting import acting
from tests.world import World, today


def test_a_partner_on_the_team_writes_in_the_plan_and_all_of_the_team_sees_it(world: World):
    case = a_case(world.lead, team_posts=(world.nurse.post, world.officer.post))
    goal = a_goal(world.nurse, case)
    action = an_action(world.officer, case, goal_id=goal.pk)
    for by in (world.lead, world.nurse, world.officer):
        with acting(by):
            (need,) = reads.plan(case.pk)
            (shown,) = need.goals.all()
            assert [one.pk for one in shown.actions.all()] == [action.pk]
    assert (action.owner_id, action.label_id) == (case.owner_id, case.label_id)


def test_nobody_is_given_an_action_they_would_not_see(world: World):
    case = a_case(world.lead)
    with pytest.raises(Refused) as refused:
        an_action(world.lead, case, who=world.nurse.post)
    assert refused.value.code == "cases.not_on_the_team"


def test_an_action_serves_a_goal_of_its_own_case(world: World):
    case, other = a_case(world.lead), a_case(world.lead)
    goal = a_goal(world.lead, other)
    with pytest.raises(NotHere):
        an_action(world.lead, case, goal_id=goal.pk)


def test_an_action_ends_once_and_may_be_undone_for_ten_minutes(world: World):
    case = a_case(world.lead)
    action = an_action(world.lead, case)
    end = {"by": world.lead, "action_id": action.pk, "state": ActionState.DONE}
    services.end_action(**end, result="They will ring back.")
    with pytest.raises(Refused) as twice:
        services.end_action(**end)
    assert twice.value.code == "cases.action_ended"
    undone = services.undo_action(by=world.lead, action_id=action.pk)
    assert (undone.state, undone.ended_at) == (ActionState.TO_DO, None)
    assert undone.result == "They will ring back."


def test_after_ten_minutes_it_stays_done(world: World):
    case = a_case(world.lead)
    action = an_action(world.lead, case)
    with acting(world.lead):
        Action.objects.filter(pk=action.pk).update(
            state=ActionState.DONE, ended_at=timezone.now() - timedelta(minutes=11)
        )
    with pytest.raises(Refused) as late:
        services.undo_action(by=world.lead, action_id=action.pk)
    assert late.value.code == "cases.too_late_to_undo"


def test_a_review_sets_the_day_of_the_next(world: World):
    case = a_case(world.lead)
    services.hold_review(
        by=world.lead, case_id=case.pk, held_on=today(), says="Better.", next_on=None
    )
    with acting(world.lead):
        assert reads.case(case.pk).review_on is None
        assert [one.says for one in reads.reviews(case.pk)] == ["Better."]


def test_what_is_due_waits_for_whoever_does_it(world: World):
    case = a_case(world.lead, team_posts=(world.nurse.post,), review_on=today())
    an_action(world.lead, case, who=world.nurse.post, due=today() - timedelta(days=1))
    an_action(world.lead, case, who=world.nurse.post, due=today() + timedelta(days=8))
    with acting(world.nurse):
        (mine,) = reads.to_do(world.nurse)
        assert (mine.kind, mine.overdue) == ("action", True)
    with acting(world.lead):
        assert [one.kind for one in reads.to_do(world.lead)] == ["review"]


def test_a_need_is_filed_under_any_heading_of_the_catalogue_and_no_other(world: World):
    case = a_case(world.lead)
    with pytest.raises(Refused):
        services.add_need(by=world.lead, case_id=case.pk, heading="happiness", says="More.")
    for key in catalogue.need_names():
        assert services.add_need(by=world.lead, case_id=case.pk, heading=key, says=key).pk


def test_a_met_need_stays_met(world: World):
    goal = a_goal(world.lead, a_case(world.lead))
    first = services.meet_need(by=world.lead, need_id=goal.need_id).met_at
    assert services.meet_need(by=world.lead, need_id=goal.need_id).met_at == first


def test_what_does_not_exist_is_not_here(world: World):
    for ask in (reads.case, reads.need, reads.goal, reads.action, reads.note, reads.request):
        with acting(world.lead), pytest.raises(NotHere):
            ask(uuid4())
