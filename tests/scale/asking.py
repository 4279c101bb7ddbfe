"""What the application asks of a large area, in its own reads and services: nothing is retyped."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from uuid import UUID

from django.db import transaction

from locality.intake import reads as intake
from locality.intake import services
from locality.intake.words import Matter, NewConcern, NewPerson, Told, Urgency
from locality.people import reads as people
from locality.people.models import Record
from locality.people.services import sought_by
from locality.sharing.acting import Actor, acting, looking
from locality.sharing.models import Circle
from locality.sharing.subjects.correcting import beside_each
from locality.sharing.words import CircleKind, Marking
from locality.triage import reads as triage
from locality.ui.paging import PER_PAGE
from tests.world import World, today

Ask = Callable[[], object]
A_WHILE = timedelta(days=90)  # of a report


@dataclass(frozen=True)
class Asker:
    """Somebody who asks, whom they ask about, and the front door whose queue they work through."""

    name: str
    by: Actor
    person: UUID
    record: UUID
    given: str
    family: str
    born: date
    postcode: str
    door: UUID | None = None


def askers(world: World) -> list[Asker]:
    """Who sees much, less, hardly anything; and who sees nothing of whom the first asks about."""
    officer = replace(world.actors["officer"], purpose="crime prevention")
    seen = [
        _asker("screener", world.actors["screener"]),
        _asker("officer", officer),
        _asker("provider", world.actors["mentor"]),
    ]
    return [*seen, replace(seen[0], name="stranger", by=world.actors["stranger"], door=None)]


def _asker(name: str, by: Actor) -> Asker:
    """Somebody who asks about whom most agencies have a record of that shows to them."""
    with looking(by, kind="page", route="scale"), acting(by):
        own = Record.objects.filter(owner=by.agency, marking=Marking.STANDARD).exclude(born=None)
        few = list(own.order_by("id")[:200])
        several = [one.person_id for one in Record.objects.filter(person__in=_people(few))]
        one = max(few, key=lambda one: (several.count(one.person_id), one.pk))
        doors = Circle.objects.filter(kind=CircleKind.FRONT_DOOR, members__post=by.post)
        door = doors.filter(purpose__key=by.purpose).values_list("pk", flat=True).first()
    return Asker(
        name, by, one.person_id, one.pk, one.given_names, one.family_name, one.born,
        one.postcode, door,
    )  # fmt: skip


def _people(records: list[Record]) -> list[UUID]:
    return [one.person_id for one in records]


def questions(asker: Asker) -> dict[str, Ask]:
    """Everything that somebody asks, by what it is called."""
    sought = partial(sought_by, born=None, postcode="")
    asks: dict[str, Ask] = {
        "point": lambda: people.record(asker.record),
        "person": lambda: _person(asker),
        "equality": lambda: people.found_by(sought_by("", "", asker.born, asker.postcode)),
        "prefix": lambda: people.found_by(sought(asker.given[:3], asker.family)),
        "wider": lambda: people.found_by(sought(asker.given, asker.family), wider=True),
        "count": lambda: intake.counts(today() - A_WHILE, today()),
    }
    if door := asker.door:
        asks["queue"] = lambda: list(triage.queue(door)[:PER_PAGE])
        asks["queue count"] = lambda: triage.queue(door).count()
    return asks


def raising(asker: Asker) -> Ask:
    """Raise a concern about somebody the reporter's agency knows already, and take it back."""

    def raise_one() -> None:
        raise_for_good(asker)
        transaction.set_rollback(True)

    return raise_one


def raise_for_good(asker: Asker) -> None:
    """The same, and leave it."""
    services.raise_concern(by=asker.by, concern=_concern(asker))


def _concern(asker: Asker) -> NewConcern:
    return NewConcern(
        urgency=Urgency.SOON, matter=Matter.FAMILY, text="Left alone again.", noticed_on=today(),
        told=Told.AGREED, people=(NewPerson(record_id=asker.record),),
    )  # fmt: skip


def _person(asker: Asker) -> None:
    """What people/views.py asks for the page of a person."""
    people.person(asker.person)
    records = list(people.records_of(asker.person))
    encounters = list(people.encounters_of(asker.person))
    shown = [row.pk for one in records for row in (one, *one.contacts.all())]
    beside_each(shown + [one.pk for one in encounters])
    list(people.links_of(asker.person))
    people.households_of(asker.person)
