"""Nobody who solves a published table's sums learns a small count."""

from datetime import date
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from locality.kit import disclosure
from locality.kit.disclosure import Rule, Showing
from locality.kit.errors import BadInput

FIVE = disclosure.shipped_rule()


def a_rule(threshold, round_to=5):
    return Rule(threshold, round_to, "an owner", "a source", date(2027, 4, 1))


def tables(largest, most_rows=4, most_columns=4):
    shape = st.tuples(st.integers(1, most_rows), st.integers(1, most_columns))
    return shape.flatmap(lambda size: _of(size, st.integers(0, largest)))


def _of(size, counts):
    row = st.lists(counts, min_size=size[1], max_size=size[1])
    return st.lists(row, min_size=size[0], max_size=size[0])


def attack(counts, showing, rule):
    """Try every table a reader cannot rule out; give each cell's least and most.

    A plain reference: it counts through all values of the hidden inner cells and keeps
    the tables whose shown totals come out. Withheld cells are tried up to a ceiling, so
    the truth may be wider than what it finds, never narrower.
    """
    full, ceiling = disclosure.with_totals(counts), max(map(max, counts)) + rule.threshold
    inner = list(product(range(len(counts)), range(len(counts[0]))))
    choices = [_known(full[i][j], showing[i][j], rule.threshold, ceiling) for i, j in inner]
    places = list(product(range(len(full)), range(len(full[0]))))
    found = {place: set() for place in places}
    for values in product(*choices):
        grid = [list(values[i * len(counts[0]) :][: len(counts[0])]) for i in range(len(counts))]
        tried = disclosure.with_totals(grid)
        if all(_fits(tried[i][j], full[i][j], showing[i][j], rule.threshold) for i, j in places):
            for i, j in places:
                found[i, j].add(tried[i][j])
    return {place: (min(values), max(values)) for place, values in found.items()}


def _known(value, how, threshold, ceiling):
    if how is Showing.SHOWN:
        return (value,)
    return range(1, threshold) if how is Showing.FEWER else range(threshold, ceiling + 1)


def _fits(tried, value, how, threshold):
    if how is Showing.SHOWN:
        return tried == value
    return how is Showing.WITHHELD or 0 < tried < threshold


@settings(deadline=None, max_examples=150)
@given(tables(6, 2, 3) | tables(6, 3, 2), st.integers(2, 4))
def test_trying_every_table_narrows_no_small_count(counts, threshold):
    rule = a_rule(threshold)
    showing = disclosure.protect(counts, rule)
    full = disclosure.with_totals(counts)
    for (i, j), (low, high) in attack(counts, showing, rule).items():
        if disclosure.is_small(full[i][j], rule):
            assert showing[i][j] is not Showing.SHOWN
            assert high - low >= threshold - 2
        assert low <= full[i][j] <= high


@settings(deadline=None, max_examples=100)
@given(tables(6, 2, 3), st.integers(2, 4))
def test_what_a_reader_can_prove_is_never_narrower_than_what_trying_finds(counts, threshold):
    rule = a_rule(threshold)
    showing = disclosure.protect(counts, rule)
    for place, (low, high) in attack(counts, showing, rule).items():
        least, most = disclosure.span(counts, showing, place, rule)
        assert least == low and most >= high


@settings(deadline=None, max_examples=60)
@given(tables(40, 7, 6))
def test_the_exact_solver_narrows_no_small_count_in_larger_tables(counts):
    showing, full = disclosure.protect(counts, FIVE), disclosure.with_totals(counts)
    for i, row in enumerate(full):
        for j, count in enumerate(row):
            if disclosure.is_small(count, FIVE):
                least, most = disclosure.span(counts, showing, (i, j), FIVE)
                assert most - least >= FIVE.threshold - 2
                assert showing[i][j] is not Showing.FEWER or (least, most) == (1, 4)


@settings(deadline=None)
@given(tables(60))
def test_a_label_is_always_true_and_a_table_without_small_counts_is_whole(counts):
    showing, full = disclosure.protect(counts, FIVE), disclosure.with_totals(counts)
    small = False
    for count, how in zip(sum(full, []), sum(showing, []), strict=True):
        small |= disclosure.is_small(count, FIVE)
        assert how is not Showing.FEWER or disclosure.is_small(count, FIVE)
        assert count or how is Showing.SHOWN
    assert small or {how for row in showing for how in row} == {Showing.SHOWN}


def test_one_small_count_takes_one_other_with_it():
    assert disclosure.protect_list([3, 40, 12], FIVE) == [
        Showing.FEWER, Showing.SHOWN, Showing.WITHHELD, Showing.SHOWN,
    ]  # fmt: skip


def test_an_attacker_of_a_table_with_only_primary_suppression_wins():
    """The reference can tell: without secondary suppression the sum gives the count away."""
    only = [[Showing.FEWER, Showing.SHOWN, Showing.SHOWN], [Showing.SHOWN] * 3]
    assert attack([[3, 10]], only, FIVE)[0, 0] == (3, 3)


def test_two_small_counts_hide_their_small_total():
    *cells, total = disclosure.protect_list([2, 1], FIVE)
    assert cells == [Showing.FEWER, Showing.FEWER] and total is Showing.WITHHELD


@given(st.integers(0, 10**6), st.integers(1, 50))
def test_rounding_moves_a_count_at_most_half_a_step(count, step):
    rule = a_rule(5, step)
    assert disclosure.rounded(count, rule) % step == 0
    assert abs(disclosure.rounded(count, rule) - count) * 2 <= step


@given(st.integers(0, 40), st.integers(0, 40))
def test_a_share_is_safe_only_when_no_count_behind_it_is_small(part, rest):
    small = [disclosure.is_small(count, FIVE) for count in (part, rest, part + rest)]
    assert disclosure.is_share_safe(part, part + rest, FIVE) == (not any(small))


def test_the_shipped_rule_says_who_chose_it_and_until_when():
    assert (FIVE.threshold, FIVE.round_to) == (5, 5)
    assert FIVE.owner and FIVE.source and FIVE.review_by


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: disclosure.read_rule("threshold = 5"),
        lambda: disclosure.read_rule("threshold"),
        lambda: a_rule(1),
        lambda: disclosure.protect([], FIVE),
        lambda: disclosure.protect([[1, 2], [3]], FIVE),
        lambda: disclosure.is_small(-1, FIVE),
        lambda: disclosure.rounded(-1, FIVE),
    ],
)
def test_what_cannot_be_read_is_refused(wrong):
    with pytest.raises(BadInput):
        wrong()
