"""Write to the audit trail."""

from django.db.models import Model

from locality.sharing.acting import Actor
from locality.sharing.models import AuditEntry, Purpose


def record(*, by: Actor, did: str, to: Model, why: str = "") -> None:
    """Add one entry, in the caller's transaction: no entry, no change; no change, no entry."""
    AuditEntry.objects.create(
        person=by.person,
        post=by.post,
        agency=by.agency,
        purpose=_purpose_id(by.purpose),
        did=did,
        kind=to._meta.label_lower,
        record=to.pk,
        why=why,
    )


_ids: dict[str, int] = {}


def _purpose_id(key: str) -> int:
    """The purpose's number: it never changes, so it is asked for once a process."""
    if key not in _ids:
        _ids[key] = Purpose.objects.values_list("id", flat=True).get(key=key)
    return _ids[key]
