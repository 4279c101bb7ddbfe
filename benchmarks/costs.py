"""What writing down every look, and the policies, cost: with and without, in one process.

Run by `benchmarks.pages` as `python -m benchmarks.costs ADDRESSES`, beside an area already made.
Nothing here is in the application: it has no way to do without either.
"""

import json
import re
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from unittest import mock
from uuid import UUID

import django

django.setup()

import psycopg  # noqa: E402
from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from lxml import html  # noqa: E402

from locality.sharing import acting as acts  # noqa: E402
from locality.sharing.acting import Actor, acting  # noqa: E402
from locality.web.middleware import KEY  # noqa: E402
from locality.web.running.cluster import Cluster  # noqa: E402

PAIRS = 40  # measurements with and without, turn by turn
READS = re.compile(r"(\s|--.*\n)*(SELECT|WITH)\b")
Query = tuple[str, Any]


@dataclass(slots=True)
class Pair:
    """Seconds with and without, measured by turns so that a busy moment meets both."""

    having: list[float] = field(default_factory=list)
    without: list[float] = field(default_factory=list)

    def measure(self, having: Callable[[], object], without: Callable[[], object]) -> None:
        """Do both, again and again."""
        for _ in range(3):
            having(), without()
        for _ in range(PAIRS):
            self.having.append(_seconds(having))
            self.without.append(_seconds(without))

    def medians(self) -> tuple[float, float]:
        """In milliseconds."""
        return statistics.median(self.having) * 1000, statistics.median(self.without) * 1000

    def __str__(self) -> str:
        having, without = self.medians()
        return f"{having / without:.2f} ({having:.1f} ms with, {without:.1f} ms without)"


def main(addresses: dict[str, tuple[str, str]]) -> list[dict[str, str]]:
    """Compare every page in both ways; give the rows."""
    rows = []
    for name, (who, path) in addresses.items():
        client = signed_in(who)
        rows += [of_looks(name, client, path), of_policies(name, client, path)]
    return sorted(rows, key=lambda row: row["what"])


def signed_in(who: str) -> Client:
    """Sign in by the demonstration's button."""
    client = Client(SERVER_NAME="localhost")
    page = html.fromstring(client.get("/account/login/").content)
    (form,) = (one for one in page.forms if who in (one.text_content() or ""))
    client.post(form.get("action"))
    return client


def get(client: Client, path: str) -> None:
    """Ask for a page, which must be there."""
    answer = client.get(path)
    if answer.status_code != 200:
        raise RuntimeError(f"{path} answered {answer.status_code}")
    b"".join(answer) if answer.streaming else answer.content


def of_looks(name: str, client: Client, path: str) -> dict[str, str]:
    """Compare a page with the same page by a look that was committed before."""
    pair, write = Pair(), acts._consult
    kept: dict[str, tuple[UUID, float]] = {}

    def once(by: Actor, *rest: Any) -> UUID:
        look, at = kept.get(by.key, (None, 0.0))
        if look is None or time.monotonic() - at > 60:  # a look opens a context for two minutes
            look = write(by, *rest)
            kept[by.key] = look, time.monotonic()
        return look

    def without() -> None:
        with mock.patch.object(acts, "_consult", once):
            get(client, path)

    pair.measure(lambda: get(client, path), without)
    how = f"median of {PAIRS} pages each, in one process; without: one committed look used again"
    return {"what": f"Cost of writing down looks: {name}", "figure": str(pair), "how": how}


def of_policies(name: str, client: Client, path: str) -> dict[str, str]:
    """Compare a page's queries, under the policies, with the same queries by an administrator."""
    pair, by = Pair(), actor(client)
    queries = read_by(client, path)
    with acting(by), administrator() as free:
        ours = connection.connection
        pair.measure(lambda: rows(ours, queries), lambda: rows(free, queries))
        seen, all_told = rows(ours, queries), rows(free, queries)
    how = (
        f"{len(queries)} queries of the page repeated alone, median of {PAIRS}; without: by an "
        f"administrator, whom no policy holds back and who so reads {all_told:,} rows, not {seen:,}"
    )
    return {"what": f"Cost of the policies: {name}", "figure": str(pair), "how": how}


def actor(client: Client) -> Actor:
    """Tell who a client acts as."""
    chosen = client.session["acting"]
    return Actor(
        post=UUID(chosen["post"]), person=UUID(client.session["_auth_user_id"]),
        agency=chosen["agency"], purpose=chosen["purpose"], key=client.cookies[KEY].value,
    )  # fmt: skip


def read_by(client: Client, path: str) -> list[Query]:
    """Collect what a page reads as the role that the policies bind."""
    found: list[Query] = []

    def listen(execute: Any, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        found.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        get(client, path)
    begins, ends = (
        next(n for n, (sql, _) in enumerate(found) if mark in sql)
        for mark in ("'locality_app'", "locality.close_context")
    )
    return [one for one in found[begins + 1 : ends] if READS.match(one[0])]


def administrator() -> psycopg.Connection[Any]:
    """Connect with every power, reading values as Django's own connection does."""
    connection.ensure_connection()
    uri = Cluster(settings.VAR).uri(connection.settings_dict["NAME"])
    return psycopg.connect(uri, autocommit=True, context=connection.connection)


def rows(by: psycopg.Connection[Any], queries: list[Query]) -> int:
    """Read all that the queries find; count it."""
    with psycopg.ClientCursor(by) as cursor:
        return sum(len(cursor.execute(sql, params).fetchall()) for sql, params in queries)


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


if __name__ == "__main__":
    print(json.dumps(main(json.loads(sys.argv[1]))))
