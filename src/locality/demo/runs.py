"""Make the area, neighbourhood by neighbourhood, and write it out."""

import csv
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

from locality.demo import catalogue
from locality.demo.kernels import cast, contacts, people, records, streets
from locality.demo.kernels.caseload import Made, caseload
from locality.demo.kernels.casework import open_case
from locality.demo.kernels.chance import stream
from locality.demo.kernels.desk import Desk
from locality.demo.kernels.subjects import Subjects
from locality.demo.rules.dates import all_told
from locality.demo.words.area import (
    NEIGHBOURHOOD,
    AgencyRecord,
    Contact,
    Household,
    Resident,
    Size,
    Street,
    Truth,
)
from locality.demo.words.caseload import (
    MadeAction,
    MadeCase,
    MadeConcern,
    MadeGoal,
    MadeItem,
    MadeNeed,
    MadeReferral,
    MadeReview,
    MadeScreening,
    MadeSession,
    MadeStep,
)
from locality.demo.words.stories import CastIds, Dated
from locality.demo.words.table import Table, joined, table_of
from locality.kit.errors import BadInput

INVENTED_AREAS = tuple(f"ZZ01{number:06}" for number in range(1, 170))
TRUTH = ("truth", "residents", "households")  # what the application never loads
CASELOAD = {
    "concerns": MadeConcern, "screenings": MadeScreening, "cases": MadeCase, "needs": MadeNeed,
    "goals": MadeGoal, "actions": MadeAction, "reviews": MadeReview, "items": MadeItem,
    "referrals": MadeReferral, "steps": MadeStep, "sessions": MadeSession,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Plan:
    """Which area to make. `areas` are the codes of small areas, real ones where there are any."""

    size: Size
    seed: int
    today: date
    areas: Sequence[str] = INVENTED_AREAS


@dataclass(frozen=True, slots=True)
class Batch:
    """One neighbourhood: tables ready for COPY, in an order that foreign keys allow."""

    number: int
    records: Table[AgencyRecord]
    contacts: Table[Contact]
    concerns: Table[MadeConcern]
    cases: Table[MadeCase]
    screenings: Table[MadeScreening]
    needs: Table[MadeNeed]
    goals: Table[MadeGoal]
    actions: Table[MadeAction]
    reviews: Table[MadeReview]
    items: Table[MadeItem]
    referrals: Table[MadeReferral]
    steps: Table[MadeStep]
    sessions: Table[MadeSession]
    households: Table[Household]
    residents: Table[Resident]
    truth: Table[Truth]

    def tables(self) -> dict[str, Table[Any]]:
        """Give the tables by name, those that only tests may load last."""
        return {
            field.name: getattr(self, field.name)
            for field in fields(self)
            if field.name != "number"
        }


def batches(plan: Plan) -> Iterator[Batch]:
    """Make the area's neighbourhoods one by one; only one is in memory at a time.

    Refuses, as BadInput, a seed below nought or no areas.
    """
    if plan.seed < 0 or not plan.areas:
        raise BadInput("The seed must be 0 or more, and there must be at least one area.")
    for number in range(plan.size.value):
        yield batch(plan, number)


def batch(plan: Plan, number: int) -> Batch:
    """Make one neighbourhood; it needs none of the others."""
    book, seed, today = catalogue.communities(), plan.seed, plan.today
    holders = [one for one in catalogue.agencies() if one.holds]
    told = catalogue.stories() if number == 0 else ()
    near = streets.streets_of(catalogue.place(), plan.areas, seed=seed, batch=number)
    there = people.neighbours(
        book, near, seed=seed, batch=number, today=today,
        residents=NEIGHBOURHOOD - sum(len(story.people) for story in told),
    )  # fmt: skip
    made = records.records(book, holders, there, seed=seed, batch=number, today=today)
    subjects = _subjects(plan, number, there, made)
    load = caseload(_desk(plan, number, near), subjects.find, open_case)
    met = contacts.contacts(holders, there, made, seed=seed, batch=number, today=today)
    homes = cast.households(told, near, seed)
    agencies = {agency.key: agency for agency in catalogue.agencies()}
    played, truly = cast.records(told, agencies, homes, seed=seed, today=today)
    return Batch(
        number=number,
        records=joined(made.table, [*subjects.more, *played]),
        contacts=met,
        households=joined(there.households, homes),
        residents=joined(there.residents, cast.residents(told, seed, today)),
        truth=joined(made.truth, [*subjects.truth, *truly]),
        **_tables(load),
    )


def _subjects(plan: Plan, number: int, there: people.Neighbours, made: records.Records) -> Subjects:
    numbers = {agency.key: agency.number for agency in catalogue.agencies()}
    works_for = {key: numbers[one.agency] for key, one in catalogue.staff().items()}
    hard = contacts.hardship(len(there.households), seed=plan.seed, batch=number)
    rng = stream(plan.seed, number, "subjects")
    return Subjects(rng, there, made, plan.today, hard, works_for)


def _desk(plan: Plan, number: int, near: Sequence[Street]) -> Desk:
    return Desk(
        rng=stream(plan.seed, number, "caseload"),
        today=plan.today,
        themes=catalogue.themes(),
        staff=catalogue.staff(),
        numbers={agency.key: agency.number for agency in catalogue.agencies()},
        panels=list(catalogue.panels().values()),
        pathways=catalogue.house().pathways,
        areas=[(street.name, street.area) for street in near],
    )


def _tables(load: Made) -> dict[str, Any]:
    return {name: table_of(row, getattr(load, name)) for name, row in CASELOAD.items()}


def area_streets(plan: Plan) -> list[Street]:
    """Give every street of the area."""
    return [
        street
        for number in range(plan.size.value)
        for street in streets.streets_of(
            catalogue.place(), plan.areas, seed=plan.seed, batch=number
        )
    ]


def told_stories(plan: Plan) -> list[Dated]:
    """Give every event of every story, dated and in order, for a seed to act out."""
    return all_told(catalogue.stories(), plan.today)


def cast_of(plan: Plan) -> dict[tuple[str, str], CastIds]:
    """Say where the stories' people are found, by story and key."""
    return cast.cast_ids(catalogue.stories(), plan.seed, plan.today)


def write_csv(plan: Plan, folder: Path) -> dict[str, int]:
    """Write every table as a CSV file, the truth in a folder of its own; give rows by table."""
    counts: dict[str, int] = {}
    (folder / "truth").mkdir(parents=True, exist_ok=True)
    for made in batches(plan):
        for name, table in made.tables().items():
            file = folder / ("truth" if name in TRUTH else ".") / f"{name}.csv"
            first = name not in counts
            with file.open("w" if first else "a", encoding="utf-8", newline="") as lines:
                _lines(csv.writer(lines, lineterminator="\n"), table, heading=first)
            counts[name] = counts.get(name, 0) + len(table)
    return counts


def _lines(writer: Any, table: Table[Any], *, heading: bool) -> None:
    if heading:
        writer.writerow(table.names)
    writer.writerows(table.rows())


def fingerprint(plan: Plan) -> str:
    """Give the SHA-256 of the whole area, streets and dated stories included."""
    whole = hashlib.sha256()
    for line in _canonical(plan):
        whole.update(line.encode())
    return whole.hexdigest()


def _canonical(plan: Plan) -> Iterable[str]:
    for made in batches(plan):
        for name, table in made.tables().items():
            yield f"{name} {table.names}\n"
            yield from ("\x1f".join(map(str, row)) + "\n" for row in table.rows())
    yield from (f"{street}\n" for street in area_streets(plan))
    yield from (
        f"{dated.happens_at} {dated.story} {dated.event!r}\n" for dated in told_stories(plan)
    )
