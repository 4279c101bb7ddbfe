"""Searching, recording, correcting and linking, against the real policies."""

from datetime import date
from uuid import UUID, uuid4

import pytest

from locality.kit.errors import NotHere, Refused
from locality.people import reads, services
from locality.people.models import (
    Contact,
    Encounter,
    Household,
    Living,
    Person,
    Record,
    SamePerson,
)
from locality.people.tests.given import found, somebody
from locality.people.words import HIDDEN, ContactKind, Reason
from locality.sharing import audit
from locality.sharing import services as sharing
from locality.sharing.acting import Actor, acting
from locality.sharing.labels import labelled
from locality.sharing.models import AuditEntry, Consultation
from locality.sharing.words import Category, Marking
from tests.world import World, today


def test_a_record_is_found_by_its_own_agency_and_by_nobody_else(world: World):
    made = somebody(world.teacher)
    assert [one.pk for one in found(world.teacher)] == [made.pk]
    for other in (world.nurse, world.screener, world.stranger, world.governor):
        assert found(other) == []


@pytest.mark.parametrize(
    ("given", "family", "why"),
    [
        ("Ash", "Fielding", Reason.SAME_NAME),
        ("As", "Field", Reason.NAME_BEGINS),
        ("Fielding", "Ash", Reason.OTHER_WAY_ROUND),
        ("Ash", "Feilding", Reason.SPELLED_NEARLY),
        ("ASH", "", Reason.NAME_BEGINS),
        ("", "fielding", Reason.NAME_BEGINS),
    ],
)
def test_a_search_says_why_somebody_may_be_who_is_sought(world: World, given, family, why):
    made = somebody(world.teacher)
    (shown,) = found(world.teacher, given, family)
    assert (shown.pk, shown.reasons[0]) == (made.pk, why)


def test_a_short_form_and_a_known_name_are_found(world: World):
    made = somebody(world.teacher, "William James", "Oakes", known_as="Jem")
    assert [one.pk for one in found(world.teacher, "Bill", "Oakes")] == [made.pk]
    assert [one.pk for one in found(world.teacher, "Jem", "Oakes")] == [made.pk]


def test_the_likeliest_comes_first(world: World):
    born = date(2010, 3, 1)
    somebody(world.teacher, born=date(1970, 1, 1))
    twin = somebody(world.teacher, born=born)
    assert found(world.teacher, born=born)[0].pk == twin.pk


def test_what_is_sealed_is_never_found_even_by_whoever_may_see_it(world: World):
    with acting(world.screener):
        sealed = somebody(world.screener, marking=Marking.SEALED)
        sharing.disclose(
            by=world.screener, circle_id=world.front_door, items=[sealed],
            terms=sharing.Terms("children act 2004 s10", "So that help can be planned."),
        )  # fmt: skip
    with acting(world.screener):
        assert reads.record(sealed.pk)
    assert found(world.screener) == []


def test_a_search_is_written_down_before_it_is_made_and_so_is_whom_it_shows(world: World):
    made = somebody(world.teacher)
    found(world.teacher, "Ash", "Fielding")
    with acting(world.teacher):
        looks = Consultation.objects.filter(post=world.teacher.post, kind="search").order_by("at")
        sought, shown = list(looks)[-2:]
    assert sought.sought == "Ash Fielding" and sought.records == []
    assert shown.sought == "" and shown.records == [made.person_id]


