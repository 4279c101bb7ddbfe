"""What may be said of counts, against plain sums."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from locality.kit.dates import Month, Period
from locality.places.rules import figures
from locality.places.rules.figures import Known
from locality.places.words import Trend

YEAR = Period(Month(2025, 1), Month(2025, 12))
BOTH = list(Period(Month(2024, 1), Month(2025, 12)))
counts = st.dictionaries(st.sampled_from(BOTH), st.integers(0, 60))
known_months = st.frozensets(st.sampled_from(BOTH))
people = st.one_of(st.none(), st.integers(0, 5000))
area = st.builds(Known, st.just("E1"), st.just("one"), people, counts, known_months)


@given(area)
def test_the_rate_is_what_was_recorded_a_year_for_each_thousand_residents(one):
    found = figures.figures(one, YEAR)
    months = [m for m in YEAR if m in one.months]
    assert found.count == sum(one.counts.get(m, 0) for m in months)
    if one.residents and months:
        by_hand = found.count / one.residents * 1000 / (len(months) / 12)
        assert found.per_year == pytest.approx(by_hand)
        within = figures.interval(found)
        assert within.low <= found.per_year + 1e-9
        assert found.per_year <= within.high + 1e-9
    else:
        assert found.per_year is None
        assert figures.interval(found) is None


@given(area, st.sampled_from(BOTH))
def test_what_a_gap_would_have_held_changes_nothing(one, month):
    gap = Known(one.code, one.name, one.residents, one.counts, one.months - {month})
    emptied = Known(
        one.code, one.name, one.residents,
        {m: n for m, n in one.counts.items() if m != month}, one.months - {month},
    )  # fmt: skip
    assert figures.figures(gap, YEAR) == figures.figures(emptied, YEAR)


@given(area)
def test_a_month_counts_in_a_trend_only_when_both_years_have_it(one):
    pairs = [m for m in YEAR if m in one.months and m + -12 in one.months]
    change, compared = figures.against_year_before([one], YEAR)
    assert compared == len(pairs)
    if change:
        now, before = (sum(one.counts.get(m + back, 0) for m in pairs) for back in (0, -12))
        assert change.value == pytest.approx(now / before)
        assert compared >= 3


def test_the_same_counts_in_fewer_months_are_no_fall():
    steady = dict.fromkeys(BOTH, 50)
    half = frozenset(m for m in BOTH if m.year == 2024 or m.number <= 6)
    found = figures.figures(Known("E1", "one", 1000, steady, half), YEAR)
    assert (found.trend, found.months, found.per_year) == (Trend.NO_CLEAR_CHANGE, 6, 600)


@pytest.mark.parametrize(
    ("later", "trend"), [(100, Trend.HIGHER), (25, Trend.LOWER), (51, Trend.NO_CLEAR_CHANGE)]
)
def test_only_a_change_clear_of_chance_is_named(later, trend):
    moved = {m: 50 if m.year == 2024 else later for m in BOTH}
    assert figures.figures(Known("E1", "one", 1000, moved, frozenset(BOTH)), YEAR).trend is trend


@given(st.lists(area, max_size=4))
def test_parts_add_up_to_the_whole(parts):
    whole = figures.together("E0", "all", None, parts, YEAR)
    each = [figures.figures(one, YEAR) for one in parts]
    assert whole.count == sum(one.count for one in each)
    assert whole.lived == sum(one.lived for one in each)


def test_an_area_silent_in_one_year_is_left_out_of_both():
    steady = Known("E1", "one", 1000, dict.fromkeys(BOTH, 10), frozenset(BOTH))
    silent = frozenset(BOTH) - {Month(2025, 11)}
    quiet = Known("E2", "two", 1000, dict.fromkeys(BOTH, 90), silent)
    change, compared = figures.against_year_before([steady, quiet], YEAR)
    assert (change.value, compared) == (1, 12)


@given(st.lists(area, max_size=30))
def test_bands_rise_with_the_rate_and_areas_without_figures_have_none(areas):
    rows = figures.banded([figures.figures(one, YEAR) for one in areas])
    rated = sorted((row for row in rows if row.band), key=lambda row: row.per_year)
    assert [row.band for row in rated] == sorted(row.band for row in rated)
    assert all((row.band is None) == (row.per_year is None) for row in rows)
    assert all(1 <= row.band <= 5 for row in rated)


@given(st.lists(area, max_size=20), st.sampled_from(sorted(figures.SORTS)), st.booleans())
def test_ordering_loses_nothing(areas, key, descending):
    rows = [figures.figures(one, YEAR) for one in areas]
    found = figures.ordered(rows, key, descending=descending)
    assert sorted(found, key=repr) == sorted(rows, key=repr)
    values = [figures.SORTS[key](row) for row in found]
    assert values == sorted(values, reverse=descending)
