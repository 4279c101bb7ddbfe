"""`locality people …`: what an operator runs about records of people. Prints no name."""

import click

from locality.people import services
from locality.ui.terminal import Endings


@click.group(cls=Endings)
def people() -> None:
    """Look after agencies' records of people. Prints counts, never names."""


@people.command("search-keys")
@click.option("--mend", is_flag=True, help="Write the keys anew where they are out of date.")
def search_keys(mend: bool) -> None:
    """Count records whose names would not be found because their search keys are out of date."""
    stale, whole = services.check_search_keys(mend=mend)
    click.echo(f"{stale} of {whole} records have search keys that are out of date.")
    if stale and mend:
        click.echo("They have been written anew.")
    elif stale:
        click.echo("Run it again with --mend to write them anew.")
