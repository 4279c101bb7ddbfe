"""What a board report is made of. No framework, no database."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Literal

from locality.kit.dates import Month, Period, runs_of_months


class State(StrEnum):
    """Where a report stands."""

    DRAFT = "draft"
    FINAL = "final"


class SectionKey(StrEnum):
    """The sections a board expects, in its usual order."""

    PURPOSE = "purpose"
    RECOMMENDATIONS = "recommendations"
    DETAIL = "detail"
    TRUST = "trust"
    COMMUNITIES = "communities"
    HARM = "harm"
    UNKNOWN = "unknown"
    JOINT_WORKING = "joint_working"
    STRATEGY = "strategy"
    BACKGROUND = "background"
    AUTHOR = "author"


@dataclass(frozen=True, slots=True)
class Source:
    """Where figures come from. `version` says which extract, in words."""

    name: str
    owner: str
    version: str
    licence: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """Everything known of it, for a list of sources."""
        return tuple(said for said in (self.name, self.owner, self.version, self.licence) if said)


@dataclass(frozen=True, slots=True)
class Coverage:
    """Which of the months asked about are complete, and whose records were counted."""

    asked: Period
    complete: frozenset[Month]
    whose: str

    @property
    def missing(self) -> frozenset[Month]:
        """The months that were asked about and are absent or incomplete."""
        return frozenset(self.asked) - self.complete

    @property
    def sentence(self) -> str:
        """Say it in one or two sentences."""
        if not self.missing:
            months = "1 month is" if len(self.asked) == 1 else f"all {len(self.asked)} months are"
            return f"{months.capitalize()} complete. {self.whose}"
        return (
            f"{len(self.asked) - len(self.missing)} of {len(self.asked)} months are complete; "
            f"without {runs_of_months(self.missing)}. {self.whose}"
        )


@dataclass(frozen=True, slots=True)
class Provenance:
    """What stands behind a number: every figure, table, chart and finding carries one."""

    source: Source
    coverage: Coverage
    how: str
    caveat: str = ""

    @property
    def lines(self) -> tuple[tuple[str, str], ...]:
        """What it says beside how the number was counted, as heads and sentences."""
        source = self.source
        said = [
            ("Source", " ".join(f"{words}." for words in source.words)),
            ("Period and coverage", f"{self.coverage.asked.label}. {self.coverage.sentence}"),
        ]
        return (*said, ("Take care", self.caveat)) if self.caveat else tuple(said)


@dataclass(frozen=True, slots=True)
class Number:
    """A count, rate or percentage that may be shown, with its interval where it has one."""

    value: float
    decimals: int = 0
    low: float | None = None
    high: float | None = None
    signed: bool = False
    suffix: str = ""
    kind: Literal["number"] = "number"

    @property
    def shown(self) -> str:
        """The number as printed: with commas and, where it is a change, its sign."""
        return self._print(self.value)

    @property
    def interval(self) -> str:
        """The 95% interval as printed, or nothing."""
        if self.low is None or self.high is None:
            return ""
        return f"{self._print(self.low)} to {self._print(self.high)}"

    def _print(self, number: float) -> str:
        rounded = round(number, self.decimals) + 0.0  # no minus nought
        sign = "−" if rounded < 0 else "+" if self.signed and rounded else ""
        return f"{sign}{abs(rounded):,.{self.decimals}f}{self.suffix}"


@dataclass(frozen=True, slots=True)
class Fewer:
    """A small count: from 1 to threshold - 1."""

    threshold: int
    kind: Literal["fewer"] = "fewer"
    interval: str = ""

    @property
    def shown(self) -> str:
        """What is printed in its place."""
        return f"fewer than {self.threshold}"


@dataclass(frozen=True, slots=True)
class Withheld:
    """A count hidden because it would give a small one away."""

    kind: Literal["withheld"] = "withheld"
    interval: str = ""
    shown: str = "not shown"


@dataclass(frozen=True, slots=True)
class NotRecorded:
    """Nothing to count, and why. Never a nought."""

    why: str
    kind: Literal["not_recorded"] = "not_recorded"
    interval: str = ""
    shown: str = "not recorded"


Value = Number | Fewer | Withheld | NotRecorded


@dataclass(frozen=True, slots=True)
class Figure:
    """One number in a report."""

    key: str
    label: str
    value: Value
    unit: str
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Line:
    """One measure: its figures side by side, none where a column does not apply."""

    label: str
    figures: tuple[Figure | None, ...]

    @property
    def known(self) -> tuple[Figure, ...]:
        """The figures there are."""
        return tuple(figure for figure in self.figures if figure)


@dataclass(frozen=True, slots=True)
class Figures:
    """Measures that are read together, under one caption; a head for each figure of a line."""

    caption: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    kind: Literal["figures"] = "figures"


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence that the figures bear out."""

    text: str
    provenance: Provenance
    kind: Literal["finding"] = "finding"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: what it is about, then its cells as printed."""

    head: str
    cells: tuple[str, ...]
    is_total: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its heads and caption. All cells are text, as printed."""

    key: str
    caption: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    provenance: Provenance
    kind: Literal["table"] = "table"


@dataclass(frozen=True, slots=True)
class Point:
    """One month of one line of a chart; None where it is missing or not shown."""

    month: str
    series: str
    value: int | None


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture of months, the words that stand for it, and the table beside it."""

    key: str
    caption: str
    alt: str
    unit: str
    points: tuple[Point, ...]
    table: Table
    kind: Literal["chart"] = "chart"


@dataclass(frozen=True, slots=True)
class TextBlock:
    """Words an officer writes. Version 0 has never been written."""

    key: str
    heading: str
    prompt: str
    text: str = ""
    version: int = 0
    listed: bool = False
    kind: Literal["text"] = "text"

    @property
    def own_heading(self) -> str:
        """The heading printed above it: a priority's name; elsewhere its section has one."""
        return self.heading if self.key.startswith("priority.") else ""

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The text split at blank lines, or at every line where it is a numbered list."""
        lines = self.text.replace("\r\n", "\n").replace("\r", "\n").strip()
        gap = "\n" if self.listed else "\n\n"
        return tuple(part.strip("\n") for part in lines.split(gap) if part.strip())


@dataclass(frozen=True, slots=True)
class Note:
    """A plain sentence or a short list that nobody edits."""

    text: str
    points: tuple[str, ...] = ()
    kind: Literal["note"] = "note"


Part = Figures | Finding | Table | Chart | TextBlock | Note


@dataclass(frozen=True, slots=True)
class Section:
    """One numbered section. Level 2 stands beneath the level 1 before it."""

    key: str
    number: str
    heading: str
    level: int
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Author:
    """Who answers for a report: a post and its agency."""

    post: str
    agency: str


@dataclass(frozen=True, slots=True)
class BoardReport:
    """A whole report, ready to be drawn as a page, a PDF or a Word file."""

    title: str
    board: str
    area: str
    period: str
    prepared_on: date
    state: State
    author: Author
    how_to_read: str
    sections: tuple[Section, ...]


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
    category holds nought. `complete` names the complete months of both years.
    """

    source: Source
    residents: int | None
    complete: frozenset[Month]
    counts: Mapping[str, Mapping[Month, int]]


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
