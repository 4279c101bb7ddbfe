"""What is measured, against which strategy, and what was gathered for it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from locality.impact.words.figures import Source
from locality.impact.words.reports import SectionKey
from locality.kit.dates import Month, Period


@dataclass(frozen=True, slots=True)
class Priority:
    """One priority of a strategy, and the measures in this report that bear on it."""

    key: str
    name: str
    measures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Strategy:
    """A board's strategy: data, never code."""

    key: str
    name: str
    board: str
    area: str
    source: str
    first_year: int
    last_year: int
    priorities: tuple[Priority, ...]


@dataclass(frozen=True, slots=True)
class CrimeMeasure:
    """A count of recorded crime. No category means every category."""

    key: str
    section: SectionKey
    label: str
    category: str = ""
    chart: bool = False


@dataclass(frozen=True, slots=True)
class PracticeMeasure:
    """A count from the partners' own records, or its share `of` a larger count.

    `counts` names what is added up, in the words of each domain's reads.
    """

    key: str
    section: SectionKey
    label: str
    unit: str
    counts: tuple[str, ...]
    how: str
    empty: str
    of: str = ""


@dataclass(frozen=True, slots=True)
class CrossMeasure:
    """A table with totals from the partners' own records; `total` is the count of it all."""

    key: str
    section: SectionKey
    caption: str
    heads: str
    how: str
    empty: str
    total: str = ""


@dataclass(frozen=True, slots=True)
class Measures:
    """Everything a report measures, and what nothing is recorded about yet."""

    crime: tuple[CrimeMeasure, ...]
    practice: tuple[PracticeMeasure, ...]
    crosses: tuple[CrossMeasure, ...]
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cross:
    """Counts by two things at once, such as pathway (rows) by outcome (columns)."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Crime:
    """Recorded crime of one area by category and month, for two years of months.

    `counts` holds a number for complete months only; a complete month without crimes of a
    category holds nought. `complete` names the complete months of both years. `pairs` holds,
    for each month that is complete in both years, its count and that of a year earlier, of the
    small areas that have figures in both. `residents` are those of the small areas that have
    figures in a month, where they are known. `silent` counts the small areas that usually have
    records and have none in a complete month.
    """

    source: Source
    complete: frozenset[Month]
    counts: Mapping[str, Mapping[Month, int]]
    pairs: Mapping[str, Mapping[Month, tuple[int, int]]]
    residents: Mapping[Month, int] = field(default_factory=dict)
    silent: Mapping[Month, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Practice:
    """Counts from the partners' own records by measure key; a key left out is not recorded.

    `complete` names the months from the first record to the last month that has ended.
    """

    source: Source
    whose: str
    complete: frozenset[Month] = frozenset()
    counts: Mapping[str, int] = field(default_factory=dict)
    crosses: Mapping[str, Cross] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Gathered:
    """All that a report is built from, fetched before any rule looks at it."""

    area: str
    period: Period
    crime: Crime
    practice: Practice
