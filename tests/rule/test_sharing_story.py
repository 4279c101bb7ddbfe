"""One concern, disclosed to the front door: who sees it, and who does not."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from locality.intake.models import Concern
from locality.people.models import Person, Record
from locality.sharing import reads, services
from locality.sharing.acting import Actor, acting
from locality.sharing.labels import labelled
from locality.sharing.services import Terms
from locality.sharing.words import Category, Gateway, Marking
from tests.world import World, today

TERMS = Terms(gateway=Gateway.CHILDREN_ACT_2004_S10, necessity="So that help can be planned.")


def a_concern(by: Actor, marking: Marking = Marking.STANDARD) -> Concern:
    with acting(by):
        person = Person.objects.create()
        Record.objects.create(
            person=person, given_names="Ash", family_name="Fielding", recorded_on=today(),
            **labelled(by.agency, Category.IDENTITY, Marking.STANDARD),
        )  # fmt: skip
        made = Concern(
            id=uuid4(), reference="C-1", purpose=reads.purpose("early help"),
            circle=reads.front_door("early help"), title="Missing school", about=[person.pk],
            noticed_on=today(), urgency="soon", told="they know and agree",
            raised_by_id=by.post, screen_by=timezone.now() + timedelta(days=1),
            **labelled(by.agency, Category.EDUCATION, marking),
        )  # fmt: skip
        made.save(force_insert=True)
        return made


def seen_by(by: Actor, concern: Concern) -> bool:
    with acting(by):
        return Concern.objects.filter(pk=concern.pk).exists()


def give(by: Actor, concern: Concern, **changes: object):
    with acting(by):
        return services.disclose(
            by=by, circle_id=concern.circle_id, items=[concern],
            terms=Terms(**{
                "gateway": TERMS.gateway, "necessity": TERMS.necessity, **changes,
            }),
        )  # fmt: skip


def test_until_it_is_disclosed_only_the_school_sees_it(world: World):
    concern = a_concern(world.teacher)
    assert seen_by(world.teacher, concern)
    assert not seen_by(world.screener, concern)


def test_once_disclosed_the_front_door_sees_it_and_nobody_else(world: World):
    concern = a_concern(world.teacher)
    give(world.teacher, concern)
    assert seen_by(world.screener, concern)
    for other in (world.nurse, world.officer, world.lead, world.stranger, world.governor):
        assert not seen_by(other, concern)


def test_withdrawn_it_is_gone_at_once(world: World):
    concern = a_concern(world.teacher)
    given = give(world.teacher, concern)
    services.withdraw(by=world.teacher, disclosure_id=given.pk, why="A mistake.")
    assert not seen_by(world.screener, concern)


def test_expired_yesterday_it_is_gone_and_today_is_its_last_day(world: World):
    concern = a_concern(world.teacher)
    give(world.teacher, concern, until=today())
    assert seen_by(world.screener, concern)
    other = a_concern(world.teacher)
    give(world.teacher, other, until=today() - timedelta(days=1))
    assert not seen_by(world.screener, other)


def test_for_another_purpose_it_is_not_there(world: World):
    from dataclasses import replace

    concern = a_concern(world.teacher)
    give(world.teacher, concern)
    assert not seen_by(replace(world.screener, purpose="crime prevention"), concern)


def test_somebody_kept_from_a_person_does_not_see_a_concern_about_them(world: World):
    concern = a_concern(world.teacher)
    give(world.teacher, concern)
    services.declare_conflict(by=world.screener, subject=concern.about[0], why="My niece.")
    assert not seen_by(world.screener, concern)


def test_a_sealed_concern_shows_to_the_front_door_and_not_to_its_own_school(world: World):
    concern = a_concern(world.specialist, Marking.SEALED)
    give(world.specialist, concern)
    assert not seen_by(world.lead, concern)
    assert not seen_by(world.specialist, concern)


def test_an_agency_discloses_only_what_is_its_own(world: World):
    concern = a_concern(world.teacher)
    give(world.teacher, concern)
    with (
        acting(world.screener),
        connection.cursor() as cursor,
        pytest.raises(Exception, match="another agency"),
    ):
        cursor.execute("SELECT 1")
        services.disclose(
            by=world.screener, circle_id=concern.circle_id,
            items=[Concern.objects.get(pk=concern.pk)], terms=TERMS,
        )  # fmt: skip
