"""Keep the queue of records whose time is over in step with what there is. As the owner."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from uuid import UUID

from django.apps import apps
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from locality.sharing.models import Disposal
from locality.sharing.retention import reads, rules
from locality.sharing.retention.doors import ROOTS, Root
from locality.sharing.retention.going import USING, free, going, kept, others
from locality.sharing.retention.words import Due, Schedule


@dataclass(slots=True)
class Queued:
    """How many records came into the queue, changed so that leads are asked anew, or left it."""

    added: int = 0
    asked_anew: int = 0
    removed: int = 0


def refresh(today: date) -> Queued:
    """Put into the queue what nothing keeps, and take out what something keeps by now.

    Only what is due by an agency's own schedule, confirmed and looked at in time. Where the
    schedule changed since leads were asked, or whose parts would go, what they said counts no more.
    """
    said, found = trusted(today), Queued()
    for root in ROOTS.values():
        stay: set[UUID] = set()
        rows = iter(reads.due(root, said, today))
        while batch := list(islice(rows, reads.BATCH)):
            with transaction.atomic(using=USING):
                for one in _queued(found, root, batch, today):
                    stay.add(one)
        there = Disposal.objects.using(USING).filter(kind=root.kind, done_at=None)
        found.removed += _remove(there.exclude(record__in=stay))
    return found


def left() -> int:
    """How many records are in the queue."""
    return Disposal.objects.using(USING).filter(done_at=None).count()


def trusted(today: date) -> list[Schedule]:
    """The schedules by which something may go."""
    return [one for one in reads.in_force() if one.own and rules.may_act(one, today)]


def _remove(rows: QuerySet[Disposal]) -> int:
    many = rows.count()
    rows.delete()
    return many


def _queued(found: Queued, root: Root, batch: Sequence[Due], today: date) -> Iterator[UUID]:
    goes = going(root, batch)
    parts = others(batch, goes)
    left = free(batch, goes, kept(root, batch, goes, today, allowed=parts))
    there = Disposal.objects.using(USING).filter(record__in=left, done_at=None).select_for_update()
    known = {one.record: one for one in there}
    says = _references(root, left)
    for one in batch:
        if one.record in left:
            row = known.get(one.record, Disposal(record=one.record, kind=root.kind))
            _write(found, row, one, sorted(parts.get(one.record, ())), says.get(one.record, ""))
            yield one.record


def _write(found: Queued, row: Disposal, due: Due, parts: list[int], reference: str) -> None:
    new, asked = row.asked_at is None, (row.schedule_id, row.agency_id, row.others)
    row.schedule_id, row.agency_id, row.others = due.schedule.own, due.agency, parts
    row.since, row.reference = due.since, reference
    if asked != (row.schedule_id, row.agency_id, row.others):
        row.asked_at = timezone.now()
        found.added += new
        found.asked_anew += not new
    row.save(using=USING, force_insert=new, force_update=not new)


def _references(root: Root, records: set[UUID]) -> dict[UUID, str]:
    """What colleagues call these records among themselves, where they have such a name."""
    model = apps.get_model(root.kind)
    if "reference" not in {one.name for one in model._meta.concrete_fields}:
        return {}
    named = model._default_manager.using(USING).filter(pk__in=records)
    return dict(named.order_by().values_list("pk", "reference"))
