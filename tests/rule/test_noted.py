"""What a concern notes of its disclosures follows from them, whoever writes it and however late."""

from importlib import import_module

import pytest

from tests.rule.growing import grown
from tests.rule.test_oracle import admin  # noqa: F401 (a fixture)

NOTE = import_module("locality.intake.migrations.0003_noted").NOTE
WRONG = (
    "SELECT c.id FROM intake_concern c, locality_private.to_note(c.id, owner_id, circle_id) n"
    " WHERE (c.at_door, c.elsewhere) <> (n.at_door, n.elsewhere)"
)
KINDS = "SELECT DISTINCT at_door, elsewhere FROM intake_concern"
CHANGES = [
    "UPDATE sharing_disclosure SET withdrawn_at = now(), withdrawn_why = 'A mistake.'"
    " WHERE withdrawn_at IS NULL AND hashtext(id::text) % 2 = 0",
    "UPDATE sharing_disclosure SET until = locality.today() WHERE hashtext(id::text) % 3 = 0",
    "DELETE FROM sharing_disclosed WHERE hashtext(id::text) % 2 = 0",
    "UPDATE sharing_disclosed SET item = (SELECT id FROM intake_concern ORDER BY id LIMIT 1)"
    " WHERE kind = 'intake.concern'",
]


@pytest.mark.parametrize("change", CHANGES)
def test_notes_follow_what_is_disclosed(admin, change: str):  # noqa: F811
    with grown(admin, 1) as judge:
        judge.database.execute("RESET ROLE")
        assert len(judge.database.execute(KINDS).fetchall()) == 4
        before = judge.database.execute(
            "SELECT id, at_door, elsewhere FROM intake_concern"
        ).fetchall()
        judge.database.execute(change)
        after = judge.database.execute(
            "SELECT id, at_door, elsewhere FROM intake_concern"
        ).fetchall()
        assert set(before) != set(after)
        assert judge.database.execute(WRONG).fetchall() == []


def test_an_upgrade_notes_what_is_there_already(admin):  # noqa: F811
    with grown(admin, 2) as judge:
        judge.database.execute("RESET ROLE")
        judge.database.execute("UPDATE intake_concern SET at_door = false, elsewhere = false")
        assert judge.database.execute(WRONG).fetchall() != []
        judge.database.execute(NOTE)
        assert judge.database.execute(WRONG).fetchall() == []


def test_nobody_says_of_a_new_concern_that_it_is_disclosed(admin):  # noqa: F811
    with grown(admin, 3) as judge:
        judge.database.execute("RESET ROLE")
        (made,) = judge.database.execute(
            "INSERT INTO intake_concern SELECT (jsonb_populate_record(c, jsonb_build_object("
            "'id', gen_random_uuid(), 'at_door', true, 'elsewhere', true))).*"
            " FROM intake_concern c LIMIT 1 RETURNING at_door, elsewhere"
        ).fetchall()
        assert made == (False, False)
