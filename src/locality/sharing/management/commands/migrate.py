"""Migrate as the owner, then shut every table and open what policies.sql opens."""

from typing import Any

from django.core.management import call_command
from django.core.management.commands.migrate import Command as Migrate

from locality.sharing.rowlevel import apply_policies


class Command(Migrate):
    """Django's migrate, on the owner's connection, followed by row-level security."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate every domain; a table without policies stays shut."""
        options["database"] = "owner"
        super().handle(*args, **options)
        call_command("createcachetable", database="owner", verbosity=0)
        apply_policies("owner")
