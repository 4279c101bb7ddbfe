"""The database shows, takes and gives up what the rule says, and nothing else.

Small dense worlds, every date at its boundary, are asked as each of their people for each purpose:
which rows of every protected table show, and which may be added, edited or removed. A plain Python
oracle, written apart from the SQL, says what the answer must be. Then every policy and function
that policies ask is made wrong in one place at a time, and the same worlds must notice each.
"""

from collections import Counter
from collections.abc import Iterator

from proofs import NotShown, Row, administrator, required
from tests.rule import breaking
from tests.rule.growing import Admin, administering, ask_everything, grown
from tests.rule.kinds import KINDS
from tests.rule.mutants import Mutant, function_mutants
from tests.world import build

ACCESS = ("seen", "added", "changed", "removed")
DECISIONS, WORLDS, SHOWN, MUTANTS = 2_000_000, 60, 100_000, 120  # what the long form must reach


def run(*, long: bool, seed: int) -> Iterator[Row]:
    """Ask many worlds, then break the rule everywhere it can be broken."""
    build("proof")
    with administering(administrator()) as admin:
        yield from _agreement(admin, seed, WORLDS if long else 4, DECISIONS if long else 0)
        yield _strength(admin, every=1 if long else 8)


def _agreement(admin: Admin, seed: int, worlds: int, decisions: int) -> Iterator[Row]:
    """Ask at least so many worlds, and go on until there are so many decisions."""
    asked, asking = Counter[str](), 0
    while asking < worlds or _decisions(asked) < decisions:
        with grown(admin, seed + asking) as judge:
            try:
                ask_everything(judge)
            except AssertionError as apart:
                raise NotShown(f"in world {seed + asking} they differ: {apart}") from apart
            asked, asking = asked + judge.asked, asking + 1
    shown = asked["shown"]
    required(shown >= (SHOWN if decisions else 1), f"only {shown:,} rows showed")
    yield Row(
        "Decisions in which database and oracle differ", f"0 of {_decisions(asked):,}", "0",
        f"{asking} worlds, {len(KINDS)} tables: "
        + ", ".join(f"{asked[one]:,} {one}" for one in ACCESS),
    )  # fmt: skip
    yield Row(
        "Of those, rows that were to show and did", f"{shown:,}", "≥ 100,000 in the long form"
    )


def _decisions(asked: Counter[str]) -> int:
    return sum(asked[one] for one in ACCESS)


def _strength(admin: Admin, every: int) -> Row:
    policies = breaking.broken_policies(admin[0])[::every]
    functions = function_mutants(admin[0])[::every]
    left = [
        *breaking.surviving_policies(admin, policies),
        *breaking.surviving_functions(admin, functions),
    ]
    made = len(policies) + len(functions)
    required(not left, f"nobody noticed: {_named(left)}")
    required(every > 1 or made >= MUTANTS, f"only {made} mutants were made")
    return Row(
        "Wrong rules that were noticed", f"{made:,} of {made:,}", "all",
        f"{len(policies)} of policies, {len(functions)} of functions; "
        f"{len(breaking.SAME)} more say the same as what they replace (tests/rule/breaking.py)",
    )  # fmt: skip


def _named(left: list[Mutant]) -> str:
    return "; ".join(one.says for one in left[:3])
