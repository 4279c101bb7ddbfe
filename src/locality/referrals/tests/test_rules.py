"""What moves a referral, and what the two vocabularies share."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from locality.cases.words import Grade
from locality.kit.dates import england_and_wales
from locality.kit.errors import Refused
from locality.pathways import catalogue
from locality.referrals import rules
from locality.referrals.words import NEXT_STATE, OVER, Declined, ReferralState

EVENTS = ["accept", "decline", "withdraw", "end", "reopen", ""]
states, events = st.sampled_from(ReferralState), st.sampled_from(EVENTS)


@given(states, events)
def test_a_referral_moves_by_the_table_alone(state, event):
    if (state, event) in NEXT_STATE:
        assert rules.next_state(state, event) == NEXT_STATE[state, event]
    else:
        with pytest.raises(Refused) as no:
            rules.next_state(state, event)
        assert no.value.code == "referrals.no_such_step"


@given(st.lists(events, max_size=8))
def test_what_is_over_stays_over(walk):
    state = ReferralState.OFFERED
    for event in walk:
        before = state
        state = NEXT_STATE.get((state, event), state)
        assert before not in OVER or state == before


@given(st.lists(st.tuples(st.dates(date(2025, 1, 1), date(2026, 6, 1)), st.integers(0, 60)),
                min_size=1, max_size=9))  # fmt: skip
def test_the_median_wait_is_among_the_waits(rows):
    answered = [(day, day + timedelta(days=waited)) for day, waited in rows]
    one_by_one = [rules.median_working_days([row], england_and_wales()) for row in answered]
    middle = rules.median_working_days(answered, england_and_wales())
    assert min(one_by_one) <= middle <= max(one_by_one)
    assert middle == rules.median_working_days(answered[::-1], england_and_wales())


@given(st.sampled_from(Declined), st.text(" \n", max_size=3))
def test_some_reasons_for_no_want_words(declined, blank):
    if declined in (Declined.FULL, Declined.NOT_ELIGIBLE):
        rules.require_words(declined, blank)
    else:
        with pytest.raises(Refused):
            rules.require_words(declined, blank)
        rules.require_words(declined, "Ask the college.")


def test_the_catalogue_grades_as_goals_are_graded():
    assert tuple(Grade) == catalogue.GRADES


@given(st.sampled_from(catalogue.all()), st.data())
def test_without_faults_walking_a_pathway_always_ends(pathway, data):
    here, met = pathway.steps[0].key, 0
    while pathway.step(here) and met < 40:
        then = pathway.step(here).then
        chosen = data.draw(st.sampled_from(["", *then]))
        here = rules.require_follows(pathway, here, chosen)
        assert here in then
        met += 1
    assert met == 40 or pathway.end(here)


def test_a_step_the_pathway_no_longer_has_does_not_stop_anybody():
    assert rules.require_follows(catalogue.get("mentoring"), "juggle", "") == "completed"
