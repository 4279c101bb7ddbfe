"""`locality serve`, `worker`, `migrate`, `database prepare` and `demo`."""

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import click
import psycopg
from django.conf import settings
from django.db.utils import OperationalError

from locality.kit.errors import Refused
from locality.sharing.checking import require_guarded
from locality.sharing.commands import check as check_guards
from locality.sharing.roles import Passwords, prepare, require_modest_login
from locality.web.running import database, demo_area, serving
from locality.web.running.children import stopping_in_order
from locality.web.running.lines import require_closed_line
from locality.web.running.locks import try_to_hold
from locality.web.running.room import here

Command = Callable[..., Any]


def where_to_listen(command: Command) -> Command:
    """Add the options that say where the site is to be found and how much it may use."""
    for option in (
        click.option("--threads", default=4, show_default=True, help="Requests at once in each."),
        click.option("--workers", default=2, show_default=True, help="Processes for the site."),
        click.option("--port", default=8000, show_default=True, help="The site's port."),
        click.option("--host", default="127.0.0.1", show_default=True, help="Its address."),
    ):
        command = option(command)
    return command


@click.command()
@where_to_listen
def serve(**listen: Any) -> None:
    """Run the site and its worker until Ctrl-C.

    Refuses to start on a database login that could bypass what the database refuses, and while
    anything would travel unencrypted to another machine.
    """
    with stopping_in_order(), plainly():
        serving.require_free(listen["host"], listen["port"])
        with database.at_hand():
            require_modest_login()
            require_guarded()
            serving.serve(**listen, ready=_say_ready)


def _say_ready(address: str) -> None:
    click.echo(f"Locality is ready: {address}  (Ctrl-C stops it)")


@click.command()
def worker() -> None:
    """Do the jobs that requests have queued, until Ctrl-C. `locality serve` already does."""
    from locality.web.running.worker import run

    with plainly(), database.at_hand():
        require_modest_login()
        require_guarded()
        run()


@click.command()
def migrate() -> None:
    """Bring the database's tables and their policies up to date."""
    with plainly(), database.at_hand():
        database.migrate()
    click.echo("The tables and their policies are up to date.")


@click.command()
@click.pass_context
def check(context: click.Context) -> None:
    """Check the database: its disk, the login's power, every table's policies, reviews due.

    Exit status 3 when something is wrong; each finding is one line.
    """
    if room := here():
        click.echo(f"To be looked at: {room}" if room.is_low else str(room))
    context.invoke(check_guards)


@click.group(name="database")
def database_group() -> None:
    """Make a PostgreSQL server of your own ready; upgrade the one that Locality runs itself."""


@database_group.command("prepare")
@click.argument("administrator")
@click.option("--name", default="locality", show_default=True, help="The database to make.")
@click.option("--owner-password", envvar="LOCALITY_OWNER_PASSWORD", help="For migrations.")
@click.option("--login-password", envvar="LOCALITY_LOGIN_PASSWORD", help="For the site.")
def prepare_server(
    administrator: str, name: str, owner_password: str | None, login_password: str | None
) -> None:
    """Make the roles and the database, connecting as the ADMINISTRATOR that a URI names.

    Running it again changes nothing. Afterwards set LOCALITY_DATABASE_URL to the login role's
    address and, for `locality migrate`, LOCALITY_OWNER_URL to the owner's.
    """
    require_closed_line(administrator)
    passwords = Passwords(owner=owner_password, login=login_password)
    prepare(administrator, database=name, passwords=passwords)
    click.echo(f"The database {name} and its roles are ready: now run locality migrate.")


@click.command()
@where_to_listen
@click.option("--size", type=click.Choice(["small", "borough"]), default="small", show_default=True)
@click.option("--seed", default=1, show_default=True, help="The same seed, the same area.")
@click.option("--afresh", is_flag=True, help="Throw the demo area away and make it again.")
def demo(size: str, seed: int, afresh: bool, **listen: Any) -> None:
    """Make the invented area unless it is there, and serve it until Ctrl-C."""
    from locality.demo.services import make_area, people_of_the_story

    os.environ["LOCALITY_DEMO"] = "1"  # only so does the site offer its people by one click
    wanted = f"the demo area, {size}, seed {seed}"
    with stopping_in_order(), plainly(), alone():
        serving.require_free(listen["host"], listen["port"])
        with database.at_hand() as administrator:
            database.migrate()
            make = partial(make_area, size, seed)
            demo_area.ensure(wanted, make, afresh=afresh, administrator=administrator)
            require_modest_login()
            require_guarded()
            serving.serve(**listen, ready=partial(_welcome, people_of_the_story()))


def _welcome(people: list[tuple[str, str]], address: str) -> None:
    _say_ready(address)
    click.echo("Sign in there, by one click, as:")
    for name, what in people:
        click.echo(f"  {name}, {what}")


@contextmanager
def alone() -> Iterator[None]:
    """Refuse with `web.already_running` when another demo runs from this folder."""
    lock = try_to_hold(settings.VAR / "demo")
    if lock is None:
        raise Refused(
            "web.already_running",
            "Locality is already running from this folder: use that one, "
            "or stop it with Ctrl-C where it runs.",
        )
    with lock:
        yield


@contextmanager
def plainly() -> Iterator[None]:
    """Say in one sentence what the machine or the database server refuses us."""
    try:
        yield
    except (OSError, psycopg.Error, OperationalError) as error:
        sentence = _in_plain_words(error)
        if sentence is None:
            raise
        raise Refused("web.machine", sentence) from error


def _in_plain_words(error: Exception) -> str | None:
    cause = error.__cause__ if isinstance(error, OperationalError) else error
    number = cause.errno if isinstance(cause, OSError) else None
    if number in (errno.ENOSPC, errno.EDQUOT) or isinstance(cause, psycopg.errors.DiskFull):
        return "The disk is full: make room and start again. Nothing that was saved is lost."
    if number in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"Locality may not write {cause.filename}: change whose it is, or set LOCALITY_VAR."
    if isinstance(cause, psycopg.OperationalError) and cause.sqlstate is None:
        return f"The database cannot be reached: {str(cause).splitlines()[0]}"
    return None
