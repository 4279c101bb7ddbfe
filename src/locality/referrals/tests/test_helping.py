"""Saying yes or no, steps, sessions and the end; who sees what afterwards."""

from datetime import timedelta

import pytest

from locality.cases.words import Grade
from locality.kit.dates import england_and_wales, is_working_day
from locality.kit.errors import NotHere, Refused
from locality.people.models import Record
from locality.referrals import reads, services
from locality.referrals.models import Referral, Session, Step
from locality.referrals.tests.given import (
    a_case,
    a_report,
    a_session,
    an_offer,
    over,
    under_way,
)
from locality.referrals.words import Attendance, Declined, ReferralState, StepState
from locality.sharing.acting import acting
from locality.sharing.models import AuditEntry, Circle
from tests.world import World, today


def sees(by, one) -> bool:
    with acting(by):
        shown = [model.objects.exists() for model in (Referral, Record, Step, Session)]
        return any(shown) or Circle.objects.filter(pk=one.circle_id).exists()


def steps_of(world, one) -> list[Step]:
    with acting(world.lead):
        return list(reads.steps(one.pk))


def test_saying_yes_names_a_worker_and_starts_the_first_clock(world: World):
    one = under_way(world)
    assert one.state == ReferralState.ACCEPTED and one.worker_id == world.mentor.post
    (first,) = steps_of(world, one)
    assert first.key == "match" and first.state == StepState.TO_DO
    assert is_working_day(first.due, england_and_wales()) and first.due > today()


def test_the_worker_is_one_of_the_providers_people_who_may_see_it(world: World):
    one = an_offer(world)
    joined_later = world.new_actor("mentors", "provider")
    for other in (world.nurse, joined_later):
        with pytest.raises(Refused) as no:
            services.accept(by=world.mentor, referral_id=one.pk, worker=other.post)
        assert no.value.code == "referrals.not_a_worker"
    services.let_in(by=world.lead, referral_id=one.pk)
    services.accept(by=world.mentor, referral_id=one.pk, worker=joined_later.post)
    assert sees(joined_later, one)


def test_after_declining_the_provider_sees_nothing_more(world: World):
    one = an_offer(world)
    assert sees(world.mentor, one)
    services.decline(by=world.mentor, referral_id=one.pk, declined=Declined.FULL)
    assert not sees(world.mentor, one)
    with acting(world.lead):
        assert reads.referral(one.pk).declined == Declined.FULL


def test_within_the_same_transaction_it_is_gone_too(world: World):
    one = an_offer(world)
    with acting(world.mentor):
        services.decline(by=world.mentor, referral_id=one.pk, declined=Declined.FULL)
        assert not Referral.objects.exists() and not Record.objects.exists()


@pytest.mark.parametrize("declined", [Declined.NOT_RIGHT, Declined.NOT_ENOUGH, Declined.OTHER])
def test_a_reason_that_helps_nobody_wants_words(world: World, declined):
    one = an_offer(world)
    with pytest.raises(Refused) as no:
        services.decline(by=world.mentor, referral_id=one.pk, declined=declined, says=" ")
    assert no.value.code == "referrals.say_more"
    services.decline(
        by=world.mentor, referral_id=one.pk, declined=declined, says="Ask the college."
    )


def test_after_taking_it_back_the_provider_sees_nothing_more(world: World):
    for begin in (an_offer, under_way):
        one = begin(world)
        with pytest.raises(Refused):
            services.withdraw(by=world.lead, referral_id=one.pk, why=" ")
        services.withdraw(by=world.lead, referral_id=one.pk, why="They moved away.")
        assert not sees(world.mentor, one)
        assert not any(step.state == StepState.TO_DO for step in steps_of(world, one))


def test_after_the_end_access_ends_on_the_stated_day(world: World):
    one = over(world, under_way(world))
    assert one.access_until == today() + timedelta(days=28)
    assert sees(world.mentor, one)
    for last_day, still in ((today(), True), (today() - timedelta(days=1), False)):
        the_day_comes(world, one, last_day)
        assert sees(world.mentor, one) is still


