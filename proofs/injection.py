"""SQL put into a request opens nothing.

Somebody has found a way to run statements of their own as the application's role, inside the
request of somebody with whom nothing is shared. The statements are made from the catalogue: every
table, every function of ours, every role, and what is known to have worked elsewhere. Each runs in
a request of its own. What it gives back, errors and notices included, is searched for what is
hidden; who is acting and what shows is asked again after it; and what guards the records (policies,
rights, functions, roles, sessions) must be as before.

Accepted, and so not tried: how large tables are, and how many rows a plan says that it left out.
"""

from collections.abc import Iterator
from random import Random

from locality.people.tests.given import somebody
from proofs import NotShown, Row, administrator, required
from tests.guessing import judging
from tests.guessing.contexts import Trial
from tests.guessing.judging import CANARY, Harm
from tests.guessing.statements import statements
from tests.world import build


def run(*, long: bool, seed: int) -> Iterator[Row]:
    """Try all there is, or 500 of it."""
    trial = Trial(build("proof"), administrator())
    ids = [somebody(trial.world.lead, known_as=f"{CANARY} {n}").pk for n in range(3)]
    sqls = list(dict.fromkeys(statements(trial.admin, ids)))
    tried = sqls if long else Random(seed).sample(sqls, 500)
    required(len(tried) >= 500, f"only {len(tried)} statements")
    try:
        judging.every(trial, trial.world.stranger, tried)
    except Harm as harm:
        raise NotShown(str(harm)) from harm
    trial.close()
    yield Row(
        "Statements that opened or changed anything", f"0 of {len(tried):,}", "0 of ≥ 500",
        f"{len(sqls):,} different statements are known",
    )  # fmt: skip
