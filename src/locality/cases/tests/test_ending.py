"""Grading, closing, staying closed, starting again."""

from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from locality.cases import reads, services
from locality.cases.models import Action, Case, Need
from locality.cases.tests.given import TERMS, a_case, a_goal, an_action, graded
from locality.cases.words import ActionState, CaseState, Closing, Grade
from locality.intake import reads as intake_reads
from locality.intake import services as intake
from locality.intake.words import Matter, NewConcern, Stage, Told, Urgency
from locality.kit.errors import NotHere, Refused
from locality.sharing import reads as sharing
from locality.sharing.acting import acting
from locality.sharing.labels import as_labelled
from locality.sharing.words import Category, Marking
from tests.world import World, today


def closed(by, case: Case, tell: str = "") -> Case:
    return services.close_case(
        by=by, case_id=case.pk, closing=Closing.GOALS_MET, says="All is well.", tell=tell
    )


def test_every_goal_is_graded_before_a_case_closes(world: World):
    case = a_case(world.lead)
    goals = [a_goal(world.lead, case, says) for says in ("In school", "Asleep by ten")]
    for goal in goals:
        with pytest.raises(Refused) as refused:
            closed(world.lead, case)
        assert refused.value.code == "cases.goals_not_graded"
        graded(world.lead, goal)
    assert closed(world.lead, case).state == CaseState.CLOSED
    with acting(world.lead):
        assert sharing.circle(case.circle_id).closed_on == today()


def test_a_closed_case_stays_closed(world: World):
    case = a_case(world.lead, team_posts=(world.nurse.post,))
    goal, action = a_goal(world.lead, case), an_action(world.lead, case)
    graded(world.lead, goal)
    closed(world.lead, case)
    by, day, of = {"by": world.lead}, today(), {"by": world.lead, "case_id": case.pk}
    for change in (
        lambda: closed(world.lead, case),
        lambda: graded(world.lead, goal, Grade.REACHED),
        lambda: services.add_need(**of, heading="health", says="More."),
        lambda: services.add_goal(**by, need_id=goal.need_id, says="More."),
        lambda: services.meet_need(**by, need_id=goal.need_id),
        lambda: services.undo_need(**by, need_id=goal.need_id),
        lambda: services.edit_need(**by, need_id=goal.need_id, heading="health", says="Other."),
        lambda: services.edit_goal(**by, goal_id=goal.pk, says="Other."),
        lambda: an_action(world.lead, case),
        lambda: services.end_action(**by, action_id=action.pk, state=ActionState.DONE),
        lambda: services.undo_action(**by, action_id=action.pk),
        lambda: services.edit_case(**of, version=1, title="Other", why="Other"),
        lambda: services.hold_review(**of, held_on=day, says="Late."),
        lambda: services.add_team_member(**of, post_id=world.officer.post),
        lambda: services.remove_team_member(**of, post_id=world.nurse.post, why="Late."),
        lambda: services.hand_over(**of, post_id=world.specialist.post, why="Late."),
        lambda: services.disclose_case(**of, circle_id=case.circle_id, terms=TERMS),
    ):
        with pytest.raises(Refused) as refused:
            change()
        assert refused.value.code == "cases.closed"


def test_even_a_page_that_forgot_to_ask_cannot_change_a_closed_case(world: World):
    case = a_case(world.lead)
    action = an_action(world.lead, case)
    closed(world.lead, case)
    with acting(world.lead):
        assert Case.objects.filter(pk=case.pk).update(title="Other") == 0
        now = timezone.now()
        undone = Action.objects.filter(pk=action.pk)
        assert undone.update(state=ActionState.DONE, ended_at=now) == 0
        with pytest.raises(DatabaseError), transaction.atomic():
            Need.objects.create(
                case=case, heading="health", says="More.", made_by_id=world.lead.post,
                **as_labelled(case),
            )  # fmt: skip


def test_only_the_lead_agency_closes(world: World):
    case = a_case(world.lead, team_posts=(world.nurse.post,))
    with pytest.raises(Refused) as refused:
        closed(world.nurse, case)
    assert refused.value.code == "cases.lead_agency_only"


