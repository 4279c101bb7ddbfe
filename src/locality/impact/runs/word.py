"""Write a report as Word: real headings, table heads, alternative text and properties."""

import io
from datetime import UTC, datetime

from docx import Document
from docx.document import Document as DocumentType
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from locality.impact.rules.report import behind
from locality.impact.runs import charts
from locality.impact.runs.word_tables import field, quiet, table
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

GREEN = RGBColor(0x00, 0x54, 0x3C)
FONT = "Arial"


def word(report: BoardReport) -> bytes:
    """Write a report as a .docx file."""
    document = Document()
    _set_properties(document, report)
    _set_styles(document)
    _head(document, report)
    for section in report.sections:
        document.add_heading(f"{section.number}  {section.heading}", level=section.level)
        for part in section.parts:
            _draw(document, part)
    _annex(document, report)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _set_properties(document: DocumentType, report: BoardReport) -> None:
    about, day = document.core_properties, report.prepared_on
    about.title = f"{report.title}, {report.period}"
    about.author = about.last_modified_by = f"{report.author.post}, {report.author.agency}"
    about.subject, about.language = report.board, "en-GB"
    about.keywords, about.category = f"{report.area}; board report", "Board report"
    about.content_status, about.comments = report.state.value, ""
    about.created = about.modified = datetime(day.year, day.month, day.day, tzinfo=UTC)


def _set_styles(document: DocumentType) -> None:
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Cm(2.4)
    sizes = {"Normal": 11, "Title": 22, "Heading 1": 15, "Heading 2": 12.5, "Heading 3": 11}
    for name, size in sizes.items():
        style = document.styles[name]
        style.font.name, style.font.size = FONT, Pt(size)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        fonts.set(qn("w:cs"), FONT)
        if name != "Normal":
            style.font.color.rgb = GREEN
    document.styles["Footer"].font.size = Pt(9)
    caption = document.styles["Caption"]
    caption.font.name, caption.font.size, caption.font.color.rgb = FONT, Pt(10), GREEN
    caption.paragraph_format.keep_with_next = True
    _set_language(document)


def _set_language(document: DocumentType) -> None:
    properties = document.styles["Normal"].element.get_or_add_rPr()
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-GB")
    properties.append(language)


def _head(document: DocumentType, report: BoardReport) -> None:
    document.add_paragraph(report.board)
    document.add_paragraph(report.title, style="Title")
    day = report.prepared_on
    status = "Draft, not yet signed by its author" if report.state == "draft" else "Final"
    for name, said in (
        ("Period", report.period),
        ("Prepared", f"{day.day} {day:%B %Y}"),
        ("Author", f"{report.author.post}, {report.author.agency}"),
        ("Status", status),
    ):
        line = document.add_paragraph()
        line.paragraph_format.space_after = Pt(2)
        line.add_run(f"{name}: ").bold = True
        line.add_run(said)
    quiet(document.add_paragraph(), report.how_to_read)
    footer = document.sections[0].footer.paragraphs[0]
    quiet(footer, f"{report.title}, {report.period}. Page ")
    field(footer, "PAGE")
    quiet(footer, " of ")
    field(footer, "NUMPAGES")


def _draw(document: DocumentType, part: Part) -> None:
    match part:
        case TextBlock():
            _block(document, part)
        case Finding():
            document.add_paragraph(part.text)
        case Note():
            document.add_paragraph(part.text)
            for point in part.points:
                document.add_paragraph(point, style="List Bullet")
        case Figures():
            rows = [(line.label, [_cell(f) for f in line.figures], False) for line in part.lines]
            table(document, part.caption, ("Measure", *part.columns), rows)
        case Table():
            _drawn_table(document, part)
        case Chart():
            _chart(document, part)


def _cell(figure: Figure | None) -> tuple[str, str]:
    return (figure.value.shown, figure.value.interval) if figure else ("", "")


def _drawn_table(document: DocumentType, drawn: Table) -> None:
    rows = [(row.head, [(cell, "") for cell in row.cells], row.is_total) for row in drawn.rows]
    table(document, drawn.caption, drawn.columns, rows)


def _block(document: DocumentType, block: TextBlock) -> None:
    if block.own_heading:
        document.add_heading(block.own_heading, level=2)
    if not block.paragraphs:
        document.add_paragraph().add_run("Nothing has been written here yet.").italic = True
        return
    style = "List Bullet" if block.listed else None
    if block.key == "recommendations":
        document.add_paragraph("The Board is asked to:")
        style = "List Number"
    for paragraph in block.paragraphs:
        document.add_paragraph(paragraph, style=style)  # a line break stays a line break


def _chart(document: DocumentType, chart: Chart) -> None:
    document.add_paragraph(chart.caption, style="Caption")
    document.add_picture(io.BytesIO(charts.png(chart)), width=Cm(16))
    described = document.inline_shapes[-1]._inline.docPr
    described.set("descr", chart.alt)
    described.set("title", chart.caption)
    _drawn_table(document, chart.table)


def _annex(document: DocumentType, report: BoardReport) -> None:
    document.add_heading("Annex: where the figures come from", level=1)
    for provenance, counted in behind(report):
        _behind(document, provenance, counted)


def _behind(
    document: DocumentType, provenance: Provenance, counted: tuple[tuple[str, str], ...]
) -> None:
    document.add_heading(provenance.source.name, level=2)
    for name, said in provenance.lines:
        line = document.add_paragraph()
        line.add_run(f"{name}: ").bold = True
        line.add_run(said)
    rows = [(names, [(how, "")], False) for names, how in counted]
    heads = ("Measure", "How it is counted")
    table(document, "How each is counted", heads, rows, numeric=False)
