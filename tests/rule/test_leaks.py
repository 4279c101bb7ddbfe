"""What is hidden is not told in another way: by an error, a copy of a row, a filter or a name."""

from dataclasses import replace
from uuid import uuid4

import psycopg
import pytest

from tests.rule.build import insert, row
from tests.rule.compare import Judge
from tests.rule.growing import grown
from tests.rule.kinds import KINDS, OPEN, THEMSELVES
from tests.rule.oracle import Item, Who
from tests.rule.seeing import sees
from tests.rule.test_oracle import admin  # noqa: F401 (a fixture)
from tests.rule.writing import ADDERS, may_add

LABEL = {"owner_id", "category", "marking", "label_id"}
AUTHOR = {"by", "made_by", "post", "user", "giver"}


def somebody(judge: Judge) -> Who:
    """Somebody who may act."""
    return next(who for who in judge.facts.people if judge.facts.may_act(who, 1))


def hidden_parents(judge: Judge) -> list[Item]:
    """One row of each kind that may be added, beneath something that does not show."""
    found = []
    for kind in [one for one in ADDERS if KINDS[one].parent and one != "disclosed"]:
        rows = judge.facts.of_kind(kind)
        mine = [replace(one, has=_signed(judge, one)) for one in rows]
        # Whoever raised a concern writes its parts, seeing it or not.
        found += [
            one
            for one in mine
            if not _shows(judge, one.parent)
            and not may_add(judge.facts, judge.who, judge.purpose, one)
        ][:1]
    return found


def _shows(judge: Judge, row_id: object) -> bool:
    parent = judge.facts.find(row_id)
    return parent is None or sees(judge.facts, judge.who, judge.purpose, parent)


def _signed(judge: Judge, item: Item) -> dict[str, object]:
    mine = {"by": judge.who.post, "post": judge.who.post}
    return {name: mine.get(name, was) for name, was in item.has.items()}


def refusal(judge: Judge, item: Item) -> str:
    """What the database says when somebody adds this row, or nothing."""
    try:
        with judge.database.transaction(force_rollback=True):
            insert(judge.database, KINDS[item.kind].table, row(judge.facts, item))
            judge.database.execute("SET CONSTRAINTS ALL IMMEDIATE")
    except psycopg.Error as wrong:
        return f"{wrong.sqlstate} {wrong}"
    return ""


@pytest.mark.parametrize("seed", [1, 2])
def test_beneath_what_is_hidden_and_what_is_not_there_one_is_refused_alike(admin, seed):  # noqa: F811
    with grown(admin, seed) as judge:
        judge.become(somebody(judge), 1)
        tried = hidden_parents(judge)
        assert len(tried) > 15
        for item in tried:
            hidden = refusal(judge, replace(item, id=uuid4()))
            absent = refusal(judge, replace(item, id=uuid4(), parent=uuid4()))
            assert hidden == absent and "row-level security" in hidden, (item, hidden, absent)


def test_a_receipt_for_what_is_hidden_and_for_what_is_not_there_is_refused_alike(admin):  # noqa: F811
    with grown(admin, 1) as judge:
        judge.become(somebody(judge), 1)
        receipts = judge.facts.of_kind("receipt")
        concern = next(one for one in receipts if one.has["post"] != judge.who.post)
        mine = replace(concern, has=_signed(judge, concern))
        assert refusal(judge, mine) == refusal(judge, replace(mine, id=uuid4()))


@pytest.mark.parametrize("kind", KINDS)
def test_a_filter_that_fails_on_a_row_fails_on_none_that_is_hidden(admin, kind):  # noqa: F811
    of = KINDS[kind]
    with grown(admin, 3) as judge:
        for who in judge.facts.people:
            judge.become(who, 1)
            if judge.expected(sees, kind):
                continue
            here = [one.id for one in judge.facts.of_kind(kind)]
            judge.database.execute(
                f"SELECT 1 / (length({of.key}::text) - length({of.key}::text)) FROM {of.table}"  # noqa: S608
                f" WHERE {of.key} = ANY(%s) AND 1 / (36 - length({of.key}::text)) = 1",
                [here],
            )


