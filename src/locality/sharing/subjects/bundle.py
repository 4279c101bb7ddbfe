"""The answer to a person: everything that was signed off, as data and as a document."""

from itertools import groupby
from pathlib import Path

from django.utils.translation import gettext as _

from locality.sharing import reads as sharing
from locality.sharing.models import SubjectAnswer, SubjectRequest
from locality.sharing.subjects import held, reads
from locality.sharing.subjects.told import KIND
from locality.ui.clock import date_in_words
from locality.ui.language import first_up, shown
from locality.ui.pdf import pdf as as_pdf

TEMPLATE = Path(__file__).parents[1] / "templates" / "sharing" / "subjects" / "answer.typ"


def answer(row: SubjectRequest) -> dict[str, object]:
    """Everything the person gets: what is held, why, with whom it was shared, their rights."""
    given = [one for one in held.answers(row) if one.given]
    rows = [one for one in given if one.kind != KIND]
    return {
        "title": _("What we hold about you"),
        "name": row.name,
        "agency": row.agency.name,
        "contact": row.agency.contact,
        "received": date_in_words(row.received_on),
        "prepared": date_in_words(sharing.today()),
        "why": sorted({shown(one.basis) for one in sharing.all_purposes().values()}),
        "held": [
            {"kind": says, "records": [_record(one) for one in ones]}
            for says, ones in groupby(rows, key=lambda one: one.says)
        ],
        "shared": [_record(one) for one in given if one.kind == KIND],
        "left_out": _left_out(given),
        "rights": _rights(row),
    }


def pdf(row: SubjectRequest) -> bytes:
    """The same as a tagged PDF."""
    return as_pdf(TEMPLATE, "answer", answer(row), sharing.today())


def _record(one: SubjectAnswer) -> dict[str, object]:
    parts = [{"label": first_up(label), "words": words} for label, words in one.given]
    return {"date": date_in_words(one.on) if one.on else "", "parts": parts}


def _left_out(given: list[SubjectAnswer]) -> list[str]:
    """The reasons that may be named; and always that there may be others, so that none shows."""
    used = {key for one in given for key in one.told}
    named = [shown(one.says) for one in held.exemptions() if one.key in used]
    return [*named, _("The law lets us leave out some things without saying so.")]


def _rights(row: SubjectRequest) -> list[str]:
    complain = _(
        "You can complain to us: %(agency)s, %(contact)s. We tell you within %(days)d days that "
        "your complaint has come."
    )
    days = reads.laws().complaint.acknowledge_days
    whom = {"agency": row.agency.name, "contact": row.agency.contact}
    return [
        _("You can ask us to correct what is wrong, and to add your view where you disagree."),
        _("You can ask us to erase something or to stop using it. The law does not always let us."),
        complain % (whom | {"days": days}),
        _("You can complain to the Information Commissioner, or go to court."),
    ]