def test_a_search_that_cannot_be_written_down_shows_nothing(world: World, monkeypatch):
    somebody(world.teacher)
    monkeypatch.setattr(services, "note_look", lambda *a, **k: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        found(world.teacher)


@pytest.mark.parametrize(("given", "family"), [("", ""), ("A", ""), (" ", "'"), ("…", "-")])
def test_too_little_to_search_by_is_refused(world: World, given, family):
    with pytest.raises(Refused, match="two letters"):
        found(world.teacher, given, family)


def test_a_search_shows_at_most_fifty(world: World):
    for number in range(53):
        somebody(world.teacher, f"Ash {chr(65 + number % 26)}{number}", "Fielding")
    assert len(found(world.teacher, "Ash", "Fielding")) == 50


def test_names_are_shown_only_to_those_who_may_see_them(world: World):
    made = somebody(world.teacher)
    with acting(world.teacher):
        assert reads.names([made.person_id]) == {made.person_id: "Ash Fielding"}
    with acting(world.nurse):
        assert reads.names([made.person_id]) == {made.person_id: HIDDEN}
        assert reads.who_now([made.person_id]) == {made.person_id: None}


def test_whose_only_record_turned_out_to_be_somebody_elses_is_that_person_today(world: World):
    made, other = somebody(world.teacher), somebody(world.teacher, "Bo", "Oakes")
    services.link_records(
        by=world.teacher, record_id=made.pk, person_id=other.person_id, why="The same child."
    )
    with acting(world.teacher):
        assert reads.who_now([made.person_id]) == {made.person_id: other.person_id}
        assert reads.names([made.person_id]) == {made.person_id: "Ash Fielding"}
    with acting(world.nurse):
        assert reads.who_now([made.person_id]) == {made.person_id: None}


def test_correcting_is_for_the_agency_whose_record_it_is(world: World):
    made = somebody(world.teacher)
    with pytest.raises(NotHere):
        services.correct_record(
            by=world.nurse, record_id=made.pk, version=1, why="x", given_names="Bo"
        )
    services.correct_record(
        by=world.teacher, record_id=made.pk, version=1, why="Misspelled.", given_names="Ashley",
        family_name="Fielding",
    )  # fmt: skip
    assert found(world.teacher, "Ashley", "Fielding")[0].version == 2


def test_a_correction_of_what_was_just_corrected_is_refused(world: World):
    made = somebody(world.teacher)
    correct = {"by": world.teacher, "record_id": made.pk, "version": 1, "why": "Misspelled."}
    services.correct_record(**correct, given_names="Ashley")
    with pytest.raises(Refused, match="just corrected"):
        services.correct_record(**correct, given_names="Asher")


def parts(by: Actor, record: Record) -> set[UUID]:
    """Whose the contacts and encounters of a record are, as somebody cleared for them sees it."""
    with acting(by):
        seen = [*Contact.objects.filter(record=record), *Encounter.objects.filter(record=record)]
        assert len(seen) == 2
        return {one.person_id for one in seen}


def test_linking_moves_a_record_with_all_it_holds_and_can_be_taken_back(world: World):
    writer = world.new_actor("probation", "practitioner")
    reader = world.new_actor("probation", "clinician")
    one, other = somebody(writer), somebody(writer, "Ashley", "Fielding")
    services.add_contact(by=writer, record_id=one.pk, kind=ContactKind.PHONE, value="01632 960001")
    with acting(writer):  # they may write, and not read, what goes with the record
        Encounter(record=one, person_id=one.person_id, on=today(), kind="visit", summary="x",
                  **labelled(writer.agency, Category.MENTAL_HEALTH, Marking.STANDARD),
                  ).save(force_insert=True)  # fmt: skip
    link = services.link_records(
        by=writer, record_id=one.pk, person_id=other.person_id, why="Same mother."
    )
    with acting(writer):
        assert reads.records_of(other.person_id).count() == 2
        assert reads.names([one.person_id])[one.person_id] == "Ash Fielding"
        assert set(reads.same_people([other.person_id])) == {one.person_id, other.person_id}
    assert parts(reader, one) == {other.person_id}
    services.undo_link(by=writer, link_id=link.pk, why="Different birthdays.")
    with acting(writer):
        assert reads.records_of(other.person_id).count() == 1
        assert reads.same_people([other.person_id]) == [other.person_id]
    assert parts(reader, one) == {one.person_id}
    with pytest.raises(Refused, match="taken back already"):
        services.undo_link(by=writer, link_id=link.pk, why="Again.")


def test_an_older_link_is_not_taken_back_beneath_a_newer_one(world: World):
    one, two, three = (somebody(world.teacher, name) for name in ("Ash", "Bo", "Cy"))
    link = {"by": world.teacher, "record_id": one.pk, "why": "The same."}
    older = services.link_records(**link, person_id=two.person_id)
    services.link_records(**link, person_id=three.person_id)
    with pytest.raises(Refused, match="later link back first"):
        services.undo_link(by=world.teacher, link_id=older.pk, why="A mistake.")


def test_a_link_needs_a_reason_another_person_and_ones_own_record(world: World):
    one, other = somebody(world.teacher), somebody(world.teacher, "Bo")
    for person_id, why in ((other.person_id, " "), (one.person_id, "The same.")):
        with pytest.raises(Refused):
            services.link_records(by=world.teacher, record_id=one.pk, person_id=person_id, why=why)
    for record_id, person_id in ((one.pk, uuid4()), (uuid4(), other.person_id)):
        with pytest.raises(NotHere):
            services.link_records(
                by=world.teacher, record_id=record_id, person_id=person_id, why="The same."
            )


@pytest.mark.parametrize("which", [0, 1])
def test_whoever_is_kept_from_one_of_two_is_kept_from_both_and_stays_so(world: World, which):
    one, other = somebody(world.teacher), somebody(world.teacher, "Bo")
    stays = somebody(world.teacher, person_id=one.person_id)
    colleague = world.new_actor("school", "practitioner")
    sharing.declare_conflict(
        by=world.teacher,
        subject=(one, other)[which].person_id,
        why="Her niece.",
        post_id=colleague.post,
    )
    link = services.link_records(
        by=world.teacher, record_id=one.pk, person_id=other.person_id, why="The same."
    )
    with acting(colleague):
        assert not Record.objects.filter(pk__in=[one.pk, other.pk, stays.pk]).exists()
    services.undo_link(by=world.teacher, link_id=link.pk, why="Not the same.")
    with acting(colleague):
        assert not Record.objects.filter(pk__in=[one.pk, other.pk, stays.pk]).exists()


def test_a_household_is_made_of_people_who_show(world: World):
    made = somebody(world.teacher)
    home = services.make_household(
        by=world.teacher, name="Fielding, Alder Row", person_ids=[made.person_id]
    )
    with acting(world.teacher):
        assert [one.household_id for one in reads.households_of(made.person_id)] == [home.pk]
    with pytest.raises(NotHere):
        services.make_household(by=world.nurse, name="x", person_ids=[made.person_id])
    with pytest.raises(Refused, match="who lives"):
        services.make_household(by=world.teacher, name="x", person_ids=[])


def test_a_contact_is_held_more_closely_than_a_name(world: World):
    made = somebody(world.mentor)
    services.add_contact(
        by=world.mentor, record_id=made.pk, kind=ContactKind.ADDRESS, value="1 Alder Row",
        marking=Marking.RESTRICTED,
    )  # fmt: skip
    with acting(world.mentor):
        (shown,) = reads.records_of(made.person_id)
        assert list(shown.contacts.all()) == []


@pytest.mark.parametrize("act", ["add", "correct", "contact", "link", "household"])
def test_without_its_audit_entry_nothing_is_kept(world: World, monkeypatch, act):
    one, other = somebody(world.teacher), somebody(world.teacher, "Bo")
    monkeypatch.setattr(audit, "record", lambda **_: 1 / 0)
    by = {"by": world.teacher}
    acts = {
        "add": lambda: services.add_record(**by, given_names="Cy"),
        "correct": lambda: services.correct_record(
            **by, record_id=one.pk, version=1, why="x", given_names="Cy"
        ),
        "contact": lambda: services.add_contact(
            **by, record_id=one.pk, kind=ContactKind.PHONE, value="01632 960001"
        ),
        "link": lambda: services.link_records(
            **by, record_id=one.pk, person_id=other.person_id, why="x"
        ),
        "household": lambda: services.make_household(**by, name="x", person_ids=[one.person_id]),
    }
    with acting(world.teacher):
        before = kept(one)
        with pytest.raises(ZeroDivisionError):
            acts[act]()
        assert kept(one) == before


def kept(one: Record) -> list[object]:
    """Everything that one of these acts might leave behind."""
    again = reads.record(one.pk)
    tables = (Person, Record, Contact, SamePerson, Household, Living, AuditEntry)
    return [again.person_id, again.given_names, *(table.objects.count() for table in tables)]
