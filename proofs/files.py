"""No hostile file has an effect.

Archives that unpack to far more, that hold archives, programs or ways out of a folder, XML with
entities, formulas, damaged and disguised files, text that is none and names that are paths are
judged, sent to pages that ask for no file, as somebody and as nobody, and loaded as an operator
would. Each must be refused with a sentence, in time; no page may break, no row change and no file
be left. What is sound must be taken.
"""

from collections.abc import Iterator
from random import Random

from proofs import Row, required
from proofs.logs import whole_site
from tests.hostile.handing import hand_over
from tests.hostile.sending import Attack
from tests.journeys.caller import everybody

FILES = 1000


def run(*, long: bool, seed: int) -> Iterator[Row]:
    """Hand over so many."""
    with whole_site("locality_files") as site:
        attack = Attack(site, everybody(site.address))
        handed = hand_over(attack, Random(seed), FILES * (10 if long else 1))
        attack.close()
    came, times = attack.outcome, handed.kinds.total()
    wrong = [*handed.effects, *came.broke, *came.partial]
    required(not wrong, "; ".join(wrong[:3]))
    required(times >= FILES, f"only {times} files")
    kinds = ", ".join(f"{kind.replace('_', ' ')} {many}" for kind, many in handed.kinds.items())
    statuses = ", ".join(f"{status} × {many:,}" for status, many in sorted(came.statuses.items()))
    yield Row(
        "Hostile files with an effect", f"{len(wrong)} of {times:,}", f"0 of ≥ {FILES:,}",
        f"{kinds}; judged in {handed.slowest:.1f} s at most; pages answered {statuses}",
    )  # fmt: skip
