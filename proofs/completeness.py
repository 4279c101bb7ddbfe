"""No read without a look that was committed before it.

Somebody reads records and, once they have been handed over, the read ends badly: its process is
killed, its view fails, its transaction is rolled back, its connection or server process is gone.
Each time the look must be there for whoever else asks.
"""

from collections import Counter
from collections.abc import Iterator
from random import Random

import psycopg

from proofs import Row, administrator, required
from tests.completeness.ending import ENDINGS, committed, interrupted
from tests.world import build


def run(*, long: bool, seed: int) -> Iterator[Row]:
    """End so many reads badly."""
    times, endings, without = (1000 if long else 120), Counter[str](), 0
    with psycopg.connect(administrator(), autocommit=True) as server:
        for how, look, rows in interrupted(build("proof").lead, times, Random(seed)):
            required(rows > 0, f"nothing was read before {how}")
            endings[how] += 1
            without += not committed(server, look)
    required(set(endings) == set(ENDINGS), "not every ending was met")
    required(without == 0, f"{without} reads had no committed look")
    met = ", ".join(f"{how} {count}" for how, count in endings.most_common())
    yield Row("Reads without a committed look", f"0 of {times:,}", "0", met)
