"""What cases tell in an emergency: who helps somebody now, and whom to ask."""

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from locality.cases import reads
from locality.cases.words import CaseState
from locality.people.words import Line, Part


def cases_about(person_ids: Sequence[UUID]) -> Part:
    """The open cases that show, each with who leads it."""
    lines = [
        Line(one.title, _("%(lead)s leads this for %(agency)s (%(reference)s)")
             % {"lead": one.lead.name, "agency": one.owner, "reference": one.reference})
        for one in reads.cases_about(person_ids).filter(state=CaseState.OPEN)
    ]  # fmt: skip
    return Part(_("Help under way"), lines)
