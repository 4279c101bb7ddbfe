"""How a record whose time is over is said in words."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from locality.sharing.models import DisposalStep
from locality.sharing.retention.deciding import Line
from locality.sharing.retention.words import Standing
from locality.sharing.words import Verdict
from locality.ui.clock import date_in_words


def key(line: Line) -> str:
    """What a form calls it: when it is asked about anew it is another, to be looked at first."""
    return f"{line.row.pk} {line.row.asked_at.isoformat()}"


def title(line: Line) -> str:
    """What it is: its kind, with what colleagues call it."""
    return f"{line.root.says}: {line.name}" if line.name else str(line.root.says)


def hint(line: Line) -> str:
    """Since when, by which schedule, whose it is, and where it stands."""
    one = line.row.schedule
    said = [
        _("Its time was over on %(day)s: %(paper)s.")
        % {"day": date_in_words(line.row.since), "paper": one.source}
    ]
    if line.agency:
        said.append(
            _("It is %(agency)s’s. Your agency owns a part of it.") % {"agency": line.agency}
        )
    return " ".join([*said, stands(line)])


def stands(line: Line) -> str:
    """Where it stands with the leads of the agency."""
    if line.stands == Standing.KEPT:
        last = next(one for one in line.steps if one.verdict == Verdict.KEEP)
        return _("Kept until %(day)s by %(who)s: %(why)s") % {
            "day": date_in_words(last.keep_until), "who": last.by.name, "why": last.why,
        }  # fmt: skip
    if line.stands == Standing.AGREED:
        return _("Your agency has agreed. It goes by night, unless something needs it by then.")
    names = [one.by.name for one in line.steps if one.verdict == Verdict.MAY_GO]
    more = ngettext(
        "%(n)s lead of your agency has to agree.", "%(n)s leads of your agency have to agree.",
        line.more,
    ) % {"n": line.more}  # fmt: skip
    return _("%(who)s agreed.") % {"who": names[0]} + " " + more if names else more


def decided(said: Sequence[DisposalStep]) -> str:
    """What came of a lead's word."""
    if said[0].verdict == Verdict.KEEP:
        return ngettext("It is kept.", "They are kept.", len(said))
    return ngettext(
        "Your word is written down. It goes by night, once enough leads have agreed.",
        "Your word is written down. They go by night, once enough leads have agreed.",
        len(said),
    )  # fmt: skip
