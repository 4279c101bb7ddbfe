"""Two years of concerns and what came of them."""

from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from locality.cases.words import ActionState, CaseState, Closing, Grade
from locality.demo import catalogue
from locality.demo.tests.areas import SAMPLES, TODAY, neighbourhood, small
from locality.intake.words import NEEDS_NO_REASON, Matter, Stage, Urgency, Why
from locality.panels.words import Outcome
from locality.pathways import catalogue as pathways
from locality.referrals.words import Attendance, Declined, ReferralState, StepState
from locality.sharing.words import Category
from locality.triage.words import Decided

everywhere = pytest.mark.parametrize(("seed", "number"), SAMPLES)
NOW = datetime(TODAY.year, TODAY.month, TODAY.day, 9, tzinfo=UTC)


@everywhere
def test_every_concern_is_about_somebody_the_raiser_has_on_record_or_a_place(seed, number):
    batch = neighbourhood(seed, number)
    records = {record.id: record for record in batch.records}
    persons = {record.person for record in batch.records}
    for concern in batch.concerns:
        assert (concern.person is None) == bool(concern.place_says)
        if concern.record:
            assert records[concern.record].agency == concern.agency
            assert records[concern.record].person == concern.person
        assert concern.person is None or concern.person in persons
        assert concern.told in NEEDS_NO_REASON or concern.without_agreement in set(Why)
        assert concern.urgency in set(Urgency)
        assert concern.noticed_on <= concern.raised_at.date()
        assert NOW - timedelta(735) < concern.raised_at < min(NOW, concern.screen_by)


@everywhere
def test_a_concern_is_screened_once_after_it_was_raised_or_still_waits(seed, number):
    batch = neighbourhood(seed, number)
    screened = {screening.concern: screening for screening in batch.screenings}
    cases = {case.id: case for case in batch.cases}
    assert len(screened) == len(batch.screenings)
    for concern in batch.concerns:
        if concern.stage == Stage.WAITING:
            assert concern.id not in screened
            continue
        found = screened[concern.id]
        assert concern.raised_at < found.decided_at < NOW
        assert found.in_time == (found.decided_at <= concern.screen_by)
        assert (found.case is not None) == (found.decided in (Decided.OPEN, Decided.LINK))
        if found.case:
            assert cases[found.case].person == concern.person


@everywhere
def test_a_case_is_closed_with_every_goal_graded_or_open_with_none(seed, number):
    batch = neighbourhood(seed, number)
    goals = defaultdict(list)
    for goal in batch.goals:
        goals[goal.case].append(goal)
    for case in batch.cases:
        closed = case.state == CaseState.CLOSED
        assert closed == (case.closed_at is not None) == (case.closing != "")
        assert not closed or case.opened_at < case.closed_at < NOW and case.closing in set(Closing)
        assert closed or case.review_on is not None and case.review_on >= TODAY
        assert goals[case.id]
        for goal in goals[case.id]:
            assert (goal.grade != "") == (goal.graded_at is not None) == closed
            assert goal.grade == "" or goal.grade in set(Grade)


@everywhere
def test_what_is_done_is_done_while_its_case_is_open(seed, number):
    batch = neighbourhood(seed, number)
    cases = {case.id: case for case in batch.cases}
    for action in batch.actions:
        case = cases[action.case]
        assert (action.state == ActionState.TO_DO) == (action.ended_at is None)
        assert action.state != ActionState.TO_DO or case.state == CaseState.OPEN
        if action.ended_at:
            assert case.opened_at < action.ended_at < (case.closed_at or NOW)
    for review in batch.reviews:
        case = cases[review.case]
        assert case.opened_at < review.made_at < (case.closed_at or NOW)


@everywhere
def test_the_panel_decides_on_its_days_and_gives_reasons(seed, number):
    batch = neighbourhood(seed, number)
    cases = {case.id: case for case in batch.cases}
    for item in batch.items:
        held = item.meeting_on < TODAY
        assert held == (item.decision is not None) == (item.reasons != "")
        assert not held or item.outcome in set(Outcome)
        assert item.meeting_on.weekday() < 5
        assert cases[item.case].opened_at < item.put_forward_at
        assert item.put_forward_at.date() < item.meeting_on


