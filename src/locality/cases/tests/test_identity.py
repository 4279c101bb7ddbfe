"""The bar at the top of a case: how to reach whom it is about, who they are, how old."""

from datetime import date
from uuid import UUID

from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from locality.cases import reads
from locality.cases.tests.given import a_case
from locality.cases.words import Subjects
from locality.people import reads as people
from locality.people import services as people_services
from locality.sharing.acting import Actor, acting
from tests.world import World

births = st.none() | st.dates(date(1930, 1, 1), date(2025, 1, 1))


def somebody(by: Actor, *born: date | None) -> UUID:
    """Somebody with a record for each of these birthdays, written one after the other."""
    person = None
    for one in born:
        made = people_services.add_record(
            by=by, person_id=person, given_names="Ash", family_name="Fielding", born=one
        )
        person = made.person_id
    people_services.add_contact(
        by=by, record_id=made.pk, kind="phone", value=f"01632 {made.pk.int % 10**6:06}", safe=False
    )
    return person


@given(everybody=st.lists(st.lists(births, min_size=1, max_size=3), min_size=1, max_size=4))
def test_each_is_as_old_as_the_newest_record_that_says_so(world: World, everybody):
    with acting(world.lead):
        whom = [somebody(world.lead, *born) for born in everybody]
        said = people.births(whom)
        for who in whom:
            records = people.records_of(who)
            assert said.get(who) == next((one.born for one in records if one.born), None)


def test_the_bar_asks_no_more_about_many_than_about_one(world: World):
    asked, told = [], []
    for many in (1, 4):
        with acting(world.lead):
            whom = tuple(somebody(world.lead, date(2010, 1, 1)) for _ in range(many))
        case = a_case(world.lead, subjects=Subjects(person_ids=whom))
        with acting(world.lead), CaptureQueriesContext(connection) as queries:
            told.append(reads.identity(case))
        asked.append(len(queries))
    assert asked[0] == asked[1]
    assert [one.safe_contact.count("Do NOT use") for one in told] == [1, 4]
    assert [f"{one.name} {one.says}".count("years old") for one in told] == [1, 4]


def test_ways_to_reach_them_are_told_in_the_order_of_the_people(world: World):
    with acting(world.lead):
        whom = [somebody(world.lead, None) for _ in range(4)]
        case = a_case(world.lead, subjects=Subjects(person_ids=tuple(whom)))
        said = reads.identity(case).safe_contact
        places = [said.index(people.contacts_of(one).get().value) for one in case.about]
    assert places == sorted(places)
