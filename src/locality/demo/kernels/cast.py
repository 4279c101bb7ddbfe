"""The people of the stories: their households, records and ids, known by name."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from types import MappingProxyType

from locality.demo.kernels.chance import named_id
from locality.demo.rules.dates import born
from locality.demo.words.area import AgencyRecord, DemoAgency, Household, Resident, Street, Truth
from locality.demo.words.stories import CastIds, CastMember, Home, Story, Typed

KNOWN_FOR = 900  # days since each agency first wrote somebody down, before the two years


def cast_ids(stories: Sequence[Story], seed: int, today: date) -> dict[tuple[str, str], CastIds]:
    """Say where every story's person is found, by story and key."""
    return {
        (story.key, person.key): _ids(story, person, seed, today)
        for story in stories
        for person in story.people
    }


def _ids(story: Story, person: CastMember, seed: int, today: date) -> CastIds:
    where = (story.key, person.key)
    return CastIds(
        resident=named_id(seed, *where, "resident"),
        household=named_id(seed, story.key, person.home, "household"),
        person=named_id(seed, *where, "person"),
        records=MappingProxyType(
            {agency: named_id(seed, *where, "record", agency) for agency in person.records}
        ),
        born=born(today, person.age),
    )


def households(stories: Sequence[Story], streets: Sequence[Street], seed: int) -> list[Household]:
    """Give every story's homes an address of their own in the first neighbourhood."""
    homes = [(story, home) for story in stories for home in story.homes]
    return [
        _household(story, home, streets[at % len(streets)], 101 + at // len(streets), seed)
        for at, (story, home) in enumerate(homes)
    ]


def _household(story: Story, home: Home, street: Street, house: int, seed: int) -> Household:
    people = [person.community for person in story.people if person.home == home.key]
    return Household(
        id=named_id(seed, story.key, home.key, "household"), kind=home.kind, community=people[0],
        address=f"{house} {street.name}", postcode=street.postcodes[house % 2], ward=street.ward,
        area=street.area, moved_on=None, former_address="", former_postcode="",
    )  # fmt: skip


def residents(stories: Sequence[Story], seed: int, today: date) -> list[Resident]:
    """Give the stories' people as they truly are."""
    return [
        _resident(story, person, at, _ids(story, person, seed, today))
        for story in stories
        for at, person in enumerate(story.people)
    ]


def _resident(story: Story, person: CastMember, at: int, known: CastIds) -> Resident:
    number = sum(map(ord, story.key)) * 7 + at
    adult = person.part != "child"
    return Resident(
        id=known.resident, household=known.household, given_names=person.given_names,
        family_name=person.family_name, known_as=person.known_as, former_family_name="",
        born=known.born, sex=person.sex, community=person.community, part=person.part,
        phone=f"07700 900{number % 1000:03}" if adult else "", email="",
    )  # fmt: skip


def records(
    stories: Sequence[Story], agencies: Mapping[str, DemoAgency], homes: Sequence[Household],
    *, seed: int, today: date,
) -> tuple[list[AgencyRecord], list[Truth]]:  # fmt: skip
    """Give each agency's record of the stories' people, typed as the story says, and the truth."""
    lives = {home.id: home for home in homes}
    found, truth = [], []
    for story in stories:
        for at, person in enumerate(story.people):
            known = _ids(story, person, seed, today)
            truly = _resident(story, person, at, known)
            for agency in person.records:
                typed = person.typed.get(agency, Typed())
                home = lives[known.household]
                found.append(
                    _record(known, truly, typed, home, (agency, agencies[agency].number), today)
                )
                truth.append(Truth(known.records[agency], known.resident, known.household, 0))
    return found, truth


def _record(
    known: CastIds, truly: Resident, typed: Typed, home: Household, agency: tuple[str, int],
    today: date,
) -> AgencyRecord:  # fmt: skip
    key, number = agency
    return AgencyRecord(
        id=known.records[key], person=known.person, agency=number,
        given_names=typed.given_names or truly.given_names,
        family_name=typed.family_name or truly.family_name,
        known_as=typed.known_as or truly.known_as,
        born=None if typed.born_missing else truly.born, sex=truly.sex, address=home.address,
        postcode=home.postcode, phone=truly.phone, email="",
        recorded_on=max(truly.born, today - timedelta(days=KNOWN_FOR)),
    )  # fmt: skip
