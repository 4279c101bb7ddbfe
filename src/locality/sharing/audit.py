"""Write to the audit trail."""

from django.db.models import Model

from locality.sharing.acting import Actor
from locality.sharing.entries import known
from locality.sharing.models import AuditEntry
from locality.sharing.sealing.writing import vouched
from locality.sharing.starting import purpose_number


def record(*, by: Actor, did: str, to: Model, why: str = "") -> None:
    """Add one entry, in the caller's transaction: no entry, no change; no change, no entry.

    Raises KeyError when logging.toml does not say of which kind `did` is.
    """
    entry = AuditEntry(
        person=by.person,
        post=by.post,
        agency=by.agency,
        purpose=purpose_number(by.purpose),
        did=known(did),
        kind=to._meta.label_lower,
        record=to.pk,
        why=why,
    )
    vouched(entry).save(force_insert=True)
