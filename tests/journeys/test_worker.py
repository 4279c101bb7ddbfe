"""The worker of the served site: a queued job is done once, as the named job of its agency."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import psycopg
import pytest
from procrastinate import App, SyncPsycopgConnector

from tests.journeys.site import Site

TASK = "intake.clear_drafts"
PATIENCE = 90  # seconds
# A draft of somebody's, last touched so long ago.
DRAFT = """
    INSERT INTO intake_draft (id, post_id, answers, saved_at, began_at)
    SELECT %s, id, '{}', now() - %s, now() - %s FROM sharing_post WHERE name = %s
"""
OLD, NEW = timedelta(days=15), timedelta(days=13)
OURS, THEIRS = "Marek Oldacre", "Amrit Vale"  # the job is the council's; the school has none
DID = """
    SELECT post.name, post.agency_id, entry.agency FROM sharing_auditentry entry
    JOIN sharing_post post ON post.id = entry.post WHERE entry.did = 'intake.draft.cleared'
"""
LOOKED = """
    SELECT count(*) FROM sharing_consultation look JOIN sharing_post post ON post.id = look.post
    WHERE look.kind = 'job' AND post.role_id = 'job'
"""


@pytest.fixture
def database(site: Site) -> Iterator[psycopg.Connection]:
    """The site's database, with every power."""
    with psycopg.connect(site.administrator, autocommit=True) as connection:
        yield connection


def test_a_queued_job_is_done_once_as_the_named_job_of_its_agency(
    site: Site, database: psycopg.Connection
):
    mine, fresh, elsewhere = (
        draft(database, who, age) for who, age in ((OURS, OLD), (OURS, NEW), (THEIRS, OLD))
    )
    job = queue(site)
    assert state_in_the_end(database, job) == "succeeded"
    left = {key for (key,) in database.execute("SELECT id FROM intake_draft")}
    assert mine not in left and {fresh, elsewhere} <= left
    ((who, of_agency, acted_for),) = database.execute(DID).fetchall()
    assert who == "Nightly job" and acted_for == of_agency
    assert database.execute(LOOKED).fetchone() == (1,)


def draft(database: psycopg.Connection, who: str, age: timedelta) -> UUID:
    """Leave a draft that nobody has touched for so long."""
    made = uuid4()
    database.execute(DRAFT, [made, age, age, who])
    return made


def queue(site: Site) -> int:
    """Queue the job, as its time would."""
    connector = SyncPsycopgConnector(conninfo=site.administrator)
    with App(connector=connector).open() as app:
        stamp = int(datetime.now(UTC).timestamp())
        return app.configure_task(TASK).defer(timestamp=stamp)


def state_in_the_end(database: psycopg.Connection, job: int) -> str:
    """Wait until the worker is done with a job; say how it ended."""
    asked = "SELECT status::text FROM procrastinate_jobs WHERE id = %s"
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        ((status,),) = database.execute(asked, [job]).fetchall()
        if status not in ("todo", "doing"):
            return status
        time.sleep(0.2)
    return "not done in time"
