"""Say a report as plain data, from which it is set as a tagged, accessible PDF."""

from pathlib import Path
from typing import Any

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
from locality.ui import pdf as ui

TEMPLATE = Path(__file__).parent.parent / "templates" / "impact" / "board.typ"


def pdf(report: BoardReport) -> bytes:
    """Set a report as PDF."""
    return ui.pdf(TEMPLATE, "report", _data(report), report.prepared_on)


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
