"""Check the catalogue from the command line."""

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from locality.kit.errors import BadInput
from locality.pathways import catalogue
from locality.pathways.rules import is_review_overdue, sources_overdue
from locality.pathways.words import Pathway
from locality.ui.terminal import Endings


@click.group(cls=Endings)
def pathways() -> None:
    """The catalogue of pathways."""


@pathways.command()
@click.argument(
    "file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
def check(file: Path | None) -> None:
    """Check one definition, or every one in the catalogue, and name every fault.

    Says what is yet to be confirmed and what should have been reviewed by now.
    """
    today = datetime.now(ZoneInfo("Europe/London")).date()
    files = [file] if file else sorted(catalogue.HERE.glob("**/*.toml"))
    wrong = []
    for one in files:
        try:
            _say(catalogue.read(one), today)
        except BadInput as found:
            wrong.append(str(found))
    if wrong:
        raise BadInput("\n".join(wrong))


def _say(pathway: Pathway, today: date) -> None:
    examples = len(pathway.examples)
    click.echo(
        f"{pathway.key} {pathway.version}: makes sense; {examples} examples come out as they say"
    )
    for what in catalogue.to_be_confirmed(pathway):
        click.echo(f"  to be confirmed: {what}")
    if is_review_overdue(pathway, today):
        click.echo(f"  should have been reviewed by {pathway.review_by:%d %B %Y}")
    for source in sources_overdue(pathway, today):
        click.echo(f"  source should have been looked at again: {source}")
