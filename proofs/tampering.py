"""Whoever rewrites the audit trail is found out.

Somebody with every power over the database (superuser, triggers off) attacks a trail written by
many writers, sealed three times, with a tail not sealed yet. Each attack is made, judged by the
auditor, and undone. Some have stolen the key that signs, or every key there is. What is declared
not to show is what was written since the last seal that a witness holds, at most 60 seconds: those
attacks are made too, and counted apart.
"""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from proofs import Row, administrator, required
from tests.tampering import trail as trails
from tests.tampering.attacks import CAUGHT, WINDOW
from tests.tampering.trying import after
from tests.world import build


def run(*, long: bool, seed: int) -> Iterator[Row]:
    """Try every kind of attack so many times."""
    times = 140 if long else 10
    with TemporaryDirectory(prefix="lp", dir="/tmp") as folder:
        trail = trails.make(build("proof"), administrator(), Path(folder) / "state.json")
        required(not trail.audit().found, "the auditor found fault with a trail nobody touched")
        for name, attack in CAUGHT.items():
            for turn in range(times):
                found = after(trail, attack, seed + turn).found
                required(bool(found), f"{name}, seed {seed + turn}, was not noticed")
        hidden = sum(
            not after(trail, attack, seed + turn).found
            for attack in WINDOW.values()
            for turn in range(times)
        )
    kinds, tried = len(CAUGHT), len(CAUGHT) * times
    required(kinds >= 25 and (not long or tried >= 5000), f"only {tried} attacks of {kinds} kinds")
    yield Row(
        "Attacks outside the declared window that were noticed", f"{tried:,} of {tried:,}", "all",
        f"{kinds} kinds",
    )  # fmt: skip
    inside = len(WINDOW) * times
    yield Row(
        "Attacks inside it that were not", f"{hidden:,} of {inside:,}", "",
        f"{len(WINDOW)} kinds, within 60 s of the last seal that a witness holds",
    )  # fmt: skip
