"""What would go is told by kind, agency and schedule, with what keeps the rest. Nothing changes."""

from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256
from uuid import UUID

import psycopg
import pytest
from click.testing import CliRunner
from django.db import InternalError, connection
from django.utils import timezone

from locality.cases.models import Case, Note, Subject
from locality.cases.tests.given import a_case, a_person
from locality.cases.words import Subjects
from locality.people import services as people
from locality.people.models import Encounter, Record
from locality.sharing.acting import acting
from locality.sharing.checking import tables
from locality.sharing.models import Apart, Circle, Hold, SubjectRequest
from locality.sharing.retention import reads
from locality.sharing.retention.commands import retention
from locality.sharing.retention.doors import ROOTS
from locality.sharing.retention.going import ANOTHERS, going, kept
from locality.sharing.retention.words import Due
from tests.ending import LONG_AGO, an_old_case, forget_old_cases
from tests.world import World, as_owner, today


@pytest.fixture
def real(_world: World, django_db_blocker) -> Iterator[World]:
    """The world without a test's transaction: what is read here is read as the owner."""
    with django_db_blocker.unblock():
        yield _world
        forget_old_cases()
        connection.close()


def due_now(kind: str) -> dict[UUID, Due]:
    return {one.record: one for one in reads.due(ROOTS[kind], reads.in_force(), today())}


def keepers(kind: str, record: UUID) -> set[str]:
    """What keeps a record, given that its time is over."""
    due = [due_now(kind)[record]]
    return kept(ROOTS[kind], due, going(ROOTS[kind], due), today()).get(record, set())


def test_an_open_case_is_never_due_and_one_closed_long_ago_is(real: World):
    open_one, old = a_case(real.lead), an_old_case(real)
    found = due_now("cases.case")
    assert open_one.pk not in found
    assert found[old.pk].agency == real.agencies["council"]
    assert found[old.pk].people == tuple(old.about)


def test_a_case_closed_yesterday_is_not_due(real: World):
    old = an_old_case(real)
    with as_owner():
        Case.objects.using("owner").filter(pk=old.pk).update(
            closed_at=timezone.now() - timedelta(days=1)
        )
    assert old.pk not in due_now("cases.case")


def test_a_child_s_case_waits_for_their_birthday(real: World):
    with acting(real.lead):
        child = people.add_record(
            by=real.lead, given_names="Wren", family_name="Fielding",
            born=today() - timedelta(days=365 * 20),
        ).person_id  # fmt: skip
    old = an_old_case(real, subjects=Subjects(person_ids=(child,)))
    assert old.pk not in due_now("cases.case")


def test_everything_beneath_a_case_goes_with_it_and_nothing_of_another_case(real: World):
    old, other = an_old_case(real), an_old_case(real)
    with as_owner():
        note = Note.objects.using("owner").create(
            case=old, text="x", happened_on=today(), made_by_id=real.lead.post,
            owner_id=old.owner_id, category=old.category, marking=old.marking,
            label_id=old.label_id,
        )  # fmt: skip
    goes = going(ROOTS["cases.case"], [due_now("cases.case")[old.pk]])
    assert set(goes["cases.case"]) == {old.pk}
    assert note.pk in goes["cases.note"]
    assert set(goes["sharing.circle"]) == {old.circle_id}
    subjects = Subject.objects.using("owner").filter(case=other).values_list("pk", flat=True)
    assert not set(subjects) & set(goes["cases.subject"])
    assert goes["sharing.disclosure"] and goes["sharing.member"]


def test_a_case_that_nothing_keeps_would_go(real: World):
    assert keepers("cases.case", an_old_case(real).pk) == set()


def test_another_agency_s_note_keeps_a_case(real: World):
    old = an_old_case(real)
    school = real.agencies["school"]
    with as_owner():
        Note.objects.using("owner").create(
            case=old, text="x", happened_on=today(), made_by_id=real.teacher.post,
            owner_id=school, category=6, marking=1, label_id=(school * 16 + 6) * 4 + 1,
        )  # fmt: skip
    assert keepers("cases.case", old.pk) == {ANOTHERS}


def test_a_disclosure_still_running_keeps_a_case(real: World):
    old = an_old_case(real)
    with as_owner():
        Circle.objects.using("owner").filter(pk=old.circle_id).update(closed_on=None)
    assert "sharing.disclosed.item" in keepers("cases.case", old.pk)


