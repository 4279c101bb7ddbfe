"""What writing down every look, the policies and figures cost: with and without, in one process.

Run by `benchmarks.pages` as `python -m benchmarks.costs ADDRESSES`, beside an area already made.
Nothing here is in the application: it has no way to do without either.
"""

import json
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest import mock
from uuid import UUID

import django

django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from lxml import html  # noqa: E402

from locality.places.reads import keeping  # noqa: E402
from locality.sharing import acting as acts  # noqa: E402

PAIRS, WARM_UP = 40, 3  # pages with and without that are counted, and are not
REUSED_FOR = 60  # seconds; a look opens a context for two minutes
ADMINISTRATOR = "postgres"  # of the embedded server


@dataclass(frozen=True, slots=True)
class Spent:
    """What one page took: all of it and its queries, in seconds; and its length in bytes."""

    whole: float
    queries: float
    length: int


@dataclass(slots=True)
class Pair:
    """A page with and without, measured by turns so that a busy moment meets both."""

    having: list[Spent] = field(default_factory=list)
    without: list[Spent] = field(default_factory=list)

    def measure(self, having: Callable[[], Spent], without: Callable[[], Spent]) -> "Pair":
        """Ask for both, again and again; the first few are not counted."""
        for turn in range(WARM_UP + PAIRS):
            both = having(), without()
            if turn >= WARM_UP:
                self.having.append(both[0])
                self.without.append(both[1])
        return self

    def medians(self, part: str) -> tuple[float, float]:
        """What a part of it takes with and without, in milliseconds."""
        having, without = (
            statistics.median(getattr(one, part) for one in side) * 1000
            for side in (self.having, self.without)
        )
        return having, without

    def ratio(self, part: str) -> str:
        """Say how many times longer a part of it takes, and both medians."""
        having, without = self.medians(part)
        return f"{having / without:.2f} times ({having:.1f} ms with, {without:.1f} ms without)"

    def __str__(self) -> str:
        return f"page {self.ratio('whole')}; its queries {self.ratio('queries')}"


def main(addresses: dict[str, tuple[str, str]]) -> list[dict[str, str]]:
    """Compare every page in both ways; give the rows."""
    rows = []
    for name, (who, path) in addresses.items():
        client = signed_in(who)
        rows += [of_looks(name, client, path), of_policies(name, client, path)]
        if name == "places":
            rows.append(of_working_out(name, client, path))
    return sorted(rows, key=lambda row: row["what"])


def signed_in(who: str) -> Client:
    """Sign in by the demonstration's button."""
    client = Client(SERVER_NAME="localhost")
    page = html.fromstring(client.get("/account/login/").content)
    (form,) = (one for one in page.forms if who in (one.text_content() or ""))
    client.post(form.get("action"))
    return client


def get(client: Client, path: str) -> Spent:
    """Ask for a page, which must be there."""
    queries = 0.0

    def listen(execute: Callable[..., Any], *query: Any) -> Any:
        nonlocal queries
        began = time.perf_counter()
        try:
            return execute(*query)
        finally:
            queries += time.perf_counter() - began

    began = time.perf_counter()
    with connection.execute_wrapper(listen):
        answer = client.get(path)
    took = time.perf_counter() - began
    if answer.status_code != 200:
        raise RuntimeError(f"{path} answered {answer.status_code}")
    return Spent(took, queries, len(answer.content))


def of_looks(name: str, client: Client, path: str) -> dict[str, str]:
    """Compare a page with the same page by a look that was committed before."""
    write, kept = acts._consult, []

    def once(*asked: Any) -> UUID:
        if not kept or time.monotonic() - kept[-1][1] > REUSED_FOR:
            kept.append((write(*asked), time.monotonic()))
        return kept[-1][0]

    def without() -> Spent:
        with mock.patch.object(acts, "_consult", once):
            return get(client, path)

    pair = Pair().measure(lambda: get(client, path), without)
    figure = f"page {pair.ratio('whole')}"
    how = f"median of {PAIRS} pages each, in one process; without: one committed look is used again"
    return {"what": f"Cost of writing down looks: {name}", "figure": figure, "how": how}


def of_working_out(name: str, client: Client, path: str) -> dict[str, str]:
    """Compare a page that works its figures out, as once after a load, with one that kept them."""

    def afresh() -> Spent:
        with mock.patch.object(keeping, "edition", return_value=None):
            return get(client, path)

    pair = Pair().measure(afresh, lambda: get(client, path))
    figure = f"page {pair.ratio('whole')}"
    how = f"median of {PAIRS} pages each, in one process; without: kept since it was worked out"
    return {"what": f"Cost of working figures out: {name}", "figure": figure, "how": how}


def of_policies(name: str, client: Client, path: str) -> dict[str, str]:
    """Compare a page by the role that the policies bind with the same by an administrator."""
    pair = by_policies(client, path)
    having, free = (side[-1].length / 1000 for side in (pair.having, pair.without))
    how = (
        f"median of {PAIRS} pages each, in one process, on an administrator's connection; without: "
        f"it stays one, whom no policy holds back; its page, with everybody's rows, has {free:.0f} "
        f"kB, not {having:.0f}"
    )
    return {"what": f"Cost of the policies: {name}", "figure": str(pair), "how": how}


def by_policies(client: Client, path: str) -> Pair:
    """Time a page by the role that the policies bind, and by an administrator."""
    ask = acts._ask

    def stay_free(sql: str, values: list[object]) -> object:
        return ask(sql.replace("'locality_app'", "'none'"), values)

    def without() -> Spent:
        with mock.patch.object(acts, "_ask", stay_free):
            return get(client, path)

    with administrator():
        return Pair().measure(lambda: get(client, path), without)


@contextmanager
def administrator() -> Iterator[None]:
    """Have Django connect with every power; it still wears the role that has none."""
    login = connection.settings_dict["USER"]
    try:
        connection.close()
        connection.settings_dict["USER"] = ADMINISTRATOR
        yield
    finally:
        connection.close()
        connection.settings_dict["USER"] = login


if __name__ == "__main__":
    print(json.dumps(main(json.loads(sys.argv[1]))))
