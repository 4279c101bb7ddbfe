"""The page, the PDF and the Word file say the same, and nothing typed is ever a command."""

import html
import io
import re
import unicodedata
from dataclasses import replace
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.template.loader import render_to_string
from docx import Document
from docx.oxml.ns import qn
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from locality.impact.rules import outline, report
from locality.impact.runs import charts, pdf, word
from locality.impact.tests.samples import (
    a_frame,
    a_part,
    a_report,
    gathered,
    some_crime,
    some_practice,
)
from locality.impact.words import Chart, State
from locality.kit.disclosure import shipped_rule

NO_CRIME = gathered(some_crime(missing=frozenset(some_crime().complete)), some_practice({}, None))
SYNTAX = [
    '#import "@preview/cetz:0.3.0"', "#panic[x]", "$x^2$ _em_ *strong* `raw`", "= Heading",
    "- not a list", "#read(\"/etc/passwd\")", "\\u{41} \\# ~ -- --- '\"", "<label> @label",
    "// gone /* gone */", "]#text(red)[", "<script>alert(1)</script>", "&lt;b&gt; &amp;amp;",
    "{{ settings.SECRET_KEY }} {% load x %}", "]]></w:t>", "<w:br/>", "\"}{\"a\":1", "${jndi:x}",
]  # fmt: skip
ALPHABET = st.characters(
    min_codepoint=33, max_codepoint=0x24F, exclude_categories=["Cc", "Cf", "Zs", "Mn"]
)
typed = st.lists(st.sampled_from(SYNTAX) | st.text(ALPHABET, min_size=1, max_size=20), min_size=1)


def squeezed(text):
    """Text without white space, in one form: how a reader of PDF may break lines is its own."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def pdf_text(document):
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf.pdf(document))).pages)


def word_text(document):
    """All words of the body, in order, tables included."""
    body = Document(io.BytesIO(word.word(document))).element.body
    breaks = {qn("w:br"): "\n", qn("w:tab"): "\t", qn("w:p"): "\n"}
    words = (node.text if node.tag == qn("w:t") else breaks.get(node.tag) for node in body.iter())
    return "".join(said for said in words if said)


def page_text(document):
    pictures = {c.key: charts.address(c) for c in a_part(document, "chart")}
    context = {"document": document, "pictures": pictures, "report": SimpleNamespace(pk=uuid4())}
    drawn = render_to_string("impact/report.html", context)
    return html.unescape(re.sub(r"<[^>]*>", " ", drawn))


def shown(document):
    """Every number as it must be printed, with its interval."""
    for part in a_part(document, "figures"):
        for line in part.lines:
            yield from ((figure.value.shown, figure.value.interval) for figure in line.known)
    for table in a_part(document, "table") + [c.table for c in a_part(document, "chart")]:
        yield from ((cell, "") for row in table.rows for cell in row.cells)


@pytest.mark.parametrize("read", [pdf_text, word_text, page_text])
def test_every_figure_is_in_the_document(read):
    document = a_report({"purpose": ("To note.", 1)})
    text = squeezed(read(document))
    for value, interval in shown(document):
        assert squeezed(value) in text and squeezed(interval) in text
    for section in document.sections:
        assert squeezed(f"{section.number} {section.heading}") in text


@pytest.mark.parametrize("read", [pdf_text, word_text, page_text])
def test_a_small_number_is_in_no_document(read):
    """With a threshold of 5,000 the counts are small, and too particular to appear by chance."""
    counts = {"cases.opened": 4321, "panels.decisions": 17_654, "panels.dissents": 13_333}
    practice = some_practice(counts, None)
    rule = replace(shipped_rule(), threshold=5000)
    document = report.build(replace(a_frame(), rule=rule), gathered(practice=practice), {})
    text = read(document)
    assert "fewer than 5000" in text and "17,654" in text
    assert not re.search("4,?321|13,?333", text)


def test_the_pdf_is_tagged_named_and_in_a_language():
    document = a_report()
    reader = PdfReader(io.BytesIO(pdf.pdf(document)))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] and "/StructTreeRoot" in root
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title == f"{document.title}, {document.period}"
    assert reader.metadata.author == f"{document.author.post}, {document.author.agency}"
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()
    kinds = structure(root["/StructTreeRoot"])
    assert kinds.count("Table") == kinds.count("THead")
    assert kinds.count("Figure") == len(a_part(document, "chart"))
    alternatives = [str(node["/Alt"]) for node in nodes(root["/StructTreeRoot"]) if "/Alt" in node]
    assert alternatives == [chart.alt for chart in a_part(document, "chart")]
    assert kinds.count("H1") + kinds.count("H2") >= len(document.sections)


def structure(root):
    """The kinds of all tags, in reading order."""
    return [str(node["/S"])[1:] for node in nodes(root) if "/S" in node]


def nodes(node):
    """Every tag below one, in reading order."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        return [below for child in node for below in nodes(child)]
    if not isinstance(node, dict):
        return []
    return [node, *(nodes(node["/K"]) if "/K" in node else [])]


