"""When a record's time is over, whatever its dates."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from locality.sharing.retention import rules
from locality.sharing.retention.words import Action, Schedule
from locality.sharing.words import Sector

days = st.dates(date(1950, 1, 1), date(2100, 12, 31))
births = st.lists(st.none() | st.dates(date(1920, 1, 1), date(2050, 1, 1)), max_size=4)
years = st.integers(1, 75)
ages = st.none() | st.integers(1, 100)


def schedule(years: int = 6, until_age: int | None = None, **changes: object) -> Schedule:
    asked = Schedule(
        Sector.COUNCIL, "cases.case", years, Action.ERASE, "a source", "a mark", True,
        date(2027, 4, 1), until_age,
    )  # fmt: skip
    return replace(asked, **changes)


@given(years, ages, days, births)
def test_nothing_is_due_before_the_years_are_over(years, age, closed, born):
    due = rules.due_on(schedule(years, age), closed, born)
    assert due.year >= closed.year + years
    assert due >= closed + timedelta(days=365 * years)


@given(years, st.integers(1, 100), days, births)
def test_nothing_is_due_before_everybody_is_old_enough(years, age, closed, born):
    due = rules.due_on(schedule(years, age), closed, born)
    for day in born:
        assert due >= (day or closed) + timedelta(days=365 * age)


@given(years, ages, days, births, st.none() | days)
def test_one_person_more_never_makes_it_earlier(years, age, closed, born, another):
    one = schedule(years, age)
    assert rules.due_on(one, closed, [*born, another]) >= rules.due_on(one, closed, born)


@given(years, ages, days, births, st.integers(0, 40_000))
def test_closed_later_it_is_never_due_earlier(years, age, closed, born, later):
    one = schedule(years, age)
    moved = min(closed + timedelta(days=later), date(2100, 12, 31))
    assert rules.due_on(one, moved, born) >= rules.due_on(one, closed, born)


@given(years, st.integers(1, 100), days, st.dates(date(1920, 1, 1), date(2050, 1, 1)))
def test_whose_birth_nobody_knows_is_kept_no_shorter_than_anybody_born_by_then(
    years, age, closed, born
):
    one = schedule(years, age)
    if born <= closed:
        assert rules.due_on(one, closed, [None]) >= rules.due_on(one, closed, [born])


@given(years, days, births)
def test_without_an_age_nobody_s_birth_counts(years, closed, born):
    assert rules.due_on(schedule(years), closed, born) == rules.due_on(schedule(years), closed, [])


def test_six_years_after_a_leap_day_is_the_last_of_february():
    assert rules.due_on(schedule(6), date(2024, 2, 29), []) == date(2030, 2, 28)


def test_a_child_of_an_early_help_case_is_kept_until_25():
    early_help = schedule(6, 25)
    assert rules.due_on(early_help, date(2020, 5, 1), [date(2014, 3, 9)]) == date(2039, 3, 9)
    assert rules.due_on(early_help, date(2020, 5, 1), [date(1980, 3, 9)]) == date(2026, 5, 1)


@given(st.booleans(), days)
def test_nothing_goes_by_what_nobody_confirmed_or_looked_at_again(confirmed, today):
    one = schedule(confirmed=confirmed)
    assert rules.may_act(one, today) == (confirmed and today <= one.review_by)


def test_each_fault_of_a_schedule_is_named():
    good = schedule()
    wrong = {
        "two schedules": [good, good],
        "no such kind": [replace(good, kind="cases.nothing")],
        "slimmer row": [replace(good, action=Action.SLIM)],
        "between 1 and": [replace(good, years=0)],
        "where the time comes from": [replace(good, source=" ")],
    }
    for says, schedules in wrong.items():
        found = list(rules.faults(schedules, {"cases.case"}, set()))
        assert len(found) == 1 and says in found[0], (says, found)
    assert not list(rules.faults([good], {"cases.case"}, set()))


def test_a_sector_without_a_schedule_has_none():
    assert rules.schedule_for([schedule()], 1, Sector.FIRE, "cases.case") is None
    assert rules.schedule_for([schedule()], 1, Sector.COUNCIL, "cases.note") is None
