"""Who is acting is decided by the database, for one transaction."""

from dataclasses import replace
from uuid import uuid4

import pytest
from django.db import connection, transaction

from locality.kit.errors import Refused
from locality.sharing import reads
from locality.sharing.acting import acting
from locality.sharing.models import Agency, AuditEntry, Consultation
from tests.world import World


def test_inside_acting_the_database_knows_who_asks(world: World):
    with acting(world.teacher), connection.cursor() as cursor:
        cursor.execute("SELECT locality.post(), locality.agency(), current_user")
        assert cursor.fetchone() == (world.teacher.post, world.agencies["school"], "locality_app")


def test_outside_acting_nothing_can_be_read(world: World):
    with pytest.raises(Exception, match="permission denied"), transaction.atomic():
        list(AuditEntry.objects.all())


def test_wearing_the_role_without_a_context_shows_no_row(world: World):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('role', 'locality_app', true)")
        assert not Agency.objects.exists()
        transaction.set_rollback(True)


def test_a_key_nobody_holds_opens_nothing(world: World):
    with (
        pytest.raises(Refused, match="session has ended"),
        acting(replace(world.teacher, key="no")),
    ):
        pass


def test_somebody_elses_post_is_not_opened_by_my_key(world: World):
    pretending = replace(world.teacher, post=world.nurse.post, agency=world.nurse.agency)
    with acting(pretending), connection.cursor() as cursor:
        cursor.execute("SELECT locality.post()")
        assert cursor.fetchone() == (world.teacher.post,)


def test_every_context_has_a_look_committed_before_it(world: World):
    with acting(world.teacher):
        assert Consultation.objects.filter(post=world.teacher.post).exists()


def test_a_look_that_was_not_committed_opens_nothing(world: World):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT locality.consult(%s, 'early help', 'page', '', '{}', '')", [world.teacher.key]
        )
        (look,) = cursor.fetchone()
        cursor.execute(
            "SELECT locality.open_context(%s, 'early help', %s)", [world.teacher.key, look]
        )
        assert cursor.fetchone() == (False,)


def test_nested_acting_of_another_is_a_bug(world: World):
    with acting(world.teacher), pytest.raises(RuntimeError), acting(world.nurse):
        pass


def test_the_front_door_is_found_by_anybody(world: World):
    with acting(world.teacher):
        assert reads.front_door("early help").pk == world.front_door


def test_nobody_writes_the_audit_trail_in_anothers_name(world: World):
    with pytest.raises(Exception, match="row-level security"), acting(world.teacher):
        AuditEntry.objects.create(
            person=uuid4(), post=world.teacher.post, agency=world.teacher.agency, purpose=1,
            did="x.y.z", kind="x",
        )  # fmt: skip
