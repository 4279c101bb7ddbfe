"""Gather what a report is built from: recorded crime, and the partners' own records.

Everything is counted inside `acting`, under the rule that holds for the author: what the author
may not see is not counted, and the report says so.
"""

from bisect import bisect_left
from collections.abc import Callable, Mapping
from datetime import date
from typing import Protocol

from locality.impact import strategies
from locality.impact.words import Crime, Cross, Gathered, Practice, Source
from locality.kit.dates import Month, Period, month_of
from locality.kit.errors import NotHere
from locality.sharing import reads as sharing_reads


class Area(Protocol):
    """An area that recorded crime may be loaded for."""

    code: str
    name: str
    population: int | None


class Places(Protocol):
    """What `places.reads` offers to a report."""

    def area_named(self, name: str) -> Area:
        """An area by its name, or NotHere."""

    def crime_record(self, code: str, period: Period) -> "Record":
        """All that is recorded for an area, by category and month."""

    def sources(self) -> list[str]:
        """The files that recorded crime was loaded from."""


class Record(Protocol):
    """Recorded crime of one area: counts by category and month, and which months are complete."""

    area: Area
    counts: Mapping[str, Mapping[Month, int]]
    complete: frozenset[Month]
    source: str


Counter = Callable[[date, date], Mapping[str, int]]  # plain counts; both days included
Outcomes = Callable[[date, date], Mapping[str, Mapping[str, int]]]  # by pathway, then by grade

PLACES: Places | None = None
COUNTERS: tuple[Counter, ...] = ()
OUTCOMES: Outcomes | None = None


def areas() -> dict[str, str]:
    """Codes of the areas a report can be about, by name: those that have a strategy."""
    return {strategy.area: _code(strategy.area) for strategy in strategies.every()}


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


def _code(name: str) -> str:
    """The code of an area; none while no boundaries are loaded."""
    try:
        return PLACES.area_named(name).code if PLACES else ""
    except NotHere:
        return ""


def _crime(area_code: str, months: Period) -> Crime:
    """Both years: the period and the same months a year earlier."""
    if PLACES is None or not area_code:
        return Crime(_crime_source([], "", frozenset()), None, frozenset(), {})
    found = PLACES.crime_record(area_code, Period(months.year_before().first, months.last))
    source = _crime_source(PLACES.sources(), found.source, found.complete)
    return Crime(source, found.area.population, found.complete, found.counts)


def _crime_source(files: list[str], licence: str, complete: frozenset[Month]) -> Source:
    version = f"Complete to {max(complete).label}" if complete else "Not loaded yet"
    named = f"Recorded crime by small area and month ({', '.join(files)})" if files else ""
    return Source(
        named or "Recorded crime by small area and month",
        "The police force of the area, as published; residents from the Census",
        version,
        licence.rstrip("."),
    )


def _practice(months: Period) -> Practice:
    counted: dict[str, int] = {}
    for counter in COUNTERS:
        counted |= counter(months.first_day, months.last_day)
    counts = {
        measure.key: sum(counted[name] for name in measure.counts)
        for measure in strategies.measures().practice
        if all(name in counted for name in measure.counts)
    }
    return Practice(_source(), WHOSE, _complete(months), counts, _crosses(months))


def _crosses(months: Period) -> dict[str, Cross]:
    """The table of outcomes by pathway, with every grade that occurs as a column."""
    found = OUTCOMES(months.first_day, months.last_day) if OUTCOMES else {}
    grades = tuple(dict.fromkeys(grade for by_grade in found.values() for grade in by_grade))
    if not grades:
        return {}
    counts = tuple(tuple(by.get(grade, 0) for grade in grades) for by in found.values())
    heads = tuple(grade.capitalize() for grade in grades)
    return {"referrals.outcomes": Cross(tuple(found), heads, counts)}


def _complete(months: Period) -> frozenset[Month]:
    """The months from the one with the first record to the last that has ended."""
    this_month = month_of(sharing_reads.today())
    ended = [m for m in months if m < this_month]
    began = bisect_left(ended, True, key=_has_records_by)
    return frozenset(ended[began:])


def _has_records_by(until: Month) -> bool:
    """Whether anything at all was recorded by the end of a month: once true, true thereafter."""
    return any(any(counter(EARLIEST, until.last_day).values()) for counter in COUNTERS)


EARLIEST = date(2000, 1, 1)
WHOSE = (
    "Only the records that the author of this report may see are counted: their own agency’s, as "
    "far as they are cleared for them, and what others have disclosed to them."
)


def _source() -> Source:
    today = sharing_reads.today()
    return Source(
        "Concerns, cases, panels and referrals recorded in Locality",
        "The partner agencies",
        f"Counted on {today.day} {month_of(today).label}",
    )
