"""Somebody who works while the disk runs full: `python -m tests.filling.living DISK HOW`.

Prints what was answered and what the database holds, as JSON. HOW is `steps`, from plenty of room
to none and back, or `reads`, which reads until the reserve is used up.
"""

import json
import sys
from pathlib import Path
from typing import Any

import django

django.setup()

import psycopg  # noqa: E402
from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connections  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402

from locality.sharing.sealing import auditing  # noqa: E402
from locality.web.running import database  # noqa: E402
from locality.web.running.backup.comparing import said  # noqa: E402
from locality.web.running.cluster import Cluster  # noqa: E402
from locality.web.running.room import FLOOR, here, tend  # noqa: E402
from tests.backing_up.source import NAME  # noqa: E402
from tests.filling.disk import leave  # noqa: E402
from tests.tampering import trail  # noqa: E402
from tests.world import build  # noqa: E402

WORDS = "They came without a coat again, and the lights at home were off when we rang."
LOOKS = "sharing_consultation"


def main(disk: Path, how: str) -> list[dict[str, Any]]:
    """Make a database on the disk, and let somebody work there."""
    with database.at_hand():
        call_command("migrate", verbosity=0)
        setup_test_environment()
        client = build("full").client("teacher", raise_request_exception=False)
        here(tend)
        try:
            return {"steps": _steps, "reads": _reads}[how](client, disk)
        finally:
            connections.close_all()


def _steps(client: Client, disk: Path) -> list[dict[str, Any]]:
    """Work with plenty of room, little, the reserve, none, and with room again."""
    steps = [
        _step("plenty", client),
        _step("low", client, disk, 2 * settings.RESERVE - _held() - 5_000_000),
        _step("reserve", client, disk, 1_000_000),
        _step("none", client, disk, FLOOR // 2),
    ]
    leave(disk, 10**15)
    here(tend)
    return [*steps, _step("room again", client), _bluntly(client, disk)]


def _reads(client: Client, disk: Path) -> list[dict[str, Any]]:
    """Read until nothing is shown any more; then make room."""
    leave(disk, 1_000_000)
    before, shown, written = _rows()[LOOKS], 0, 0
    while (answer := client.get("/concerns/")).status_code == 200:
        shown += 1
        written += client.post("/concerns/raise/", {"danger": "no"}).status_code != 507
    looks = _rows()[LOOKS] - before
    leave(disk, 10**15)
    return [{
        "shown": shown, "looks": looks, "written": written, "last": answer.status_code,
        "again": client.post("/concerns/raise/", {"danger": "no"}).status_code,
        "crashed": _crashed(),
    }]  # fmt: skip


def _held() -> int:
    return here().held


def _step(name: str, client: Client, disk: Path | None = None, left: int = 0) -> dict[str, Any]:
    """Look, write, search and ask how the site is, with so much left."""
    if disk:
        leave(disk, left)
    room_before, before = here(), _rows()
    read = client.get("/concerns/")
    after_read = _rows()
    sent = client.post("/concerns/raise/", {"danger": "no", "noticed": WORDS})
    well = client.get("/healthz")
    after = _rows()
    return {
        "step": name, "room": [room_before.free, room_before.held], "read": read.status_code,
        "looked": after_read[LOOKS] - before[LOOKS], "sent": sent.status_code,
        "says": sent.content.decode(), "read_says": read.content.decode(),
        "written": {one: after[one] - after_read[one] for one in after if one != LOOKS
                    and after[one] != after_read[one]},
        "well": [well.status_code, well.content.decode()],
        "signed_in": client.get("/act/").status_code,
    }  # fmt: skip


def _rows() -> dict[str, int]:
    return said(Cluster(settings.VAR).uri(NAME)).rows


def _bluntly(client: Client, disk: Path) -> dict[str, Any]:
    """Write with nothing watched until PostgreSQL itself says that the disk is full; then go on."""
    before, settings.RESERVE = _rows(), 0
    _ready_log()
    leave(disk, 0)
    answers = []
    while not answers or (answers[-1].status_code == 302 and len(answers) < 1000):
        answers.append(client.post("/concerns/raise/", {"danger": "no", "noticed": WORDS}))
    kept = _rows()["intake_draft"] - before["intake_draft"]
    read = client.get("/concerns/")
    leave(disk, 10**15)
    again = client.post("/concerns/raise/", {"danger": "no", "noticed": WORDS})
    trail.seal_all()
    return {
        "step": "bluntly", "done": len(answers) - 1, "kept": kept, "last": answers[-1].status_code,
        "says": answers[-1].content.decode(), "read": read.status_code, "again": again.status_code,
        "found": [str(one) for one in auditing.fsck().found], "crashed": _crashed(),
    }  # fmt: skip


def _ready_log() -> None:
    """Let the server begin a piece of its log, so that it is the tables that find no room."""
    with psycopg.connect(Cluster(settings.VAR).uri(), autocommit=True) as admin:
        admin.execute("SELECT pg_switch_wal()")
        admin.execute("CHECKPOINT")


def _crashed() -> bool:
    return "PANIC" in Cluster(settings.VAR).log.read_text(errors="replace")


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), sys.argv[2])))
