"""What concerns tell in an emergency: what was noticed about somebody, the newest first."""

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from locality.intake import reads
from locality.people.words import Line, Part
from locality.ui.clock import date_in_words

MOST = 10


def concerns_about(person_ids: Sequence[UUID]) -> Part:
    """The newest concerns that show."""
    found = reads.earlier_concerns(person_ids, None).select_related("narrative")[:MOST]
    lines = [
        Line(
            getattr(getattr(one, "narrative", None), "text", "") or one.title,
            _("%(agency)s, noticed on %(day)s")
            % {"agency": one.owner, "day": date_in_words(one.noticed_on)},
        )
        for one in found
    ]
    return Part(_("Concerns"), lines)
