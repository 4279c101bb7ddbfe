"""`locality database upgrade`."""

import os
from pathlib import Path

import click
from django.conf import settings

from locality.kit.errors import Refused
from locality.web.running.backup.words import told
from locality.web.running.cluster import VERSION, Cluster
from locality.web.running.commands import plainly
from locality.web.running.progress import doing
from locality.web.running.upgrading import moving


@click.command()
@click.option("--old-binaries", type=click.Path(path_type=Path), envvar="LOCALITY_OLD_BINARIES",
              help="The folder of the older version's programs.")  # fmt: skip
@click.option("--take-back", is_flag=True, help="Undo an upgrade that was cut short.")
def upgrade(old_binaries: Path | None, take_back: bool) -> None:
    """Move the embedded database from an older version of PostgreSQL to this one.

    Stop the site first. The old files are only read, and kept until you remove them.
    """
    _require_embedded()
    cluster = Cluster(settings.VAR)
    if take_back:
        with plainly():
            moving.take_back(cluster)
        click.echo(f"Taken back: {cluster.files} is the old database, as it was.")
        return
    name = settings.DATABASES["default"]["NAME"]
    with plainly(), doing("Upgrading") as line:
        moved = moving.upgrade(cluster, name, old_binaries, reach=line.reach)
    click.echo(f"Moved from PostgreSQL {moved.was} to {VERSION} and compared: {told(moved.said)}")
    click.echo(
        f"The old files are kept in {moved.kept}; remove them once you are content.\n"
        "Now run locality migrate and locality check, and take a full backup. Backups and the "
        f"log from before can be restored only with PostgreSQL {moved.was}: if LOCALITY_ARCHIVE "
        "is set, let it name a new folder."
    )


def _require_embedded() -> None:
    if os.environ.get("LOCALITY_DATABASE_URL"):
        raise Refused(
            "web.upgrade_elsewhere",
            "Locality upgrades only the database it runs itself: for a server of your own use "
            "its own pg_upgrade, then run locality check and locality audit verify.",
        )