def test_started_again_it_is_a_new_episode_that_names_the_old_one(world: World):
    case = a_case(world.lead, team_posts=(world.nurse.post,))
    with pytest.raises(Refused):
        services.reopen_case(by=world.lead, case_id=case.pk, why="Again.")
    closed(world.lead, case)
    again = services.reopen_case(by=world.lead, case_id=case.pk, why="It started again.")
    assert (again.before_id, again.about, again.state) == (case.pk, case.about, CaseState.OPEN)
    with acting(world.lead):
        assert reads.case(case.pk).state == CaseState.CLOSED
        assert reads.later_episode(case.pk).pk == again.pk
        assert reads.reviews_due(world.lead.post, today()).count() == 0
    with acting(world.nurse), pytest.raises(NotHere):  # its team starts afresh
        reads.case(again.pk)
    with pytest.raises(Refused) as twice:
        services.reopen_case(by=world.lead, case_id=case.pk, why="Again.")
    assert twice.value.code == "cases.reopened_already"


def test_a_sealed_case_closes_to_its_lead_alone_who_may_start_again(world: World):
    case = a_case(
        world.specialist, marking=Marking.SEALED, category=Category.DOMESTIC_ABUSE,
        team_posts=(world.screener.post,),
    )  # fmt: skip
    closed(world.specialist, case)
    with acting(world.screener), pytest.raises(NotHere):
        reads.case(case.pk)
    assert services.reopen_case(by=world.specialist, case_id=case.pk, why="Again.").before_id


def a_concern(world: World) -> UUID:
    concern = NewConcern(
        urgency=Urgency.SOON, matter=Matter.LEARNING, text="Not in school since Monday.",
        noticed_on=today(), told=Told.AGREED, place_says="School",
    )  # fmt: skip
    return intake.raise_concern(by=world.teacher, concern=concern).pk


def told(world: World, concern: UUID) -> list[tuple[str, str]]:
    with acting(world.teacher):
        receipt = intake_reads.receipt(concern)
        return [(one.stage, one.says) for one in receipt.replies.all()]


def test_closing_tells_whoever_raised_the_concern(world: World):
    concern = a_concern(world)
    case = a_case(world.screener, lead_post=world.lead.post, concerns=(concern,))
    intake.tell_reporter(
        by=world.screener, concern_id=concern, stage=Stage.HELPING, helper=case.circle_id
    )
    closed(world.lead, case, tell="A family worker helped until June.")
    assert ("help has ended", "A family worker helped until June.") in told(world, concern)


def test_whoever_no_longer_sees_the_concern_closes_all_the_same(world: World):
    concern = a_concern(world)
    case = a_case(world.lead, concerns=(concern, uuid4()))
    assert closed(world.lead, case).state == CaseState.CLOSED
    assert not told(world, concern)


def test_the_lead_leaves_only_after_handing_over(world: World):
    case = a_case(world.lead)
    leave = {"by": world.lead, "case_id": case.pk, "post_id": world.lead.post, "why": "New job."}
    with pytest.raises(Refused):
        services.remove_team_member(**leave)
    services.hand_over(
        by=world.lead, case_id=case.pk, post_id=world.specialist.post, why="New job."
    )
    services.remove_team_member(**leave)
    with acting(world.specialist):
        (member,) = sharing.members(case.circle_id)
        assert member.post_id == reads.case(case.pk).lead_id == world.specialist.post


def test_figures_count_only_what_the_actor_may_see(world: World):
    with acting(world.lead):
        before = reads.counts(today(), today())
    case = a_case(world.lead)
    graded(world.lead, a_goal(world.lead, case), Grade.REACHED)
    closed(world.lead, case)
    with acting(world.lead):
        after = reads.counts(today(), today())
    with acting(world.stranger):
        assert set(reads.counts(today(), today()).values()) == {0}
    grown = {name: after[name] - before[name] for name in after if after[name] != before[name]}
    assert grown == {"cases opened": 1, "cases closed": 1, "goals graded reached": 1}
