"""What is held, as far as it shows: to whoever said so, and to the leads of their agency."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from locality.kit.errors import NotHere
from locality.sharing.looks.reads import names_of
from locality.sharing.models import Hold


@dataclass(frozen=True, slots=True)
class Held:
    """One hold as a page says it: on whom or what, as far as that shows."""

    hold: Hold
    name: str


def holds(*, lifted: bool) -> QuerySet[Hold]:
    """The holds that show, newest first: those in force, or those that were lifted."""
    return Hold.objects.select_related("declared_by").filter(lifted_at__isnull=not lifted)


def one(hold_id: UUID) -> Hold:
    """Fetch one hold in force, or raise NotHere."""
    found = Hold.objects.filter(lifted_at=None, pk=hold_id).first()
    if found is None:
        raise NotHere(f"hold {hold_id}")
    return found


def shown(rows: Iterable[Hold]) -> list[Held]:
    """Name whom or what each is about, as far as that shows to whoever is acting."""
    found = list(rows)
    names = names_of({row.subject for row in found})
    return [Held(row, names.get(row.subject, "")) for row in found]
