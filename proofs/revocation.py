"""Whatever ends a right counts from the next transaction.

One connection withdraws, lets expire, suspends, closes, keeps somebody away, and gives it back;
another reads, each change begun and committed (or taken back) at a drawn place before, during or
after the read. What is not committed has no effect; what is committed holds for every transaction
that begins afterwards.
"""

from collections.abc import Iterator
from random import Random

import psycopg

from proofs import Row, administrator, required
from tests.rule.interleaving import RIGHTS, share
from tests.world import build


def run(*, long: bool, seed: int) -> Iterator[Row]:
    """Draw so many interleavings of one change and one read."""
    rounds, random = 10_000 if long else 200, Random(seed)
    with psycopg.connect(administrator()) as writer:
        shared = share(build("proof"), writer)
        required(shared.shows(), "the record does not show at all")
        for turn in range(rounds):
            wrong = shared.interleave(random)
            required(not wrong, f"in round {turn} of seed {seed}: {wrong}")
    yield Row(
        "Changes that did not count from the next transaction", f"0 of {rounds:,}", "0",
        f"{len(RIGHTS)} kinds of change, each to end a right and to give it back",
    )  # fmt: skip
