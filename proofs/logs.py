"""No name or number that anybody types is in a log, an error, a job or an address.

Unlikely names, numbers and sentences are typed into every form, as the people it is shown to. Each
form is also made to break after it has done its work: once by an error with all the words in it,
and once, by turns, in one of nine ways: a value, a row or a statement that the database refuses, a
warning, a line of a log, one that cannot be written, a thread or a destructor that fails.
Addresses, headers, methods, bodies and lines that are no HTTP carry the words too, and a job fails
with what it has read. Then everything that was written is searched, in plain words, as an address
and as base64: what site, worker and database say, pages that say what went wrong, headers,
addresses in pages, jobs and their arguments, and every file beside the database's own.
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from proofs import Row, administrator, required
from tests.canaries.searching import CANARY
from tests.canaries.trying import Tried, found_errors, try_everything
from tests.journeys import held
from tests.journeys.caller import Caller, everybody
from tests.journeys.crawl import Chart, follow_everything
from tests.journeys.site import Site, running

FORMS, BROKEN = 70, 90  # at least so many forms kept what was typed, and so many pages broke


def run(*, long: bool, seed: int) -> Iterator[Row]:
    """Plant everything there is; nothing is drawn, so that the long form is the same."""
    with whole_site("locality_canaries") as site:
        people = everybody(site.address)
        tried = try_everything(site, people, charted(site, people))
        kept = _kept(site)
        lines = len(list(found_errors(site)))
    broken = sum(tried.planted.broken.values())
    required(not tried.leaks, "; ".join(tried.leaks[:3]))
    required(len(tried.planted.forms) >= FORMS, f"only {len(tried.planted.forms)} forms were sent")
    required(broken >= BROKEN and tried.jobs["failed"] == 1, f"only {broken} pages broke")
    required(kept > 20, f"only {kept} columns of records hold what was typed")
    yield Row(
        "Planted names or numbers in logs, errors, job arguments and addresses", "0", "0",
        f"{len(tried.planted.forms)} forms of {len(people)} people, {_answers(tried)}; "
        f"{broken} pages and a job were made to break",
    )  # fmt: skip
    yield Row(
        "What was searched", f"{lines:,} lines of site and worker", "",
        f"{tried.said['database']:,} bytes of the database's log, procrastinate's and the "
        f"framework's tables, every file beside them; {kept} columns of records hold the canaries",
    )  # fmt: skip


@contextmanager
def whole_site(name: str) -> Iterator[Site]:
    """A whole site of its own on this proof's server."""
    server = make_conninfo(**(conninfo_to_dict(administrator()) | {"dbname": "postgres"}))
    var = os.environ["LOCALITY_VAR"]
    with (
        tempfile.TemporaryDirectory(prefix="ls", dir=var) as folder,
        running(server, name, Path(folder)) as site,
    ):
        yield site


def charted(site: Site, people: list[str]) -> Chart:
    """Where everybody gets to by following links."""
    chart = Chart()
    for who in people:
        follow_everything(Caller(site.address).sign_in(who), chart)
    return chart


def _kept(site: Site) -> int:
    with psycopg.connect(site.administrator) as looking:
        return len(held.with_words(looking, CANARY))


def _answers(tried: Tried) -> str:
    told = sorted(tried.planted.statuses.items())
    return "answered " + ", ".join(f"{status} × {many}" for status, many in told)
