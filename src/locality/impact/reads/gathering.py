"""Gather what a report is built from: recorded crime, and the partners' own records.

Everything is counted inside `acting`, under the rule that holds for whoever opens the report: what
they may not see is not counted, and the report says whose sight it was. It is signed by its author.
"""

from bisect import bisect_left
from collections import Counter as Counted
from collections.abc import Callable, Mapping
from datetime import date

from locality.cases import reads as cases_reads
from locality.cases.words import Grade
from locality.impact import strategies
from locality.impact.words import Crime, Cross, Gathered, Practice, Source
from locality.intake import reads as intake_reads
from locality.kit.dates import Month, Period, month_of
from locality.kit.errors import NotHere
from locality.panels import reads as panels_reads
from locality.pathways import catalogue
from locality.places import reads as places_reads
from locality.referrals import reads as referrals_reads
from locality.sharing import reads as sharing_reads

Counter = Callable[[date, date], Mapping[str, int]]  # plain counts; both days included
COUNTERS: tuple[Counter, ...] = (
    intake_reads.counts,
    cases_reads.counts,
    referrals_reads.counts,
    panels_reads.counts,
)


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


def gather(area_name: str, area_code: str, months: Period, *, by_author: bool = True) -> Gathered:
    """Count everything a report on an area and period needs, as far as whoever acts may see."""
    practice = _practice(months, WHOSE if by_author else READERS)
    return Gathered(area_name, months, _crime(area_code, months), practice)


def _code(name: str) -> str:
    """The code of an area; none while no boundaries are loaded."""
    try:
        return places_reads.area_named(name).code
    except NotHere:
        return ""


def _crime(area_code: str, months: Period) -> Crime:
    """Both years: the period and the same months a year earlier."""
    if not area_code:
        return Crime(_crime_source([], "", frozenset()), frozenset(), {}, {})
    found = places_reads.crime_record(area_code, Period(months.year_before().first, months.last))
    return Crime(
        source=_crime_source(places_reads.sources(), found.source, found.complete),
        complete=found.complete,
        counts=found.counts,
        pairs=places_reads.year_pairs(found, months),
        residents=places_reads.residents_heard(found) if found.area.population else {},
        silent=_silent(places_reads.silent(found)),
    )


def _silent(gaps: Mapping[Month, frozenset[str]]) -> dict[Month, int]:
    """How many small areas are silent in each month, beside those that are silent in all."""
    never = frozenset.intersection(*gaps.values()) if len(gaps) > 1 else frozenset()
    return {month: len(areas - never) for month, areas in gaps.items() if areas - never}


def _crime_source(files: list[str], licence: str, complete: frozenset[Month]) -> Source:
    version = f"Complete to {max(complete).label}" if complete else "Not loaded yet"
    named = f"Recorded crime by small area and month ({', '.join(files)})" if files else ""
    return Source(
        named or "Recorded crime by small area and month",
        "The police force of the area, as published; residents from the Census",
        version,
        licence.rstrip("."),
    )


def _practice(months: Period, whose: str) -> Practice:
    counted: dict[str, int] = {}
    for counter in COUNTERS:
        counted |= counter(months.first_day, months.last_day)
    counts = {
        measure.key: sum(counted[name] for name in measure.counts)
        for measure in strategies.measures().practice
        if all(name in counted for name in measure.counts)
    }
    return Practice(_source(), whose, _complete(months), counts, _crosses(months))


def _crosses(months: Period) -> dict[str, Cross]:
    """How referrals ended, by pathway (rows) and grade (columns, best first)."""
    found = Counted(how_referrals_ended(months))
    pathways = sorted({pathway for pathway, _ in found})
    counts = tuple(tuple(found[pathway, grade] for grade in Grade) for pathway in pathways)
    if not counts:
        return {}
    heads = tuple(grade.capitalize() for grade in Grade)
    return {"referrals.outcomes": Cross(tuple(map(_named, pathways)), heads, counts)}


def how_referrals_ended(months: Period) -> list[tuple[str, str]]:
    """The pathway and grade of every referral that ended in a period."""
    ended = referrals_reads.visible().filter(
        sharing_reads.between("ended_at", months.first_day, months.last_day),
        grade__in=list(Grade),
    )
    return list(ended.order_by().values_list("pathway", "grade"))


def _named(pathway: str) -> str:
    """What a pathway is called, or its key where the catalogue no longer has it."""
    try:
        return catalogue.get(pathway).name
    except NotHere:
        return pathway


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


READERS = (
    "This draft was not opened by its author: only the records that its reader may see are "
    "counted. Its author may get other figures, and it is signed with the author’s."
)


def _source() -> Source:
    today = sharing_reads.today()
    return Source(
        "Concerns, cases, panels and referrals recorded in Locality",
        "The partner agencies",
        f"Counted on {today.day} {month_of(today).label}",
    )
