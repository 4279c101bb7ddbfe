"""Following a link changes nothing: who asked and where they were going is all that is written."""

from collections.abc import Iterator
from uuid import UUID

import psycopg
import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from psycopg import sql

from locality.cases.tests.given import a_case
from locality.intake.tests.given import raised
from locality.sharing.acting import Actor, acting
from locality.sharing.models import Post
from locality.web.account import urlpatterns as account
from locality.web.middleware import KEY
from locality.web.tests.signing import somebody
from tests.journeys.addresses import is_uuid, model_of, name_of, ours, value_of
from tests.world import World, as_owner

# Who looks, who signs in and until when; what a transaction knows of who acts; what was compiled.
TRACES = {
    "sharing_consultation", "sharing_signin", "django_session", "framework_cache", "session",
    "context", "label_bits",
}  # fmt: skip
# Whoever opens a concern in the queue is shown to others as looking at it, so that two do not
# decide at once: a look, too. Each address with what else it may write.
SHOWN_AS_LOOKING = {"triage:concern": {"triage_looking", "sharing_auditentry"}}
WRITTEN = """SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_all_tables
WHERE schemaname IN ('public', 'locality_private') AND n_tup_ins + n_tup_upd + n_tup_del > 0"""
WHO = ["teacher", "screener", "lead", "nurse", "coordinator", "chair", "analyst", "governor"]


def records(by: Actor) -> dict[str, UUID]:
    """One record of each kind that somebody sees, by the name that it has in addresses."""
    found: dict[str, UUID] = {}
    for model in apps.get_models():
        try:
            with transaction.atomic(), acting(by):
                first = model.objects.values_list("pk", flat=True).first()
        except DatabaseError:  # nobody may read it
            continue
        if first is not None:
            found[model._meta.model_name] = first
    return found


def asked_for(by: Actor, database: str) -> Iterator[str]:
    """Every address, with records that are there where there are any."""
    there = records(by)
    for name, takes in sorted(ours(), key=lambda one: one[0]):
        given = {
            what: there.get(model_of(name, what), by.post)
            if is_uuid(kind) else value_of(name, what, kind, database)
            for what, kind in takes.items()
        }  # fmt: skip
        yield reverse(name, kwargs=given)
    for one in account:
        if not one.pattern.converters and "(" not in str(one.pattern):
            yield f"/account/{one.pattern}"


def written() -> dict[str, int]:
    """How many rows of each table this transaction has written so far, kept or not."""
    with connection.cursor() as cursor:
        cursor.execute(WRITTEN)
        return {name: rows for name, rows in cursor if name not in TRACES}


def committed(server: psycopg.Connection) -> dict[str, str]:
    """What each table holds, for whoever else asks, but for the traces of looking."""
    tables = server.execute(
        "SELECT schemaname, tablename FROM pg_tables"
        " WHERE schemaname IN ('public', 'locality_private') AND tablename <> ALL (%s)",
        [list(TRACES)],
    )
    return {table: digest(server, schema, table) for schema, table in tables.fetchall()}


def digest(server: psycopg.Connection, *table: str) -> str:
    """What stands for all that a table holds."""
    rows = "SELECT md5(string_agg(md5(t::text), '' ORDER BY md5(t::text))) FROM {} t"
    return server.execute(sql.SQL(rows).format(sql.Identifier(*table))).fetchone()[0]


@pytest.mark.parametrize("who", WHO)
def test_following_a_link_changes_no_row(world: World, administrator: str, who: str):
    a_case(world.lead)
    raised(world.teacher)
    browser, wrong = world.client(who), []
    asked = list(asked_for(world.actors[who], administrator))
    with psycopg.connect(administrator, autocommit=True) as server:
        left, before = committed(server), written()
        for path in asked:
            status, after = browser.get(path).status_code, written()
            new = {table for table, rows in after.items() if before.get(table) != rows}
            if new - SHOWN_AS_LOOKING.get(name_of(path), set()):
                wrong.append(f"{path} answered {status} and wrote {new}")
            before = after
        assert committed(server) == left
    assert not wrong, "\n".join(wrong)
    assert len(asked) > 150 and {"cases_case", "intake_concern"} <= before.keys()


def test_following_a_link_begins_no_purpose_even_where_there_is_only_one(world: World):
    person = somebody(world)
    with as_owner():
        Post.objects.using("owner").filter(user=person).update(purposes=[1])
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session["account_authentication_methods"] = [{"method": "socialaccount"}]
    session.save()
    assert client.get("/act/").status_code == 200
    assert KEY not in client.cookies
