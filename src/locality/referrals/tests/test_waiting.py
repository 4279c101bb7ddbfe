"""What waits for whom, and the figures for the board: under each one's own rights."""

from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from locality.cases import reads as case_reads
from locality.cases import services as cases
from locality.cases.words import Grade
from locality.referrals import reads, services
from locality.referrals.models import Referral
from locality.referrals.tests.given import a_case, a_goal, an_offer, new_referral, over, under_way
from locality.referrals.words import Declined, StepState
from locality.sharing.acting import acting
from tests.world import World, today

ALWAYS = {"now": today() - timedelta(days=1), "then": today() + timedelta(days=1)}


def waiting(by) -> list:
    with acting(by):
        return reads.to_do(by)


def figures(by) -> dict[str, int]:
    with acting(by):
        return reads.counts(ALWAYS["now"], ALWAYS["then"])


def steps_of(world: World, one: Referral) -> list:
    with acting(world.lead):
        return list(reads.steps(one.pk))


def test_an_offer_waits_for_the_provider_alone(world: World):
    one = an_offer(world)
    (todo,) = waiting(world.mentor)
    assert "Ash Fielding" in todo.says and todo.url_args == (one.pk,) and not todo.overdue
    assert todo.due == one.answer_by
    for other in (world.lead, world.nurse, world.stranger, world.teacher):
        assert waiting(other) == []


def test_a_step_waits_for_its_worker_and_then_the_end_report_does(world: World):
    one = under_way(world)
    for _ in range(20):
        step = next((s for s in steps_of(world, one) if s.state == StepState.TO_DO), None)
        if step is None:
            break
        then = "" if step.key != "review" else "ending"
        services.end_step(by=world.mentor, step_id=step.pk, state=StepState.DONE, then=then)
    (todo,) = waiting(world.mentor)
    assert todo.url_name == "referrals:end"
    over(world, one)
    assert waiting(world.mentor) == []


def test_a_step_due_soon_waits_with_its_name(world: World):
    under_way(world)
    (todo,) = waiting(world.mentor)
    assert todo.url_name == "referrals:step" and "Choose a mentor" in todo.says


def test_what_came_back_waits_for_whoever_offered_until_they_tried_again(world: World):
    one = an_offer(world)
    services.decline(by=world.mentor, referral_id=one.pk, declined=Declined.FULL)
    (todo,) = waiting(world.lead)
    assert "no capacity now" in todo.says and todo.verb == "Choose another way"
    with acting(world.lead):
        case = case_reads.case(one.case_id)
    services.offer(by=world.lead, referral=new_referral(world, case, None))
    assert waiting(world.lead) == []


def test_an_ended_referral_waits_until_a_human_graded_the_goal(world: World):
    one = over(world, under_way(world))
    (todo,) = waiting(world.lead)
    assert "mostly reached" in todo.says
    cases.grade_goal(by=world.lead, goal_id=one.goal_id, grade=Grade.REACHED, says="He says so.")
    assert waiting(world.lead) == []


def test_the_figures_add_up_and_each_sees_their_own(world: World):
    under_way(world)
    over(world, under_way(world))
    services.decline(by=world.mentor, referral_id=an_offer(world).pk, declined=Declined.FULL)
    an_offer(world)
    told = figures(world.lead)
    assert told["referrals offered"] == 4 and told["referrals accepted"] == 2
    assert told["referrals declined: no capacity now"] == 1
    assert told["referrals ended: mostly reached"] == 1
    assert told["median working days to answer"] == 0
    assert figures(world.mentor)["referrals offered"] == 3  # the declined one is gone for them
    nothing = figures(world.stranger)
    assert sum(nothing.values()) == 0 and "median working days to answer" not in nothing


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.sampled_from(["offer", "accept", "decline", "end", "withdraw"]), max_size=4))
def test_every_answer_counted_was_offered(world: World, kinds: list[str]):
    before = figures(world.lead)
    for kind in kinds:
        one = an_offer(world, case=_new_case(world))
        if kind in ("accept", "end", "withdraw"):
            services.accept(by=world.mentor, referral_id=one.pk, worker=world.mentor.post)
        if kind == "decline":
            services.decline(by=world.mentor, referral_id=one.pk, declined=Declined.FULL)
        if kind == "end":
            over(world, one)
        if kind == "withdraw":
            services.withdraw(by=world.lead, referral_id=one.pk, why="Moved.")
    after = figures(world.lead)
    new = {name: after[name] - before.get(name, 0) for name in after if "median" not in name}
    declined = sum(n for name, n in new.items() if "declined" in name)
    ended = sum(n for name, n in new.items() if "ended" in name)
    assert new["referrals offered"] == len(kinds)
    assert new["referrals accepted"] + declined <= len(kinds)
    assert ended <= new["referrals accepted"]


def _new_case(world: World):
    case = a_case(world.lead)
    a_goal(world.lead, case)
    return case
