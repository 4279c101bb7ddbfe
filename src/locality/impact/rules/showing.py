"""Turn counts into what may be shown of them, so that no two figures give away a third."""

from collections.abc import Mapping, Sequence

from locality.impact.words import Fewer, NotRecorded, Number, PracticeMeasure, Value, Withheld
from locality.kit import disclosure, statistics
from locality.kit.disclosure import Rule, Showing

MONTHS_IN_A_YEAR = 12


def value(count: int, how: Showing, rule: Rule) -> Value:
    """Show a count as its showing says."""
    if how is Showing.FEWER:
        return Fewer(rule.threshold)
    return Withheld() if how is Showing.WITHHELD else Number(count)


def alone(count: int, rule: Rule) -> Value:
    """Show a count that stands in no table."""
    how = Showing.FEWER if disclosure.is_small(count, rule) else Showing.SHOWN
    return value(count, how, rule)


def part_of(part: int, whole: int, rule: Rule) -> Value:
    """Show a count printed beside the larger count it belongs to.

    The rest is not printed, but anybody can subtract: a small rest hides the part.
    """
    if disclosure.is_small(part, rule):
        return Fewer(rule.threshold)
    return Withheld() if disclosure.is_small(whole - part, rule) else Number(part)


def share(part: int, whole: int, rule: Rule) -> Value:
    """Show part / whole as a percentage with its interval, where no small count is behind it."""
    if not whole or not disclosure.is_share_safe(part, whole, rule):
        return Withheld()
    found = statistics.proportion(part, whole).times(100)
    return Number(found.value, 0, found.low, found.high, suffix="%")


def rate(count: int, lived: int, rule: Rule) -> Value:
    """Show a count per 1,000 residents in a year, where the count itself may be shown.

    `lived` is residents times the months that they lived through with figures.
    """
    if not lived:
        return NotRecorded("The number of residents is not known.")
    if disclosure.is_small(count, rule):
        return Withheld()
    found = statistics.rate(count, lived).times(MONTHS_IN_A_YEAR)
    return Number(found.value, 1, found.low, found.high)


def practice(
    measure: PracticeMeasure,
    counts: Mapping[str, int],
    totals: Mapping[str, Showing],
    rule: Rule,
) -> Value:
    """Show one count from the partners' records, or say that nothing is recorded.

    `totals` says how tables show the totals that are also figures of their own.
    """
    count, whole = counts.get(measure.key), counts.get(measure.of, 0) if measure.of else None
    if count is None or (whole == 0 if measure.of else count == 0):
        return NotRecorded(measure.empty)
    if measure.key in totals:
        return value(count, totals[measure.key], rule)
    return alone(count, rule) if whole is None else part_of(count, whole, rule)


def cells(counts: Sequence[Sequence[int]], rule: Rule) -> list[list[str]]:
    """Print a table with its totals (last row, last column), protected."""
    full = disclosure.with_totals(counts)
    showing = disclosure.protect(counts, rule)
    return [
        [value(count, how, rule).shown for count, how in zip(*pair, strict=True)]
        for pair in zip(full, showing, strict=True)
    ]
