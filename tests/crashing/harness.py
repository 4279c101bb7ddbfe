"""Write from several threads while the server is killed, and see what became of each write."""

import signal
import threading
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from random import Random
from uuid import UUID, uuid4

import psutil
import psycopg

from locality.web.running.backup.words import Source
from locality.web.running.embedded import processes, server

WRITERS = 4
KILLS = ("postmaster", "all", "one child")
PEOPLE = """
INSERT INTO sharing_agency (id, name, sector, contact) VALUES (1, 'A', 'council', '')
    ON CONFLICT DO NOTHING;
INSERT INTO sharing_role (key, name, clearances, duties)
    VALUES ('r', 'r', array_fill(0, ARRAY[16]), '{}') ON CONFLICT DO NOTHING;
INSERT INTO sharing_user (id, email, name, password, is_active, is_job)
    VALUES ('00000000-0000-4000-8000-000000000001', 'a@example.org', 'A', '', true, false)
    ON CONFLICT DO NOTHING;
INSERT INTO sharing_post (id, user_id, agency_id, role_id, title, name, about, purposes, starts)
    VALUES ('00000000-0000-4000-8000-000000000002', '00000000-0000-4000-8000-000000000001', 1, 'r',
            'x', 'A', '', '{1}', '2020-01-01') ON CONFLICT DO NOTHING;
"""
CHANGE = """
INSERT INTO intake_draft (id, post_id, answers, saved_at, began_at)
VALUES (%s, '00000000-0000-4000-8000-000000000002', '{}', now(), now())
ON CONFLICT DO NOTHING
"""
ENTRY = """
INSERT INTO sharing_auditentry (id, at, person, post, agency, purpose, did, kind, record, why)
VALUES (gen_random_uuid(), now(), '00000000-0000-4000-8000-000000000001',
        '00000000-0000-4000-8000-000000000002', 1, 1, 'intake.draft.begun', 'intake.draft', %s, '')
"""


@dataclass
class Tally:
    """What was acknowledged, and what the database holds of it afterwards."""

    acknowledged: set[UUID] = field(default_factory=set)
    lost: int = 0  # acknowledged, and not there
    doubled: int = 0  # there with more than one entry
    half: int = 0  # a change without its entry, or an entry without its change
    kills: Counter[str] = field(default_factory=Counter)


def crash(source: Source, *, rounds: int, random: Random, durable: bool = True) -> Tally:
    """Kill the server so many times while threads write, then look what is there.

    Each write is a change and its entry in one transaction, under a key of its own. Whoever is
    not told that it was kept sends the same key again. With `durable` off the server tells so
    before it has written to the disk.
    """
    tally, over = Tally(), threading.Event()
    with psycopg.connect(source.address, autocommit=True) as admin:
        admin.execute(PEOPLE)
        admin.execute("TRUNCATE intake_draft; TRUNCATE sharing_auditentry")
    threads = [
        threading.Thread(target=_write, args=(source, tally.acknowledged, over, durable))
        for _ in range(WRITERS)
    ]
    for one in threads:
        one.start()
    try:
        for number in range(rounds):
            how = KILLS[number % len(KILLS)]
            time.sleep(random.uniform(0.2, 1.0))
            _kill(source, how, random)
            tally.kills[how] += 1
            with server(source.cluster.home), psycopg.connect(source.address) as admin:
                admin.execute("CHECKPOINT")  # or the next start reads all of the log again
    finally:
        over.set()
        for one in threads:
            one.join()
    _count(source, tally)
    return tally


def _write(source: Source, acknowledged: set[UUID], over: threading.Event, durable: bool) -> None:
    key = uuid4()
    while not over.is_set():
        with suppress(psycopg.Error), psycopg.connect(source.address, connect_timeout=5) as to:
            to.execute(f"SET synchronous_commit = {'on' if durable else 'off'}")
            to.commit()
            while not over.is_set():
                if to.execute(CHANGE, [key]).rowcount:
                    to.execute(ENTRY, [key])
                to.commit()
                acknowledged.add(key)
                key = uuid4()
        time.sleep(0.02)


def _kill(source: Source, how: str, random: Random) -> None:
    """Kill -9 the server's first process, all of them, or one that serves somebody."""
    here = processes(source.cluster)
    pids = {one.pid for one in here}
    first = [one for one in here if one.ppid() not in pids]
    children = [one for one in here if one.ppid() in pids]
    chosen = {"postmaster": first, "all": here, "one child": [random.choice(children)]}[how]
    for one in chosen:
        with suppress(psutil.Error):
            one.send_signal(signal.SIGKILL)


def _count(source: Source, tally: Tally) -> None:
    with psycopg.connect(source.address) as asked:
        changes = {one for (one,) in asked.execute("SELECT id FROM intake_draft").fetchall()}
        entries = Counter(
            one for (one,) in asked.execute("SELECT record FROM sharing_auditentry").fetchall()
        )
    tally.lost = len(tally.acknowledged - changes)
    tally.doubled = sum(1 for times in entries.values() if times > 1)
    tally.half = len(changes ^ entries.keys())
