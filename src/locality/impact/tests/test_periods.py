"""Two signed reports never give away the count of less than a quarter that neither prints."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from locality.impact.rules import periods
from locality.kit.dates import Month, Period
from locality.kit.errors import BadInput, Refused

FIRST = Month(2024, 4)
spans = st.tuples(st.integers(0, 35), st.integers(0, 11)).map(
    lambda at: Period(FIRST + at[0], FIRST + (at[0] + at[1]))
)


def signed_in_turn(asked):
    """The periods that can be signed, one after another."""
    signed = []
    for one in asked:
        try:
            periods.require_apart(one, signed)
        except Refused:
            continue
        signed.append(one)
    return signed


@given(st.lists(spans, max_size=8))
def test_what_subtraction_finds_is_whole_quarters_or_was_printed(asked):
    signed = signed_in_turn(asked)
    for one in signed:
        for other in signed:
            apart = set(one) ^ set(other)
            if set(one) & set(other) and apart:
                starts = [m for m in apart if m + -1 not in apart]
                ends = [m for m in apart if m + 1 not in apart]
                assert all(m.number in {1, 4, 7, 10} for m in starts)
                assert all((m + 1).number in {1, 4, 7, 10} for m in ends)


@given(spans)
def test_the_same_months_may_be_reported_again(one):
    periods.require_apart(one, [one])
    assert periods.overlapping(one, [one, one]) == [one]


def test_a_year_beside_its_quarters_is_allowed_and_a_month_less_is_not():
    year, quarter = Period(FIRST, FIRST + 11), Period(FIRST, FIRST + 2)
    periods.require_apart(year, [quarter])
    with pytest.raises(Refused, match="covers April 2024 to June 2024"):
        periods.require_apart(Period(FIRST, FIRST + 10), [quarter])


def test_months_that_touch_do_not_overlap():
    periods.require_apart(Period(FIRST + 1, FIRST + 1), [Period(FIRST, FIRST)])


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (Period(FIRST, FIRST + 12), "has not ended yet: choose months up to March 2025"),
        (Period(Month(1990, 1), FIRST), "412 months: choose 48 or fewer"),
    ],
)
def test_months_to_come_and_too_many_months_are_refused(asked, says):
    with pytest.raises(BadInput, match=says):
        periods.require_ended(asked, FIRST + 12)
