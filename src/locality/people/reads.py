"""Who is who, as far as the actor may see. The only way to fetch people and their records."""

import tomllib
from collections.abc import Iterable, Sequence, Set
from datetime import date
from functools import cache
from pathlib import Path
from uuid import UUID

from django.db import connection
from django.db.models import Prefetch, Q, QuerySet

from locality.kit.errors import NotHere
from locality.people import rules
from locality.people.models import Contact, Encounter, Household, Living, Person, Record, SamePerson
from locality.people.words import HIDDEN, Sought

HERE = Path(__file__).parent
NEWEST_FIRST = ("-recorded_on", "id")


def person(person_id: UUID) -> Person:
    """Fetch somebody of whom the actor sees at least one record, or raise NotHere."""
    found = Person.objects.filter(pk=person_id).first()
    if found is None:
        raise NotHere(f"person {person_id}")
    return found


def record(record_id: UUID) -> Record:
    """Fetch one record with its agency, or raise NotHere."""
    return _one(Record.objects.select_related("owner"), record_id)


def record_to_change(record_id: UUID) -> Record:
    """Fetch one record and keep others from changing it until this transaction ends."""
    return _one(Record.objects.select_for_update(of=("self",)), record_id)


def records_of(person_id: UUID) -> QuerySet[Record]:
    """Every agency's record of somebody, newest first, with those contacts that show."""
    contacts = Prefetch("contacts", Contact.objects.order_by("kind", "-starts", "id"))
    return (
        Record.objects.filter(person=person_id)
        .select_related("owner")
        .prefetch_related(contacts)
        .order_by(*NEWEST_FIRST)
    )


def my_record_of(person_id: UUID, agency: int) -> Record | None:
    """An agency's own newest record of somebody, or of somebody linked to be the same."""
    return (
        Record.objects.filter(person__in=same_people([person_id]), owner=agency)
        .order_by(*NEWEST_FIRST)
        .first()
    )


def records(record_ids: Sequence[UUID]) -> dict[UUID, Record]:
    """Several records by their id; those that do not show are not in it."""
    return Record.objects.select_related("owner").in_bulk(record_ids)


def names(person_ids: Sequence[UUID]) -> dict[UUID, str]:
    """What to call each of these people; words instead for who does not show."""
    called = _newest_names(person_ids)
    called |= {one.was_id: one.record.full_name for one in _moved(set(person_ids) - called.keys())}
    return {one: called.get(one, HIDDEN) for one in person_ids}


def who_now(person_ids: Sequence[UUID]) -> dict[UUID, UUID | None]:
    """Who each of these people is today: whom their records were linked to, None when hidden."""
    here = {one.pk: one.pk for one in Person.objects.filter(pk__in=person_ids)}
    here |= {one.was_id: one.record.person_id for one in _moved(set(person_ids) - here.keys())}
    return {one: here.get(one) for one in person_ids}


def same_people(person_ids: Sequence[UUID]) -> list[UUID]:
    """These people and everybody linked to be the same person, as far as it shows."""
    return sorted(set().union(*same_as(person_ids).values()))


def same_as(person_ids: Sequence[UUID]) -> dict[UUID, set[UUID]]:
    """Each of these people with everybody linked to be the same person, as far as it shows."""
    reached, pairs = set(person_ids), []
    while reached:
        known = len(reached)
        around = _links().filter(Q(was__in=reached) | Q(now__in=reached))
        pairs = list(around.values_list("was_id", "now_id"))
        reached = rules.connected(reached, pairs)
        if len(reached) == known:
            break
    return {one: rules.connected([one], pairs) for one in person_ids}


def link(link_id: UUID) -> SamePerson:
    """Fetch one decision that two records are of one person, or raise NotHere."""
    found = SamePerson.objects.select_related("record").filter(pk=link_id).first()
    if found is None:
        raise NotHere(f"link {link_id}")
    return found


def links_of(person_id: UUID) -> QuerySet[SamePerson]:
    """Decisions, not taken back, that brought records to this person; newest first."""
    return _links().filter(now=person_id).select_related("record__owner", "decided_by__agency")


def contacts_of(*person_ids: UUID) -> QuerySet[Contact]:
    """Ways to reach somebody, or several, as far as they show."""
    found = Contact.objects.filter(person__in=person_ids)
    return found.select_related("owner").order_by("kind", "id")


def births(person_ids: Sequence[UUID]) -> dict[UUID, date]:
    """When each of these people was born, as the newest record that says so and shows has it."""
    said = Record.objects.filter(person__in=person_ids).exclude(born=None)
    newest = said.order_by("recorded_on", "-id")
    return dict(newest.values_list("person", "born"))


def encounters_of(person_id: UUID) -> QuerySet[Encounter]:
    """What agencies had to do with somebody, newest first, as far as it shows."""
    return Encounter.objects.filter(person=person_id).select_related("owner")


def household(household_id: UUID) -> Household:
    """Fetch one household with who lives there, or raise NotHere."""
    found = (
        Household.objects.select_related("owner")
        .prefetch_related("people")
        .filter(pk=household_id)
        .first()
    )
    if found is None:
        raise NotHere(f"household {household_id}")
    return found


def households_of(person_id: UUID) -> list[Living]:
    """The households somebody lives in, with their names."""
    return list(
        Living.objects.filter(person=person_id, until=None).select_related("household__owner")
    )


def found_by(sought: Sought, *, wider: bool = False) -> list[Record]:
    """Records that may be who is sought. `wider` tries other spellings and short forms, slower."""
    with connection.cursor() as cursor:
        cursor.execute(
            _query("search_wider" if wider else "search"),
            {
                "given": sought.given_key, "family": sought.family_key, "born": sought.born,
                "postcode": sought.postcode, "nicknames": sorted(sought.nicknames),
                "named": bool(sought.given_key or sought.family_key),
            },
        )  # fmt: skip
        ids = [row[0] for row in cursor.fetchall()]
    found = Record.objects.select_related("owner").in_bulk(ids)
    return [found[one] for one in ids if one in found]


@cache
def nickname_groups() -> list[list[str]]:
    """Groups of given names that are forms of one another: nicknames.toml."""
    return tomllib.loads((HERE / "nicknames.toml").read_text(encoding="utf-8"))["groups"]


@cache
def _query(name: str) -> str:
    return (HERE / "queries" / f"{name}.sql").read_text(encoding="utf-8")


def _one(among: QuerySet[Record], record_id: UUID) -> Record:
    found = among.filter(pk=record_id).first()
    if found is None:
        raise NotHere(f"record {record_id}")
    return found


def _newest_names(person_ids: Sequence[UUID]) -> dict[UUID, str]:
    newest = Record.objects.filter(person__in=person_ids).order_by("recorded_on", "-id")
    return {one.person_id: one.full_name for one in newest}


def _moved(person_ids: Set[UUID]) -> Iterable[SamePerson]:
    """The links by which these people turned out to be others, the latest last."""
    if not person_ids:
        return ()
    return _links().filter(was__in=person_ids).select_related("record").order_by("decided_at")


def _links() -> QuerySet[SamePerson]:
    return SamePerson.objects.filter(undoes=None, undone_by=None)
