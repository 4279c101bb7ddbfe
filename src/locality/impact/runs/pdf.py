"""Set a report as a tagged, accessible PDF (PDF/UA-1) with typst.

Everything typed by people travels as data, never as markup: typst reads it from JSON and
sets it as plain strings, so nothing in it can be a command.
"""

import json
import re
import unicodedata
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import typst

from locality.impact.rules.report import behind
from locality.impact.runs import charts
from locality.impact.words import (
    BoardReport,
    Chart,
    Figure,
    Figures,
    Finding,
    Note,
    Part,
    Provenance,
    Table,
    TextBlock,
)

TEMPLATE = Path(__file__).parent.parent / "templates" / "impact" / "board.typ"
UNPRINTABLE = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL)
ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
DELETE = "\x7f"
TRIES = 20


def pdf(report: BoardReport) -> bytes:
    """Set a report as PDF.

    PDF/UA forbids a character that no font on this machine can draw: such a character is
    printed as its name instead, such as [GURMUKHI LETTER PA], so that nothing is lost.
    """
    text = json.dumps(_data(report), ensure_ascii=False)
    for _ in range(TRIES):
        try:
            return _compile(text, report)
        except typst.TypstError as wrong:
            strange = _unprintable(wrong)
            if not strange & set(text):
                raise
            text = text.translate({ord(letter): _spelt(letter) for letter in strange})
    raise RuntimeError(f"after {TRIES} tries there are still characters no font can draw")


def _compile(text: str, report: BoardReport) -> bytes:
    day = report.prepared_on
    return typst.compile(
        TEMPLATE,
        sys_inputs={"report": text},
        pdf_standards="ua-1",
        timestamp=datetime(day.year, day.month, day.day, tzinfo=UTC),
    )


def _unprintable(wrong: typst.TypstError) -> set[str]:
    """The characters typst names. It names whole clusters: ASCII in them can be drawn."""
    found = "".join(UNPRINTABLE.findall(wrong.diagnostic))
    letters = ESCAPED.sub(lambda escaped: chr(int(escaped[1], 16)), found)
    return {letter for letter in letters if not letter.isascii() or letter == DELETE}


def _spelt(letter: str) -> str:
    return f"[{unicodedata.name(letter, f'character U+{ord(letter):04X}')}]"


def _data(report: BoardReport) -> dict[str, Any]:
    """A report as plain data for the template: all numbers already printed as text."""
    return {
        "title": report.title,
        "board": report.board,
        "area": report.area,
        "period": report.period,
        "prepared_on": f"{report.prepared_on.day} {report.prepared_on:%B %Y}",
        "state": report.state.value,
        "author": [report.author.post, report.author.agency],
        "how_to_read": report.how_to_read,
        "sections": [
            {
                "number": section.number,
                "heading": section.heading,
                "level": section.level,
                "parts": [_part(part) for part in section.parts],
            }
            for section in report.sections
        ],
        "behind": [_behind(*pair) for pair in behind(report)],
    }


def _part(part: Part) -> dict[str, Any]:
    match part:
        case TextBlock():
            return _block(part)
        case Note():
            return {"kind": part.kind, "text": part.text, "points": part.points}
        case Finding():
            return {"kind": part.kind, "text": part.text}
        case Figures():
            return _figures(part)
        case Table():
            return _table(part)
        case Chart():
            return _chart(part)


def _block(block: TextBlock) -> dict[str, Any]:
    return {
        "kind": block.kind,
        "key": block.key,
        "heading": block.own_heading,
        "listed": block.listed,
        "paragraphs": [paragraph.split("\n") for paragraph in block.paragraphs],
    }


def _figures(part: Figures) -> dict[str, Any]:
    rows = [
        {"head": line.label, "cells": [_cell(figure) for figure in line.figures]}
        for line in part.lines
    ]
    return {"kind": part.kind, "caption": part.caption, "columns": part.columns, "rows": rows}


def _cell(figure: Figure | None) -> list[str]:
    return [figure.value.shown, figure.value.interval] if figure else ["", ""]


def _table(table: Table) -> dict[str, Any]:
    rows = [
        {"head": row.head, "cells": [[cell, ""] for cell in row.cells], "total": row.is_total}
        for row in table.rows
    ]
    heads = {"head": table.columns[0], "columns": table.columns[1:]}
    return {"kind": table.kind, "caption": table.caption, "rows": rows} | heads


def _chart(chart: Chart) -> dict[str, Any]:
    drawn = {"svg": charts.svg(chart), "alt": chart.alt, "caption": chart.caption}
    return {"kind": chart.kind, "table": _table(chart.table)} | drawn


def _behind(provenance: Provenance, counted: tuple[tuple[str, str], ...]) -> dict[str, Any]:
    rows = [{"head": names, "cells": [[how, ""]]} for names, how in counted]
    return {"name": provenance.source.name, "lines": provenance.lines, "rows": rows}
