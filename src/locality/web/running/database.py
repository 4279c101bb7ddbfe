"""Have a database at hand: the one that is given, or the embedded one."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.management import call_command

from locality.sharing.roles import Passwords, prepare
from locality.web.running.embedded import server
from locality.web.running.progress import doing


@contextmanager
def at_hand() -> Iterator[None]:
    """Lend the database that the settings name; start the embedded one when none is given."""
    if os.environ.get("LOCALITY_DATABASE_URL"):
        yield
        return
    with lent_here():
        yield


@contextmanager
def lent_here() -> Iterator[None]:
    """Lend the embedded database with its roles made."""
    with doing("Starting the database"):
        lending = server(settings.VAR, tell=print)
        administrator = lending.__enter__()
    with ending(lending):
        name = settings.DATABASES["default"]["NAME"]
        prepare(administrator, database=name, passwords=Passwords())
        yield


def migrate() -> None:
    """Bring the tables up to date, then shut every one and open what policies.sql opens."""
    with doing("Preparing the tables"):
        call_command("migrate", verbosity=0)
