"""The judge is judged: rules made wrong in one place, and the worlds in which that is noticed."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import psycopg

from tests.rule.compare import Judge
from tests.rule.growing import Admin, grown
from tests.rule.mutants import Mutant, mutants
from tests.rule.worlds import PURPOSES

WORLDS = 100  # how many worlds a wrong rule may survive before it counts as not caught
# Made wrong they say the same. The bits of what is one's own are none of another agency's; the
# clause is there so that an index serves it.
OWN = "(agency_id = ( SELECT locality.agency() AS agency))"
DISCLOSED = "locality.is_disclosed((owner_id)::integer, id, household_id)"
SAME = {
    f"answer USING: true for {OWN}", f"asked USING: true for {OWN}",
    # What names nobody is changed by its own agency alone, which needs nobody's consent.
    "change USING: true for THEN false",
    # What only its own agency may change is never shown to that with consent alone.
    *(
        f"change USING: {becomes} for {what}"
        for becomes, what in (
            ("true", DISCLOSED),
            ("true", f"THEN ({DISCLOSED} AND locality.consented_…(id))"),
            ("false", f"THEN ({DISCLOSED} AND locality.consented_…(id))"),
        )
    ),
    # Asked of a concern that notes nothing else, it finds nothing else: it only takes longer.
    "see USING: true for elsewhere",
    "see USING: true for elsewhere (2)",
    # The parts of a record name the person it is of, and a trigger keeps them so: asking the record
    # as well says the same.
    "see USING: false for locality.urgent_people_record(record_id)",
}  # fmt: skip


def broken_policies(database: psycopg.Connection) -> list[Mutant]:
    """Every policy made wrong in one place so that it says something else."""
    made = mutants(database)
    assert {one.says for one in made} >= SAME, "something excused here is not said any more"
    return [one for one in made if one.says not in SAME]


def surviving_policies(judge: Admin, made: list[Mutant]) -> list[Mutant]:
    """The broken policies that are noticed in no world."""
    return survivors(judge, made, those_whom_nobody_notices)


def surviving_functions(judge: Admin, made: list[Mutant]) -> list[Mutant]:
    """The broken functions that are noticed in no world."""
    return survivors(judge, made, those_that_go_unnoticed)


def survivors(
    judge: Admin,
    left: list[Mutant],
    ask: Callable[[Judge, list[Mutant]], list[Mutant]],
) -> list[Mutant]:
    """The mutants that are noticed in no world."""
    for seed in range(WORLDS):
        if not left:
            break
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
