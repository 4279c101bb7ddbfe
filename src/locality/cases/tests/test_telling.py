"""Telling one person of another agency something: they see what was chosen, and nothing else."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.urls import reverse

from locality.cases import reads, services
from locality.cases.models import Telling
from locality.cases.tests.given import TERMS, a_person
from locality.kit.errors import NotHere, Refused
from locality.people import reads as people_reads
from locality.people import services as people
from locality.people.models import Contact, Record
from locality.people.words import ContactKind
from locality.sharing.acting import Actor, acting
from locality.sharing.conflicts.services import keep_from
from locality.sharing.models import AuditEntry, Circle, Member
from locality.sharing.words import Category, Marking
from tests.world import World, today

SOON = today() + timedelta(days=30)
LASTS = replace(TERMS, until=SOON)
TEXT = "He sleeps at his aunt's since Sunday."


@pytest.fixture(autouse=True)
def addresses(settings):
    settings.ROOT_URLCONF = "locality.web.urls"


@pytest.fixture
def person(world: World) -> UUID:
    return a_person(world.lead)


@pytest.fixture
def contacts(world: World, person: UUID) -> list[Contact]:
    with acting(world.lead):
        record = people_reads.my_record_of(person, world.lead.agency)
        return [
            people.add_contact(
                by=world.lead, record_id=record.pk, kind=ContactKind.PHONE, value=value, safe=True
            )
            for value in ("01632 960123", "01632 960124")
        ]


def told(world: World, person: UUID, to: Actor | None = None, **changes: object) -> Telling:
    said = {
        "by": world.lead, "person_id": person, "post_id": (to or world.nurse).post, "text": TEXT,
        "category": Category.SOCIAL_CARE, "marking": Marking.STANDARD, "also": (), "terms": LASTS,
    }  # fmt: skip
    return services.tell(**said | changes)


def shown(who: Actor, person: UUID) -> tuple[int, int, int]:
    """How many records, contacts and messages about somebody show."""
    with acting(who):
        return (
            Record.objects.filter(person=person).count(),
            Contact.objects.filter(person=person).count(),
            Telling.objects.filter(record__person=person).count(),
        )


def test_who_is_told_sees_who_it_is_the_words_and_what_was_chosen(world: World, person, contacts):
    assert shown(world.nurse, person) == (0, 0, 0)
    told(world, person, also=[contacts[0].pk])
    assert shown(world.nurse, person) == (1, 1, 1)
    with acting(world.nurse):
        assert Contact.objects.get(person=person).value == contacts[0].value
        assert [one.text for one in reads.told_to(world.nurse)] == [TEXT]


def test_nobody_else_of_that_agency_or_any_other_does(world: World, person: UUID):
    told(world, person)
    colleague = world.new_actor("health", "clinician")
    for who in (colleague, world.officer, world.landlord, world.stranger):
        assert shown(who, person) == (0, 0, 0)


@pytest.mark.parametrize("how", ["taken back", "over"])
def test_it_ends_when_it_is_taken_back_or_its_day_is_over(world: World, person: UUID, how: str):
    made = told(world, person)
    if how == "taken back":
        services.withdraw_telling(by=world.lead, telling_id=made.pk, why="The wrong nurse.")
    else:
        given = _given(world, made)
        with acting(world.lead):
            type(given).objects.filter(pk=given.pk).update(until=today() - timedelta(days=1))
    assert shown(world.nurse, person) == (0, 0, 0)
    assert shown(world.lead, person)[2] == 1


def _given(world: World, made: Telling):
    with acting(world.lead):
        return reads.given_with(made)


def test_whoever_was_told_says_that_they_have_it_and_cannot_take_it_back(world: World, person):
    made = told(world, person)
    with acting(world.nurse):
        assert reads.not_received(world.nurse).count() == 1
    services.receive_telling(by=world.nurse, telling_id=made.pk)
    with acting(world.nurse):
        assert not reads.not_received(world.nurse).exists()
    with pytest.raises(Refused, match="made this disclosure"):
        services.withdraw_telling(by=world.nurse, telling_id=made.pk, why="x")
    with pytest.raises(Refused, match="others say"):
        services.receive_telling(by=world.lead, telling_id=made.pk)


def test_it_is_not_passed_on_without_an_act_of_whose_it_is(world: World, person: UUID):
    told(world, person)
    with pytest.raises(Refused, match="no record of its own"):
        told(world, person, to=world.officer, by=world.nurse)


def test_the_same_told_twice_is_told_once_and_again_once_taken_back(world: World, person: UUID):
    one = told(world, person)
    assert told(world, person).pk == one.pk
    services.withdraw_telling(by=world.lead, telling_id=one.pk, why="Too early.")
    assert told(world, person).pk != one.pk


def test_the_same_words_with_more_or_for_longer_are_told_anew(world: World, person, contacts):
    told(world, person)
    told(world, person, also=[contacts[0].pk])
    assert shown(world.nurse, person) == (1, 1, 2)
    later = told(world, person, terms=replace(LASTS, until=SOON + timedelta(days=9)))
    assert _given(world, later).until == SOON + timedelta(days=9)
    assert told(world, person, also=[contacts[0].pk]) and shown(world.nurse, person) == (1, 1, 3)


def test_a_colleague_who_may_not_see_all_that_was_told_finds_no_page_that_breaks(
    world: World, person: UUID
):
    with acting(world.lead):
        record = people_reads.my_record_of(person, world.lead.agency)
        held = people.add_contact(
            by=world.lead, record_id=record.pk, kind=ContactKind.PHONE, value="01632 960125",
            safe=True, marking=Marking.RESTRICTED,
        )  # fmt: skip
    made = told(world, person, also=[held.pk])
    colleague = world.client_of(world.new_actor("council", "practitioner"))
    assert colleague.get(reverse("cases:telling", args=[made.pk])).status_code == 404
    listed = colleague.get(reverse("cases:told") + "?by=us").content.decode()
    assert str(made.pk) not in listed


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"terms": TERMS}, "until which day"),
        ({"to": "specialist"}, "colleague"),
        ({"to": "stranger"}, "No agreement in force"),
        ({"category": Category.PREVENT}, "No agreement|not cleared"),
    ],
)
def test_what_would_not_be_seen_or_lawful_is_refused_by_name(world, person, changes, says):
    if "to" in changes:
        changes = {"to": world.actors[changes["to"]]}
    with pytest.raises(Refused, match=says):
        told(world, person, **changes)
    with acting(world.lead):
        assert not Telling.objects.exists()


def test_a_part_that_is_not_theirs_or_not_there_is_not_given(world: World, person, contacts):
    with pytest.raises(NotHere):
        told(world, person, also=[contacts[0].pk, uuid4()])
    assert shown(world.nurse, person) == (0, 0, 0)


def test_whoever_is_kept_from_somebody_is_told_nothing_of_them(world: World, person: UUID):
    keep_from(by=world.lead, subject=person, post_id=world.nurse.post, why="Her sister.")
    told(world, person)
    assert shown(world.nurse, person) == (0, 0, 0)


def test_a_colleague_who_is_kept_from_somebody_does_not_find_who_was_told(world: World, person):
    colleague = world.new_actor("council", "case_lead")
    keep_from(by=world.lead, subject=person, post_id=colleague.post, why="A cousin.")
    made = told(world, person)
    with acting(colleague):
        assert not Circle.objects.filter(pk=made.circle_id).exists()
        assert not Member.objects.filter(circle=made.circle_id).exists()


def test_that_it_was_told_and_received_is_in_the_trail(world: World, person: UUID):
    made = told(world, person)
    services.receive_telling(by=world.nurse, telling_id=made.pk)
    governor = world.new_actor("council", "governance")
    with acting(governor):
        did = set(AuditEntry.objects.filter(post=world.lead.post).values_list("did", flat=True))
    assert {"cases.telling.made", "sharing.disclosure.given"} <= did


def test_the_form_tells_and_the_pages_say_it_to_both(world: World, person: UUID, contacts):
    client, nurse = world.client("lead"), world.client("nurse")
    path = reverse("cases:tell", args=[person])
    assert contacts[1].value in client.get(path).content.decode()
    sent = {
        "post_id": str(world.nurse.post), "text": TEXT, "category": "4", "marking": "1",
        "also": [str(contacts[0].pk)], "gateway": TERMS.gateway, "necessity": "So that she looks.",
        "until-day": str(SOON.day), "until-month": str(SOON.month), "until-year": str(SOON.year),
    }  # fmt: skip
    assert client.post(path, {**sent, "until-day": ""}).status_code == 422
    made = client.post(path, sent)
    assert made.status_code == 302, made.content.decode()
    at = made["Location"]
    for who in (client, nurse):
        html = who.get(at).content.decode()
        assert "So that she looks." in html and "aunt" in html
    assert "told you something about somebody" in nurse.get("/").content.decode()
    assert nurse.post(at + "received/").status_code == 302
    assert "told you something" not in nurse.get("/").content.decode()
    assert "Ash Fielding" in nurse.get(reverse("cases:told")).content.decode()
    assert "Ash Fielding" in client.get(reverse("cases:told") + "?by=us").content.decode()
    assert client.post(at + "withdraw/", {"why": "Done."}).status_code == 302
    assert nurse.get(at).status_code == 404
    assert "Nobody has told you" in nurse.get(reverse("cases:told")).content.decode()
