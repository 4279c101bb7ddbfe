"""`locality account`: the operator lets people in, lets them start over, and sees them out."""

import sys

import click
from django.conf import settings

from locality.sharing.passkeys import Resealed
from locality.ui.terminal import Endings
from locality.web.accounts import services
from locality.web.accounts.links import site_address
from locality.web.accounts.resealing import reseal as seal_anew
from locality.web.running import database
from locality.web.running.commands import plainly

SITE = click.option(
    "--site", default=site_address, help="The site's address; else the first of LOCALITY_ORIGINS."
)


@click.group(cls=Endings)
@click.pass_context
def account(context: click.Context) -> None:
    """Let somebody sign in for the first time or start over, or see them out.

    Needs LOCALITY_OWNER_URL and the site's own LOCALITY_SECRET_KEY.
    """
    if "--help" not in sys.argv:
        context.with_resource(plainly())
        context.with_resource(database.at_hand())
        database.require_tables()


@account.command()
@click.argument("email")
@SITE
def invite(email: str, site: str) -> None:
    """Print a link with which EMAIL chooses a first password. Hand it over in person."""
    _hand_over(services.invite(email, site))


@account.command()
@click.argument("email")
@SITE
def reset(email: str, site: str) -> None:
    """Let EMAIL start over: lost phone or forgotten password. Make sure first that it is them.

    Password, passkeys, app and recovery codes are taken away and every session ends now.
    """
    _hand_over(services.reset(email, site))


@account.command()
@click.argument("email")
def leaver(email: str) -> None:
    """See EMAIL out: every post and session ends now, and they may sign in no more."""
    for says in services.see_out(email) or ["They had left already: nothing changes."]:
        click.echo(says)


@account.command()
def reseal() -> None:
    """Seal apps' secrets and passkeys anew with the newest key, and hash codes that are not yet.

    Stop it and start it again whenever you like. Once nothing is left that a key of
    LOCALITY_OLD_SECRET_KEYS has to open, take that key away.
    """
    counted = seal_anew()
    for became in Resealed:
        click.echo(f"{counted[became]} {became.value}")
    if counted[Resealed.UNREADABLE]:
        click.echo(
            "Whose these are, they cannot use them: set the old key they were sealed with in "
            "LOCALITY_OLD_SECRET_KEYS and do this again, or let those people start over with "
            "locality account reset.",
            err=True,
        )
        raise SystemExit(1)


def _hand_over(link: str) -> None:
    click.echo(link)
    click.echo(
        f"It works once, within {settings.LINK_HOURS} hours. Hand it over in person, or in a "
        "channel that only they read. They choose a password and then add a passkey, or set up an "
        "app for codes.",
        err=True,
    )