def test_no_row_moves_to_another_owner_parent_or_author(admin):  # noqa: F811
    for kind, of in KINDS.items():
        fixed = (LABEL if of.labelled else set()) | ({of.parent} if of.parent else set())
        fixed |= {column for word, column in of.links.items() if word in AUTHOR} | {of.key}
        movable = admin[0].execute(
            "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attname = ANY(%s)"
            " AND has_column_privilege('locality_app', attrelid, attnum, 'UPDATE')",
            [of.table, list(fixed)],
        ).fetchall()  # fmt: skip
        # Whoever changes a draft gives it to nobody: its policy says whose it is.
        assert movable == [] or kind == "draft", (kind, movable)


def test_nothing_that_can_be_guessed_is_unique(admin):  # noqa: F811
    """A refusal for being there twice would tell of a row that does not show."""
    guessable = admin[0].execute(
        "SELECT indexrelid::regclass::text FROM pg_index i WHERE indisunique"
        " AND indrelid::regclass::text = ANY(%s) AND NOT EXISTS ("
        " SELECT FROM pg_attribute a WHERE a.attrelid = i.indrelid AND a.attnum = ANY(i.indkey)"
        " AND a.atttypid = 'uuid'::regtype)",
        [[of.table for of in KINDS.values()]],
    ).fetchall()  # fmt: skip
    assert guessable == []


def test_nobody_who_acts_counts_by_a_sequence_or_goes_round_the_policies(admin):  # noqa: F811
    told = admin[0].execute(
        "SELECT c.oid::regclass::text, what FROM pg_class c, unnest(%s::text[]) what"
        " WHERE relnamespace = 'public'::regnamespace AND CASE relkind"
        " WHEN 'S' THEN has_sequence_privilege('locality_app', c.oid, 'USAGE, SELECT, UPDATE')"
        " WHEN 'r' THEN has_table_privilege('locality_app', c.oid, what) ELSE false END",
        [["TRUNCATE", "REFERENCES", "TRIGGER"]],
    ).fetchall()  # fmt: skip
    assert told == []


def test_what_holds_nothing_about_anybody_is_open_to_whoever_acts(admin):  # noqa: F811
    with grown(admin, 1) as judge:
        database = judge.database
        whole = {one: _count(database, one) for one in OPEN}
        judge.become(somebody(judge), 1)
        assert {one: _count(database, one) for one in OPEN} == whole
        ((name,),) = database.execute("SELECT id FROM sharing_user").fetchall()
        assert name == judge.who.user
        database.execute("RESET ROLE; SELECT locality.close_context(); SET ROLE locality_app")
        assert {_count(database, one) for one in OPEN | THEMSELVES} == {0}


def test_what_is_open_to_all_is_written_by_nobody_but_for_a_place_in_ones_own_name(admin):  # noqa: F811
    written = admin[0].execute(
        "SELECT t, what FROM unnest(%s::text[]) t, unnest(%s::text[]) what"
        " WHERE has_table_privilege('locality_app', t, what)"
        " OR what IN ('INSERT', 'UPDATE') AND has_any_column_privilege('locality_app', t, what)",
        [sorted(OPEN | THEMSELVES), ["INSERT", "UPDATE", "DELETE"]],
    ).fetchall()  # fmt: skip
    assert written == [("places_place", "INSERT")]
    with grown(admin, 1) as judge:
        judge.become(somebody(judge), 1)
        place = {"name": "x", "kind": "park", "street": "", "area_code": "", "added_at": "now"}
        insert(judge.database, "places_place", {"id": uuid4(), "added_by": judge.who.post, **place})
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            insert(judge.database, "places_place", {"id": uuid4(), "added_by": uuid4(), **place})


def _count(database: psycopg.Connection, table: str) -> int:
    return database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608
