"""Write a meeting's minutes as a Word file, to be circulated, printed and walked by heading."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from io import BytesIO

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from docx import Document
from docx.document import Document as Word
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import _Cell, _Row
from docx.text.paragraph import Paragraph

from locality.panels.models import Decision
from locality.panels.reads import Agreed, Minuted, Minutes
from locality.panels.words import MeetingState

# What XML, and so Word, cannot hold: controls, halves of characters, and two that are none.
UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
GREEN, QUIET = RGBColor(0x00, 0x54, 0x3C), RGBColor(0x55, 0x55, 0x55)
PALE, FONT = "EDF3EF", "Arial"
SIZES = {
    "Normal": 11, "Footer": 9, "Title": 22, "Subtitle": 13, "Heading 1": 14, "Heading 2": 11.5,
}  # fmt: skip


def word(minutes: Minutes, *, reader: str) -> bytes:
    """Write the minutes with real headings, table heads, page numbers and a title.

    They hold what `reader` may see, and say so.
    """
    file = Document()
    _set_properties(file, minutes, reader)
    _set_styles(file)
    _head(file, minutes, reader)
    _present(file, minutes)
    _decided(file, minutes)
    for one in minutes.items:
        _item(file, one)
    _actions(file, minutes.actions)
    _left_out(file, minutes)
    into = BytesIO()
    file.save(into)
    return into.getvalue()


def writable(text: str) -> str:
    """Put a mark in place of each character that no Word file can hold."""
    return UNWRITABLE.sub("\ufffd", text)


def _set_properties(file: Word, minutes: Minutes, reader: str) -> None:
    about, one = file.core_properties, minutes.meeting
    about.title = writable(f"{one.panel.name}, {_moment(one.starts_at)}")
    about.language, about.category = "en-GB", _("Minutes")
    about.author = about.last_modified_by = writable(reader)
    about.comments = ""


def _set_styles(file: Word) -> None:
    page = file.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Cm(2.4)
    for name, size in SIZES.items():
        style = file.styles[name]
        style.font.name, style.font.size = FONT, Pt(size)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        fonts.set(qn("w:cs"), FONT)
        spread = style.element.rPr.find(qn("w:spacing"))
        if spread is not None:  # letters set apart are harder to read
            style.element.rPr.remove(spread)
        if name not in ("Normal", "Footer"):
            style.font.color.rgb, style.font.italic = GREEN, False
            style.paragraph_format.keep_with_next = True
    file.styles["Heading 1"].paragraph_format.space_before = Pt(18)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-GB")
    file.styles["Normal"].element.get_or_add_rPr().append(language)


def _head(file: Word, minutes: Minutes, reader: str) -> None:
    one = minutes.meeting
    file.add_paragraph(writable(one.panel.name), "Title")
    when = {"when": _moment(one.starts_at)}
    file.add_paragraph(_("Minutes of the meeting on %(when)s") % when, "Subtitle")
    if one.state == MeetingState.PLANNED:
        _named(file, _("Draft"), _("this meeting is not over yet."))
    if one.state == MeetingState.CANCELLED:
        _say(file, _("This meeting was called off."))
    if one.where:
        _named(file, _("Where"), one.where)
    _named(file, _("Purpose"), one.panel.purpose.name)
    _named(file, _("Run by"), one.panel.agency.name)
    made = {"who": reader, "when": _moment(timezone.now())}
    _quiet(file.add_paragraph(), _(
        "In confidence. Made for %(who)s on %(when)s. It holds what they may see, shared for the "
        "purpose above and no other. Keep it as your agency keeps records about people."
    ) % made)  # fmt: skip
    foot = file.sections[0].footer.paragraphs[0]
    day = date_format(timezone.localtime(one.starts_at), "j F Y")
    _quiet(foot, f"{one.panel.name}, {day}. " + _("In confidence. Page "))
    _number(foot)


def _present(file: Word, minutes: Minutes) -> None:
    file.add_heading(_("Present"), level=1)
    if not minutes.sits:
        _say(file, _("Only those who sit on the panel see who came."))
        return
    if not minutes.present:
        _say(file, _("Nobody has been marked as present."))
        return
    heads, widths = (_("Name"), _("Post"), _("Agency")), (4.4, 6.2, 5.6)
    _table(file, heads, widths, [
        (one.post.name, one.post.title, one.agency.name) for one in minutes.present
    ])  # fmt: skip
    if minutes.absent:
        _named(file, _("Not there"), ", ".join(minutes.absent))
    if minutes.lacks:
        _say(file, minutes.lacks)
    else:
        _say(file, _("Enough agencies were there for the panel to decide."))


def _decided(file: Word, minutes: Minutes) -> None:
    file.add_heading(_("What was decided"), level=1)
    if not minutes.items:
        _say(file, _("Nothing was on the agenda that they may see."))
        return
    heads, widths = (_("Item"), _("Case"), _("Decision")), (1.4, 9.2, 5.6)
    _table(file, heads, widths, [
        (
            str(one.number), f"{one.item.case.title} ({one.item.case.reference})",
            capfirst(one.outcome) or _("No decision was recorded."),
        )
        for one in minutes.items
    ])  # fmt: skip


def _item(file: Word, one: Minuted) -> None:
    case = one.item.case
    file.add_heading(writable(f"{one.number}. {case.title} ({case.reference})"), level=1)
    _named(file, _("Asked to decide"), one.item.question)
    if one.item.chosen_by:
        chosen = {"who": one.item.chosen_by.name, "why": one.item.chosen_why}
        _named(file, _("On the agenda"), _("chosen by %(who)s: %(why)s") % chosen)
    for says, agencies in one.told:
        _named(file, says, ", ".join(agencies))
    for interest in one.interests:
        left = _("%(who)s declared a conflict of interest on %(when)s and took no part from then.")
        _say(file, left % {"who": interest.post.name, "when": _moment(interest.declared_at)})
    for decision in one.decisions:
        _decision(file, decision)
    if not one.decisions:
        _say(file, _("No decision was recorded."))
    _action_table(file, one.actions)


def _decision(file: Word, decision: Decision) -> None:
    file.add_heading(_("Decision: %(what)s") % {"what": decision.outcome}, level=2)
    _named(file, _("Reasons"), decision.reasons)
    _named(file, _("Dissent"), decision.dissent or _("none recorded."))
    by = {"who": decision.decided_by.name, "when": _moment(decision.decided_at)}
    _quiet(file.add_paragraph(), _("Recorded by %(who)s, %(when)s.") % by)


def _action_table(file: Word, actions: Sequence[Agreed]) -> None:
    heads, widths = (_("What will be done"), _("Who"), _("By when")), (7.6, 5.2, 3.4)
    if actions:
        _table(file, heads, widths, [
            (one.says, f"{one.who}, {one.agency}", _day(one.due)) for one in actions
        ])  # fmt: skip


def _actions(file: Word, actions: Sequence[Agreed]) -> None:
    """Every action again, the soonest first: what somebody looks for a week later."""
    if not actions:
        return
    file.add_heading(_("Who does what, soonest first"), level=1)
    heads = (_("By when"), _("Who"), _("What will be done"), _("Item"))
    _table(file, heads, (3.0, 4.4, 7.4, 1.4), [
        (_day(one.due), f"{one.who}, {one.agency}", one.says, str(one.number)) for one in actions
    ])  # fmt: skip


def _left_out(file: Word, minutes: Minutes) -> None:
    if not minutes.left_out:
        return
    file.add_heading(_("Not discussed at this meeting, and why"), level=1)
    _table(file, (_("Case"), _("Why")), (6.2, 10.0), [
        (f"{left.case.title} ({left.case.reference})", _why_not(left)) for left in minutes.left_out
    ])  # fmt: skip


def _why_not(left: object) -> str:
    if not left.chosen_by:
        return left.not_selected_why
    return _("%(why)s Left off by %(who)s.") % {
        "why": left.not_selected_why, "who": left.chosen_by.name,
    }  # fmt: skip


def _say(file: Word, text: str) -> Paragraph:
    return file.add_paragraph(writable(text))


def _named(file: Word, name: str, text: str) -> None:
    line = file.add_paragraph()
    line.paragraph_format.space_after = Pt(4)
    line.add_run(writable(f"{name}: ")).bold = True
    line.add_run(writable(text))


def _quiet(paragraph: Paragraph, text: str) -> None:
    run = paragraph.add_run(writable(text))
    run.font.size, run.font.color.rgb = Pt(9), QUIET


def _number(paragraph: Paragraph) -> None:
    """Write the number of the page, which Word counts."""
    run = paragraph.add_run()
    run.font.size, run.font.color.rgb = Pt(9), QUIET
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        part = OxmlElement("w:instrText" if text else "w:fldChar")
        if text:
            part.text = text
        else:
            part.set(qn("w:fldCharType"), kind)
        run._r.append(part)


def _table(
    file: Word, heads: Sequence[str], widths: Sequence[float], rows: Sequence[Sequence[str]]
) -> None:
    """A table whose head is repeated on each page and whose rows stay whole."""
    table = file.add_table(rows=1, cols=len(heads), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    _fill(table.rows[0], heads, widths, bold=True)
    _mark(table.rows[0], "w:tblHeader")
    for cell in table.rows[0].cells:
        _shade(cell)
    for cells in rows:
        row = table.add_row()
        _mark(row, "w:cantSplit")
        _fill(row, cells, widths)
    file.add_paragraph().paragraph_format.space_after = Pt(2)


def _fill(row: _Row, texts: Sequence[str], widths: Sequence[float], *, bold: bool = False) -> None:
    for cell, text, width in zip(row.cells, texts, widths, strict=True):
        cell.width = Cm(width)
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
        run = paragraph.add_run(writable(text))
        run.bold, run.font.size = bold, Pt(10)


def _shade(cell: _Cell) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", PALE)):
        shade.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shade)


def _mark(row: _Row, name: str) -> None:
    mark = OxmlElement(name)
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def _day(when: date) -> str:
    return date_format(when, "j F Y")


def _moment(when: datetime) -> str:
    return date_format(timezone.localtime(when), "l j F Y, H:i")
