"""A gap is never taken for a fall."""

from hypothesis import given
from hypothesis import strategies as st

from locality.kit.dates import Month, Period
from locality.places.rules.coverage import coverage, summary
from locality.places.words import CoverageState, Heard

YEAR = Period(Month(2025, 1), Month(2025, 12))
AREAS = frozenset(f"area {n:03}" for n in range(100))
MISSING, PARTIAL, COMPLETE = (
    CoverageState.MISSING, CoverageState.PARTIAL, CoverageState.COMPLETE,
)  # fmt: skip


def whole(rows=500):
    return Heard(AREAS, 14, rows)


def without(many, rows=500):
    return Heard(frozenset(sorted(AREAS)[many:]), 14, rows)


def states(heard, expected=AREAS):
    return {one.month: one.state for one in coverage(heard, YEAR, expected)}


def test_a_month_in_which_nothing_came_is_missing():
    heard = {month: whole() for month in YEAR if month.number != 6}
    assert [m.number for m, state in states(heard).items() if state is MISSING] == [6]


@given(st.integers(0, 99))
def test_a_month_is_partial_exactly_when_fewer_than_85_in_100_usual_areas_speak(silent):
    heard = {month: whole() for month in YEAR} | {Month(2025, 6): without(silent)}
    assert states(heard)[Month(2025, 6)] is (PARTIAL if silent > 15 else COMPLETE)


def test_a_month_with_few_kinds_of_crime_or_hardly_any_rows_is_partial():
    heard = {month: whole() for month in YEAR}
    heard |= {Month(2025, 6): Heard(AREAS, 10, 500), Month(2025, 7): whole(rows=124)}
    found = states(heard)
    assert (found[Month(2025, 6)], found[Month(2025, 7)]) == (PARTIAL, PARTIAL)
    assert list(found.values()).count(COMPLETE) == 10


def test_a_quiet_year_is_not_a_gap():
    heard = {month: whole(rows=500 if month.number < 8 else 200) for month in YEAR}
    assert set(states(heard).values()) == {COMPLETE}


def test_more_silent_areas_than_chance_explains_are_gaps_in_that_month():
    heard = {month: without(2) for month in YEAR} | {Month(2025, 11): without(14)}
    silent = {one.month.number: one.silent for one in coverage(heard, YEAR, AREAS)}
    never = frozenset(sorted(AREAS)[:2])
    assert silent[11] == frozenset(sorted(AREAS)[:14])
    assert silent[10] == never


@given(st.integers(0, 4))
def test_a_few_silent_areas_are_noughts(silent):
    heard = {month: whole() for month in YEAR} | {Month(2025, 11): without(silent)}
    assert not any(one.silent for one in coverage(heard, YEAR, AREAS))


def test_nothing_heard_at_all_is_missing_throughout():
    assert set(states({}).values()) == {MISSING}


months = st.dictionaries(
    st.sampled_from(list(YEAR)), st.builds(without, st.integers(0, 100), st.integers(0, 900))
)


@given(months)
def test_every_month_asked_for_is_judged_once_and_silence_only_where_complete(heard):
    found = coverage(heard, YEAR, AREAS)
    assert [one.month for one in found] == list(YEAR)
    assert all(one.state is COMPLETE or not one.silent for one in found)
    assert all(
        one.state is MISSING for one in found if not heard.get(one.month, without(0, 0)).rows
    )


@given(months)
def test_a_summary_names_every_month_that_is_not_complete(heard):
    told = summary(coverage(heard, YEAR, AREAS))
    assert told.complete + len(told.missing) + len(told.partial) == told.months == 12
    assert not told.missing & told.partial
    assert told.whole == (told.complete == 12 and not told.silent and not told.never)