def test_an_open_request_from_a_person_keeps_all_that_is_about_them(real: World):
    old = an_old_case(real)
    with as_owner():
        asked = SubjectRequest.objects.using("owner").create(
            agency_id=real.agencies["council"], kind="access", law="general",
            received_on=today(), subjects=list(old.about), logged_by_id=real.governor.post,
            name="Ash Fielding",
        )  # fmt: skip
    assert "sharing.subjectrequest.subjects" in keepers("cases.case", old.pk)
    with as_owner():  # nobody else's test finds it in the list of a lead
        SubjectRequest.objects.using("owner").filter(pk=asked.pk).delete()
    assert keepers("cases.case", old.pk) == set()


@pytest.mark.parametrize("what", ["case", "person"])
def test_what_is_held_is_kept_until_it_is_lifted(real: World, what: str):
    old = an_old_case(real)
    with as_owner():
        held = Hold.objects.using("owner").create(
            subject=old.pk if what == "case" else old.about[0], why="An inquiry.",
            agency_id=real.agencies["council"], declared_by_id=real.lead.post,
        )  # fmt: skip
    assert keepers("cases.case", old.pk) == {"sharing.hold.subject"}
    with as_owner():
        Hold.objects.using("owner").filter(pk=held.pk).update(lifted_at=timezone.now())
    assert keepers("cases.case", old.pk) == set()


def test_a_record_of_a_person_stays_while_a_case_is_about_them(real: World):
    old = an_old_case(real)
    with as_owner():
        Record.objects.using("owner").filter(person=old.about[0]).update(
            recorded_on=today() - LONG_AGO
        )
        record = Record.objects.using("owner").get(person=old.about[0])
    assert {"cases.case.about", "cases.subject.person"} <= keepers("people.record", record.pk)


def an_old_record(world: World) -> Record:
    person = a_person(world.lead)
    with as_owner():
        Record.objects.using("owner").filter(person=person).update(recorded_on=today() - LONG_AGO)
        return Record.objects.using("owner").get(person=person)


def test_a_record_that_nothing_keeps_would_go_until_somebody_meets_them_again(real: World):
    record = an_old_record(real)
    assert keepers("people.record", record.pk) == set()
    with as_owner():
        Encounter.objects.using("owner").create(
            record=record, person_id=record.person_id, on=today(), kind="call", summary="x",
            owner_id=record.owner_id, category=record.category, marking=record.marking,
            label_id=record.label_id,
        )  # fmt: skip
    assert record.pk not in due_now("people.record")


def test_who_is_kept_apart_from_somebody_is_not_forgotten(real: World):
    record, other = an_old_record(real), a_person(real.lead)
    with as_owner():
        apart = Apart.objects.using("owner").create(
            protected=other, feared=record.person_id, why="x", agency_id=record.owner_id,
            declared_by_id=real.lead.post,
        )  # fmt: skip
    assert keepers("people.record", record.pk) == {"sharing.apart.feared"}
    with as_owner():
        Apart.objects.using("owner").filter(pk=apart.pk).delete()
    assert keepers("people.record", record.pk) == set()


def everything(server: psycopg.Connection) -> dict[str, tuple[int, str]]:
    """Each table's count of rows and a sum over all that is in them."""
    found = {}
    for table in tables()[0]:
        rows = sorted(str(row) for (row,) in server.execute(f'SELECT t::text FROM "{table}" t'))  # noqa: S608
        found[table] = (len(rows), sha256("\n".join(rows).encode()).hexdigest())
    return found


def test_simulating_says_what_would_go_and_changes_nothing(real: World, administrator: str):
    old = an_old_case(real)
    with psycopg.connect(administrator, autocommit=True) as server:
        before = everything(server)
        said = CliRunner().invoke(retention, ["run", "--simulate"])
        assert everything(server) == before
    assert said.exit_code == 0, said.output
    line = "Aldermoor council: cases.case, 6 years after closing and until everybody is 25"
    assert line in said.output
    assert "once the schedule is confirmed" in said.output
    assert "cases.subject: " in said.output and "Nothing was changed." in said.output
    assert "Fielding" not in said.output and str(old.pk) not in said.output


def test_while_it_looks_nothing_can_be_written(real: World):
    with pytest.raises(InternalError, match="read-only"), reads.looking_only():
        Record.objects.using("owner").update(known_as="somebody")