def the_day_comes(world: World, one: Referral, last_day) -> None:
    """As if the circle's last day had been set so many days ago."""
    with acting(world.lead):
        Circle.objects.filter(pk=one.circle_id).update(closed_on=last_day)


def test_nobody_can_make_access_last_longer(world: World):
    one = over(world, under_way(world))
    with acting(world.mentor):
        Referral.objects.filter(pk=one.pk).update(access_until=today() + timedelta(days=900))
    with acting(world.lead):
        assert Circle.objects.get(pk=one.circle_id).closed_on == today() + timedelta(days=28)


def test_only_the_provider_answers_and_only_the_referrer_takes_back(world: World):
    one = an_offer(world, case=a_case(world.lead, team_posts=(world.nurse.post,)))
    ours = world.new_actor("council", "provider")  # may provide, but was not asked
    worker = world.mentor.post
    attempts = {
        "provider_only": [
            lambda: services.accept(by=ours, referral_id=one.pk, worker=worker),
            lambda: services.decline(by=ours, referral_id=one.pk, declined=Declined.FULL),
            lambda: services.accept(by=world.lead, referral_id=one.pk, worker=worker),
        ],
        "referrer_only": [
            lambda: services.withdraw(by=world.mentor, referral_id=one.pk, why="No."),
            lambda: services.withdraw(by=world.nurse, referral_id=one.pk, why="No."),
            lambda: services.let_in(by=world.nurse, referral_id=one.pk),
        ],
    }
    for code, tried in attempts.items():
        for attempt in tried:
            with pytest.raises(Refused) as no:
                attempt()
            assert no.value.code == f"referrals.{code}"
    with acting(world.lead):
        assert reads.referral(one.pk).state == ReferralState.OFFERED


def test_whoever_does_not_see_it_can_do_nothing(world: World):
    one = under_way(world)
    (step,) = steps_of(world, one)
    for by in (world.stranger, world.nurse, world.new_actor("housing", "provider")):
        for attempt in (
            lambda by=by: services.decline(by=by, referral_id=one.pk, declined=Declined.FULL),
            lambda by=by: services.end_step(by=by, step_id=step.pk, state=StepState.DONE),
            lambda by=by: services.withdraw(by=by, referral_id=one.pk, why="No."),
        ):
            with pytest.raises(NotHere):
                attempt()


def test_a_step_done_begins_the_next_with_its_own_clock(world: World):
    one = under_way(world)
    (first,) = steps_of(world, one)
    services.end_step(by=world.mentor, step_id=first.pk, state=StepState.DONE, says="Cole.")
    first, second = steps_of(world, one)
    assert (first.state, second.key, second.due) == ("done", "meet", today() + timedelta(days=14))


def test_a_step_may_lead_back_to_itself_and_on_to_an_end(world: World):
    one = under_way(world)
    for then in ("meet", "own goal", "review", "review", "ending", "completed"):
        step = next(step for step in steps_of(world, one) if step.state == StepState.TO_DO)
        services.end_step(by=world.mentor, step_id=step.pk, state=StepState.DONE, then=then)
    done = steps_of(world, one)
    assert [step.key for step in done].count("review") == 2
    assert all(step.state == StepState.DONE for step in done)


def test_a_step_not_taken_says_why_and_one_ended_stays_ended(world: World):
    one = under_way(world)
    (step,) = steps_of(world, one)
    with pytest.raises(Refused):
        services.end_step(by=world.mentor, step_id=step.pk, state=StepState.SKIPPED)
    with pytest.raises(Refused):
        services.end_step(by=world.mentor, step_id=step.pk, state=StepState.DONE, then="review")
    services.end_step(by=world.mentor, step_id=step.pk, state=StepState.SKIPPED, says="Known.")
    with pytest.raises(Refused) as no:
        services.end_step(by=world.mentor, step_id=step.pk, state=StepState.DONE)
    assert no.value.code == "referrals.step_ended" and "Cole Bexter" in no.value.reason
    assert len(steps_of(world, one)) == 2


