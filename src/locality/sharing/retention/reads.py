"""Which records' time is over and what would become of them. As the owner; changes nothing."""

import tomllib
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from functools import cache
from itertools import groupby, islice
from pathlib import Path
from uuid import UUID

from django.apps import apps
from django.db import connections, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from locality.kit.errors import BadInput
from locality.sharing.models import Agency, DisposalStep, OwnSchedule
from locality.sharing.retention import rules
from locality.sharing.retention.doors import BIRTHS, ROOTS, Root
from locality.sharing.retention.going import USING, Going, free, going, kept
from locality.sharing.retention.words import Due, Line, Said, Schedule
from locality.sharing.words import Action, Sector, Verdict

FILE = Path(__file__).parent / "schedules.toml"
BATCH = 500  # records looked at together


@cache
def schedules(file: Path = FILE) -> tuple[Schedule, ...]:
    """Every schedule; raises BadInput when the file is wrong, with all that is wrong."""
    read = tomllib.loads(file.read_text(encoding="utf-8"))
    try:
        found = tuple(
            Schedule(**{**one, "sector": Sector(one["sector"]), "action": Action(one["action"])})
            for one in read["schedules"]
        )
    except (KeyError, TypeError, ValueError) as wrong:
        raise BadInput(f"{file.name}: {wrong}") from None
    slims = {kind for kind, root in ROOTS.items() if root.leaves}
    if wrong := list(rules.faults(found, set(ROOTS), slims)):
        raise BadInput("\n".join(f"{file.name}: {one}" for one in wrong))
    return found


def in_force() -> tuple[Schedule, ...]:
    """Every schedule: agencies' own, of which the last counts, and those of their sectors."""
    rows = OwnSchedule.objects.using(USING).order_by("agency_id", "kind", "-said_at", "id")
    return (*owns(rows.distinct("agency_id", "kind")), *schedules())


def owns(rows: QuerySet[OwnSchedule]) -> tuple[Schedule, ...]:
    """Agencies' own schedules as schedules, of kinds there still are."""
    return tuple(
        Schedule(
            sector=Sector(one.agency.sector), kind=one.kind, years=one.years,
            action=Action(one.action), source=one.source, mark="", confirmed=True,
            review_by=one.review_by, until_age=one.until_age, agency=one.agency_id, own=one.pk,
        )
        for one in rows.select_related("agency") if one.kind in ROOTS
    )  # fmt: skip


def said(step: DisposalStep) -> Said:
    """One lead's word, as the rules judge it."""
    return Said(
        step.agency_id, step.by.user_id, Verdict(step.verdict), step.at, step.keep_until
    )  # fmt: skip


def by_sector() -> dict[Sector, list[tuple[Root, Schedule]]]:
    """Every schedule with the kind of record it is for, by sector."""
    found: dict[Sector, list[tuple[Root, Schedule]]] = {}
    for one in schedules():
        found.setdefault(one.sector, []).append((ROOTS[one.kind], one))
    return found


def due(
    root: Root, said: Sequence[Schedule], today: date, only: Collection[UUID] | None = None
) -> Iterator[Due]:
    """Yield the records of one kind (or `only` of some) whose time is over, whatever keeps them."""
    sectors = dict(Agency.objects.using(USING).values_list("pk", "sector"))
    model = apps.get_model(root.kind)
    columns = ["pk", "owner_id", "closed_on", *([root.people] if root.people else [])]
    asked = Q() if only is None else Q(pk__in=only)
    rows = iter(
        model._default_manager.using(USING).annotate(closed_on=root.closed()).order_by("pk")
        .filter(asked, closed_on__isnull=False).values_list(*columns).iterator(chunk_size=BATCH)
    )  # fmt: skip
    while batch := list(islice(rows, BATCH)):
        born = _births([person for row in batch for person in _people(row)])
        for row in batch:
            found = rules.schedule_for(said, row[1], Sector(sectors[row[1]]), root.kind)
            if found is None:
                continue
            people = _people(row)
            since = rules.due_on(found, _day(row[2]), [born.get(one) for one in people])
            if since <= today:
                yield Due(row[0], row[1], found, since, people)


def simulated(today: date) -> list[Line]:
    """Say what would go of each agency by each schedule, and what keeps the rest."""
    lines = []
    with looking_only():
        said, names = in_force(), dict(Agency.objects.using(USING).values_list("pk", "name"))
        for root in ROOTS.values():
            found = sorted(due(root, said, today), key=lambda one: one.agency)
            for agency, rows in groupby(found, key=lambda one: one.agency):
                lines.append(_line(names[agency], root, list(rows), today))
    return lines


@contextmanager
def looking_only() -> Iterator[None]:
    """Read as of one moment, in a transaction in which PostgreSQL lets nobody write anything."""
    with transaction.atomic(using=USING), connections[USING].cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


def _line(agency: str, root: Root, rows: list[Due], today: date) -> Line:
    goes, with_it, reasons = 0, Counter[str](), Counter[str]()
    for start in range(0, len(rows), BATCH):
        batch = rows[start : start + BATCH]
        closure = going(root, batch)
        held = kept(root, batch, closure, today)
        left = free(batch, closure, held)
        goes += len(left)
        with_it += _counted(closure, left)
        reasons += Counter(name for names in held.values() for name in names)
    return Line(agency, rows[0].schedule, goes, dict(with_it), dict(reasons))


def _counted(closure: Going, left: set[UUID]) -> Counter[str]:
    """How many rows go, by kind: what belongs to a record that is kept, stays."""
    return Counter({
        kind: many for kind, rows in closure.items()
        if (many := sum(1 for whose in rows.values() if whose <= left))
    })  # fmt: skip


def _births(people: Sequence[UUID]) -> dict[UUID, date]:
    return BIRTHS[0](people, USING) if BIRTHS and people else {}


def _people(row: tuple) -> tuple[UUID, ...]:
    named = row[3] if len(row) > 3 else ()
    return tuple(named) if isinstance(named, list | tuple) else (named,)


def _day(when: date | datetime) -> date:
    return timezone.localdate(when) if isinstance(when, datetime) else when
