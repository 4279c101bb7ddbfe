"""`locality check` finds what is wrong with how the database guards records."""

import pytest
from click.testing import CliRunner
from django.db import connections

from locality.sharing import checking
from locality.sharing.commands import check
from tests.world import World, as_owner


def wrong_after(sql: str, back: str) -> list[str]:
    """What is found while something is wrong, which is then put right."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(sql)
        try:
            return list(checking.findings())
        finally:
            cursor.execute(back)


def test_a_prepared_database_has_nothing_wrong(world: World):
    assert list(checking.findings()) == []


@pytest.mark.parametrize(
    ("sql", "back", "says"),
    [
        (
            "ALTER TABLE cases_case NO FORCE ROW LEVEL SECURITY",
            "ALTER TABLE cases_case FORCE ROW LEVEL SECURITY",
            "not forced",
        ),
        (
            "GRANT TRUNCATE ON cases_case TO locality_app",
            "REVOKE TRUNCATE ON cases_case FROM locality_app",
            "may empty it",
        ),
        (
            "ALTER FUNCTION locality.close_context() RESET search_path",
            "ALTER FUNCTION locality.close_context() SET search_path = pg_catalog, pg_temp",
            "open search path",
        ),
    ],
)
def test_each_kind_of_fault_is_found(_world: World, django_db_blocker, sql, back, says):
    with django_db_blocker.unblock():
        assert any(says in one for one in wrong_after(sql, back))


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
