"""`locality area`: an area's own agencies, people, agreements and panels, kept as a file."""

import sys
from pathlib import Path

import click

from locality.ui.terminal import Endings
from locality.web.area import file, services
from locality.web.running import database
from locality.web.running.commands import plainly

AREA_FILE = click.argument("area_file", metavar="FILE", type=click.Path(path_type=Path))


@click.group(cls=Endings)
@click.pass_context
def area(context: click.Context) -> None:
    """Your area's agencies, people, agreements, front doors and panels: one file says them.

    Begin with `locality area example`, change it, check it, look at what it would do, apply it.
    Needs LOCALITY_OWNER_URL, as `locality migrate` does.
    """
    if context.invoked_subcommand not in ("check", "example") and "--help" not in sys.argv:
        context.with_resource(plainly())
        context.with_resource(database.at_hand())
        database.require_tables()


@area.command()
def example() -> None:
    """Write an example to begin with: a small invented area, with notes."""
    click.echo(file.EXAMPLE.read_text(encoding="utf-8"), nl=False)


@area.command()
@AREA_FILE
def check(area_file: Path) -> None:
    """Check a file and name every fault in it. Needs no database."""
    read = file.read(area_file)
    said = read.partners
    click.echo(
        f"{area_file.name}: no faults. {len(said.agencies)} agencies, {len(said.posts)} posts, "
        f"{len(said.agreements)} agreements, {len(said.front_doors)} front doors, "
        f"{len(read.panels)} panels."
    )


@area.command()
@AREA_FILE
def show(area_file: Path) -> None:
    """Say what applying a file would change, and change nothing."""
    _say(services.apply(file.read(area_file), keep=False), "would change")


@area.command()
@AREA_FILE
@click.option("--dry-run", is_flag=True, help="Change nothing: the same as show.")
def apply(area_file: Path, dry_run: bool) -> None:
    """Bring a file into force, all or nothing. Whatever it leaves out ends now; nothing is deleted.

    A second time changes nothing.
    """
    changes = services.apply(file.read(area_file), keep=not dry_run)
    _say(changes, "would change" if dry_run else "changed")


@area.command()
@click.argument("area_file", metavar="[FILE]", required=False, type=click.Path(path_type=Path))
def write(area_file: Path | None) -> None:
    """Write what is in force now as a file, to FILE or the screen. Applying it changes nothing."""
    said = file.text(services.now())
    if area_file is None:
        click.echo(said, nl=False)
    else:
        area_file.write_text(said, encoding="utf-8")
        click.echo(f"What is in force now is in {area_file}.")


def _say(changes: list[str], verb: str) -> None:
    for says in changes:
        click.echo(f"- {says}")
    if not changes:
        click.echo("Everything is as the file says: nothing changes.")
    else:
        click.echo(f"{len(changes)} {'thing' if len(changes) == 1 else 'things'} {verb}.")
