"""Two people kept apart: whoever works with the one who is feared sees nothing of the other."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.urls import reverse

from locality.cases import reads as cases
from locality.cases import services as case_services
from locality.cases.models import Case
from locality.cases.tests.given import a_case
from locality.cases.words import Closing, Subjects
from locality.kit.errors import NotHere, Refused
from locality.people import reads as people
from locality.people import services as people_services
from locality.people.models import Contact, Record
from locality.people.words import ContactKind
from locality.sharing.acting import Actor, acting
from locality.sharing.conflicts import reads, services
from locality.sharing.models import Apart, AuditEntry
from locality.sharing.services import close_circle
from locality.sharing.words import Marking
from tests.world import World, today


@pytest.fixture(autouse=True)
def addresses(settings):
    settings.ROOT_URLCONF = "locality.web.urls"


@pytest.fixture
def worker(world: World) -> Actor:
    """Somebody at the council who works with the one who is feared."""
    return world.new_actor("council", "specialist")


@pytest.fixture
def governor(world: World) -> Actor:
    return world.new_actor("council", "governance")


def somebody(world: World, name: str) -> Record:
    with acting(world.lead):
        return people_services.add_record(by=world.lead, given_names=name, family_name="Marwood")


@pytest.fixture
def safe(world: World) -> Record:
    record = somebody(world, "Linden")
    with acting(world.lead):
        people_services.add_contact(
            by=world.lead, record_id=record.pk, kind=ContactKind.ADDRESS, value="4 Mill Lane",
            marking=Marking.STANDARD,
        )  # fmt: skip
    return record


@pytest.fixture
def feared(world: World) -> Record:
    return somebody(world, "Rowan")


def apart(world: World, safe: Record, feared: Record) -> Apart:
    return services.keep_apart(
        by=world.lead, protected=safe.person_id, feared=feared.person_id, why="He hurt her."
    )


def case_about(by: Actor, *whom: Record) -> Case:
    return a_case(by, subjects=Subjects(tuple(one.person_id for one in whom)))


def seen(by: Actor, whom: UUID) -> tuple[bool, bool, bool]:
    """Whether their record, where they live and their cases show."""
    with acting(by):
        return (
            Record.objects.filter(person_id=whom).exists(),
            Contact.objects.filter(record__person_id=whom).exists(),
            cases.cases_about([whom]).exists(),
        )


def test_whoever_works_with_the_one_sees_nothing_of_the_other_until_it_ends(
    world: World, worker: Actor, governor: Actor, safe: Record, feared: Record
):
    case_about(world.lead, safe)
    case_about(worker, feared)
    assert seen(worker, safe.person_id) == (True, True, True)
    made = apart(world, safe, feared)
    assert seen(worker, safe.person_id) == (False, False, False)
    assert seen(worker, feared.person_id)[0] and seen(world.lead, safe.person_id)[0]
    services.end_apart(by=governor, apart_id=made.pk, why="He has died.")
    assert seen(worker, safe.person_id) == (True, True, True)


def test_it_ends_with_the_work_and_does_not_touch_a_case_about_both(
    world: World, worker: Actor, safe: Record, feared: Record
):
    both, alone = case_about(worker, safe, feared), case_about(worker, feared)
    colleague = world.new_actor("council", "case_lead")
    with acting(worker):
        case_services.add_team_member(by=worker, case_id=both.pk, post_id=colleague.post)
    apart(world, safe, feared)
    assert seen(colleague, safe.person_id)[0]
    assert not seen(worker, safe.person_id)[0]
    with acting(worker), pytest.raises(NotHere):
        cases.case(both.pk)
    case_services.close_case(by=worker, case_id=alone.pk, closing=Closing.MOVED, says="Gone.")
    assert not seen(worker, safe.person_id)[0]  # the last day of a circle counts
    yesterday = today() - timedelta(days=1)
    close_circle(by=worker, circle_id=alone.circle_id, on=yesterday)
    assert seen(worker, safe.person_id)[0]


@pytest.mark.parametrize("first", ["safe", "feared"])
def test_nobody_joins_who_works_on_the_other_side(
    world: World, worker: Actor, safe: Record, feared: Record, first: str
):
    apart(world, safe, feared)
    one, other = (safe, feared) if first == "safe" else (feared, safe)
    case_about(worker, one)
    theirs = case_about(world.lead, other)
    with pytest.raises(Refused) as refused:
        case_services.add_team_member(by=world.lead, case_id=theirs.pk, post_id=worker.post)
    assert refused.value.code == "sharing.between_sides"
    assert seen(worker, one.person_id)[0]


def test_two_records_of_one_person_are_kept_apart_alike(
    world: World, worker: Actor, safe: Record, feared: Record
):
    apart(world, safe, feared)
    namesake = somebody(world, "Rowan J")
    case_about(worker, namesake)
    assert seen(worker, safe.person_id)[0]
    with acting(world.lead):
        people_services.link_records(
            by=world.lead, record_id=namesake.pk, person_id=feared.person_id, why="Same birthday."
        )
    assert not seen(worker, safe.person_id)[0]


def test_only_people_who_show_can_be_kept_apart_and_only_from_another(
    world: World, safe: Record, feared: Record
):
    with pytest.raises(NotHere):
        services.keep_apart(
            by=world.stranger, protected=safe.person_id, feared=feared.person_id, why="x"
        )
    with pytest.raises(Refused):
        services.keep_apart(by=world.lead, protected=safe.person_id, feared=safe.person_id, why="x")


def test_whoever_is_kept_from_either_is_not_told(
    world: World, governor: Actor, safe: Record, feared: Record
):
    made = apart(world, safe, feared)
    with acting(governor):
        assert reads.apart(ended=False).filter(pk=made.pk).exists()
        assert AuditEntry.objects.filter(record=made.pk).exists()
    services.keep_from(by=world.lead, subject=feared.person_id, post_id=governor.post, why="Kin.")
    with acting(governor):
        assert not reads.apart(ended=False).filter(pk=made.pk).exists()
        assert not AuditEntry.objects.filter(record=made.pk).exists()
    with pytest.raises(NotHere):
        services.end_apart(by=governor, apart_id=made.pk, why="x")


def test_pages_keep_apart_and_end_it(world: World, governor: Actor, safe: Record, feared: Record):
    client = world.client("lead")
    finding = reverse("people:keep-apart", args=[safe.person_id])
    found = client.post(finding, {"family_name": "Marwood", "given_names": "Rowan"})
    choosing = reverse("people:apart-from", args=[safe.person_id, feared.person_id])
    assert choosing.encode() in found.content
    assert b"Keep Linden Marwood safe from Rowan Marwood?" in client.get(choosing).content
    assert client.post(choosing, {"why": ""}).status_code == 422
    assert client.post(choosing, {"why": "He hurt her."}).status_code == 302
    by_lead = world.client_of(governor)
    assert b"He hurt her." in by_lead.get(reverse("sharing:conflicts")).content
    with acting(world.lead):
        made = reads.apart(ended=False).get(protected=safe.person_id)
    ending = reverse("sharing:end-apart", args=[made.pk])
    assert by_lead.post(ending, {"why": "He has died."}).status_code == 302
    assert b"He hurt her." not in by_lead.get(reverse("sharing:conflicts")).content
    with acting(world.lead):
        assert people.names([safe.person_id])


def test_whoever_works_with_the_one_who_is_feared_is_led_home(
    world: World, worker: Actor, safe: Record, feared: Record
):
    case_about(worker, feared)
    client = world.client_of(worker)
    choosing = reverse("people:apart-from", args=[safe.person_id, feared.person_id])
    sent = client.post(choosing, {"why": "He hurt her."})
    assert (sent.status_code, sent.url) == (302, "/")
    assert not seen(worker, safe.person_id)[0]
