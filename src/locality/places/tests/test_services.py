"""Named places: anybody acting may add one in their own name; nobody may change one."""

from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from locality.kit.errors import BadInput, NotHere
from locality.places import reads, services
from locality.places.models import Area, Place
from locality.places.words import PlaceKind
from locality.sharing.acting import acting
from locality.sharing.models import AuditEntry
from tests.world import World


def test_a_place_added_by_one_agency_is_found_by_a_strangers(world: World):
    made = services.add_place(
        by=world.teacher, name=" Alder Park ", kind=PlaceKind.PARK, street="Alder Lane",
        point=(52.6, -1.99),
    )  # fmt: skip
    with acting(world.stranger):
        assert reads.find_places("park ald") == [made]
        assert reads.place(made.pk).name == "Alder Park"
        assert reads.find_places("park beech") == []


def test_adding_a_place_is_in_the_audit_trail(world: World):
    made = services.add_place(by=world.teacher, name="Alder Park", kind="park")
    with acting(world.governor):
        entries = AuditEntry.objects.filter(record=made.pk)
        assert [entry.did for entry in entries] in ([], ["places.place.added"])
    with acting(world.teacher):
        assert Place.objects.get(pk=made.pk).added_by == world.teacher.post


@pytest.mark.parametrize(
    "wrong", [{"name": " "}, {"kind": "house"}, {"point": (91.0, 0.0)}, {"point": (0.0, 181.0)}]
)
def test_what_is_no_public_place_is_refused(world: World, wrong):
    with pytest.raises(BadInput):
        services.add_place(by=world.teacher, **({"name": "Alder Park", "kind": "park"} | wrong))
    with acting(world.teacher):
        assert not Place.objects.exists()


def test_a_place_in_an_area_nobody_knows_is_refused(world: World):
    with pytest.raises(NotHere):
        services.add_place(by=world.teacher, name="Park", kind="park", area_code="E1")


def test_nobody_adds_a_place_in_anothers_name_nor_changes_one(world: World):
    made = services.add_place(by=world.teacher, name="Alder Park", kind="park")
    with pytest.raises(Exception, match="row-level security"), acting(world.nurse):
        Place.objects.create(name="Park", kind="park", added_by=world.teacher.post)
    with pytest.raises(Exception, match="permission denied"), acting(world.teacher):
        Place.objects.filter(pk=made.pk).update(name="Elsewhere")


def test_published_figures_cannot_be_written_by_anybody_acting(world: World):
    with pytest.raises(Exception, match="permission denied"), acting(world.director):
        Area.objects.create(code="E1", kind="lsoa", name="Nowhere", vintage=2021)


def test_outside_acting_no_area_can_be_read(world: World):
    with pytest.raises(Exception, match="permission denied"), transaction.atomic():
        reads.areas("lsoa")


def test_a_place_that_is_not_there_is_not_here(world: World):
    with acting(world.teacher), pytest.raises(NotHere):
        reads.place(uuid4())


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=30))
def test_any_words_may_be_looked_for(world: World, words):
    with acting(world.teacher):
        assert reads.find_places(words) == []
