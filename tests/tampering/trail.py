"""A trail with a past: several writers, sealed three times, and a tail not sealed yet."""

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connections, transaction
from django.db.backends.utils import CursorWrapper
from psycopg.conninfo import conninfo_to_dict

from locality.sharing import audit, sessions
from locality.sharing.acting import acting, looking
from locality.sharing.models import Agency
from locality.sharing.sealing import auditing, evidence, services, writing
from locality.sharing.sealing.words import Report
from tests.world import World

WHO = ("teacher", "screener", "lead", "nurse", "officer")
PATIENCE = 180  # seconds for another test's transaction to end, which holds sealing up


@dataclass(frozen=True)
class Trail:
    """What was written and sealed, and where its auditor's state is kept."""

    state: Path
    sizes: list[int]
    administrator: str

    def audit(self) -> Report:
        """Audit with a copy of the state, so that no attack can spoil the next."""
        copy = self.state.with_name("copy.json")
        shutil.copy(self.state, copy)
        return auditing.verify(copy)


def make(world: World, administrator: str, state: Path) -> Trail:
    """Write, seal, and be audited once; then write on. The newest seal has reached nobody."""
    sizes = []
    for part in range(3):
        work(world)
        sizes.append(seal_all())
        if part == 1:
            found = auditing.verify(state).found
            assert not found, found[:3]
    for folder in settings.WITNESSES.values():
        max(folder.glob("*/*.note")).unlink()
    work(world)
    return Trail(state, sizes, administrator)


def work(world: World) -> None:
    """Let four writers look, change and sign in."""
    for turn in range(4):
        writing._here.writer = None
        for name in WHO:
            by = world.actors[name]
            with looking(by, kind="page", route="cases:case", records=[by.post]), acting(by):
                agency = Agency.objects.get(pk=by.agency)
                audit.record(by=by, did="cases.case.opened", to=agency, why=f"reason {turn}")
            sessions.note_sign_in(by.person, "signed in", "password")


def seal_all() -> int:
    """Seal until nothing that is there now waits; give the size of the log."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint")
        (until,) = cursor.fetchone()
    deadline = time.monotonic() + PATIENCE
    while True:
        services.seal()
        with transaction.atomic(using="owner"):
            left = [one for one in evidence.all_rows() if one.transaction < until]
        last = evidence.checkpoints()[-1]
        if all(one.transaction < last.upto for one in left):
            return last.size
        assert time.monotonic() < deadline, "somebody's transaction does not end"
        time.sleep(0.2)


@contextmanager
def every_power(trail: Trail) -> Iterator[CursorWrapper]:
    """The owner's connection with every power and no triggers; what it did is undone."""
    here = connections["owner"]
    ours, given = dict(here.settings_dict), conninfo_to_dict(trail.administrator)
    here.close()
    here.settings_dict.update(USER=given.get("user", ""), PASSWORD=given.get("password", ""))
    try:
        with transaction.atomic(using="owner"):
            with here.cursor() as cursor:
                cursor.execute("SET LOCAL session_replication_role = replica")
                yield cursor
            transaction.set_rollback(True, using="owner")
    finally:
        here.close()
        here.settings_dict.update(ours)
