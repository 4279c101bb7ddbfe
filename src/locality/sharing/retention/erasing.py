"""Let records go that people agreed on, in bounded batches, each all or nothing. As the owner.

While a batch is looked at and erased nobody can write what it looks at; reading goes on. So no
hold, note or disclosure can come in between, and what was agreed is judged on what is there.
"""

import time
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from django.apps import apps
from django.db import OperationalError, connections, transaction
from django.utils import timezone

from locality.kit.errors import Refused
from locality.sharing.entries import known
from locality.sharing.models import AuditEntry, Disposal, DisposalStep, OwnSchedule
from locality.sharing.retention import reads, rules
from locality.sharing.retention.doors import RELATIONS, ROOTS, Root
from locality.sharing.retention.going import USING, Going, free, going, kept, target
from locality.sharing.retention.queueing import trusted
from locality.sharing.retention.words import Due, Said, Standing
from locality.sharing.sealing.erasing import erase_detail
from locality.sharing.sealing.writing import vouched
from locality.sharing.words import NO_PURPOSE, OPERATOR, Action, Verdict

BATCH = 100  # records that go together; others wait to write for as long as one batch takes
TRIES, PAUSE = 20, 0.5  # seconds between tries for a moment in which nobody is writing
LOCK_WAIT = "500ms"  # less than PostgreSQL takes to look for a deadlock: we give way, not they
BUSY = "55P03"  # lock_not_available
ERASED, SLIMMED = "sharing.record.erased", "sharing.record.slimmed"


def run(today: date, batch: int = BATCH) -> Counter[str]:
    """Erase or slim every record that was agreed on, and count what went, by kind.

    Refuses with `sharing.retention_busy` when others write all the time; what went until then
    stays gone. Stopped anywhere, it has done whole batches only, and goes on when run again.
    """
    gone: Counter[str] = Counter()
    for root in ROOTS.values():
        ids = [one.pk for one in agreed(root, today)]
        for start in range(0, len(ids), batch):
            gone[root.kind] += len(_one_batch(root, ids[start : start + batch], today))
    return gone


def agreed(root: Root, today: date, only: Sequence[UUID] | None = None) -> list[Disposal]:
    """The records of a kind in the queue (or `only` some, locked) that leads agreed may go."""
    rows = Disposal.objects.using(USING).filter(kind=root.kind, done_at=None)
    found = list(rows if only is None else rows.filter(pk__in=only).select_for_update())
    said = _said(found)
    return [
        one for one in found
        if _stands(one, said.get(one.pk, []), today) == Standing.AGREED
    ]  # fmt: skip


def _one_batch(root: Root, ids: Sequence[UUID], today: date) -> list[Due]:
    for _ in range(TRIES):
        try:
            with transaction.atomic(using=USING):
                _nobody_writes()
                return _gone(root, ids, today)
        except OperationalError as busy:
            if getattr(busy.__cause__, "sqlstate", "") != BUSY:
                raise
            time.sleep(PAUSE)
    raise Refused(
        "sharing.retention_busy",
        "Others are writing all the time. What went is gone; run it again at a quieter hour.",
    )


def _nobody_writes() -> None:
    tables = ", ".join(f'"{one}"' for one in sorted(_tables()))
    with connections[USING].cursor() as cursor:
        cursor.execute(f"SET LOCAL lock_timeout = '{LOCK_WAIT}'")
        cursor.execute(f"LOCK TABLE {tables} IN SHARE ROW EXCLUSIVE MODE")


def _tables() -> set[str]:
    """Every table that says whether a record may go, or has a part of it."""
    kinds = set(ROOTS)
    for name, one in RELATIONS.items():
        kinds |= {name.rpartition(".")[0], target(name, one.to)}
    models = [model for model in apps.get_models() if model._meta.label_lower in kinds]
    return {one._meta.db_table for one in (*models, Disposal, DisposalStep, OwnSchedule)}


def _gone(root: Root, ids: Sequence[UUID], today: date) -> list[Due]:
    """Judge a batch once more on what is there, and let go what may."""
    rows = {one.record: one for one in agreed(root, today, only=ids)}
    due = [
        one for one in reads.due(root, trusted(today), today, only=list(rows))
        if (one.schedule.own, one.agency) == _asked(rows[one.record])
    ]  # fmt: skip
    goes = going(root, due)
    allowed = {record: one.others for record, one in rows.items()}
    left = free(due, goes, kept(root, due, goes, today, allowed))
    going_now = [one for one in due if one.record in left]
    leaves = _leaves(root, going_now)
    names = _delete(goes, left)
    _forget([*names, *(rows[one.record].pk for one in going_now)])
    for one in going_now:
        _finish(root, one, rows[one.record], leaves.get(one.record))
    return going_now


def _stands(row: Disposal, said: Sequence[Said], today: date) -> Standing:
    return rules.standing(rules.needed(row.agency_id, row.others), row.asked_at, said, today)


def _asked(row: Disposal) -> tuple[UUID, int]:
    return row.schedule_id, row.agency_id


def _leaves(root: Root, due: Sequence[Due]) -> dict[UUID, dict]:
    """What is left of each record of which a slimmer row stays."""
    slim = [one.record for one in due if one.schedule.action == Action.SLIM]
    rows = apps.get_model(root.kind)._default_manager.using(USING).filter(pk__in=slim)
    return {row["pk"]: rules.slimmer(_without_key(row)) for row in rows.values("pk", *root.leaves)}


def _without_key(row: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in row.items() if name != "pk"}


def _delete(goes: Going, left: set[UUID]) -> list[UUID]:
    """Delete what goes with these records, and give back its identifiers."""
    names = []
    with connections[USING].cursor() as cursor:
        for kind, rows in goes.items():
            model = apps.get_model(kind)._meta
            ids = [row for row, whose in rows.items() if whose <= left]
            names += ids
            cursor.execute(
                f'DELETE FROM "{model.db_table}" WHERE "{model.pk.column}" = ANY (%s)',  # noqa: S608
                [ids],
            )
        # What still names any of it is found now, not at the commit, when nobody could say what.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
    return names


def _forget(names: Sequence[UUID]) -> None:
    """Take the words out of what the trail says of these rows; that it was written stays proved."""
    entries = AuditEntry.objects.using(USING).filter(record__in=names, salt__isnull=False)
    for one in list(entries.exclude(why="").values_list("pk", flat=True)):
        erase_detail(one, why="The record it is about is gone.")


def _finish(root: Root, due: Due, row: Disposal, left: dict | None) -> None:
    Disposal.objects.using(USING).filter(pk=row.pk).update(
        done_at=timezone.now(), reference="", left=left
    )
    said = DisposalStep.objects.using(USING).filter(disposal=row.pk)
    said.filter(verdict=Verdict.KEEP).delete()  # why it was kept is about somebody
    said.update(why="")
    entry = AuditEntry(
        person=OPERATOR, post=OPERATOR, agency=due.agency, purpose=NO_PURPOSE,
        did=known(ERASED if left is None else SLIMMED), kind=root.kind, record=due.record,
        why=f"{due.schedule.years} years: {due.schedule.source}",
    )  # fmt: skip
    vouched(entry, using=USING).save(using=USING, force_insert=True)


def _said(rows: Sequence[Disposal]) -> dict[UUID, list[Said]]:
    steps = DisposalStep.objects.using(USING).filter(disposal__in=rows).select_related("by")
    found: dict[UUID, list[Said]] = {}
    for one in steps:
        found.setdefault(one.disposal_id, []).append(reads.said(one))
    return found
