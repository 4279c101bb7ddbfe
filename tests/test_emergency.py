"""Emergency access: asked for by name and date of birth, told of at once, and then only read."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection, connections, transaction
from django.utils import timezone

from locality.intake.services import following
from locality.intake.tests.given import raised
from locality.intake.words import NewPerson
from locality.kit.errors import Refused
from locality.people import services as recording
from locality.people.emergency import services
from locality.people.models import Contact, Record
from locality.people.tests.given import somebody
from locality.people.words import ContactKind
from locality.sharing.acting import Actor, acting, looking
from locality.sharing.emergency import reads
from locality.sharing.emergency import services as emergencies
from locality.sharing.models import Agency, AuditEntry, EmergencyAccess
from locality.sharing.services import declare_conflict
from locality.sharing.words import Answer, Look, Marking
from tests.world import World, as_owner

BORN = date(1990, 2, 3)
WHY = "She says she will jump and we do not know whom to ring."


def known(world: World, family: str = "Larkfield", **more: object) -> Record:
    """Somebody the council knows, and the nurse does not see."""
    return somebody(world.lead, "Rowan", family, born=BORN, **more)


def take(by: Actor, family: str = "Larkfield", given: str = "Rowan", born: date = BORN):
    return services.take(by=by, given_names=given, family_name=family, born=born, reason=WHY)


def agencies(world: World) -> list[Agency]:
    return list(Agency.objects.using("owner").filter(pk__in=world.agencies.values()))


def seen_by(by: Actor, record: Record, kind: str = Look.EMERGENCY) -> bool:
    """Whether a record shows, in a transaction of its own after everything else is committed."""
    with looking(by, kind=kind, route="people:in-emergency"), acting(by):
        return Record.objects.filter(pk=record.pk).exists()


@pytest.fixture
def real(_world: World, django_db_blocker):
    """The world with every change committed, as between two requests."""
    with django_db_blocker.unblock():
        yield _world
        for one in connections.all():
            one.close()


def test_what_is_recorded_opens_only_in_an_emergency_and_only_to_whoever_asked(real: World):
    record = known(real, "Alder")
    assert not seen_by(real.nurse, record)
    take(real.nurse, "Alder")
    assert seen_by(real.nurse, record)
    assert not seen_by(real.nurse, record, Look.PAGE)
    assert not seen_by(real.officer, record)


@pytest.mark.parametrize("asked", [
    {"given": "Row"}, {"family": "Beec"}, {"born": date(1990, 2, 4)}, {"given": ""},
])  # fmt: skip
def test_a_guess_opens_nothing(real: World, asked: dict[str, object]):
    record = known(real, "Beech")
    take(real.nurse, **({"family": "Beech"} | asked))
    assert not seen_by(real.nurse, record)


def test_it_ends_when_it_is_given_up_in_the_next_transaction(real: World):
    record = known(real, "Cedar")
    access = take(real.nurse, "Cedar")
    assert seen_by(real.nurse, record)
    emergencies.end(by=real.nurse, access_id=access.pk)
    assert not seen_by(real.nurse, record)


def test_it_ends_by_itself_and_a_clock_set_back_does_not_revive_it(real: World):
    record = known(real, "Damson")
    access = take(real.nurse, "Damson")
    now = timezone.now()
    with as_owner():  # an hour has passed, and somebody has looked at something since
        EmergencyAccess.objects.using("owner").filter(pk=access.pk).update(
            given_at=now - timedelta(hours=1), until=now
        )
    assert not seen_by(real.nurse, record)
    with as_owner(), connections["owner"].cursor() as cursor:
        cursor.execute(  # as the database sees it when its clock is set back by ten minutes
            "UPDATE sharing_emergencyaccess SET given_at = now(), until = now() + interval '10 min'"
            " WHERE id = %s", [access.pk],
        )  # fmt: skip
        cursor.execute(
            "UPDATE sharing_consultation SET at = now() + interval '11 minutes' WHERE id = ("
            "SELECT id FROM sharing_consultation ORDER BY transaction DESC LIMIT 1)"
        )
    assert not seen_by(real.nurse, record)


def test_the_database_allows_no_more_than_an_hour(real: World):
    with (
        pytest.raises(Exception, match="emergency_lasts_an_hour_at_most"),
        acting(real.nurse),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "SELECT locality.take_emergency_access('ROWAN', 'ELM', '1990-02-03', 'x', 61)"
        )


def test_sealed_records_and_closely_held_contacts_never_open(real: World):
    sealed, open_ = known(real, "Fir", marking=Marking.SEALED), known(real, "Fir")
    for marking in (Marking.STANDARD, Marking.RESTRICTED):
        recording.add_contact(
            by=real.lead, record_id=open_.pk, kind=ContactKind.ADDRESS, value=f"held {marking}",
            safe=None, marking=marking,
        )  # fmt: skip
    take(real.nurse, "Fir")
    assert seen_by(real.nurse, open_) and not seen_by(real.nurse, sealed)
    with looking(real.nurse, kind=Look.EMERGENCY, route=""), acting(real.nurse):
        values = set(Contact.objects.filter(record=open_).values_list("value", flat=True))
    assert values == {f"held {Marking.STANDARD}"}


def test_whoever_is_kept_from_somebody_is_kept_from_them_in_an_emergency(real: World):
    record, nurse = known(real, "Gorse"), real.new_actor("health", "clinician")
    declare_conflict(by=real.governor, subject=record.person_id, why="Kin.", post_id=nurse.post)
    take(nurse, "Gorse")
    assert not seen_by(nurse, record)


def test_a_lead_kept_from_somebody_reads_no_reason_of_it_in_the_trail_either(real: World):
    record, user = known(real, "Hornbeam"), real.new_actor("council", "specialist")
    kept, other = (real.new_actor("council", "governance") for _ in range(2))
    access = take(user, "Hornbeam")
    review = emergencies.review(by=other, access_id=access.pk, answer=Answer.FINE, words="So.")
    declare_conflict(by=other, subject=record.person_id, why="Kin.", post_id=kept.post)
    for who, told in ((other, True), (kept, False)):
        with acting(who):
            for one in (access, review):
                assert AuditEntry.objects.filter(record=one.pk).exists() is told


def test_nothing_can_be_written_in_an_emergency(real: World):
    record = known(real, "Hazel")
    take(real.nurse, "Hazel")
    with looking(real.nurse, kind=Look.EMERGENCY, route=""), acting(real.nurse):
        for sql in (
            "UPDATE people_record SET postcode = 'X' WHERE id = %s",
            "SELECT set_config('transaction_read_only', 'off', true), %s::uuid",
            "SELECT set_config('transaction_read_only', 'off', false), %s::uuid",
        ):
            with (
                pytest.raises(Exception, match="read-only|read-write|READ ONLY"),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(sql, [record.pk])


def test_only_those_with_the_duty_may_use_it(real: World):
    with pytest.raises(Refused, match="use emergency access"):
        take(real.teacher)
    with acting(real.teacher), connection.cursor() as cursor:
        cursor.execute("SELECT locality.take_emergency_access('A', 'B', '1990-02-03', 'x', 5)")
        assert cursor.fetchone() == (None,)


def test_the_leads_of_both_agencies_are_told_at_once_and_no_other(real: World):
    known(real, "Ivy")
    access = take(real.nurse, "Ivy")
    health = real.new_actor("health", "governance")
    school = real.new_actor("school", "governance")
    for lead, told in ((health, True), (real.governor, True), (school, False), (real.lead, False)):
        with acting(lead):
            assert reads.uses().filter(pk=access.pk).exists() is told
    with acting(health):
        (to_do,) = [one for one in reads.to_do(health) if one.url_args == (access.pk,)]
        assert not to_do.overdue and "used emergency access" in to_do.says
    with acting(real.governor):  # told, but it is the other lead who looks into it
        assert not [one for one in reads.to_do(real.governor) if one.url_args == (access.pk,)]


def test_a_request_that_finds_nobody_is_written_down_and_told_just_the_same(real: World):
    access = take(real.nurse, "Nobody-at-all")
    health = real.new_actor("health", "governance")
    with acting(health):
        assert reads.access(access.pk).subjects == []
    with acting(real.nurse):
        entry = AuditEntry.objects.get(record=access.pk)
        assert (entry.did, entry.why) == ("sharing.emergency.taken", WHY)


def test_nobody_judges_their_own_and_a_colleague_judges_once(real: World):
    both = real.new_actor("health", "governance")
    access = take(real.nurse, "Juniper")
    words = {"answer": Answer.FINE, "words": "The ward confirms it."}
    with pytest.raises(Refused, match="lead of the agency whose"):
        known(real, "Juniper")
        told = take(real.nurse, "Juniper")
        emergencies.review(by=real.governor, access_id=told.pk, **words)
    with as_owner():
        EmergencyAccess.objects.using("owner").filter(pk=access.pk).update(person=both.person)
    with pytest.raises(Refused, match="another lead must judge"):
        emergencies.review(by=both, access_id=access.pk, **words)
    other = real.new_actor("health", "governance")
    emergencies.review(by=other, access_id=access.pk, **words)
    with pytest.raises(Refused, match="colleague has just said"):
        emergencies.review(by=other, access_id=access.pk, **words)


def test_a_review_that_is_late_is_shown_as_late(real: World):
    access, lead = take(real.nurse, "Kale"), real.new_actor("health", "governance")
    now = timezone.now()
    with as_owner():
        EmergencyAccess.objects.using("owner").filter(pk=access.pk).update(
            given_at=now - timedelta(hours=25), until=now - timedelta(hours=24)
        )
    with acting(lead):
        (to_do,) = [one for one in reads.to_do(lead) if one.url_args == (access.pk,)]
    assert to_do.overdue
    assert (
        "not looked at in time" in real.client_of(lead).get("/partners/emergency/").content.decode()
    )


def test_a_use_nobody_looked_at_in_time_goes_to_the_leads_of_those_who_hold_records(real: World):
    known(real, "Yarrow")
    access, now = take(real.nurse, "Yarrow"), timezone.now()
    with as_owner():
        EmergencyAccess.objects.using("owner").filter(pk=access.pk).update(
            given_at=now - timedelta(hours=25), until=now - timedelta(hours=24)
        )
    with acting(real.governor):
        (to_do,) = [one for one in reads.to_do(real.governor) if one.url_args == (access.pk,)]
    assert to_do.overdue and "Ring their information-governance lead" in to_do.says
    school = real.new_actor("school", "governance")
    with acting(school):
        assert not [one for one in reads.to_do(school) if one.url_args == (access.pk,)]


def plain(answer) -> str:
    """A page without what differs every time."""
    text = re.sub(r'value="[A-Za-z0-9]{64}"', "", answer.content.decode())
    return re.sub(r"[0-9a-f-]{36}|\d\d?:\d\d[ap]m|\d+[ap]m", "", text)


def test_the_page_shows_the_minimum_and_says_the_same_of_what_is_hidden_and_what_is_not_there(
    real: World,
):
    record = known(real, "Linden")
    concern = raised(real.lead, people=(NewPerson(record_id=record.pk),))
    known(real, "Maple", marking=Marking.SEALED)
    client = real.client("nurse")

    def asked(family: str):
        return client.post("/people/emergency/", {
            "given_names": "Rowan", "family_name": family, "born-day": 3, "born-month": 2,
            "born-year": 1990, "reason": WHY,
        }, follow=True)  # fmt: skip

    shown = asked("Linden").content.decode()
    assert "Rowan Linden" in shown and "Has missed eleven days" in shown and "Whom to ring" in shown
    assert plain(asked("Maple")) == plain(asked("Nobody-else"))
    assert "Nothing that you may see is recorded" in asked("Maple").content.decode()
    following.withdraw(by=real.lead, concern_id=concern.pk, why="It was for this test alone.")


def test_that_a_certain_agency_holds_records_is_told_to_nobody(real: World):
    record = known(real, "Oakham")
    refuge = real.new_actor("mentors", "specialist")
    with as_owner():  # what the refuge has sealed is about the same person
        hidden = somebody(refuge, "Rowan", "Oakham", born=BORN, marking=Marking.SEALED)
        Record.objects.using("owner").filter(pk=hidden.pk).update(person=record.person_id)
    access, nurse = take(real.nurse, "Oakham"), real.client("nurse")
    with as_owner():
        owners = EmergencyAccess.objects.using("owner").get(pk=access.pk).owners
    assert set(owners) == {real.agencies["council"], real.agencies["mentors"]}
    (name,) = (one.name for one in agencies(real) if one.pk == real.agencies["mentors"])
    health = real.client_of(real.new_actor("health", "governance"))
    for client in (nurse, health, real.client("governor")):
        assert name not in client.get(f"/partners/emergency/{access.pk}/").content.decode()
    assert name not in nurse.get(f"/people/emergency/{access.pk}/").content.decode()
    for by in (real.nurse, real.governor):
        with pytest.raises(Exception, match="permission denied"), acting(by):
            list(EmergencyAccess.objects.values_list("owners"))


def test_the_page_is_gone_for_everybody_else_and_once_it_is_over(real: World):
    known(real, "Nettle")
    access = take(real.nurse, "Nettle")
    path = f"/people/emergency/{access.pk}/"
    assert real.client("nurse").get(path).status_code == 200
    assert real.client("officer").get(path).status_code == 404
    assert real.client("nurse").post(f"/partners/emergency/{access.pk}/end/").status_code == 302
    assert real.client("nurse").get(path).status_code == 404


def test_a_reason_must_be_a_sentence_and_nothing_is_written_without_one(real: World):
    before = EmergencyAccess.objects.using("owner").count()
    answer = real.client("nurse").post("/people/emergency/", {
        "given_names": "Rowan", "family_name": "Oak", "born-day": 3, "born-month": 2,
        "born-year": 1990, "reason": "urgent",
    })  # fmt: skip
    assert answer.status_code == 422 and "Write a sentence" in answer.content.decode()
    assert EmergencyAccess.objects.using("owner").count() == before
    assert real.client("teacher").get("/people/emergency/").status_code == 409
