"""Plant canaries in a whole site, break what can break, and search everything it wrote."""

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg
from procrastinate import App, SyncPsycopgConnector
from psycopg.conninfo import make_conninfo

from tests.canaries.breaking.jobs import TASK
from tests.canaries.planting import Planted, plant
from tests.canaries.searching import in_books, in_files, in_lines
from tests.journeys.crawl import Chart
from tests.journeys.site import Site

PATIENCE = 120  # seconds for the jobs to be over
DAILY = ("intake.clear_drafts", "sharing.forget_sent", "sharing.take_up", "sharing.seal")
OVER = "SELECT status::text, count(*) FROM procrastinate_jobs WHERE id = ANY(%s) GROUP BY 1"


@dataclass(frozen=True, slots=True)
class Tried:
    """What was planted, what broke, and where a canary was found that should not be there."""

    planted: Planted
    jobs: Counter[str]
    leaks: list[str]
    said: Counter[str]  # how many bytes each thing that was searched holds


def try_everything(site: Site, people: list[str], chart: Chart) -> Tried:
    """Plant, break, let the jobs run, and search."""
    with psycopg.connect(site.administrator, autocommit=True) as looking:
        server = server_log(looking)
        since = server.stat().st_size if server.exists() else 0
        _be_refused(site)
        planted = plant(site, people, chart)
        jobs = _run_jobs(looking, site)
        leaks = [*planted.leaks, *in_files(site.folder), *in_books(looking)]
        said = Counter({"site and worker": (site.folder / "site.log").stat().st_size})
        if server.exists():  # an embedded one: another's log is not ours to read
            leaks += in_lines(server, since)
            said["database"] = server.stat().st_size - since
    return Tried(planted, jobs, leaks, said)


def server_log(looking: psycopg.Connection) -> Path:
    """Where the embedded server says what it says."""
    (files,) = looking.execute("SHOW data_directory").fetchone()
    return Path(files).parent / "postgres.log"


def _be_refused(site: Site) -> None:
    """Ask for a database that is not there: of that the server's log speaks, so it is not mute."""
    with suppress(psycopg.OperationalError):
        psycopg.connect(make_conninfo(site.administrator, dbname="nowhere"))


def _run_jobs(looking: psycopg.Connection, site: Site) -> Counter[str]:
    """Queue the job that breaks, and those of ours; give how they ended."""
    with App(connector=SyncPsycopgConnector(conninfo=site.administrator)).open() as app:
        ids = [app.configure_task(TASK).defer()]
        ids += [app.configure_task(name).defer(timestamp=int(time.time())) for name in DAILY]
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        ended = Counter(dict(looking.execute(OVER, [ids])))
        if not (ended["todo"] or ended["doing"]):
            return ended
        time.sleep(0.2)
    raise TimeoutError(f"The jobs were not over in {PATIENCE} s: {dict(ended)}")


def found_errors(site: Site) -> Iterator[str]:
    """The lines that the site and the worker wrote, for whoever asks whether they say enough."""
    yield from (site.folder / "site.log").read_text().splitlines()
