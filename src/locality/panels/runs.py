"""Write a meeting's minutes as a Word file."""

import re
from datetime import datetime
from io import BytesIO

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from docx import Document
from docx.document import Document as Word

from locality.panels.reads import Minuted, Minutes
from locality.panels.words import MeetingState

# What XML, and so Word, cannot hold: controls, halves of characters, and two that are none.
UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def word(minutes: Minutes, *, reader: str) -> bytes:
    """Write the minutes with real headings, lists and a title, so that they can be navigated.

    They hold what `reader` may see, and say so.
    """
    file, one = Document(), minutes.meeting
    title = writable(f"{one.panel.name}, {_moment(one.starts_at)}")
    file.core_properties.title, file.core_properties.language = title, "en-GB"
    file.core_properties.author = writable(reader)
    file.add_heading(title, level=0)
    _head(file, minutes, reader)
    for number, minuted in enumerate(minutes.items, start=1):
        _item(file, number, minuted)
    if not minutes.items:
        _say(file, _("Nothing was on the agenda that they may see."))
    if minutes.left_out:
        file.add_heading(_("Not discussed at this meeting, and why"), level=1)
        for left in minutes.left_out:
            _line(file, f"{left.case.reference}: {left.case.title}. {left.not_selected_why}")
    into = BytesIO()
    file.save(into)
    return into.getvalue()


def writable(text: str) -> str:
    """Put a mark in place of each character that no Word file can hold."""
    return UNWRITABLE.sub("\ufffd", text)


def _head(file: Word, minutes: Minutes, reader: str) -> None:
    one = minutes.meeting
    if one.state == MeetingState.PLANNED:
        _say(file, _("Draft: this meeting is not over yet."))
    if one.state == MeetingState.CANCELLED:
        _say(file, _("This meeting was called off."))
    if one.where:
        _say(file, _("Where: %(where)s") % {"where": one.where})
    made = {"who": reader, "when": _moment(timezone.now())}
    _say(file, _("Made for %(who)s on %(when)s. It holds what they may see.") % made)
    file.add_heading(_("Present"), level=1)
    for here in minutes.present:
        _line(file, f"{here.post.name}, {here.post.title}, {here.agency}")
    if not minutes.sits:
        _say(file, _("Only those who sit on the panel see who came."))
    elif not minutes.present:
        _say(file, _("Nobody has been marked as present."))


def _item(file: Word, number: int, one: Minuted) -> None:
    case = one.item.case
    file.add_heading(writable(f"{number}. {case.reference}: {case.title}"), level=1)
    _say(file, _("Asked to decide: %(what)s") % {"what": one.item.question})
    for interest in one.interests:
        left = _("%(who)s declared a conflict of interest on %(when)s and took no part from then.")
        _say(file, left % {"who": interest.post.name, "when": _moment(interest.declared_at)})
    for decision in one.decisions:
        file.add_heading(_("Decision: %(what)s") % {"what": decision.outcome}, level=2)
        _say(file, decision.reasons)
        if decision.dissent:
            _say(file, _("Dissent: %(what)s") % {"what": decision.dissent})
        for agreed in decision.actions.all():
            act, who = agreed.action, agreed.action.who
            due = date_format(act.due, "j F Y")
            _line(file, f"{act.says} ({who.name}, {who.agency}, {due})")
        by = {"who": decision.decided_by.name, "when": _moment(decision.decided_at)}
        _say(file, _("Recorded by %(who)s, %(when)s.") % by)
    if not one.decisions:
        _say(file, _("No decision was recorded."))


def _say(file: Word, text: str) -> None:
    file.add_paragraph(writable(text))


def _line(file: Word, text: str) -> None:
    file.add_paragraph(writable(text), "List Bullet")


def _moment(when: datetime) -> str:
    return date_format(timezone.localtime(when), "j F Y, H:i")
