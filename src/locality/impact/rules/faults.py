"""Whether a strategy and a set of measures make sense together. Pure."""

from collections.abc import Iterator

from locality.impact.words import (
    CrimeMeasure,
    CrossMeasure,
    Measures,
    PracticeMeasure,
    SectionKey,
    Strategy,
)

DETAIL = {SectionKey.TRUST, SectionKey.COMMUNITIES, SectionKey.HARM}


def measure_faults(measures: Measures) -> Iterator[str]:
    """Yield every reason a set of measures must not be used, in words its author can act on."""
    everything = _all(measures)
    keys = [measure.key for measure in everything]
    for key in sorted({key for key in keys if keys.count(key) > 1}):
        yield f"the key “{key}” is used more than once"
    for measure in everything:
        if measure.section not in DETAIL:
            yield f"“{measure.key}” cannot stand in the section “{measure.section}”"
    counted = {measure.key for measure in measures.practice}
    for part in measures.practice:
        if part.of and part.of not in counted:
            yield f"“{part.key}” is part of “{part.of}”, which is not counted"
    for cross in measures.crosses:
        if cross.total and cross.total not in counted:
            yield f"“{cross.key}” has the total “{cross.total}”, which is not counted"


def strategy_faults(strategy: Strategy, measures: Measures) -> Iterator[str]:
    """Yield every reason a strategy cannot be reported against with these measures."""
    if not strategy.priorities:
        yield "a strategy needs at least one priority"
    if strategy.last_year < strategy.first_year:
        yield "last_year is before first_year"
    known = {measure.key for measure in _all(measures)}
    for priority in strategy.priorities:
        for key in priority.measures:
            if key not in known:
                yield f"the priority “{priority.name}” names “{key}”, which nobody measures"


def _all(measures: Measures) -> list[CrimeMeasure | PracticeMeasure | CrossMeasure]:
    return [*measures.crime, *measures.practice, *measures.crosses]
