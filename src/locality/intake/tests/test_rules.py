"""Clocks, references, and what a draft lacks."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from locality.intake import rules
from locality.intake.reads import clocks
from locality.intake.words import (
    KIND_OF,
    MOST_PEOPLE,
    URGENCY_OF,
    Clock,
    Clocks,
    Danger,
    Matter,
    Page,
    Stage,
    Told,
    Urgency,
    Why,
)
from locality.sharing.words import Category, Marking

LONDON = ZoneInfo("Europe/London")
FIRST = datetime(2024, 1, 1, tzinfo=UTC)
moments = st.integers(0, 4 * 366 * 24 * 60).map(
    lambda minutes: (FIRST + timedelta(minutes=minutes)).astimezone(LONDON)
)
urgencies = st.sampled_from(Urgency)
TODAY = date(2026, 3, 2)


@given(moments, urgencies)
def test_a_clock_never_runs_out_before_it_has_run(raised, urgency):
    least = 4 if urgency == Urgency.TODAY else 23  # an hour is lost when summer time starts
    left = rules.screen_by(raised, urgency, clocks()).astimezone(UTC) - raised.astimezone(UTC)
    assert left >= timedelta(hours=least)


@given(moments, st.sampled_from([Urgency.SOON, Urgency.ROUTINE]))
def test_a_working_day_clock_never_runs_out_on_a_day_that_does_not_count(raised, urgency):
    assert rules.is_working_day(rules.screen_by(raised, urgency, clocks()).date(), clocks())


@given(moments, moments, urgencies)
def test_what_is_raised_later_is_not_due_earlier(one, other, urgency):
    first, last = sorted((one, other))
    due = [rules.screen_by(at, urgency, clocks()).astimezone(UTC) for at in (first, last)]
    assert due[0] <= due[1] + timedelta(hours=1)  # the hour that comes twice in October


@given(moments)
def test_the_more_urgent_is_never_due_later(raised):
    due = [rules.screen_by(raised, urgency, clocks()) for urgency in Urgency]
    assert due == sorted(due)


@given(moments, urgencies, st.sets(st.dates(date(2024, 1, 1), date(2028, 12, 1)), max_size=20))
def test_one_more_holiday_never_makes_it_due_earlier(raised, urgency, days):
    more = Clocks(clocks().by_urgency, clocks().holidays | days)
    assert rules.screen_by(raised, urgency, more) >= rules.screen_by(raised, urgency, clocks())


@pytest.mark.parametrize(
    ("raised", "urgency", "due"),
    [
        ("2026-03-02T15:30", Urgency.TODAY, "2026-03-02T19:30"),
        ("2026-03-02T15:30", Urgency.SOON, "2026-03-03T15:30"),
        ("2026-03-06T15:30", Urgency.SOON, "2026-03-09T15:30"),  # over a week-end
        ("2026-03-07T15:30", Urgency.SOON, "2026-03-10T09:00"),  # raised on a Saturday
        ("2026-04-02T10:00", Urgency.SOON, "2026-04-07T10:00"),  # over Easter
        ("2026-03-02T15:30", Urgency.ROUTINE, "2026-03-05T15:30"),
    ],
)
def test_clocks_as_a_screener_counts_them(raised, urgency, due):
    at = datetime.fromisoformat(raised).replace(tzinfo=LONDON)
    wanted = datetime.fromisoformat(due).replace(tzinfo=LONDON)
    assert rules.screen_by(at, urgency, clocks()) == wanted


def test_every_clock_says_where_it_comes_from():
    assert set(clocks().by_urgency) == set(Urgency)
    assert all(clock.says and clock.source for clock in clocks().by_urgency.values())
    assert Clock(4, False) != clocks().by_urgency[Urgency.TODAY]


@given(st.uuids(version=4), st.uuids(version=4))
def test_references_differ_when_the_part_they_come_from_does(one, other):
    same = one.int >> 88 == other.int >> 88
    assert (rules.reference(one) == rules.reference(other)) == same


def test_a_reference_can_be_read_out():
    made = rules.reference(UUID("a1b2c3d4-e5f6-4711-8899-aabbccddeeff"))
    assert len(made) == 11 and made[:2] == "C-" and not set("ILOU") & set(made[2:])


def test_every_matter_has_a_kind_and_a_title_that_names_nobody():
    assert set(KIND_OF) == set(Matter) and set(URGENCY_OF) == set(Danger)
    assert rules.title(Matter.LEARNING) == "School, learning or being missing from it"
    sealed = {matter for matter, kind in KIND_OF.items() if kind.marking == Marking.SEALED}
    assert sealed == {Matter.HONOUR, Matter.FGM, Matter.EXTREMISM}
    assert KIND_OF[Matter.EXTREMISM].category == Category.PREVENT


def test_every_stage_says_what_happens_next():
    assert set(rules.NEXT) == set(Stage)


WHOLE: dict[str, object] = {
    "danger": Danger.SOON,
    "people": [{"given_names": "Ash", "family_name": "Fielding"}],
    "noticed": {
        "text": "Came to school without a coat.", "matter": Matter.FAMILY,
        "noticed_on": "2026-03-01",
    },
    "agreed": {"told": Told.AGREED},
}  # fmt: skip


def test_a_whole_draft_lacks_nothing():
    assert rules.missing(WHOLE, TODAY) == []
    assert rules.lacking(rules.concern_from(WHOLE), TODAY) == []


plain_junk = st.none() | st.text(max_size=8) | st.integers()
junk = plain_junk | st.just([]) | st.just({})
answers = st.fixed_dictionaries(
    {},
    optional={
        "danger": st.sampled_from(Danger) | plain_junk,
        "people": st.lists(
            st.fixed_dictionaries({"given_names": st.text(max_size=5)}), max_size=14
        ),
        "place_says": st.text(max_size=20) | st.none(),
        "place": st.none() | st.uuids().map(str),
        "noticed": st.none() | st.fixed_dictionaries(
            {},
            optional={
                "text": st.text(max_size=20) | st.none(),
                "matter": st.sampled_from(Matter) | plain_junk,
                "noticed_on": st.dates(date(2025, 1, 1), date(2027, 1, 1)).map(str) | junk,
            },
        ),
        "agreed": st.none() | st.fixed_dictionaries(
            {},
            optional={
                "told": st.sampled_from(Told) | st.none(),
                "without_agreement": st.sampled_from(Why) | st.none(),
            },
        ),
        "typing": junk,
    },
)  # fmt: skip


@given(answers)
def test_whatever_is_answered_either_is_whole_or_says_what_to_do(given_answers):
    lacks = rules.missing(given_answers, TODAY)
    if lacks:
        assert all(one.says and one.page in set(Page) for one in lacks)
    else:
        concern = rules.concern_from(given_answers)
        assert rules.lacking(concern, TODAY) == []
        assert concern.noticed_on <= TODAY and concern.text


@given(answers, st.sampled_from(sorted(WHOLE)))
def test_answering_one_more_page_never_makes_another_page_incomplete(some, key):
    some = {
        name: value
        for name, value in some.items()
        if not isinstance(value, list | dict) or name != "danger"
    }
    before = {one.page for one in rules.missing(some, TODAY)}
    after = {one.page for one in rules.missing({**some, key: WHOLE[key]}, TODAY)}
    assert after <= before


def test_too_many_people_are_refused():
    crowd = {**WHOLE, "people": [{"known_as": str(n)} for n in range(MOST_PEOPLE + 1)]}
    assert [one.page for one in rules.missing(crowd, TODAY)] == [Page.WHO]
