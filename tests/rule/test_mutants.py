"""The judge is judged: a rule made wrong in one place must be caught by the oracle's worlds."""

from collections.abc import Callable

import psycopg
import pytest

from tests.rule.build import TABLES
from tests.rule.test_oracle import admin, find_disagreement  # noqa: F401 (a fixture)

WORLDS = 12  # how many worlds a wrong rule may survive before it counts as not caught

# What is made wrong: the text of a policy or of a function, and what it becomes.
POLICY = [
    ("(d.starts <= ( SELECT locality.today() AS today))", "true"),
    ("(d.until >= ( SELECT locality.today() AS today))", "(d.until > ( SELECT locality.today()))"),
    ("(d.until >= ( SELECT locality.today() AS today))", "true"),
    ("(d.withdrawn_at IS NULL)", "true"),
    ("(d.purpose_id = ( SELECT locality.purpose() AS purpose))", "true"),
    ("(d.circle_id = ANY (( SELECT locality.circles() AS circles)))", "true"),
    ("AND (id <> ALL (( SELECT locality.conflicts() AS conflicts)))", ""),
    ("(get_bit(( SELECT locality.own() AS own), (label_id)::bigint) <> 0)",
     "(owner_id = ( SELECT locality.agency()))"),
    ("(get_bit(( SELECT locality.team() AS team), (label_id)::bigint) <> 0)", "true"),
    ("(get_bit(( SELECT locality.own() AS own), (label_id)::bigint) <> 0)", "false"),
]  # fmt: skip
FUNCTION = [
    ("locality_private.compile", "IF one.m < 3 THEN", "IF one.m <= 3 THEN"),
    ("locality_private.compile", "a.state = 'in force' AND", ""),
    ("locality_private.compile", "a.until >= locality.today()", "a.until > locality.today()"),
    ("locality_private.compile", "a.starts <= locality.today() AND", ""),
    ("locality_private.compile", "AND giver.gives", ""),
    ("locality_private.compile", "AND getter.gets", ""),
    ("locality_private.compile", "m <= covers.up_to AND", ""),
    ("locality_private.compile", "AND m <= cleared[covers.category + 1]", ""),
    ("locality_private.compile", "AND a.purpose_id = for_purpose", ""),
    ("locality.refresh_context", "AND m.left_at IS NULL", ""),
    ("locality.refresh_context", "m.starts <= locality.today()", "true"),
    ("locality.refresh_context", "AND (m.until IS NULL OR m.until >= locality.today())", ""),
    ("locality.refresh_context", "AND c.purpose_id = x.purpose", ""),
    ("locality.refresh_context", "c.closed_on >= locality.today()", "true"),
    ("locality.refresh_context", "AND f.lifted_at IS NULL", ""),
    ("locality_private.holder", "AND u.is_active", ""),
    ("locality_private.holder", "p.starts <= locality.today() AND", ""),
    ("locality_private.holder", "AND why.id = ANY (p.purposes)", ""),
]  # fmt: skip


def break_policies(database: psycopg.Connection, old: str, new: str) -> None:
    """Make every guarded table's reading policy wrong in the same place."""
    broken = 0
    for table in TABLES.values():
        rows = database.execute(
            "SELECT polname, pg_get_expr(polqual, polrelid) FROM pg_policy"
            " WHERE polrelid = %s::regclass AND polname IN ('see', 'change')", [table],
        ).fetchall()  # fmt: skip
        for name, text in rows:
            if old in text:
                database.execute(f"ALTER POLICY {name} ON {table} USING ({text.replace(old, new)})")
                broken += 1
    assert broken, f"no policy says {old}"


def break_function(database: psycopg.Connection, name: str, old: str, new: str) -> None:
    """Make one function wrong."""
    ((text,),) = database.execute("SELECT pg_get_functiondef(%s::regproc)", [name]).fetchall()
    assert old in text, f"{name} does not say {old}"
    database.execute(text.replace(old, new))
    database.execute("TRUNCATE locality_private.label_bits")


def is_caught(
    judge: tuple[psycopg.Connection, int], breaking: Callable[[psycopg.Connection], None]
) -> bool:
    """Look for a world in which the broken rule and the oracle disagree."""
    for seed in range(WORLDS):
        try:
            find_disagreement(judge, seed, breaking)
        except AssertionError:
            return True
    return False


@pytest.mark.parametrize(("old", "new"), POLICY, ids=range(len(POLICY)))
def test_a_broken_policy_is_caught(admin, old, new):  # noqa: F811
    assert is_caught(admin, lambda to: break_policies(to, old, new))


@pytest.mark.parametrize(("name", "old", "new"), FUNCTION, ids=range(len(FUNCTION)))
def test_a_broken_function_is_caught(admin, name, old, new):  # noqa: F811
    assert is_caught(admin, lambda to: break_function(to, name, old, new))