def test_the_word_file_has_headings_table_heads_alternative_text_and_properties():
    document = a_report()
    made = Document(io.BytesIO(word.word(document)))
    heads = [p.text for p in made.paragraphs if p.style.name.startswith("Heading")]
    assert [h for h in heads if h[0].isdigit()] == [
        f"{section.number}  {section.heading}" for section in document.sections
    ]
    for table in made.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    alternatives = [shape._inline.docPr.get("descr") for shape in made.inline_shapes]
    assert alternatives == [chart.alt for chart in a_part(document, "chart")]
    about = made.core_properties
    assert about.title == f"{document.title}, {document.period}" and about.language == "en-GB"
    assert about.author == f"{document.author.post}, {document.author.agency}"


@settings(deadline=None, max_examples=25)
@given(typed)
@example(SYNTAX)
def test_what_is_typed_comes_out_as_it_was_typed(lines):
    text = "\n".join(lines)
    blocks = {key: (text, 1) for key in ("purpose", "recommendations", "background", "trust")}
    document = a_report(blocks, NO_CRIME)
    for read in (pdf_text, word_text, page_text):
        printed = squeezed(read(document))
        for line in lines:
            assert squeezed(line) in printed


@settings(deadline=None, max_examples=25)
@given(st.text(max_size=60).filter(lambda text: not outline.strange_characters(text)))
@example("0\t\u0980")
@example('a\u0b82\\ "\u0b82"')
def test_any_writing_that_may_be_typed_can_be_printed(text):
    document = a_report({"purpose": (text, 1)}, NO_CRIME)
    assert pdf.pdf(document).startswith(b"%PDF-")
    assert word.word(document).startswith(b"PK")


def test_a_character_no_font_can_draw_is_printed_as_its_name():
    printed = pdf_text(a_report({"purpose": ("Before \U0001e7e0 after", 1)}, NO_CRIME))
    assert squeezed("[ETHIOPIC SYLLABLE HHYA] after") in squeezed(printed)


def test_the_same_report_makes_the_same_pdf():
    document = a_report({"purpose": ("To note.", 1)})
    assert pdf.pdf(document) == pdf.pdf(document)


def test_a_missing_month_breaks_the_line_of_a_chart():
    chart: Chart = a_part(a_report(), "chart")[0]
    gaps = [point.month for point in chart.points if point.value is None]
    assert gaps == ["2024-09", "2024-10"]
    assert "2 months are gaps" in chart.alt
    drawn = [value["offences"] for value in charts.spec(chart)["data"]["values"]]
    assert drawn.count(None) == 2 and 0 not in drawn


def test_a_draft_says_that_it_is_one_and_a_final_report_does_not():
    for read in (pdf_text, word_text, page_text):
        assert "Draft" in read(a_report())
        assert "Draft" not in read(a_report(state=State.FINAL))
