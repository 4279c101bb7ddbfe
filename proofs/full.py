"""On a full disk nothing is read without its look, nothing is written by half, and nothing dies.

A database of our own stands on a small disk, which something else fills. Somebody reads, and tries
to write, until nothing is shown any more: each page shown has a look that is committed, each write
is refused, and PostgreSQL itself never finds that it cannot go on. Then there is room again.
"""

import os
import sys
from collections.abc import Iterator

from proofs import Row, required
from tests.filling.disk import live, small_disk


def run(*, long: bool, seed: int) -> Iterator[Row]:
    """Fill the disk and read until the reserve is used up."""
    able = os.geteuid() == 0 and sys.platform == "linux"
    required(able, "only root on Linux can make a disk to fill: run this as root there")
    reserve = 256 if long else 80
    with small_disk(900 + reserve) as disk:
        (found,) = live(disk, "reads", reserve=reserve)
    shown = found["shown"]
    required(found["looks"] == shown, f"{found['looks']} looks for {shown} pages")
    required(not found["written"], f"{found['written']} writes went through")
    required(found["last"] == 507, f"the last page was answered with {found['last']}")
    required(not found["crashed"], "PostgreSQL died of it")
    required(found["again"] == 302, f"with room again a write was answered {found['again']}")
    yield Row(
        "Pages shown without a committed look", f"0 of {shown:,}", "0",
        f"a reserve of {reserve} MB, read until it was used up",
    )  # fmt: skip
    yield Row("Writes let through meanwhile", f"0 of {shown:,}", "0", "each answered with 507")
    yield Row("PostgreSQL’s own deaths", "0", "0", "with room again all went on by itself")
