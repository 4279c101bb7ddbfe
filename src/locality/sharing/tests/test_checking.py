"""The catalogue is linted: each rule finds the fault planted for it, and nothing else is wrong."""

from collections.abc import Iterator

import psycopg
import pytest
from click.testing import CliRunner
from django.db import connections

from locality.kit.errors import Refused
from locality.sharing import checking
from locality.sharing.commands import check
from tests.world import World, as_owner

POLICY = "CREATE POLICY planted ON cases_case FOR SELECT TO locality_app USING "
FOR_APP = "TO locality_app"
# What somebody may do by mistake, and what the rule of that name then names.
PLANTED = {
    "shut": ("ALTER TABLE cases_case NO FORCE ROW LEVEL SECURITY", "cases_case"),
    "no policy": ("DO $$ DECLARE p text; BEGIN FOR p IN SELECT polname FROM pg_policy"
                  " WHERE polrelid = 'cases_edit'::regclass AND polname <> 'owner_all' LOOP EXECUTE"
                  " format('DROP POLICY %I ON cases_edit', p); END LOOP; END $$", "cases_edit"),
    "policy asleep": ("ALTER TABLE cases_case DISABLE ROW LEVEL SECURITY", "cases_case"),
    "for everybody": ("CREATE POLICY planted ON cases_case USING (false)", "cases_case.planted"),
    "always true": (f"{POLICY} (true)", "cases_case.planted"),
    "by setting": (f"{POLICY} (current_setting('a.b', true) = 'x')", "cases_case.planted"),
    "row by row": (f"{POLICY} (owner_id = locality.agency())", "cases_case.planted"),
    "stranger": (f"CREATE TABLE planted (a int); GRANT SELECT ON planted {FOR_APP}", "planted"),
    "view": ("CREATE VIEW planted AS TABLE cases_case;"
             f"GRANT SELECT ON planted {FOR_APP}", "planted"),
    "stored view": ("CREATE MATERIALIZED VIEW planted AS TABLE cases_case;"
                    f"GRANT SELECT ON planted {FOR_APP}", "planted"),
    "partition": ("CREATE TABLE whole (a int) PARTITION BY LIST (a);"
                  "CREATE TABLE planted PARTITION OF whole FOR VALUES IN (1);"
                  f"GRANT SELECT ON planted {FOR_APP}", "planted"),
    "past the policies": (f"GRANT TRUNCATE ON cases_case {FOR_APP}", "cases_case"),
    "open path": ("ALTER FUNCTION locality.close_context() RESET search_path", "close_context"),
    "too strong an owner": ("ALTER FUNCTION locality.close_context() OWNER TO CURRENT_USER",
                            "close_context"),
    "anybody's function": ("GRANT EXECUTE ON FUNCTION locality.close_context() TO PUBLIC",
                           "close_context"),
    "in parallel": ("ALTER FUNCTION locality.agency() PARALLEL SAFE", "locality.agency"),
    "another's table": ("ALTER TABLE cases_case OWNER TO CURRENT_USER", "cases_case"),
    "strong role": ("ALTER ROLE locality_login CREATEDB", "locality_login"),
    "to the public": ("GRANT SELECT ON cases_case TO PUBLIC", "cases_case"),
    "may create": (f"GRANT CREATE ON SCHEMA public {FOR_APP}", "public"),
    "private": (f"GRANT USAGE ON SCHEMA locality_private {FOR_APP}", "locality_private"),
    "unchecked key": ("ALTER TABLE cases_edit ADD CONSTRAINT planted FOREIGN KEY (case_id)"
                      " REFERENCES cases_case NOT VALID", "cases_edit.planted"),
    "tells by refusing": ("CREATE UNIQUE INDEX planted ON people_record (postcode) WHERE false",
                          "planted"),
    "can be guessed": ("ALTER TABLE cases_edit DROP CONSTRAINT cases_edit_pkey CASCADE;"
                       "ALTER TABLE cases_edit ADD COLUMN planted serial PRIMARY KEY",
                       "cases_edit"),
    "any label": ("ALTER TABLE cases_edit DROP CONSTRAINT edit_label_is_its_own", "cases_edit"),
    "another language": ("CREATE FUNCTION planted() RETURNS int LANGUAGE internal"
                         " AS 'pg_backend_pid'", "planted"),
    "by default": (f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES {FOR_APP}",
                   "in public"),
}  # fmt: skip


@pytest.fixture
def admin(administrator: str, _world: World) -> Iterator[psycopg.Cursor]:
    """A cursor with every power; what it does is undone."""
    with psycopg.connect(administrator) as server, server.transaction(force_rollback=True):
        yield server.cursor()


def test_a_prepared_database_has_nothing_wrong(world: World):
    assert list(checking.findings()) == []
    assert list(checking.findings("owner")) == []


def test_there_are_enough_rules_each_with_its_fault_and_no_two_of_a_name():
    names = [rule.name for rule in checking.rules()]
    assert len(names) >= 16 and len(set(names)) == len(names)
    assert set(names) == set(PLANTED)


@pytest.mark.parametrize("name", PLANTED)
def test_each_rule_finds_the_fault_planted_for_it(admin: psycopg.Cursor, name: str):
    (rule,) = [one for one in checking.rules() if one.name == name]
    sql, what = PLANTED[name]
    assert not [one for one in checking.found(admin) if one.endswith(rule.says)]
    admin.execute(sql)
    said = [one for one in checking.found(admin) if one.endswith(rule.says)]
    assert any(what in one for one in said), said


def test_what_is_meant_and_no_longer_there_is_named(admin: psycopg.Cursor):
    admin.execute("DROP POLICY sign_in ON sharing_user")
    assert any("sharing_user.sign_in: lint.toml" in one for one in checking.found(admin))


def test_a_row_whose_parent_is_gone_is_named_though_its_key_was_checked(admin: psycopg.Cursor):
    assert list(checking.orphans(admin)) == []
    admin.execute("SET session_replication_role = replica")
    admin.execute("UPDATE sharing_party SET agreement_id = gen_random_uuid()")
    assert admin.rowcount > 0
    (said,) = checking.orphans(admin)
    assert said.startswith("sharing_party: a row names one in sharing_agreement")


def test_the_site_does_not_start_while_something_is_open(_world: World, django_db_blocker):
    with django_db_blocker.unblock(), connections["owner"].cursor() as cursor:
        cursor.execute("GRANT TRUNCATE ON cases_case TO locality_app")
        try:
            with pytest.raises(Refused, match="cases_case: Requests may empty it"):
                checking.require_guarded()
        finally:
            cursor.execute("REVOKE TRUNCATE ON cases_case FROM locality_app")
            connections["default"].close()


def test_the_command_says_that_all_is_well(world: World):
    done = CliRunner().invoke(check)
    assert done.exit_code == 0, done.output
    assert "every table is guarded" in done.output


def test_a_purpose_past_its_review_is_named(world: World):
    with as_owner(), connections["owner"].cursor() as cursor:
        cursor.execute("UPDATE sharing_purpose SET review_by = '2020-01-01' WHERE id = 5")
    try:
        assert any("Oversight" in one for one in checking.reviews_due())
    finally:
        with as_owner(), connections["owner"].cursor() as cursor:
            cursor.execute("UPDATE sharing_purpose SET review_by = '2027-03-31' WHERE id = 5")
