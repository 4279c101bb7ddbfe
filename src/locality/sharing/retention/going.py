"""What would go together with records, and what keeps them. Reads as the owner, changes nothing."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db.models import Field, ForeignKey, Model, Q, QuerySet

from locality.sharing.retention.doors import ANY, RELATIONS, Relation, Root
from locality.sharing.retention.words import Answer, Due

USING = "owner"
PERSON = "people.person"  # an identifier: whoever keeps somebody keeps what stands for them
Going = dict[str, dict[UUID, set[UUID]]]  # kind, row: the records with which it would go
Kept = dict[UUID, set[str]]  # a record: what keeps it, by the relation's name
OWNERS = ("owner", "giver", "agency")  # the columns that say whose a row is; the first counts
ANOTHERS = "a record of another agency"
ENDS_WITH = (Answer.GOES, Answer.FREEZES)  # what keeps it no longer goes with it


def going(root: Root, due: Iterable[Due]) -> Going:
    """Find every row that would go with these records: parts, parts of parts, and what they carry.

    A row that belongs to two of them is found for both.
    """
    found: Going = defaultdict(lambda: defaultdict(set))
    edge: list[tuple[str, dict[UUID, set[UUID]]]] = [
        (root.kind, {one.record: {one.record} for one in due})
    ]
    while edge:
        kind, rows = edge.pop()
        new = {row: whose - found[kind][row] for row, whose in rows.items()}
        new = {row: whose for row, whose in new.items() if whose}
        for row, whose in new.items():
            found[kind][row] |= whose
        if new:
            edge += [*_parts(kind, new), *_carried(kind, new)]
    return found


def kept(
    root: Root, due: Sequence[Due], goes: Going, today: date,
    allowed: Mapping[UUID, Collection[int]] | None = None,
) -> Kept:  # fmt: skip
    """Say what keeps each of these records although its time is over.

    What belongs to another agency keeps it: nobody erases what is not theirs. By record, `allowed`
    names the agencies whose parts may go.
    """
    found: Kept = defaultdict(set)
    for kind, rows in list(goes.items()):
        for name, one in relations_to(kind):
            for row, named in _naming(name, one, rows, today):
                if one.answer in ENDS_WITH or row not in goes.get(_kind(name), {}):
                    _add(found, rows, named, name)
    for record, agencies in others(due, goes).items():
        if agencies - set((allowed or {}).get(record, ())):
            found[record].add(ANOTHERS)
    _by_people(found, root, due, today)
    return found


def others(due: Sequence[Due], goes: Going) -> dict[UUID, set[int]]:
    """Say by record which other agencies own something that would go with it."""
    agencies = {one.record: one.agency for one in due}
    found: dict[UUID, set[int]] = defaultdict(set)
    for kind, rows in goes.items():
        columns = {one.name: one for one in _model(kind)._meta.concrete_fields}
        owner = next((columns[name] for name in OWNERS if name in columns), None)
        if owner is None:
            continue
        owned = _all(kind).filter(pk__in=list(rows)).values_list("pk", owner.attname)
        for row, agency in owned:
            for record in rows[row]:
                if agencies[record] != agency:
                    found[record].add(agency)
    return found


def free(due: Sequence[Due], goes: Going, held: Kept) -> set[UUID]:
    """Say which of these records would go: nothing keeps them, nor what shares a row with them."""
    left = {one.record for one in due if not held.get(one.record)}
    shared = [whose for rows in goes.values() for whose in rows.values() if len(whose) > 1]
    while stays := set().union(*(whose & left for whose in shared if not whose <= left)):
        left -= stays
    return left


def _by_people(found: Kept, root: Root, due: Sequence[Due], today: date) -> None:
    """What keeps somebody keeps what stands for them; what freezes them, all that is about them."""
    records: dict[UUID, set[UUID]] = defaultdict(set)
    for one in due:
        for person in one.people:
            records[person].add(one.record)
    counts = {Answer.FREEZES, *([Answer.KEEPS] if root.stands_for else [])}
    for name, relation in relations_to(PERSON):
        if relation.answer in counts:
            for _, named in _naming(name, relation, records, today):
                _add(found, records, named, name)


@cache
def target(name: str, to: str) -> str:
    """Say which kind a column names: by its foreign key, or as its domain says."""
    field = column(name)
    return str(field.related_model._meta.label_lower) if isinstance(field, ForeignKey) else to


def column(name: str) -> Field:
    """The column of a relation's name (domain.model.column)."""
    kind, _, field = name.rpartition(".")
    return apps.get_model(kind)._meta.get_field(field)


def relations_to(kind: str) -> Iterator[tuple[str, Relation]]:
    """Yield every relation that may name a row of this kind."""
    for name, one in RELATIONS.items():
        to = target(name, one.to)
        if to == kind or (to == ANY and (kind != PERSON or one.answer == Answer.FREEZES)):
            yield name, one


def _parts(kind: str, rows: dict[UUID, set[UUID]]) -> Iterator[tuple[str, dict[UUID, set[UUID]]]]:
    for name, one in relations_to(kind):
        if one.answer in ENDS_WITH:
            parts: dict[UUID, set[UUID]] = defaultdict(set)
            for row, named in _pairs(name, rows, Q()):
                for parent in named:
                    parts[row] |= rows.get(parent, set())
            yield _kind(name), parts


def _carried(kind: str, rows: dict[UUID, set[UUID]]) -> Iterator[tuple[str, dict[UUID, set[UUID]]]]:
    for name, one in RELATIONS.items():
        if _kind(name) == kind and one.answer == Answer.CARRIES:
            found: dict[UUID, set[UUID]] = defaultdict(set)
            field = column(name).attname
            ours = _all(kind).filter(pk__in=list(rows)).exclude(**{field: None})
            for row, named in ours.values_list("pk", field):
                found[named] |= rows[row]
            yield target(name, one.to), found


def _naming(
    name: str, one: Relation, rows: dict[UUID, set[UUID]], today: date
) -> Iterator[tuple[UUID, list[UUID]]]:
    """Yield rows that keep what they name, or go with it only sometimes, with what that is."""
    always = one.answer in (Answer.KEEPS, Answer.CARRIES, Answer.FREEZES)
    if always or (one.answer == Answer.GOES and one.keeps_while):
        yield from _pairs(name, rows, one.keeps_while(today) if one.keeps_while else Q())


def _pairs(
    name: str, rows: dict[UUID, set[UUID]], only: Q
) -> Iterator[tuple[UUID, list[UUID]]]:  # fmt: skip
    field = column(name)
    lists = isinstance(field, ArrayField)
    asked = Q(**{f"{field.attname}__{'overlap' if lists else 'in'}": list(rows)})
    for row, named in _all(_kind(name)).filter(asked & only).values_list("pk", field.attname):
        yield row, list(named) if lists else [named]


def _add(found: Kept, rows: dict[UUID, set[UUID]], named: Iterable[UUID], name: str) -> None:
    for one in named:
        for record in rows.get(one, ()):
            found[record].add(name)


def _kind(name: str) -> str:
    return name.rpartition(".")[0]


def _model(kind: str) -> type[Model]:
    return apps.get_model(kind)


def _all(kind: str) -> QuerySet[Any]:
    return _model(kind)._default_manager.using(USING).order_by()
