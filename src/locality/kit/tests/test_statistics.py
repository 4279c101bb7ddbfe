"""Estimates agree with plain references, published values and their own definitions."""

import math
import random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from locality.kit import statistics
from locality.kit.errors import BadInput

counts = st.integers(0, 400)


def by_hand_below(count, mean):
    """P(X < count) by adding every term, each from its logarithm."""
    if mean == 0:
        return float(count > 0)
    terms = (k * math.log(mean) - mean - math.lgamma(k + 1) for k in range(count))
    return math.fsum(map(math.exp, terms))


@given(counts)
def test_each_tail_of_the_poisson_interval_holds_its_share(count):
    found = statistics.poisson(count)
    assert found.low <= count <= found.high
    assert by_hand_below(count + 1, found.high) == pytest.approx(0.025, rel=1e-8)
    if count:
        assert 1 - by_hand_below(count, found.low) == pytest.approx(0.025, rel=1e-6)


@pytest.mark.parametrize(
    ("count", "low", "high"),
    [(0, 0, 3.6889), (1, 0.0253, 5.5716), (5, 1.6235, 11.6683), (20, 12.2165, 30.8884)],
)
def test_agrees_with_the_published_table(count, low, high):
    found = statistics.poisson(count)
    assert (found.low, found.high) == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))


@given(st.integers(10_000, 200_000))
def test_a_large_count_is_near_its_normal_approximation(count):
    found = statistics.poisson(count)
    assert found.high - found.low == pytest.approx(2 * 1.96 * math.sqrt(count), rel=0.01)


@given(counts, st.integers(1, 10**6), st.integers(2, 9))
def test_a_rate_scales_with_its_unit(count, population, times):
    one = statistics.rate(count, population)
    many = statistics.rate(count, population, per=1000 * times)
    assert many.high == pytest.approx(one.high * times)
    assert one.value == pytest.approx(count / population * 1000)


@given(st.integers(0, 500), st.integers(1, 500))
def test_wilson_bounds_are_where_the_score_test_just_rejects(part, whole):
    assume(part <= whole)
    found = statistics.proportion(part, whole)
    assert 0 <= found.low <= found.value <= found.high <= 1
    for edge in (found.low, found.high):
        if 0 < edge < 1:
            score = (found.value - edge) / math.sqrt(edge * (1 - edge) / whole)
            assert abs(score) == pytest.approx(1.959964, abs=1e-4)


@given(st.integers(0, 500), st.integers(1, 500))
def test_turning_a_proportion_round_turns_its_interval_round(part, whole):
    assume(part <= whole)
    one, other = statistics.proportion(part, whole), statistics.proportion(whole - part, whole)
    assert one.low == pytest.approx(1 - other.high, abs=1e-12)


@given(st.lists(st.tuples(st.integers(0, 300), st.integers(0, 300)), min_size=3, max_size=24))
def test_swapping_the_years_turns_the_ratio_over(pairs):
    now, before = zip(*pairs, strict=True)
    assume(sum(now) and sum(before))
    there, back = statistics.change(now, before), statistics.change(before, now)
    assert there.low <= there.value <= there.high
    assert there.low == pytest.approx(1 / back.high)


@given(st.lists(st.integers(1, 300), min_size=3, max_size=24), st.integers(1, 4))
def test_pairs_that_agree_give_no_more_spread_than_chance(before, times):
    found = statistics.change([count * times for count in before], before)
    total = sum(before)
    t = statistics.T_975[min(len(before) - 1, 30) - 1]
    assert found.value == pytest.approx(times)
    assert math.log(found.high / times) == pytest.approx(
        t * math.sqrt(1 / total / times + 1 / total)
    )


def test_no_change_is_said_to_be_a_change_about_one_time_in_twenty():
    """A rehearsal: 400 pairs of years whose months vary three times as much as chance."""
    dice, wrong = random.Random(20250401), 0
    for _ in range(400):
        years = [[_clustered(dice, 200, 3) for _ in range(12)] for _ in range(2)]
        found = statistics.change(*years)
        wrong += not found.low <= 1 <= found.high
    assert 5 <= wrong <= 36


def _clustered(dice, mean, spread):
    return max(0, round(dice.gauss(mean, math.sqrt(mean * spread))))


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: statistics.poisson(-1),
        lambda: statistics.rate(3, 0),
        lambda: statistics.proportion(3, 2),
        lambda: statistics.proportion(0, 0),
        lambda: statistics.change([1, 2], [1, 2]),
        lambda: statistics.change([1, 2, 3], [1, 2]),
        lambda: statistics.change([0, 0, 0], [1, 2, 3]),
    ],
)
def test_what_has_no_answer_is_refused(wrong):
    with pytest.raises(BadInput):
        wrong()
