"""The database and the plain oracle agree about every actor, purpose, row and kind of access."""

from collections.abc import Callable, Iterator

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.rule.build import TABLES, ids_of, key_of, write
from tests.rule.oracle import Facts, Item, Who
from tests.rule.worlds import PURPOSES, world
from tests.world import World, today

CHANGERS = {"record": "owner", "contact": "owner", "case": "team", "need": "plan", "action": "plan"}
A_COLUMN = {
    "record": "sex", "contact": "safe", "case": "title", "need": "says", "action": "result",
}  # fmt: skip


@pytest.fixture(scope="module")
def admin(_world: World, administrator: str) -> Iterator[tuple[psycopg.Connection, int]]:
    """An administrator's connection, and the number of a transaction that has been committed."""
    with psycopg.connect(administrator) as connection:
        committed = connection.execute("SELECT pg_current_xact_id()::text::bigint").fetchone()[0]
        connection.commit()
        yield connection, committed
        connection.rollback()


class Judge:
    """One world in the database, asked as each of its people in turn."""

    def __init__(self, database: psycopg.Connection, facts: Facts, looks: dict) -> None:
        self.database, self.facts, self.looks = database, facts, looks

    def become(self, who: Who, purpose: int) -> None:
        """Open the database's context as somebody, or none when the database says no."""
        self.database.execute("RESET ROLE")
        word = {1: "early help", 2: "safeguarding children"}[purpose]
        look = self.looks.get((who.post, purpose))
        opened = self.database.execute(
            "SELECT locality.open_context(%s, %s, %s)", [key_of(who), word, look]
        ).fetchone()[0]
        assert opened == self.facts.may_act(who, purpose)
        self.database.execute("SET ROLE locality_app")

    def ask(self, sql: str, *values: object) -> list:
        """Ask in a savepoint of its own."""
        with self.database.transaction():
            return self.database.execute(sql, values).fetchall()

    def expected(self, who: Who, purpose: int, kind: str) -> set:
        """What the oracle says they see."""
        items = [item for item in self.facts.items if item.kind == kind]
        return {item.id for item in items if self.facts.sees(who, purpose, item)}


def compare_seeing(judge: Judge, who: Who, purpose: int) -> None:
    """Rows, counts and searches."""
    for kind, table in TABLES.items():
        expected = judge.expected(who, purpose, kind)
        here = [item.id for item in judge.facts.items if item.kind == kind]
        found = ids_of(judge.ask(f"SELECT id FROM {table} WHERE id = ANY(%s)", here))
        assert found == expected, (kind, who)
        ((count,),) = judge.ask(f"SELECT count(*) FROM {table} WHERE id = ANY(%s)", here)
        assert count == len(expected)
    names = ids_of(
        judge.ask("SELECT id FROM people_record WHERE family_key ^@ 'FIELD' AND given_key = 'ASH'")
    )
    theirs = {item.id for item in judge.facts.items if item.kind == "record"}
    assert names & theirs == judge.expected(who, purpose, "record")


def compare_changing(judge: Judge, who: Who, purpose: int) -> None:
    """What an UPDATE reaches, for tables that may be changed; nothing for the others."""
    for kind, table in TABLES.items():
        items = [item for item in judge.facts.items if item.kind == kind]
        changers = CHANGERS.get(kind, "nobody")
        expected = {i.id for i in items if judge.facts.may_change(who, purpose, i, changers)}
        if changers == "nobody":
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                judge.ask(f"UPDATE {table} SET id = id RETURNING id")
            continue
        column = A_COLUMN[kind]
        changed = judge.ask(
            f"UPDATE {table} SET {column} = {column} WHERE id = ANY(%s) RETURNING id",
            [item.id for item in items],
        )
        assert ids_of(changed) == expected, (kind, who)


def may_add_need(judge: Judge, who: Who, purpose: int, case: Item) -> bool:
    """What the oracle says about writing into a case's plan with the case's own label."""
    return judge.facts.sees(who, purpose, case)


def compare_adding(judge: Judge, who: Who, purpose: int) -> None:
    """A need is added beneath a case exactly by those who see it, and in nobody else's name."""
    for case in [item for item in judge.facts.items if item.kind == "case"]:
        for author in {who.post, judge.facts.people[0].post}:
            allowed = may_add_need(judge, who, purpose, case) and author == who.post
            assert _adds(judge, case, author) == allowed, (case, who)


def _adds(judge: Judge, case: Item, author: object) -> bool:
    label = (case.owner * 16 + case.category) * 4 + case.marking
    try:
        with judge.database.transaction(force_rollback=True):
            judge.database.execute(
                "INSERT INTO cases_need (id, owner_id, category, marking, label_id, case_id,"
                " heading, says, made_by_id, made_at)"
                " VALUES (gen_random_uuid(), %s, %s, %s, %s, %s, 'x', 'x', %s, now())",
                [case.owner, case.category, case.marking, label, case.id, author],
            )
            return True
    except psycopg.errors.InsufficientPrivilege:
        return False


def find_disagreement(
    admin: tuple[psycopg.Connection, int],
    seed: int,
    before: Callable[[psycopg.Connection], None] = lambda _: None,
) -> None:
    """Grow a world, ask as every one of its people for every purpose, and compare."""
    database, committed = admin
    facts = world(seed, today())
    with database.transaction(force_rollback=True):
        before(database)
        judge = Judge(database, facts, write(database, facts, committed))
        try:
            for who in facts.people:
                for purpose in PURPOSES:
                    judge.become(who, purpose)
                    compare_seeing(judge, who, purpose)
                    compare_changing(judge, who, purpose)
                    compare_adding(judge, who, purpose)
        finally:
            database.execute("RESET ROLE")


@settings(
    max_examples=25, deadline=None, derandomize=True, database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(st.integers(0, 2**32))
def test_the_database_and_the_oracle_agree_about_every_world(admin, seed):
    find_disagreement(admin, seed)


def test_the_worlds_are_worth_asking_about():
    """In a world a fair part shows, through disclosure too, or agreement would prove nothing."""
    seen = hidden = through_others = 0
    for seed in range(20):
        facts = world(seed, today())
        for who in facts.people:
            for purpose in PURPOSES:
                for item in facts.items:
                    shown = item.kind != "person" and facts.sees(who, purpose, item)
                    seen += shown
                    hidden += not shown
                    through_others += shown and item.owner != who.agency
    assert seen > 500 and hidden > 500 and through_others > 100