@everywhere
def test_a_referral_is_answered_before_it_ends_and_sessions_lie_between(seed, number):
    batch = neighbourhood(seed, number)
    referrals = {referral.id: referral for referral in batch.referrals}
    for referral in batch.referrals:
        ended = referral.state == ReferralState.ENDED
        assert ended == (referral.ended_at is not None) == bool(referral.end_report)
        assert (referral.state == ReferralState.DECLINED) == (referral.declined in set(Declined))
        assert (referral.worker != "") == (
            referral.state in (ReferralState.ACCEPTED, ReferralState.ENDED)
        )
        assert (referral.state == ReferralState.WITHDRAWN) == (referral.withdrawn_why != "")
        pathway = pathways.get(referral.pathway)
        assert set(referral.needs) <= pathway.eligible.any_need
        assert not ended or pathway.end(referral.ended_how)
        assert not ended or [h for h, _ in referral.end_report] == list(pathway.report_headings)
    for session in batch.sessions:
        referral = referrals[session.referral]
        assert session.attendance in set(Attendance)
        assert referral.answered_at < session.made_at < (referral.ended_at or NOW)


@everywhere
def test_steps_follow_one_another_and_one_is_still_to_do_while_help_goes_on(seed, number):
    batch = neighbourhood(seed, number)
    taken = defaultdict(list)
    for step in batch.steps:
        taken[step.referral].append(step)
    for referral in batch.referrals:
        steps, pathway = taken[referral.id], pathways.get(referral.pathway)
        assert [step.order for step in steps] == list(range(1, len(steps) + 1))
        for before, after in pairwise(steps):
            assert after.key in pathway.step(before.key).then
            assert before.ended_at <= (after.ended_at or NOW)
        to_do = [step for step in steps if step.state == StepState.TO_DO]
        assert all((step.ended_at is None) == (step in to_do) for step in steps)
        assert not to_do or to_do == steps[-1:] and referral.state == ReferralState.ACCEPTED


@everywhere
def test_a_case_is_opened_and_led_by_one_agency_that_has_the_person_on_record(seed, number):
    batch, staff = neighbourhood(seed, number), catalogue.staff()
    numbers = {agency.key: agency.number for agency in catalogue.agencies()}
    known = {(record.agency, record.person) for record in batch.records}
    cases = {case.id: case for case in batch.cases}
    for screening in batch.screenings:
        if screening.decided == Decided.OPEN:
            case = cases[screening.case]
            assert numbers[staff[screening.decided_by].agency] == case.agency
            assert numbers[staff[case.lead].agency] == case.agency
            assert case.person is None or (case.agency, case.person) in known


def test_whoever_acts_works_there_and_is_cleared_for_what_they_lead():
    staff, cleared = catalogue.staff(), catalogue.house().cleared
    agencies = {agency.key: agency.number for agency in catalogue.agencies()}
    for batch in small():
        for concern in batch.concerns:
            assert "raise" in staff[concern.raised_by].duties
        for case in batch.cases:
            role = staff[case.lead].role
            assert "lead" in staff[case.lead].duties
            assert cleared[role][case.category] >= case.marking, case.theme
        for screening in batch.screenings:
            assert "screen" in staff[screening.decided_by].duties
        held = {case.id: case for case in batch.cases}
        for referral in batch.referrals:
            case = held[referral.case]
            for one in staff.values():
                if agencies[one.agency] == referral.provider:
                    assert cleared[one.role][case.category] >= case.marking
            assert not referral.worker or "provide" in staff[referral.worker].duties


def test_every_theme_names_matters_needs_staff_and_ages_that_exist():
    staff = catalogue.staff()
    for theme in catalogue.themes():
        assert theme.matter in set(Matter)
        assert theme.case_category.upper() in {"", *Category.__members__}
        assert {advice.heading for advice in theme.advice} <= set(pathways.need_names())
        assert {*theme.raised_by, *theme.lead} <= set(staff)
        assert 0 <= theme.ages[0] <= theme.ages[1] < 110
        assert theme.pathway in ("", "early_help", "mentoring")


def test_the_small_area_has_something_at_every_stage():
    stages = Counter(c.stage for batch in small() for c in batch.concerns)
    assert {Stage.SIGNPOSTED, Stage.LINKED, Stage.HELPING, Stage.URGENT, Stage.ENDED} <= set(stages)
    assert 350 < sum(stages.values()) < 500
    assert 70 < sum(len(batch.cases) for batch in small()) < 140
    grades = Counter(goal.grade for batch in small() for goal in batch.goals)
    assert {"", *Grade} <= set(grades)
    references = [case.reference for batch in small() for case in batch.cases]
    assert len(set(references)) == len(references)
