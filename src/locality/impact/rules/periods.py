"""Which months a report may be about, so that two reports do not give away what one hides.

Counts are hidden within a report, where they are small. Whoever holds two signed reports whose
months overlap can subtract one from the other. Reports of the same area may therefore overlap
only when both begin and end with a quarter of the financial year: then what can be found is
the count of whole quarters, and nothing about a month or a few weeks. Pure.
"""

from collections.abc import Sequence

from locality.kit.dates import Month, Period
from locality.kit.errors import BadInput, Refused
from locality.kit.saying import say

LONGEST = 48  # months
QUARTERS_BEGIN = {1, 4, 7, 10}


def require_ended(asked: Period, this_month: Month) -> None:
    """Refuse (BadInput) months that have not ended, and more months than can be read."""
    if asked.last >= this_month:
        raise BadInput(
            f"{asked.last.label} has not ended yet: choose months up to {(this_month + -1).label}."
        )
    if len(asked) > LONGEST:
        raise BadInput(
            f"{asked.label} is {len(asked):,} months: choose {LONGEST} or fewer, ending in "
            f"{asked.last.label}."
        )


def overlapping(asked: Period, signed: Sequence[Period]) -> list[Period]:
    """Name the signed periods that share months with the one asked for, each once, in order."""
    shared = {one for one in signed if one.first <= asked.last and asked.first <= one.last}
    return sorted(shared, key=lambda one: (one.first, one.last))


def require_apart(asked: Period, signed: Sequence[Period]) -> None:
    """Refuse with `impact.overlaps` months that would let two reports be subtracted finely.

    The same months again are allowed: a report may be made anew.
    """
    for one in overlapping(asked, signed):
        if one != asked and not (are_quarters(asked) and are_quarters(one)):
            raise Refused(
                "impact.overlaps",
                say(
                    "A signed report covers {one}, which shares months with {asked}. Whoever has "
                    "both could subtract one from the other and find the small counts that each "
                    "hides. Choose the same months, months that it does not cover, or whole "
                    "quarters of the financial year where both are.",
                    one=one.label,
                    asked=asked.label,
                ),
            )


def are_quarters(period: Period) -> bool:
    """Whether a period is made of whole quarters, such as April to June."""
    begins = {period.first.number, (period.last + 1).number}
    return begins <= QUARTERS_BEGIN
