"""The order of an agenda, quorum, and what an answer must say. Pure."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from locality.kit.errors import Refused
from locality.panels import rules
from locality.panels.words import NEXT_STATE, Candidate, Held, MeetingState

days = st.dates(date(2026, 1, 1), date(2026, 12, 31))


def some(wanted: st.SearchStrategy[bool]) -> st.SearchStrategy[list[Candidate]]:
    """Cases put forward; `wanted` says which of them somebody chose by hand."""
    moment = st.datetimes(datetime(2026, 1, 1), datetime(2026, 6, 1))  # noqa: DTZ001
    one = st.builds(Candidate, st.uuids(), st.booleans(), st.none() | days, moment, wanted)
    return st.lists(one, unique_by=lambda one: one.item, max_size=12)


candidates, mixed = some(st.just(False)), some(st.booleans())
agencies = st.frozensets(st.integers(1, 9))
moments = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 1), timezones=st.just(UTC))  # noqa: DTZ001


@given(candidates, days, st.integers(1, 6))
def test_everything_put_forward_is_placed_once_or_told_why_not(found, meeting_on, longest):
    placed = rules.agenda(found, meeting_on=meeting_on, longest=longest)
    assert sorted(one.item for one in placed) == sorted(one.item for one in found)
    on = [one for one in placed if not one.not_selected_why]
    assert len(on) == min(longest, len(found))
    assert [one.order for one in on] == list(range(1, len(on) + 1))


@given(candidates, days, st.randoms(use_true_random=False))
def test_the_order_in_which_cases_arrive_changes_nothing(found, meeting_on, random):
    shuffled = list(found)
    random.shuffle(shuffled)
    assert rules.agenda(found, meeting_on=meeting_on, longest=3) == rules.agenda(
        shuffled, meeting_on=meeting_on, longest=3
    )


@given(candidates, days, st.integers(1, 6))
def test_what_was_deferred_is_never_left_out_for_what_was_not(found, meeting_on, longest):
    by_item = {one.item: one for one in found}
    placed = rules.agenda(found, meeting_on=meeting_on, longest=longest)
    left_out = [by_item[one.item] for one in placed if one.not_selected_why]
    on = [by_item[one.item] for one in placed if not one.not_selected_why]
    if any(one.deferred_before for one in left_out):
        assert all(one.deferred_before for one in on)


@given(mixed, days, st.integers(1, 6), st.integers(0, 6))
def test_what_was_chosen_by_hand_is_heard_and_only_the_room_left_goes_to_others(
    found, meeting_on, longest, after
):
    placed = rules.agenda(found, meeting_on=meeting_on, longest=longest, after=after)
    by_hand = {one.item for one in found if one.wanted}
    on = [one for one in placed if not one.not_selected_why]
    assert by_hand <= {one.item for one in on}
    room = max(longest - after, 0)
    assert len(on) == max(min(room, len(found)), len(by_hand))
    assert [one.order for one in on] == list(range(after + 1, after + len(on) + 1))


@given(mixed, days, st.integers(1, 6))
def test_a_case_that_only_choices_push_out_is_told_so(found, meeting_on, longest):
    without = [Candidate(c.item, c.deferred_before, c.review_on, c.put_forward_at) for c in found]
    fits = {
        one.item
        for one in rules.agenda(without, meeting_on=meeting_on, longest=longest)
        if not one.not_selected_why
    }
    for one in rules.agenda(found, meeting_on=meeting_on, longest=longest):
        if one.not_selected_why:
            assert ("chosen by hand" in one.not_selected_why) == (one.item in fits)


@given(agencies, agencies, st.integers(1, 6))
def test_a_panel_is_quorate_exactly_when_all_core_and_enough_agencies_are_there(
    present, core, quorum
):
    named = {one: f"Agency {one}" for one in core}
    enough = all(one in present for one in core) and len(present) >= quorum
    if enough:
        rules.require_quorum(present, core=named, quorum=quorum)
    else:
        with pytest.raises(Refused, match="cannot decide"):
            rules.require_quorum(present, core=named, quorum=quorum)


@given(moments, st.timedeltas(timedelta(hours=1), timedelta(days=60)), st.integers(1, 20))
def test_research_is_due_after_it_was_asked_and_never_after_the_meeting(asked, ahead, terms):
    due = rules.answer_by(asked, asked + ahead, terms)
    assert asked < due <= asked + ahead


@pytest.mark.parametrize("state", MeetingState)
@pytest.mark.parametrize("event", ["hold", "cancel", "reopen"])
def test_a_meeting_moves_only_as_the_table_says(state, event):
    if (state, event) in NEXT_STATE:
        assert rules.next_state(state, event) == NEXT_STATE[state, event]
    else:
        with pytest.raises(Refused):
            rules.next_state(state, event)


@pytest.mark.parametrize(
    ("held", "text", "why", "fine"),
    [
        (Held.FOUND, "Known to us.", "", True), (Held.FOUND, " ", "", False),
        (Held.NOTHING, "", "", True), (Held.CANNOT_SAY, "", "", False),
        (Held.CANNOT_SAY, "", "A live investigation.", True), (Held.WAITING, "x", "x", False),
    ],
)  # fmt: skip
def test_an_answer_says_what_it_must(held, text, why, fine):
    if fine:
        rules.require_reply(held, text, why)
    else:
        with pytest.raises(Refused):
            rules.require_reply(held, text, why)


def test_whoever_has_an_interest_does_not_record_the_decision():
    me, other = UUID(int=1), UUID(int=2)
    rules.require_no_interest(me, {other})
    with pytest.raises(Refused, match="somebody else"):
        rules.require_no_interest(me, {me})
