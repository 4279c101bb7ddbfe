"""`locality check`: whether the database guards what it should."""

import click

from locality.sharing import checking
from locality.sharing.roles import require_modest_login


@click.command()
def check() -> None:
    """Check the database: the login's power, every table's policies, reviews that are due.

    Exit status 3 when something is wrong; each finding is one line.
    """
    require_modest_login()
    for one in (*checking.reviews_due(), *checking.told_by_the_server()):
        click.echo(f"To be looked at: {one}")
    checking.require_guarded()
    click.echo("The login has no more power than it needs, and every table is guarded.")
