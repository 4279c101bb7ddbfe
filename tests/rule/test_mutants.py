"""The judge is judged: a rule made wrong in one place must be caught by the oracle's worlds."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import psycopg

from tests.rule.compare import Judge
from tests.rule.mutants import Mutant, function_mutants, mutants
from tests.rule.test_oracle import admin, grown  # noqa: F401 (a fixture)
from tests.rule.worlds import PURPOSES

WORLDS = 40  # how many worlds a wrong rule may survive before it counts as not caught
# Made wrong they say the same. The bits of what is one's own are none of another agency's; the
# clause is there so that an index serves it.
OWN = "(agency_id = ( SELECT locality.agency() AS agency))"
SAME = {f"answer USING: true for {OWN}", f"asked USING: true for {OWN}"}


def test_every_broken_policy_is_caught(admin):  # noqa: F811
    made = [one for one in mutants(admin[0]) if one.says not in SAME]
    assert len(made) > 250
    left = survivors(admin, made, those_whom_nobody_notices)
    assert not left, "\n".join(f"{one.kinds}: {one.says}" for one in left)


def test_every_broken_function_is_caught(admin):  # noqa: F811
    left = survivors(admin, function_mutants(admin[0]), those_that_go_unnoticed)
    assert not left, "\n".join(one.says for one in left)


def survivors(
    judge: tuple[psycopg.Connection, int],
    left: list[Mutant],
    ask: Callable[[Judge, list[Mutant]], list[Mutant]],
) -> list[Mutant]:
    """The mutants that are noticed in no world."""
    for seed in range(WORLDS):
        with grown(judge, seed) as asked:
            asked.tries, asked.share = 3 if seed < 3 else 12, 0.5  # few are left by then
            left = ask(asked, left)
    return left


def those_whom_nobody_notices(judge: Judge, left: list[Mutant]) -> list[Mutant]:
    """Policies: one by one for each person, who goes on acting."""
    for who in judge.facts.people:
        for purpose in PURPOSES:
            if judge.become(who, purpose) or purpose == 1:  # nobody acting, once
                left = [one for one in left if not is_noticed(judge, one)]
    return left


def is_noticed(judge: Judge, mutant: Mutant) -> bool:
    """Answer whether the oracle disagrees with a database in which this policy is wrong."""
    with _broken(judge.database, mutant.statements):
        try:
            judge.compare(mutant.kinds, mutant.parts)
        except (AssertionError, psycopg.errors.InvalidObjectDefinition):
            return True
    return False


def those_that_go_unnoticed(judge: Judge, left: list[Mutant]) -> list[Mutant]:
    """Functions: each asked anew as every person, because they decide who acts."""
    return [one for one in left if not is_noticed_by_somebody(judge, one)]


def is_noticed_by_somebody(judge: Judge, mutant: Mutant) -> bool:
    """Answer whether the oracle disagrees with a database in which this function is wrong."""
    with _broken(judge.database, mutant.statements):
        try:
            for who in judge.facts.people:
                for purpose in PURPOSES:
                    judge.become(who, purpose)
                    judge.compare(mutant.kinds, mutant.parts)
        except AssertionError:
            return True
        finally:
            judge.database.execute("RESET ROLE")
    return False


@contextmanager
def _broken(database: psycopg.Connection, statements: Sequence[str]) -> Iterator[None]:
    with database.transaction(force_rollback=True):
        database.execute("RESET ROLE")
        for one in statements:
            database.execute(one)
        database.execute("SET ROLE locality_app")
        yield
