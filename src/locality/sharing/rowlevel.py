"""Row-level security. After every migrate: shut every table, then open what policies.sql opens.

Policies are code, not data: each domain's policies.sql is the whole present truth, and what
is not in it does not exist. A table nobody wrote a policy for cannot be read at all.
"""

import tomllib
from pathlib import Path

from django.apps import AppConfig, apps
from django.db import connections, transaction
from django.db.backends.utils import CursorWrapper

from locality.sharing.secret import pads

HERE = Path(__file__).parent
FIRST = ("private.sql", "sealing.sql", "context.sql", "passkeys.sql", "consent.sql", "rule.sql",
         "agreements.sql")  # fmt: skip
ROLES = ("locality_app", "locality_login")
# Tables of the frameworks, which hold nothing about the people we help.
FRAMEWORKS = ("account", "socialaccount", "mfa", "sessions", "procrastinate", "contenttypes")


def domains() -> list[AppConfig]:
    """The installed domains, in the order in which foreign keys point down."""
    return [app for app in apps.get_app_configs() if app.name.startswith("locality.")]


def apply_policies(using: str = "owner") -> None:
    """Shut the tables of every domain, then run each policies.sql, in one transaction."""
    with transaction.atomic(using), connections[using].cursor() as cursor:
        for name in FIRST:
            cursor.execute((HERE / "sql" / name).read_text(encoding="utf-8"))
        cursor.execute(
            "INSERT INTO locality_private.secret (inner_pad, outer_pad) VALUES (%s, %s)"
            " ON CONFLICT (only_one) DO UPDATE"
            " SET inner_pad = excluded.inner_pad, outer_pad = excluded.outer_pad",
            pads(),
        )
        for domain in domains():
            for model in domain.get_models(include_auto_created=True):
                _shut(cursor, model._meta.db_table)
        for domain in domains():
            policies = Path(domain.path) / "policies.sql"
            if policies.exists():
                cursor.execute(policies.read_text(encoding="utf-8"))
        # Functions begin open to everybody, those that later domains made as well.
        cursor.execute(
            "REVOKE ALL ON ALL ROUTINES IN SCHEMA locality, locality_private FROM PUBLIC"
        )
        _open_frameworks(cursor)
        _write_purposes(cursor)


def _shut(cursor: CursorWrapper, name: str) -> None:
    table = connections["owner"].ops.quote_name(name)
    cursor.execute("SELECT polname FROM pg_policy WHERE polrelid = %s::regclass", [name])
    for (policy,) in cursor.fetchall():
        cursor.execute(f'DROP POLICY "{policy}" ON {table}')
    for role in ROLES:
        cursor.execute(f"REVOKE ALL ON {table} FROM {role}")
    cursor.execute(
        "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attacl IS NOT NULL",
        [name],
    )
    for (column,) in cursor.fetchall():
        for role in ROLES:
            cursor.execute(f'REVOKE ALL ("{column}") ON {table} FROM {role}')
    cursor.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    cursor.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    # Under FORCE an owner without a policy updates nothing and says so to nobody.
    cursor.execute(
        f"CREATE POLICY owner_all ON {table} TO locality_owner USING (true) WITH CHECK (true)"
    )


def _open_frameworks(cursor: CursorWrapper) -> None:
    """Let the login role use the tables of sign-in, sessions and the job queue."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.app_label in FRAMEWORKS:
            cursor.execute(
                f'GRANT SELECT, INSERT, UPDATE, DELETE ON "{model._meta.db_table}"'
                " TO locality_login"
            )
    cursor.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON framework_cache TO locality_login")
    cursor.execute("GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO locality_login")


def _write_purposes(cursor: CursorWrapper) -> None:
    """Keep the table of purposes equal to purposes.toml."""
    read = tomllib.loads((HERE / "purposes.toml").read_text(encoding="utf-8"))
    for one in read["purposes"]:
        cursor.execute(
            "INSERT INTO sharing_purpose (id, key, name, says, basis, source, review_by)"
            " VALUES (%(id)s, %(key)s, %(name)s, %(says)s, %(basis)s, %(source)s, %(review_by)s)"
            " ON CONFLICT (id) DO UPDATE SET key = excluded.key, name = excluded.name,"
            " says = excluded.says, basis = excluded.basis, source = excluded.source,"
            " review_by = excluded.review_by",
            one,
        )
