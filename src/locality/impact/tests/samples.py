"""An invented area with known figures, for every test of reports."""

from datetime import date

from locality.impact import strategies
from locality.impact.rules import report
from locality.impact.words import (
    Author,
    Crime,
    Cross,
    Gathered,
    Practice,
    Source,
    State,
)
from locality.kit.dates import Month, Period
from locality.kit.disclosure import shipped_rule

PERIOD = Period(Month(2025, 4), Month(2026, 3))
BOTH_YEARS = Period(Month(2024, 4), Month(2026, 3))
MISSING = frozenset({Month(2024, 9), Month(2024, 10)})
CODE = "E08000099"
CATEGORIES = (
    "Anti-social behaviour", "Burglary", "Criminal damage and arson", "Possession of weapons",
    "Robbery", "Shoplifting", "Vehicle crime", "Violence and sexual offences",
)  # fmt: skip
PRACTICE = {
    "concerns.raised": 214, "concerns.agreed": 171, "concerns.screened": 201,
    "concerns.in_time": 180, "panels.decisions": 63, "panels.dissents": 3,
    "cases.opened": 96, "cases.closed": 58, "goals.agreed": 171, "goals.met": 122,
    "referrals.offered": 88, "referrals.ended": 61,
}  # fmt: skip
OUTCOMES = Cross(
    ("Early help", "Mentoring"),
    ("Reached", "Partly reached", "Not reached", "Declined"),
    ((18, 11, 6, 3), (9, 8, 2, 4)),
)


def crime_of(counts, complete, silent=None):
    """Crime with these counts, all of it comparable wherever both years are complete."""
    source = Source("Invented crime", "Aldermoor Police", "Loaded for tests")
    pairs = {name: trend_pairs(months, complete) for name, months in counts.items()}
    return Crime(source, complete, counts, pairs, dict.fromkeys(complete, 284_106), silent or {})


def trend_pairs(months, complete, period=PERIOD):
    """A series and the same months a year earlier, where both are complete."""
    both = [m for m in period if m in complete and m + -12 in complete]
    return {m: (months.get(m, 0), months.get(m + -12, 0)) for m in both}


def some_crime(months=BOTH_YEARS, missing=MISSING, categories=CATEGORIES, base=40, silent=None):
    """Crime that differs by category and month, so that no two figures are equal by chance."""
    complete = frozenset(months) - missing
    counts = {
        name: {m: base + 7 * at + 3 * m.number + (m.year - 2024) for m in complete}
        for at, name in enumerate(categories)
    }
    return crime_of(counts, complete, silent)


def some_practice(counts=None, outcomes=OUTCOMES):
    source = Source("Invented records", "The partners of Aldermoor", "Counted for tests")
    crosses = {"referrals.outcomes": outcomes} if outcomes else {}
    counted = PRACTICE if counts is None else counts
    return Practice(source, "Only what the author may see.", frozenset(PERIOD), counted, crosses)


def gathered(crime=None, practice=None, period=PERIOD):
    return Gathered("Walsall", period, crime or some_crime(), practice or some_practice())


def a_frame(state=State.DRAFT):
    return report.Frame(
        strategy=strategies.for_area("Walsall"),
        measures=strategies.measures(),
        rule=shipped_rule(),
        author=Author("Director of Public Health", "Aldermoor Council"),
        prepared_on=date(2026, 4, 20),
        state=state,
    )


def a_report(written=None, found=None, state=State.DRAFT):
    return report.build(a_frame(state), found or gathered(), written or {})


def a_part(document, kind):
    """Every part of one kind, in reading order."""
    return [part for section in document.sections for part in section.parts if part.kind == kind]
