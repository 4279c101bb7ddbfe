"""A gap is never a fall, and only complete months are compared."""

from hypothesis import given
from hypothesis import strategies as st

from locality.impact.rules import trend
from locality.impact.tests.samples import trend_pairs
from locality.kit.dates import Month, Period

YEAR = Period(Month(2025, 4), Month(2026, 3))
BOTH = [*YEAR.year_before(), *YEAR]
counts = st.lists(st.integers(0, 400), min_size=24, max_size=24)
gaps = st.frozensets(st.sampled_from(BOTH))


def series(values):
    return dict(zip(BOTH, values, strict=True))


def compared(months, complete):
    return trend.compare(trend_pairs(months, complete, YEAR), YEAR)


def said(months, complete):
    return trend.sentence("Burglary", compared(months, complete))


@given(st.lists(st.integers(1, 400), min_size=12, max_size=12), gaps)
def test_whatever_is_missing_a_steady_year_neither_rises_nor_falls(year, missing):
    complete = frozenset(BOTH) - missing
    months = {m: n for m, n in series(year * 2).items() if m in complete}
    text = said(months, complete)
    assert "a fall" not in text and "a rise" not in text


@given(counts, gaps, counts)
def test_what_a_missing_month_would_have_held_changes_nothing(values, missing, others):
    complete = frozenset(BOTH) - missing
    one = compared(series(values), complete)
    other = {m: others[at] if m in missing else values[at] for at, m in enumerate(BOTH)}
    assert compared(other, complete) == one


@given(counts, gaps)
def test_only_months_complete_in_both_years_are_added_up(values, missing):
    months, complete = series(values), frozenset(BOTH) - missing
    found = compared(months, complete)
    pairs = [(m, m + -12) for m in YEAR if m not in missing and m + -12 not in missing]
    assert found.now == sum(months[m] for m, _ in pairs)
    assert found.before == sum(months[m] for _, m in pairs)
    assert found.left_out == set(YEAR) - {m for m, _ in pairs}


@given(counts, gaps)
def test_with_fewer_than_half_the_months_nothing_is_said_to_move(values, missing):
    found = compared(series(values), frozenset(BOTH) - missing)
    if len(found.paired) < 6:
        assert found.ratio is None
        assert "cannot be said" in trend.sentence("Burglary", found)
        assert trend.change(found).shown == "cannot be said"


def test_a_clear_fall_and_a_clear_rise_are_said():
    assert "Burglary: a fall. There were 600" in said(series([100] * 12 + [50] * 12), set(BOTH))
    assert "Burglary: a rise. There were 1,800" in said(series([100] * 12 + [150] * 12), set(BOTH))


def test_a_missing_month_is_named():
    months = series([100] * 24)
    found = compared(months, frozenset(BOTH) - {Month(2024, 9), Month(2024, 10)})
    assert "September to October 2025" in trend.left_out(found)
    assert "10 months that are complete in both years" in trend.sentence("Burglary", found)


def test_several_measures_are_summed_up_in_one_sentence():
    down, flat = series([100] * 12 + [50] * 12), series([100] * 24)
    found = {
        "Burglary": compared(down, set(BOTH)),
        "Robbery": compared(flat, set(BOTH)),
        "Drugs": compared(flat, set(BOTH)),
    }
    assert trend.summary(found) == "A fall for burglary; no clear change for robbery and drugs."
