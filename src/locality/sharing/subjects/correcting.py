"""Correct a fact, keeping what it said; or set a person's view beside an opinion."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from locality.kit.errors import NotHere, Refused
from locality.sharing import audit
from locality.sharing.acting import Actor, acting
from locality.sharing.models import SubjectCorrection
from locality.sharing.subjects import answering, held
from locality.sharing.subjects.doors import CORRECTORS
from locality.sharing.subjects.words import Found, NewCorrection, Part
from locality.sharing.words import Nature, SubjectKind
from locality.ui.words import ToDo

TELL_FOR = timedelta(days=14)  # how long home says that what was shared has been corrected


def correct(
    *, by: Actor, request_id: UUID, kind: str, item: UUID, said: NewCorrection
) -> SubjectCorrection:
    """Correct one part of a row: a fact is changed where its domain lets it, an opinion never.

    Refuses with `sharing.subject_no_correction` where the request is another, and lets the domain
    refuse what cannot be right.
    """
    with acting(by):
        row = answering.to_read(by, request_id)
        if row.kind != SubjectKind.CORRECTION:
            raise Refused("sharing.subject_no_correction", "They did not ask for a correction.")
        one = held.one_found(row, kind, item)
        (was,) = [each for each in one.parts if each.key == said.part] or _nothing(said.part)
        made = SubjectCorrection(
            request=row, kind=kind, item=item, part=said.part, label=was.label,
            nature=said.nature, was=was.words, says=said.says, agency_id=by.agency, by_id=by.post,
        )  # fmt: skip
        made.save(force_insert=True)
        if said.nature == Nature.FACT and kind in CORRECTORS:
            CORRECTORS[kind](by, item, said.part, said.says)
        audit.record(by=by, did="sharing.subject.corrected", to=made)
        return made


def correction(correction_id: UUID) -> SubjectCorrection:
    """Fetch one correction of something that shows, or raise NotHere."""
    found = corrections().filter(pk=correction_id).first()
    if found is None:
        raise NotHere(f"correction {correction_id}")
    return found


def corrections() -> QuerySet[SubjectCorrection]:
    """Every correction of what shows, newest first."""
    return SubjectCorrection.objects.select_related("agency", "by").order_by("-at", "-id")


def beside(one: Found) -> QuerySet[SubjectCorrection]:
    """What was corrected in one row."""
    return corrections().filter(kind=one.kind, item=one.item)


def beside_each(items: Iterable[UUID]) -> dict[UUID, list[SubjectCorrection]]:
    """What was corrected in each of some rows that show: only those that were are named."""
    found: dict[UUID, list[SubjectCorrection]] = {}
    for one in corrections().filter(item__in=list(items)):
        found.setdefault(one.item, []).append(one)
    return found


def to_do(by: Actor) -> list[ToDo]:
    """What another agency corrected lately in what it shares with whoever asks."""
    lately = corrections().filter(at__gte=timezone.now() - TELL_FOR).exclude(agency=by.agency)
    says = _("%(agency)s corrected something it shares with you.")
    return [
        ToDo(
            says=says % {"agency": one.agency}, verb=_("Read it"),
            url_name="sharing:correction", url_args=(one.pk,), due=None, overdue=False,
            kind=_("Correction"),
        )
        for one in lately
    ]  # fmt: skip


def _nothing(part: str) -> list[Part]:
    raise NotHere(part)
