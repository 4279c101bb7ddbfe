"""What a lead decides on: records whose time is over, as far as they show, and own schedules."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.apps import apps
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.text import capfirst

from locality.kit.errors import NotHere
from locality.sharing.acting import Actor
from locality.sharing.looks.reads import names_of
from locality.sharing.models import Disposal, DisposalStep, OwnSchedule
from locality.sharing.reads import agencies as agencies_there
from locality.sharing.reads import agency
from locality.sharing.retention import reads, rules
from locality.sharing.retention.doors import ROOTS, Root
from locality.sharing.retention.words import Schedule, Standing
from locality.sharing.words import Sector, Verdict


@dataclass(frozen=True, slots=True)
class Line:
    """One record whose time is over, as a page says it."""

    row: Disposal
    root: Root
    name: str  # as far as it shows
    agency: str  # whose it is, where it is another's
    stands: Standing
    steps: list[DisposalStep]  # of the agency's own leads, newest first
    more: int  # how many more of the agency's leads have to agree
    left: list[tuple[str, object]]  # of what went, in words


@dataclass(frozen=True, slots=True)
class Own:
    """How long an agency keeps one kind of record, if anybody has said, and not too long ago."""

    root: Root
    schedule: Schedule | None
    late: bool


def waiting(by: Actor) -> QuerySet[Disposal]:
    """What still waits for the word of whoever is acting; what is kept for now does not."""
    own = DisposalStep.objects.filter(disposal=OuterRef("pk"), at__gte=OuterRef("asked_at"))
    agreed = own.filter(by_id=by.post, verdict=Verdict.MAY_GO)
    kept = own.filter(keep_until__gte=timezone.localdate())
    return open_ones().exclude(Exists(agreed)).exclude(Exists(kept))


def open_ones() -> QuerySet[Disposal]:
    """Every record that shows whose time is over and that is still there."""
    return Disposal.objects.filter(done_at=None).select_related("schedule").defer("others")


def gone() -> QuerySet[Disposal]:
    """What went by people's word, newest first."""
    went = Disposal.objects.filter(done_at__isnull=False).defer("others")
    return went.select_related("schedule").order_by("-done_at", "id")


def lines(rows: Sequence[Disposal], by: Actor, today: date) -> list[Line]:
    """Say of each what it is and where it stands with the leads of the actor's agency."""
    names = names_of({one.record for one in rows})
    steps: dict[UUID, list[DisposalStep]] = {}
    found = DisposalStep.objects.filter(disposal__in=rows).select_related("by")
    for one in found.order_by("-at", "id"):
        steps.setdefault(one.disposal_id, []).append(one)
    agencies = {one.pk: one.name for one in agencies_there()}
    return [_line(one, names, agencies, steps.get(one.pk, []), by, today) for one in rows]


def _line(
    row: Disposal, names: dict[UUID, str], agencies: dict[int, str], steps: list[DisposalStep],
    by: Actor, today: date,
) -> Line:  # fmt: skip
    own, said = row.agency_id == by.agency, [reads.said(one) for one in steps]
    needs = {by.agency: rules.NEEDED if own else 1}  # what other agencies say is not shown
    agreed = rules.agreeing(needs, row.asked_at, said)[by.agency]
    return Line(
        row=row, root=ROOTS[row.kind], name=names.get(row.record) or row.reference,
        agency="" if own else agencies[row.agency_id], steps=steps,
        stands=rules.standing(needs, row.asked_at, said, today),
        more=max(0, needs[by.agency] - len(agreed)),
        left=_left(row),
    )  # fmt: skip


def _left(row: Disposal) -> list[tuple[str, object]]:
    """What is left of a record that went, by what its columns are called."""
    model = apps.get_model(row.kind)
    return [
        (capfirst(model._meta.get_field(name).verbose_name), value)
        for name, value in sorted((row.left or {}).items()) if value not in (None, "")
    ]  # fmt: skip


def owns(agency_id: int, today: date) -> list[Own]:
    """Every kind of record, with how long an agency says that it keeps it."""
    said = own_schedules(agency_id)
    return [
        Own(root, one, late=one is not None and not rules.may_act(one, today))
        for kind, root in ROOTS.items() for one in [said.get(kind)]
    ]  # fmt: skip


def own_schedules(agency_id: int) -> dict[str, Schedule]:
    """An agency's own schedules in force, by kind."""
    rows = OwnSchedule.objects.filter(agency_id=agency_id).order_by("kind", "-said_at", "id")
    return {one.kind: one for one in reads.owns(rows.distinct("kind"))}


def root_and_schedule(kind: str, agency_id: int) -> tuple[Root, Schedule | None]:
    """A kind of record, and how long an agency keeps it: by its own word, or as its sector does."""
    root, own = root_or_absent(kind), own_schedules(agency_id)
    sector = Sector(agency(agency_id).sector)
    said = [*own.values(), *reads.schedules()]
    return root, rules.schedule_for(said, agency_id, sector, kind)


def root_or_absent(kind: str) -> Root:
    """The kind of record with a time of its own of this name, or NotHere."""
    if kind not in ROOTS:
        raise NotHere(f"kind {kind}")
    return ROOTS[kind]
