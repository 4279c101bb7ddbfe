"""Copy the area's people, what agencies hold about them, and the caseload beside the stories."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

from django.db import connections

from locality.demo.runs import Batch, Plan, batches
from locality.demo.services import caseload
from locality.demo.services.copying import LABEL, copy, derived, labelled, unforced
from locality.demo.services.partners import OWNER, House
from locality.people.rules import search_key
from locality.people.words import ContactKind
from locality.sharing.words import Category, Marking

ADDRESS, PHONE, EMAIL = 1, 2, 3


def write(plan: Plan, house: House, reach: Callable[[str], None]) -> None:
    """Copy every neighbourhood, one by one, then let the database count what it holds."""
    whole = plan.size.value
    with unforced():
        caseload.meetings(plan, house)
        seen: set[UUID] = set()
        for made in batches(plan):
            reach(f"neighbourhood {made.number + 1} of {whole}")
            _people(made, seen)
            caseload.write(made, house, plan.today)
    with connections[OWNER].cursor() as cursor:
        cursor.execute("ANALYZE")


def _people(made: Batch, seen: set[UUID]) -> None:
    records = list(made.records)
    new = {one.person for one in records} - seen
    seen |= new
    copy("people_person", ["id"], ((one,) for one in sorted(new)))
    copy(
        "people_record",
        [*LABEL, "id", "person_id", "given_names", "family_name", "known_as", "born", "sex",
         "postcode", "given_key", "family_key", "recorded_on", "version"],
        (
            (*labelled(one.agency, Category.IDENTITY, Marking.STANDARD), one.id, one.person,
             one.given_names, one.family_name, one.known_as, one.born, one.sex, one.postcode,
             search_key(one.given_names), search_key(one.family_name), one.recorded_on, 1)
            for one in records
        ),
    )  # fmt: skip
    copy(
        "people_contact",
        [*LABEL, "id", "record_id", "person_id", "kind", "value", "safe", "starts"],
        _contacts(records),
    )
    copy(
        "people_encounter",
        [*LABEL, "id", "record_id", "person_id", "on", "kind", "summary"],
        (
            (*labelled(one.agency, one.category, one.marking), one.id, one.record, one.person,
             one.on, one.kind, one.summary)
            for one in made.contacts
        ),
    )  # fmt: skip


def _contacts(records: list[Any]) -> Iterator[tuple[Any, ...]]:
    for one in records:
        ways = ((ADDRESS, ContactKind.ADDRESS, one.address), (PHONE, ContactKind.PHONE, one.phone),
                (EMAIL, ContactKind.EMAIL, one.email))  # fmt: skip
        for part, kind, value in ways:
            if value:
                yield (
                    *labelled(one.agency, Category.CONTACT, Marking.STANDARD),
                    derived(one.id, part), one.id, one.person, kind.value, value, None,
                    one.recorded_on,
                )  # fmt: skip
