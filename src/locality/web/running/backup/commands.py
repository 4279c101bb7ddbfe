"""`locality backup`, `restore` and `drill`."""

import os
from datetime import datetime
from pathlib import Path

import click
from django.conf import settings
from django.utils import timezone

from locality.kit.errors import Refused
from locality.web.running import database
from locality.web.running.backup import drilling, restoring, taking
from locality.web.running.backup.words import Source, told
from locality.web.running.cluster import Cluster
from locality.web.running.commands import plainly
from locality.web.running.progress import doing

FOLDER = click.Path(path_type=Path, file_okay=False)
FILE = click.Path(path_type=Path, dir_okay=False, exists=True)


@click.command()
@click.argument("folder", type=FOLDER)
@click.option("--to", help="Who can open it: age1… keys, separated by commas.",
              envvar="LOCALITY_BACKUP_TO", default="")  # fmt: skip
@click.option("--incremental", is_flag=True, help="Only what changed since the newest one there.")
def backup(folder: Path, to: str, incremental: bool) -> None:
    """Back the embedded database up into FOLDER, encrypted, while the site works.

    The keys of the audit trail and the site's secret are not in it: keep them apart.
    """
    keys = [one.strip() for one in to.split(",") if one.strip()]
    with plainly(), database.at_hand() as administrator, doing("Backing up") as line:
        database.require_tables()
        copy, before, _ = taking.take(
            _source(administrator), folder, to=keys, now=timezone.now(), incremental=incremental,
            reach=line.reach,
        )  # fmt: skip
    click.echo(f"{copy.file} ({copy.file.stat().st_size:,} bytes)")
    click.echo(told(before))


@click.command()
@click.argument("file", type=FILE)
@click.option("--to", "into", type=FOLDER, required=True, help="An empty folder for it.")
@click.option("--key", type=FILE, required=True, help="The file with the secret key of age.")
@click.option("--at", type=click.DateTime(["%Y-%m-%dT%H:%M:%S"]), help="A moment, London time.")
@click.option("--archive", type=FOLDER, envvar="LOCALITY_ARCHIVE", help="Where the log is kept.")
def restore(file: Path, into: Path, key: Path, at: datetime | None, archive: Path | None) -> None:
    """Restore the backup FILE into a folder of its own; never over a database.

    Every byte is checked first. Then `LOCALITY_VAR` names the folder to work with.
    """
    moment = timezone.make_aware(at) if at else None
    with plainly(), doing("Restoring") as line:
        was = restoring.restore(file, into, key=key, at=moment, archive=archive, reach=line.reach)
    click.echo(f"Restored into {into}. When it was taken: {told(was)}")
    click.echo(f"To use it: LOCALITY_VAR={into} locality check, then serve.")


@click.command()
def drill() -> None:
    """Back up, restore aside and compare, so that you know a backup can be used.

    Exit status 3 when anything differs. Nothing of it is kept.
    """
    with plainly(), database.at_hand() as administrator, doing("Drill") as line:
        database.require_tables()
        found = drilling.drill(_source(administrator), now=timezone.now(), reach=line.reach)
    if found.wrong:
        raise Refused("web.drill_failed", "\n".join(found.wrong))
    click.echo(f"A backup of {found.size:,} bytes was restored and is the same: "
               f"{told(found.restored)}")  # fmt: skip


def _source(administrator: str | None) -> Source:
    if administrator is None or os.environ.get("LOCALITY_DATABASE_URL"):
        raise Refused(
            "web.backup_elsewhere",
            "Locality backs up only the database it runs itself. For a server of your own use "
            "pg_basebackup or your provider’s backups; then run locality check and "
            "locality audit verify on a restored copy.",
        )
    return Source(Cluster(settings.VAR), settings.DATABASES["default"]["NAME"])
