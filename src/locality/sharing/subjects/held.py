"""Everything that an agency holds about somebody, as far as whoever reads for it sees."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db.models import Field, ForeignKey, Model, QuerySet, UUIDField
from django.db.models.expressions import RawSQL

from locality.kit.errors import NotHere
from locality.sharing.models import Post, SubjectAnswer, SubjectItem, SubjectRequest
from locality.sharing.register.reads import called
from locality.sharing.subjects.doors import FINDERS, HOLDINGS, Holding
from locality.sharing.subjects.told import KIND, given_to_others
from locality.sharing.subjects.words import Exemption, Found, Part, Stage
from locality.sharing.words import Category, Marking
from locality.ui.clock import date_in_words
from locality.ui.language import shown

FILE = Path(__file__).parent / "exemptions.toml"
CAREFUL = {Category.DOMESTIC_ABUSE, Category.PREVENT}


@cache
def exemptions() -> tuple[Exemption, ...]:
    """Why something may be left out: exemptions.toml."""
    read = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return tuple(Exemption(key, **one) for key, one in read.items() if key != "about")


def found(row: SubjectRequest) -> list[Found]:
    """Every row about whom a request is about, of which its agency is the controller.

    Policies show whoever reads what they are cleared for, and nothing that they are kept from.
    What was disclosed of these rows, and to whom, comes last.
    """
    people = FINDERS[0].linked(row.subjects) if row.subjects else []
    if not people:
        return []
    users = dict(Post.objects.values_list("pk", "user_id"))
    rows = [one for holding in HOLDINGS.values()
            for one in _rows(row, holding, people, users)]  # fmt: skip
    return [*rows, *given_to_others(row, rows, users)]


def one_found(row: SubjectRequest, kind: str, item: UUID) -> Found:
    """Fetch one of these rows, or raise NotHere."""
    for one in found(row):
        if (one.kind, one.item) == (kind, item):
            return one
    raise NotHere(f"{kind} {item}")


def decisions(row: SubjectRequest) -> dict[tuple[str, UUID], SubjectItem]:
    """What was decided last about each row that shows."""
    made = SubjectItem.objects.filter(request=row).select_related("decided_by")
    return {(one.kind, one.item): one for one in made}


def answers(row: SubjectRequest) -> list[SubjectAnswer]:
    """What was signed off, by kind and date; of what is withheld, only what one sees anyway."""
    signed = SubjectAnswer.objects.filter(request=row).select_related("signed_by")
    order = [*HOLDINGS, KIND]
    return sorted(signed, key=lambda one: (order.index(one.kind), one.on or date.min, one.item))


def stage(one: SubjectItem | None, signed: Iterable[UUID]) -> Stage:
    """How far one row is."""
    if one is None:
        return Stage.UNDECIDED
    return Stage.SIGNED if one.pk in signed else Stage.TO_SIGN


def _rows(
    row: SubjectRequest, holding: Holding, people: list[UUID], users: Mapping[UUID, UUID]
) -> Iterator[Found]:
    model = apps.get_model(holding.kind)
    lists = isinstance(_end(model, holding.about), ArrayField)
    for one in _about(model, holding, people, lists=lists).filter(**{holding.owner: row.agency_id}):
        parts = tuple(_parts(model, holding, one))
        if parts:
            above = _above(one, holding)
            yield Found(
                holding.kind, one.pk, shown(holding.says), _day(one, holding), parts,
                _others(above, holding, people) if lists else (),
                _authors([one, above], users), _careful(one),
            )  # fmt: skip


def _about(model: type[Model], holding: Holding, people: list[UUID], *, lists: bool) -> QuerySet:
    rows = model._default_manager.defer(*holding.leave_out).order_by("pk")
    if holding.gate:
        return rows.filter(pk__in=RawSQL(f"SELECT {holding.gate}(%s::uuid[])", [people]))  # noqa: S611
    return rows.filter(**{f"{holding.about}__{'overlap' if lists else 'in'}": people}).distinct()


def _above(row: Model, holding: Holding) -> Model | None:
    """What says whom a row is about: itself or the first thing it belongs to, if that shows."""
    name, _, more = holding.about.partition("__")
    field = row._meta.get_field(name)
    if not more or not isinstance(field, ForeignKey):
        return row if not more else None
    return field.related_model._default_manager.filter(pk=getattr(row, field.attname)).first()


def _parts(model: type[Model], holding: Holding, row: Model) -> Iterator[Part]:
    """What in a row is about somebody, in words. Whom it names is for a human to look at."""
    for field in model._meta.concrete_fields:
        name = field.name
        personal = name in model.Handling.personal and name not in holding.leave_out
        if personal and not _names(field) and (words := _words(getattr(row, name))):
            yield Part(name, called(model, name), words)


def _names(field: Field) -> bool:
    """Whether a column holds identifiers, which say nothing to whoever reads them."""
    return isinstance(getattr(field, "base_field", field), UUIDField)


def _words(value: Any) -> str:
    """A value as people write it."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return "\n".join(filter(None, map(_words, value)))
    if isinstance(value, dict):
        return "\n".join(f"{key}: {_words(one)}" for key, one in value.items())
    return date_in_words(value) if isinstance(value, date) else str(value)


def _day(row: Model, holding: Holding) -> date | None:
    value = getattr(row, holding.on) if holding.on else None
    return value.date() if isinstance(value, datetime) else value


def _others(above: Model | None, holding: Holding, people: list[UUID]) -> tuple[UUID, ...]:
    """Somebody else whom a row names, too."""
    value: Any = above
    for name in holding.about.split("__")[1:] or [holding.about]:
        value = getattr(value, name, None)
    return tuple(sorted(set(value or ()) - set(people)))


def _authors(rows: Iterable[Model | None], users: Mapping[UUID, UUID]) -> frozenset[UUID]:
    """The people who wrote a row, or what it belongs to."""
    posts = (getattr(one, field.attname) for one in rows if one for field in _posts(one))
    return frozenset(users[post] for post in posts if post in users)


def _posts(row: Model) -> Iterator[ForeignKey]:
    fields = row._meta.concrete_fields
    return (one for one in fields if isinstance(one, ForeignKey) and one.related_model is Post)


def _careful(row: Model) -> bool:
    """Whether to withhold unless a human says otherwise: what could give somebody away."""
    sealed = getattr(row, "marking", Marking.STANDARD) == Marking.SEALED
    return sealed or getattr(row, "category", None) in CAREFUL


def _end(model: type[Model], way: str) -> Field:
    """The column at the end of a way from a row."""
    for name in way.split("__"):
        field = model._meta.get_field(name)
        model = field.related_model or model
    return field
