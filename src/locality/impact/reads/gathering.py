"""Gather what a report is built from: recorded crime, and the partners' own records.

Everything is counted inside `acting`, under the rule that holds for the author: what the author
may not see is not counted, and the report says so.
"""

from collections.abc import Mapping
from datetime import date
from typing import Protocol

from locality.impact import strategies
from locality.impact.words import Crime, Cross, Gathered, Practice, Source
from locality.kit.dates import Month, Period, month_of
from locality.kit.errors import NotHere
from locality.sharing import reads as sharing_reads

NOT_LOADED = Source("Recorded crime by month", "The police force of the area", "Not loaded yet")


class CrimeSource(Protocol):
    """What places offers: the areas that crime is loaded for, and the crime of one."""

    def areas(self) -> Mapping[str, str]:
        """Codes of areas, by name."""

    def crime(self, area_code: str, months: Period) -> Crime:
        """Count recorded crime by category and month, with the complete months."""


class PracticeSource(Protocol):
    """What a domain with records of its own offers; both days are included."""

    def counts(self, first: date, last: date) -> Mapping[str, int]:
        """Counts by measure key."""

    def crosses(self, first: date, last: date) -> Mapping[str, Cross]:
        """Counts by two things at once, by measure key."""

    def first_day(self) -> date | None:
        """The day of the earliest record the author may see, if there is one."""


CRIME: CrimeSource | None = None
PRACTICE: tuple[PracticeSource, ...] = ()


def areas() -> dict[str, str]:
    """Codes of the areas a report can be about, by name; a strategy's area needs no crime."""
    named = {strategy.area: "" for strategy in strategies.every()}
    loaded = CRIME.areas() if CRIME else {}
    return named | {name: code for name, code in loaded.items() if name in named}


def area(name: str) -> tuple[str, str]:
    """Fetch an area's own name and code, whatever its capitals, or raise NotHere."""
    known = areas()
    for own, code in known.items():
        if own.casefold() == name.strip().casefold():
            return own, code
    raise NotHere(f"no area is called {name}; there is {', '.join(sorted(known))}")


def gather(area_name: str, area_code: str, months: Period) -> Gathered:
    """Count everything a report on an area and period needs, as far as the author may see."""
    return Gathered(area_name, months, _crime(area_code, months), _practice(months))


def _crime(area_code: str, months: Period) -> Crime:
    """Both years: the period and the same months a year earlier."""
    if CRIME is None or not area_code:
        return Crime(NOT_LOADED, None, frozenset(), {})
    return CRIME.crime(area_code, Period(months.year_before().first, months.last))


def _practice(months: Period) -> Practice:
    counts: dict[str, int] = {}
    crosses: dict[str, Cross] = {}
    for source in PRACTICE:
        counts |= source.counts(months.first_day, months.last_day)
        crosses |= source.crosses(months.first_day, months.last_day)
    return Practice(_source(), _whose(), _complete(months), counts, crosses)


def _complete(months: Period) -> frozenset[Month]:
    """The months from the first record's to the last that has ended."""
    began = min((day for source in PRACTICE if (day := source.first_day())), default=None)
    this_month = month_of(sharing_reads.today())
    if began is None:
        return frozenset()
    return frozenset(m for m in months if month_of(began) <= m < this_month)


def _source() -> Source:
    today = sharing_reads.today()
    return Source(
        "Concerns, cases, panels and referrals recorded in Locality",
        "The partner agencies",
        f"Counted on {today.day} {month_of(today).label}",
    )


def _whose() -> str:
    return (
        "Only the records that the author of this report may see are counted: their own agency’s, "
        "as far as they are cleared for them, and what others have disclosed to them."
    )