def test_a_session_written_down_twice_is_one_session(world: World):
    one = under_way(world)
    assert a_session(world, one) == a_session(world, one)
    a_session(world, one, attendance=Attendance.MISSED, says="")
    with acting(world.lead):
        assert reads.sessions(one.pk).count() == 2


@pytest.mark.parametrize("days", [-400, 1])
def test_a_session_is_not_before_the_offer_nor_still_to_come(world: World, days):
    one = under_way(world)
    with pytest.raises(Refused) as no:
        a_session(world, one, held_on=today() + timedelta(days=days))
    assert no.value.code == "referrals.not_that_day"


def test_before_yes_and_after_the_end_nothing_is_written_down(world: World):
    for one in (an_offer(world), over(world, under_way(world))):
        with pytest.raises(Refused) as no:
            a_session(world, one)
        assert no.value.code == "referrals.not_under_way"


def test_the_end_says_how_how_far_and_reports_under_every_heading(world: World):
    one = under_way(world)
    with pytest.raises(Refused) as no:
        over(world, one, end_report={**a_report(), "What we did together": " "})
    assert no.value.code == "referrals.report_not_whole"
    with pytest.raises(Refused):
        over(world, one, how="won the lottery")
    ended = over(world, one, grade=Grade.PARTLY)
    assert [part["heading"] for part in ended.end_report] == list(a_report())
    assert ended.their_view == "He turned up."
    assert not any(step.state == StepState.TO_DO for step in steps_of(world, one))


def test_the_end_grades_no_goal_a_human_does(world: World):
    one = over(world, under_way(world), grade=Grade.REACHED)
    with acting(world.lead):
        assert reads.goal_of(one).grade == ""


def test_the_worker_can_be_changed_and_the_old_one_still_sees_it(world: World):
    second = world.new_actor("mentors", "provider")
    one = under_way(world)
    changed = services.hand_over(
        by=world.mentor, referral_id=one.pk, worker=second.post, why="On leave."
    )
    assert changed.worker_id == second.post
    with pytest.raises(Refused):
        services.hand_over(by=world.mentor, referral_id=one.pk, worker=second.post, why="")


CHANGES = {
    "answering": lambda w, one: services.accept(
        by=w.mentor, referral_id=one.pk, worker=w.mentor.post
    ),
    "ending": lambda w, one: services.withdraw(by=w.lead, referral_id=one.pk, why="Moved."),
}


@pytest.mark.parametrize("room", CHANGES)
def test_when_the_audit_fails_nothing_changes(world: World, monkeypatch, room):
    one = an_offer(world)

    def breaks(**_):
        raise RuntimeError("no audit")

    with monkeypatch.context() as broken, pytest.raises(RuntimeError):
        broken.setattr(f"locality.referrals.services.{room}.audit.record", breaks)
        CHANGES[room](world, one)
    with acting(world.lead):
        found = reads.referral(one.pk)
    assert (found.state, found.access_until, found.worker_id) == ("offered", None, None)
    assert steps_of(world, one) == [] and sees(world.mentor, one)


def test_every_change_leaves_an_audit_entry(world: World):
    one = under_way(world)
    (step,) = steps_of(world, one)
    services.end_step(by=world.mentor, step_id=step.pk, state=StepState.DONE)
    a_session(world, one)
    over(world, one)
    with acting(world.mentor):
        did = set(AuditEntry.objects.filter(post=world.mentor.post).values_list("did", flat=True))
    assert did >= {
        "referrals.referral.accepted", "referrals.step.ended", "referrals.session.recorded",
        "referrals.referral.ended",
    }  # fmt: skip
