"""How few areas hold half, against trying every number of areas."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from locality.kit.errors import BadInput
from locality.places.kernels import concentration

levels = st.lists(st.integers(0, 200), min_size=1, max_size=40)


def holding(counts, share=0.5):
    return int(concentration.areas_holding(np.array([counts], dtype=np.float64), share)[0])


@given(levels, st.sampled_from([0.25, 0.5, 0.8, 1.0]))
def test_agrees_with_adding_the_highest_until_there_is_enough(counts, share):
    best = sorted(counts, reverse=True)
    by_hand = next(
        (n for n in range(1, len(best) + 1) if sum(best[:n]) >= share * sum(best)), len(best)
    )
    assert holding(counts, share) == (by_hand if sum(counts) else 0)


@given(levels, st.randoms())
def test_order_does_not_matter(counts, random):
    assert holding(random.sample(counts, len(counts))) == holding(counts)


@given(levels)
def test_ten_times_as_much_everywhere_is_as_concentrated(counts):
    assert holding([10 * count for count in counts]) == holding(counts)


@given(levels, st.integers(0, 2**32 - 1))
def test_the_interval_is_in_order_and_the_same_for_the_same_generator(counts, seed):
    values = np.array(counts)
    one, two = (concentration.half_in(values, np.random.default_rng(seed), 50) for _ in range(2))
    assert one == two
    assert 0 <= one[1] <= one[2] <= len(counts)


def test_the_interval_holds_the_number_that_made_the_counts():
    generator = np.random.default_rng(7)
    inside = 0
    for _ in range(200):
        true = generator.gamma(1.5, 8, size=120)
        half = holding(true)
        _, low, high = concentration.half_in(generator.poisson(true), generator, 300)
        inside += low <= half <= high
    assert inside >= 0.9 * 200


def test_counts_no_more_uneven_than_chance_have_an_even_level_beneath():
    generator = np.random.default_rng(7)
    counts = generator.poisson(3, size=200)
    recorded, low, _ = concentration.half_in(counts, generator)
    assert recorded < low
    assert low >= 90


def test_equal_risk_with_many_crimes_takes_half_of_equal_areas():
    generator = np.random.default_rng(7)
    found = concentration.half_by_chance(1_000_000, np.full(100, 1500.0), generator)
    assert 49 <= found <= 50


@pytest.mark.parametrize("share", [0, -1, 1.5])
def test_a_share_must_be_a_share(share):
    with pytest.raises(BadInput, match="share must be"):
        holding([1, 2], share)


def test_refuses_what_cannot_be_counted():
    generator = np.random.default_rng(1)
    with pytest.raises(BadInput, match="below nought"):
        holding([1, -2])
    with pytest.raises(BadInput, match="below nought"):
        concentration.underlying(np.array([-1]), 5, generator)
    with pytest.raises(BadInput, match="some area must have some"):
        concentration.half_by_chance(5, np.zeros(3), generator)
