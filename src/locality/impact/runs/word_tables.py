"""Draw tables, and the small words around them, in a Word file."""

from docx.document import Document as DocumentType
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Length, Pt, RGBColor
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

QUIET = RGBColor(0x55, 0x55, 0x55)
WIDTH, FIRST, NARROW_FIRST = Cm(16.2), Cm(6.2), Cm(4.4)
FEW_COLUMNS, ON_ONE_PAGE = 4, 9  # rows of a table that is kept together
LINES = {"top": "8", "bottom": "8", "insideH": "4"}  # eighths of a point
MARGINS = {"top": "50", "bottom": "50", "start": "60", "end": "60"}  # twentieths of a point
Cells = list[tuple[str, str]]  # what is printed, and its interval


def table(
    document: DocumentType,
    caption: str,
    heads: tuple[str, ...],
    rows: list[tuple[str, Cells, bool]],
    *,
    numeric: bool = True,
) -> None:
    """A table whose first row is a head, repeated on each page, and whose rows stay whole."""
    document.add_paragraph(caption, style="Caption")
    drawn = document.add_table(rows=1, cols=len(heads))
    for cell, head in zip(drawn.rows[0].cells, heads, strict=True):
        _fill(cell, head, "", bold=True, right=numeric and head != heads[0])
    _mark(drawn.rows[0], "w:tblHeader")
    for head, cells, is_total in rows:
        row = drawn.add_row()
        _mark(row, "w:cantSplit")
        _fill(row.cells[0], head, "", bold=is_total)
        for cell, (shown, interval) in zip(row.cells[1:], cells, strict=True):
            _fill(cell, shown, interval, bold=is_total, right=numeric)
    _set_look(drawn, caption)
    if len(rows) <= ON_ONE_PAGE:
        _keep_together(drawn)
    document.add_paragraph().paragraph_format.space_after = Pt(4)


def quiet(paragraph: Paragraph, text: str) -> None:
    """Add small grey words."""
    run = paragraph.add_run(text)
    run.font.size, run.font.color.rgb = Pt(9), QUIET


def field(paragraph: Paragraph, name: str) -> None:
    """Add a number that Word itself fills in, such as that of the page."""
    run = paragraph.add_run()
    run.font.size, run.font.color.rgb = Pt(9), QUIET
    for kind in ("begin", name, "end"):
        if kind == name:
            part = OxmlElement("w:instrText")
            part.text = name
        else:
            part = OxmlElement("w:fldChar")
            part.set(qn("w:fldCharType"), kind)
        run._r.append(part)


def _fill(
    cell: _Cell, shown: str, interval: str, *, bold: bool = False, right: bool = False
) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(0)
    if right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    run = paragraph.add_run(shown)
    run.bold, run.font.size = bold, Pt(9.5)
    if interval:
        run.add_break()
        quiet(paragraph, f"({interval})")


def _mark(row: _Row, name: str) -> None:
    mark = OxmlElement(name)
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def _set_look(drawn: Table, caption: str) -> None:
    """Give it quiet lines, room in its cells, widths that fit its words, and its name."""
    properties = drawn._tbl.tblPr
    properties.append(
        _each("w:tblBorders", LINES, {"w:val": "single", "w:color": "9AA5A0"}, "w:sz")
    )
    properties.append(_each("w:tblCellMar", MARGINS, {"w:type": "dxa"}, "w:w"))
    named = OxmlElement("w:tblCaption")
    named.set(qn("w:val"), caption)
    properties.append(named)
    drawn.autofit = False
    for row in drawn.rows:
        for cell, width in zip(row.cells, _widths(len(row.cells)), strict=True):
            cell.width = width


def _each(
    name: str, sides: dict[str, str], all_have: dict[str, str], measure: str
) -> BaseOxmlElement:
    """An element with one part for each side."""
    whole = OxmlElement(name)
    for side, size in sides.items():
        part = OxmlElement(f"w:{side}")
        for key, value in {**all_have, measure: size}.items():
            part.set(qn(key), value)
        whole.append(part)
    return whole


def _widths(columns: int) -> list[Length]:
    first = FIRST if columns <= FEW_COLUMNS else NARROW_FIRST
    return [first, *[Length((WIDTH - first) // (columns - 1))] * (columns - 1)]


def _keep_together(drawn: Table) -> None:
    for row in drawn.rows[:-1]:
        for cell in row.cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = True
