"""`locality check`: whether the database guards what it should."""

import click

from locality.kit.errors import Refused
from locality.sharing import checking
from locality.sharing.roles import require_modest_login


@click.command()
def check() -> None:
    """Check the database: the login's power, every table's policies, reviews that are due.

    Exit status 3 when something is wrong; each finding is one line.
    """
    require_modest_login()
    wrong = list(checking.findings())
    for one in checking.reviews_due():
        click.echo(f"To be looked at: {one}")
    if wrong:
        raise Refused("sharing.not_guarded", "\n".join(wrong))
    click.echo("The login has no more power than it needs, and every table is guarded.")
