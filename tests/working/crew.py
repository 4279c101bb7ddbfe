"""A worker process for tests and proofs: its job leaves its mark once, however often it is done.

Run as `python -m tests.working.crew`, with the database's addresses in the environment.
"""

import os
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "locality.web.settings")
django.setup()

from django.db import connections, transaction  # noqa: E402
from procrastinate import JobContext  # noqa: E402
from procrastinate.contrib.django import app  # noqa: E402

TASK = "proof.mark"
BEAT = 0.5  # seconds between a worker's signs of life
TABLES = (
    "CREATE TABLE IF NOT EXISTS proof_begun (job bigint)",
    "CREATE TABLE IF NOT EXISTS proof_mark (job bigint PRIMARY KEY)",
    "CREATE TABLE IF NOT EXISTS proof_sum (only_one bool PRIMARY KEY DEFAULT true, made int)",
    "INSERT INTO proof_sum (made) VALUES (0) ON CONFLICT DO NOTHING",
)


@app.task(name=TASK, pass_context=True)
def mark(context: JobContext, lasts: float) -> None:
    """Note that it began; later leave a mark and count it, both or neither."""
    job = context.job.id
    with connections["owner"].cursor() as cursor:
        cursor.execute("INSERT INTO proof_begun VALUES (%s)", [job])
    time.sleep(lasts)
    with transaction.atomic("owner"), connections["owner"].cursor() as cursor:
        cursor.execute("INSERT INTO proof_mark VALUES (%s) ON CONFLICT DO NOTHING", [job])
        if cursor.rowcount:
            cursor.execute("UPDATE proof_sum SET made = made + 1")


def main() -> None:
    """Work until killed."""
    connector = app.connector.get_worker_connector()
    with app.replace_connector(connector) as working:
        working.run_worker(
            concurrency=2, update_heartbeat_interval=BEAT, stalled_worker_timeout=3600,
            install_signal_handlers=False,
        )  # fmt: skip


if __name__ == "__main__":
    main()
