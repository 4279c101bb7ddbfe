"""Build a whole report from what was gathered and written."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from locality.impact.rules import crime, outline, practice
from locality.impact.words import (
    Author,
    BoardReport,
    Figures,
    Gathered,
    Line,
    Measures,
    Note,
    NotRecorded,
    Part,
    Provenance,
    Section,
    SectionKey,
    Source,
    State,
    Strategy,
    Table,
    TextBlock,
)
from locality.kit.dates import Period, runs_of_months
from locality.kit.disclosure import Rule

CHANGE = "Change on a year earlier"
BEARING = ("Count", "Share, or change on a year earlier")
DETAIL = {SectionKey.TRUST, SectionKey.COMMUNITIES, SectionKey.HARM}


@dataclass(frozen=True, slots=True)
class Frame:
    """What a report is made with, apart from its figures and words."""

    strategy: Strategy
    measures: Measures
    rule: Rule
    author: Author
    prepared_on: date
    state: State
    by_author: bool = True  # whether the author is who counts; else somebody else reads a draft


def build(frame: Frame, gathered: Gathered, written: Mapping[str, tuple[str, int]]) -> BoardReport:
    """Build the report in the board's usual order; what is empty says that it is empty.

    `written` holds text and version by block key.
    """
    blocks = outline.filled(frame.strategy, written)
    numbers = outline.numbers([level for _, level, *_ in outline.ORDER])
    sections = tuple(
        Section(key, number, heading, level, tuple(_parts(key, frame, gathered, blocks[key])))
        for (key, level, heading, *_), number in zip(outline.ORDER, numbers, strict=True)
    )
    return BoardReport(
        title=f"Safer, healthier {gathered.area}: partnership report",
        board=frame.strategy.board,
        area=gathered.area,
        period=gathered.period.label,
        prepared_on=frame.prepared_on,
        state=frame.state,
        author=frame.author,
        how_to_read=_how_to_read(frame.rule, frame.by_author),
        sections=sections,
    )


def _parts(
    key: SectionKey, frame: Frame, gathered: Gathered, blocks: list[TextBlock]
) -> Iterator[Part]:
    if key is SectionKey.STRATEGY:
        yield from _strategy(frame, gathered, blocks)
        return
    yield from blocks
    if key in DETAIL:
        yield from _detail(key, frame, gathered)
    elif key is SectionKey.UNKNOWN:
        yield _unknown(frame, gathered)
    elif key is SectionKey.BACKGROUND:
        yield _sources(gathered)
    elif key is SectionKey.AUTHOR:
        yield Note(f"{frame.author.post}, {frame.author.agency}")


def _detail(key: SectionKey, frame: Frame, gathered: Gathered) -> Iterator[Part]:
    mine = [m for m in frame.measures.crime if m.section == key]
    found = list(crime.parts(mine, gathered, frame.rule))
    if mine and not found:
        yield Note(
            f"No complete month of recorded crime is loaded for {gathered.area}, "
            f"{gathered.period.label}."
        )
    yield from found
    yield from practice.parts(frame.measures, key, gathered, frame.rule)


def _unknown(frame: Frame, gathered: Gathered) -> Note:
    """List the gaps: months without figures, measures without records, things not measured."""
    period = frozenset(gathered.period)
    points = []
    if missing := period - gathered.crime.complete:
        points.append(
            f"Recorded crime in {runs_of_months(missing)}: no complete figures are loaded."
        )
    before = frozenset(gathered.period.year_before()) - gathered.crime.complete
    if before:
        points.append(
            f"How this year compares with {runs_of_months(before)}: those months are incomplete, "
            "so the same months of this year are left out of every comparison."
        )
    empty = [line.label for line in lines(frame, gathered).values() if _is_empty(line)]
    if empty:
        points.append(f"Not recorded in this period: {'; '.join(empty)}.")
    return Note(
        "What the board should not read into this report:", (*points, *frame.measures.unknown)
    )


def _is_empty(line: Line) -> bool:
    return isinstance(line.known[0].value, NotRecorded)


def lines(frame: Frame, gathered: Gathered) -> dict[str, Line]:
    """Every measure a report can hold, by its key, in the order of the measures."""
    found = {}
    if gathered.crime.complete & frozenset(gathered.period):
        for of_crime in frame.measures.crime:
            found[of_crime.key] = crime.line(of_crime, gathered, frame.rule)
    for of_practice in frame.measures.practice:
        made = practice.line(of_practice, frame.measures, gathered, frame.rule)
        found[of_practice.key] = made
    return found


def _strategy(frame: Frame, gathered: Gathered, blocks: list[TextBlock]) -> Iterator[Part]:
    """Each priority: the words about it, then the figures in this report that bear on it."""
    known, strategy = lines(frame, gathered), frame.strategy
    yield Note(_which_strategy(strategy, gathered.period))
    for priority, block in zip(strategy.priorities, blocks, strict=True):
        yield block
        found = tuple(_first_and_last(known[key]) for key in priority.measures if key in known)
        if found:
            yield Figures(f"Figures that bear on “{priority.name}”", BEARING, found)


def _which_strategy(strategy: Strategy, period: Period) -> str:
    """Name the strategy, and say where its years were over before the period began."""
    said = f"The priorities are those of the {strategy.name}."
    if strategy.last_year >= period.first.year:
        return said
    return f"{said} It ran to {strategy.last_year}; no later strategy is recorded here."


def _first_and_last(line: Line) -> Line:
    """A measure's count, and its share or change."""
    last = line.figures[-1] if len(line.figures) > 1 else None
    return Line(line.label, (line.figures[0], last))


def _sources(gathered: Gathered) -> Note:
    return Note(
        "The figures in this report come from:",
        tuple(_cited(source) for source in (gathered.crime.source, gathered.practice.source)),
    )


def _cited(source: Source) -> str:
    return " ".join(f"{said}." for said in source.words)


def _how_to_read(rule: Rule, by_author: bool) -> str:
    """Say how small numbers and intervals are shown, in the words a reader meets."""
    whose = "its author may see" if by_author else "you may see, and you are not its author"
    return (
        f"How to read the figures. A count from 1 to {rule.threshold - 1} is shown as “fewer than "
        f"{rule.threshold}”. Where a sum would give it away, another count is “not shown”. A "
        "nought is shown as 0. A range in brackets is a 95% interval. Figures from partners’ "
        f"records count only what {whose}. What each figure rests on is under “Source” "
        "on the page and in the annex of a printed report."
    )


Counted = tuple[tuple[str, str], ...]  # what was counted, and how


def behind(report: BoardReport) -> tuple[tuple[Provenance, Counted], ...]:
    """List what the report's numbers rest on, once each, with what was counted and how."""
    found: dict[Provenance, dict[str, dict[str, None]]] = {}
    for section in report.sections:
        for part in section.parts:
            for name, provenance in _rests_on(part):
                names = found.setdefault(replace(provenance, how=""), {})
                names.setdefault(provenance.how, {})[name] = None
    return tuple(
        (basis, tuple(("; ".join(names), how) for how, names in counted.items()))
        for basis, counted in found.items()
    )


def _rests_on(part: Part) -> Iterator[tuple[str, Provenance]]:
    if isinstance(part, Figures):
        for line in part.lines:
            for figure in line.known:
                is_change = figure.key.endswith(".change")
                yield (CHANGE if is_change else line.label), figure.provenance
    elif isinstance(part, Table):
        yield part.caption, part.provenance
