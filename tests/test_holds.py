"""What must be kept: said by whoever works with it, lifted by a lead alone, and it keeps it all."""

from uuid import UUID, uuid4

import pytest
from django.urls import reverse

from locality.cases.models import Case
from locality.cases.tests.given import a_case
from locality.kit.errors import NotHere, Refused
from locality.people import services as people
from locality.sharing.acting import Actor, acting
from locality.sharing.conflicts.services import keep_from
from locality.sharing.models import AuditEntry, Hold
from locality.sharing.retention import holding, reads, services
from tests.world import World

WHY = "A public inquiry asked for it."


@pytest.fixture(autouse=True)
def addresses(settings):
    settings.ROOT_URLCONF = "locality.web.urls"


@pytest.fixture
def case(world: World) -> Case:
    return a_case(world.lead, team_posts=(world.nurse.post,))


@pytest.fixture
def governor(world: World) -> Actor:
    return world.new_actor("council", "governance")


def shows(who: Actor, hold: Hold) -> bool:
    with acting(who):
        return Hold.objects.filter(pk=hold.pk).exists()


@pytest.mark.parametrize("what", ["case", "person"])
def test_what_is_held_is_lifted_by_a_lead_and_both_are_in_the_trail(
    world: World, case: Case, governor: Actor, what: str
):
    made = services.hold(by=world.lead, subject=_id(case, what), why=WHY)
    services.lift(by=governor, hold_id=made.pk, why="It is over.")
    with acting(governor):
        assert not holding.holds(lifted=False).filter(pk=made.pk).exists()
        entries = AuditEntry.objects.filter(record=made.pk).order_by("at")
        assert [one.did for one in entries] == ["sharing.hold.declared", "sharing.hold.lifted"]


def test_nobody_but_a_lead_lifts_it_whoever_said_it(world: World, case: Case):
    made = services.hold(by=world.lead, subject=case.pk, why=WHY)
    with pytest.raises(Refused):
        services.lift(by=world.lead, hold_id=made.pk, why="I changed my mind.")
    with acting(world.lead):
        assert not Hold.objects.filter(pk=made.pk).update(lifted_at="2020-01-01T00:00Z")


def test_another_agency_neither_reads_nor_lifts_it(world: World, case: Case):
    made = services.hold(by=world.lead, subject=case.pk, why=WHY)
    theirs = world.new_actor("health", "governance")
    for who in (theirs, world.nurse, world.stranger):
        assert not shows(who, made)
    with pytest.raises(NotHere):
        services.lift(by=theirs, hold_id=made.pk, why="Not mine.")


@pytest.mark.parametrize("what", ["case", "person"])
def test_a_lead_learns_nothing_of_what_they_are_kept_from(
    world: World, case: Case, governor: Actor, what: str
):
    made = services.hold(by=world.lead, subject=_id(case, what), why=WHY)
    assert shows(governor, made)
    keep_from(by=world.lead, subject=_id(case, what), post_id=governor.post, why="An uncle.")
    assert not shows(governor, made)
    with acting(governor):
        assert not AuditEntry.objects.filter(record=made.pk).exists()
    assert WHY not in world.client_of(governor).get(reverse("sharing:holds")).content.decode()
    with pytest.raises(NotHere):
        services.lift(by=governor, hold_id=made.pk, why="Let me see.")


def test_only_what_shows_can_be_held(world: World, case: Case):
    for who, what in ((world.stranger, case.pk), (world.lead, uuid4())):
        with pytest.raises(NotHere):
            services.hold(by=who, subject=what, why=WHY)


def test_what_is_kept_about_one_is_kept_about_who_turns_out_to_be_the_same(world: World):
    with acting(world.lead):
        one, other = (people.add_record(by=world.lead, given_names=name, family_name="Fielding")
                      for name in ("Ash", "Ashley"))  # fmt: skip
    services.hold(by=world.lead, subject=one.person_id, why=WHY)
    with acting(world.lead):
        people.link_records(
            by=world.lead, record_id=one.pk, person_id=other.person_id, why="The same card."
        )
        held = set(holding.holds(lifted=False).values_list("subject", flat=True))
    assert {one.person_id, other.person_id} <= held


def test_the_pages_hold_and_lift(world: World, case: Case, governor: Actor):
    mine, theirs = world.client("lead"), world.client_of(governor)
    path = reverse("sharing:hold", args=[case.pk])
    assert case.reference in mine.get(path).content.decode()
    assert mine.post(path, {"why": ""}).status_code == 422
    assert mine.post(path, {"why": WHY}).url == path
    assert WHY in mine.get(path).content.decode()
    with acting(world.lead):
        made = Hold.objects.get(subject=case.pk)
    listed = theirs.get(reverse("sharing:holds")).content.decode()
    assert WHY in listed and case.reference not in listed
    lift = reverse("sharing:lift-hold", args=[made.pk])
    assert mine.get(lift).status_code == 409
    assert theirs.post(lift, {"why": "It is over."}).url == reverse("sharing:holds")
    assert theirs.get(lift).status_code == 404
    assert WHY in theirs.get(reverse("sharing:holds") + "?lifted=yes").content.decode()


def test_everybody_reads_how_long_records_are_kept_and_that_it_is_to_be_confirmed(world: World):
    html = world.client("teacher").get(reverse("sharing:schedules")).content.decode()
    assert "Voluntary sector" in html and "College of Policing" in html
    assert "6 years after it was closed, and at least until everybody it is about is 25" in html
    assert html.count("To be confirmed") == sum(not one.confirmed for one in reads.schedules())


def _id(case: Case, what: str) -> UUID:
    return case.pk if what == "case" else case.about[0]
