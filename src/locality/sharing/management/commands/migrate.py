"""Migrate as the owner, then shut every table and open what policies.sql opens."""

from typing import Any

from django.core.management import call_command
from django.core.management.commands.migrate import Command as Migrate
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder

from locality.sharing.checking import require_guarded, require_whole
from locality.sharing.rowlevel import apply_policies


class Command(Migrate):
    """Django's migrate, on the owner's connection, followed by row-level security."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate every domain, and refuse to end well while anything is not guarded."""
        options["database"] = "owner"
        before = _applied()
        super().handle(*args, **options)
        call_command("createcachetable", database="owner", verbosity=0)
        apply_policies("owner")
        require_guarded("owner")
        if _applied() != before:
            require_whole("owner")


def _applied() -> set[tuple[str, str]]:
    """The migrations that this database has had."""
    return set(MigrationRecorder(connections["owner"]).applied_migrations())
