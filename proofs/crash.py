"""Nothing that was acknowledged is lost, doubled or half kept when the server is killed.

Threads write a change and its entry of the trail in one transaction, over and over, while the
server's first process, all its processes or one of them are killed with kill -9. Whoever was not
told that a write is kept sends it again under the same key. Then the same is done while the server
says so before it has written to the disk: what that loses must be noticed.
"""

from collections.abc import Iterator
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from proofs import Row, required
from tests.backing_up.source import whole_database
from tests.crashing.harness import Tally, crash

ROUNDS, WRITES = 200, 250_000


def run(*, long: bool, seed: int) -> Iterator[Row]:
    """Kill a server of our own again and again."""
    random, least = Random(seed), WRITES if long else 0
    done: list[Tally] = []
    with (
        TemporaryDirectory(prefix="lp", dir="/tmp") as folder,
        whole_database(Path(folder)) as source,
    ):
        while not done or (sum(len(one.acknowledged) for one in done) < least):
            done.append(crash(source, rounds=ROUNDS if long else 9, random=random))
        careless = crash(source, rounds=30 if long else 9, random=random, durable=False)
    writes = sum(len(one.acknowledged) for one in done)
    kills = sum(one.kills.total() for one in done)
    for what in ("lost", "doubled", "half"):
        found = sum(getattr(one, what) for one in done)
        required(not found, f"{found} of {writes:,} acknowledged writes were {what}")
    how = ", ".join(f"{number} of {name}" for name, number in sum(
        (one.kills for one in done[1:]), done[0].kills).items())  # fmt: skip
    yield Row(
        "Acknowledged writes lost, doubled or half", f"0 of {writes:,}", "0 of 250,000",
        f"{kills} kills ({how}), at least 200 in the long form",
    )  # fmt: skip
    required(careless.lost > 0, "a server that acknowledges too early lost nothing here")
    yield Row(
        "The same, acknowledged before it is on the disk",
        f"{careless.lost:,} of {len(careless.acknowledged):,} lost", "some",
        f"{careless.kills.total()} kills: so the harness can tell",
    )  # fmt: skip
