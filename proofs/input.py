"""Nothing that is sent breaks a page, and nothing that is refused is kept in part.

Requests that no browser sends go to every address and every form, from everybody and from nobody:
values that are no values, fields twice, missing and by the thousand, bodies that are not what they
say, broken parts, encodings that are none, identifiers that are none, headers and methods that
nobody knows. Before and after each that may change something the rows of every table are counted,
and the newest change to each: whatever was refused must have left nothing.
"""

from collections.abc import Iterator
from random import Random

from proofs import Row, required
from proofs.logs import charted, whole_site
from tests.hostile.sending import Attack, targets
from tests.journeys.caller import everybody

REQUESTS = 20_000


def run(*, long: bool, seed: int) -> Iterator[Row]:
    """Send so many."""
    with whole_site("locality_input") as site:
        people = everybody(site.address)
        chart = charted(site, people)
        attack = Attack(site, people)
        to = targets(site, chart, attack.callers)
        came = attack.send_many(Random(seed), to, REQUESTS * (10 if long else 1))
        attack.close()
    statuses = ", ".join(f"{status} × {many:,}" for status, many in sorted(came.statuses.items()))
    yield Row(
        "Malformed requests answered with 5xx, or refused and kept in part",
        f"{len(came.broke)} and {len(came.partial)} of {came.sent:,}", f"0 of ≥ {REQUESTS:,}",
        f"{len(came.names)} addresses and forms, {len(people)} people and nobody, spoilt in "
        f"{len(came.ways)} ways; answered {statuses}",
    )  # fmt: skip
    required(not came.broke, "; ".join(came.broke[:3]))
    required(not came.partial, "; ".join(came.partial[:3]))
    required(came.sent >= REQUESTS, f"only {came.sent} requests")
