"""Make the area, neighbourhood by neighbourhood, and write it out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from locality.demo import catalogue
from locality.demo.kernels import contacts, people, records, streets
from locality.demo.words.area import (
    NEIGHBOURHOOD,
    AgencyRecord,
    Contact,
    Household,
    Resident,
    Size,
    Truth,
)
from locality.demo.words.table import Table

INVENTED_AREAS = tuple(f"ZZ01{number:06}" for number in range(1, 170))


@dataclass(frozen=True, slots=True)
class Plan:
    """Which area to make. `areas` are the codes of small areas, real ones where there are any."""

    size: Size
    seed: int
    today: date
    areas: Sequence[str] = INVENTED_AREAS


@dataclass(frozen=True, slots=True)
class Batch:
    """One neighbourhood."""

    number: int
    households: Table[Household]
    residents: Table[Resident]
    records: Table[AgencyRecord]
    contacts: Table[Contact]
    truth: Table[Truth]


def batches(plan: Plan) -> Iterator[Batch]:
    """Make the area's neighbourhoods one by one."""
    for number in range(plan.size.value):
        yield batch(plan, number)


def batch(plan: Plan, number: int) -> Batch:
    """Make one neighbourhood; it needs none of the others."""
    book, seed, today = catalogue.communities(), plan.seed, plan.today
    holders = [one for one in catalogue.agencies() if one.holds]
    near = streets.streets_of(catalogue.place(), plan.areas, seed=seed, batch=number)
    there = people.neighbours(
        book, near, seed=seed, batch=number, today=today, residents=NEIGHBOURHOOD
    )
    made = records.records(book, holders, there, seed=seed, batch=number, today=today)
    met = contacts.contacts(holders, there, made, seed=seed, batch=number, today=today)
    return Batch(number, there.households, there.residents, made.table, met, made.truth)
