"""Without a context in order nothing shows.

Each way in which a context can fail (a guessed key, a session or a post that is over, a look not
committed, the next transaction, another connection, …) is tried on every table of the domains.
"""

from collections.abc import Iterator

from locality.people.tests.given import somebody
from proofs import Row, administrator, required
from tests.guessing.contexts import FAILURES, Trial
from tests.world import build


def run(*, long: bool, seed: int) -> Iterator[Row]:
    """Try every failure on every table."""
    trial = Trial(build("proof"), administrator())
    somebody(trial.by)
    required(trial.opens(trial.look()), "a context in order did not open")
    tables = trial.rows()
    required(sum(tables.values()) > 0, "a context in order showed nothing")
    for name, attempt in FAILURES.items():
        required(not attempt(trial), f"{name}: it opened")
        shown = {table for table, rows in trial.rows().items() if rows}
        required(not shown, f"{name}: {', '.join(sorted(shown))} showed rows")
    trial.close()
    yield Row(
        "Rows shown without a context in order", "0", "0",
        f"{len(tables)} tables, {len(FAILURES)} failures",
    )  # fmt: skip
