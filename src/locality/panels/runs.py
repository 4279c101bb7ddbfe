"""Write a meeting's minutes as a Word file."""

from io import BytesIO

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from docx import Document
from docx.document import Document as Word

from locality.panels.reads import Minuted, Minutes


def word(minutes: Minutes) -> bytes:
    """Write the minutes with real headings, lists and a title, so that they can be navigated."""
    file = Document()
    title = f"{minutes.meeting.panel.name}, {_moment(minutes)}"
    file.core_properties.title, file.core_properties.language = title, "en-GB"
    file.add_heading(title, level=0)
    file.add_heading(_("Present"), level=1)
    for one in minutes.present:
        file.add_paragraph(f"{one.post.name}, {one.post.title}, {one.agency}", "List Bullet")
    if not minutes.present:
        file.add_paragraph(_("Nobody has been marked as present."))
    for number, one in enumerate(minutes.items, start=1):
        _item(file, number, one)
    if minutes.left_out:
        file.add_heading(_("Not discussed at this meeting, and why"), level=1)
        for left in minutes.left_out:
            file.add_paragraph(f"{left.case.reference}: {left.not_selected_why}", "List Bullet")
    into = BytesIO()
    file.save(into)
    return into.getvalue()


def _item(file: Word, number: int, one: Minuted) -> None:
    file.add_heading(f"{number}. {one.item.case.reference}: {one.item.case.title}", level=1)
    file.add_paragraph(_("Asked to decide: %(what)s") % {"what": one.item.question})
    for interest in one.interests:
        left = _("%(who)s declared a conflict of interest and took no part.")
        file.add_paragraph(left % {"who": interest.post.name})
    for decision in one.decisions:
        file.add_heading(_("Decision: %(what)s") % {"what": decision.outcome}, level=2)
        file.add_paragraph(decision.reasons)
        if decision.dissent:
            file.add_paragraph(_("Dissent: %(what)s") % {"what": decision.dissent})
        for agreed in decision.actions.all():
            act = agreed.action
            due = date_format(act.due, "j F Y")
            file.add_paragraph(
                f"{act.says} ({act.who.name}, {act.who.agency}, {due})", "List Bullet"
            )
    if not one.decisions:
        file.add_paragraph(_("No decision was recorded."))


def _moment(minutes: Minutes) -> str:
    return date_format(timezone.localtime(minutes.meeting.starts_at), "j F Y, H:i")
