"""A number as a reader meets it, and what stands behind it."""

from dataclasses import dataclass
from typing import Literal

from locality.kit.dates import Month, Period, runs_of_months


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

    @property
    def labelled(self) -> tuple[tuple[Line, tuple[tuple[str, Figure | None], ...]], ...]:
        """Every line, and its figures each with the name of its column."""
        return tuple(
            (line, tuple(zip(self.columns, line.figures, strict=True))) for line in self.lines
        )


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

    @property
    def labelled(self) -> tuple[tuple[Row, tuple[tuple[str, str], ...]], ...]:
        """Every row, and its cells each with the name of its column."""
        return tuple(
            (row, tuple(zip(self.columns[1:], row.cells, strict=True))) for row in self.rows
        )


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
