"""When a record's time is over, whatever its dates."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from locality.sharing.retention import rules
from locality.sharing.retention.words import Said, Schedule, Standing
from locality.sharing.words import Action, Sector, Verdict

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


OWNER, PARTNER, STRANGER = 1, 2, 3
ASKED = datetime(2026, 1, 1, tzinfo=UTC)
people = st.sampled_from([UUID(int=n) for n in range(3)])
moments = st.integers(-3, 20).map(lambda days: ASKED + timedelta(days=days))
may_go = st.builds(
    Said, st.sampled_from([OWNER, PARTNER, STRANGER]), people, st.just(Verdict.MAY_GO), moments
)
keeps = st.builds(
    Said, st.sampled_from([OWNER, PARTNER, STRANGER]), people, st.just(Verdict.KEEP), moments,
    st.dates(date(2026, 1, 1), date(2026, 3, 1)),
)  # fmt: skip
TODAY = date(2026, 2, 1)


def stands(said: list[Said], others: tuple[int, ...] = ()) -> Standing:
    return rules.standing(rules.needed(OWNER, others), ASKED, said, TODAY)


@given(st.lists(may_go | keeps, max_size=8), st.booleans())
def test_it_may_go_only_by_the_word_of_two_of_its_owner_and_one_of_each_other(said, shared):
    others = (PARTNER,) if shared else ()
    if stands(said, others) == Standing.AGREED:
        counts = [one for one in said if one.verdict == Verdict.MAY_GO and one.at >= ASKED]
        assert len({one.who for one in counts if one.agency == OWNER}) >= 2
        assert not shared or any(one.agency == PARTNER for one in counts)


@given(st.lists(may_go, max_size=8), keeps)
def test_whoever_has_a_part_keeps_it_and_nobody_else_does(said, kept):
    before = stands([*said, kept], (PARTNER,))
    counts = kept.agency != STRANGER and kept.at >= ASKED
    if counts and kept.keep_until >= TODAY:
        assert before == Standing.KEPT
    if not counts:
        assert before == stands(said, (PARTNER,))


@given(st.lists(may_go, max_size=8), keeps)
def test_after_a_day_of_keeping_all_is_said_anew(said, kept):
    over = replace(
        kept, agency=OWNER, at=ASKED + timedelta(days=21), keep_until=TODAY - timedelta(1)
    )
    assert stands([*said, over]) == Standing.WAITS


@given(st.lists(may_go | keeps, max_size=8))
def test_in_which_order_words_are_read_changes_nothing(said):
    assert stands(said, (PARTNER,)) == stands(said[::-1], (PARTNER,))


def test_two_people_of_the_owner_are_enough_and_one_twice_is_not():
    one, other = (Said(OWNER, UUID(int=n), Verdict.MAY_GO, ASKED) for n in (1, 2))
    assert stands([one, other]) == Standing.AGREED
    assert stands([one, one]) == Standing.WAITS


@given(st.datetimes(), st.text(max_size=5), st.integers())
def test_a_slimmer_row_says_the_month_and_no_day(when, word, number):
    left = rules.slimmer({"a": when, "b": when.date(), "c": word, "d": number, "e": None})
    assert left["a"] == left["b"] == f"{when:%Y-%m}" and len(left["a"]) <= 7
    assert (left["c"], left["d"], left["e"]) == (word, number, None)
