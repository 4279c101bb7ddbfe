"""Erase the personal detail of one row of the trail; that the row was there stays proved."""

from uuid import UUID

from django.db import transaction

from locality.kit.errors import NotHere, Refused
from locality.sharing.entries import known
from locality.sharing.models import AuditEntry, Consultation, SignIn
from locality.sharing.sealing.evidence import USING
from locality.sharing.sealing.words import ERASED
from locality.sharing.sealing.writing import vouched
from locality.sharing.words import NO_PURPOSE, OPERATOR

DETAIL = {AuditEntry: ("why", ""), Consultation: ("sought", ""), SignIn: ("user", None)}
NO_AGENCY = 0  # a sign-in belongs to none


def erase_detail(row_id: UUID, *, why: str) -> None:
    """Take the reason of an entry, the words of a search or the user of a sign-in away for good.

    Its salt goes too, so that nobody can find out what it was by trying; an entry says who did it.
    As the owner, for an operator or a job of retention. Raises NotHere when there is no such row;
    refuses with `sharing.detail_is_gone` when it was erased before.
    """
    with transaction.atomic(using=USING):
        row = _row(row_id)
        if row.salt is None:
            raise Refused("sharing.detail_is_gone", "This detail has been erased already.")
        name, nothing = DETAIL[type(row)]
        type(row).objects.using(USING).filter(pk=row_id).update(**{name: nothing, "salt": None})
        entry = AuditEntry(
            person=OPERATOR, post=OPERATOR, agency=getattr(row, "agency", NO_AGENCY),
            purpose=NO_PURPOSE, did=known(ERASED), kind=row._meta.label_lower, record=row_id,
            why=why,
        )  # fmt: skip
        vouched(entry, using=USING).save(using=USING, force_insert=True)


def _row(row_id: UUID) -> AuditEntry | Consultation | SignIn:
    for model in DETAIL:
        found = model.objects.using(USING).select_for_update().filter(pk=row_id).first()
        if found is not None:
            return found
    raise NotHere(f"row {row_id}")
