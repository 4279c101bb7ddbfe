"""Whether the database guards what it should: the rules of sql/lint.sql, over its own catalogue."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import psycopg
from django.apps import apps
from django.db import connections
from django.db.backends.utils import CursorWrapper
from django.utils import timezone

from locality.kit.errors import Refused
from locality.sharing.models import Purpose
from locality.sharing.roles import APP, LOGIN, QUIET

HERE = Path(__file__).parent
HEAD = re.compile(r"^-- rule: (?P<name>.+?) \| (?P<says>.+)$", re.MULTILINE)
Cursor = CursorWrapper | psycopg.Cursor
KEPT_BY_FRAMEWORKS = ("django_migrations", "framework_cache")
FOREIGN_KEYS = """
SELECT format('%%I: a row names one in %%I that is not there (%%I)',
              k.conrelid::regclass, k.confrelid::regclass, k.conname),
       format('SELECT EXISTS (SELECT FROM %%s c WHERE c.%%I IS NOT NULL AND NOT EXISTS '
              '(SELECT FROM %%s p WHERE p.%%I = c.%%I))',
              k.conrelid::regclass, a.attname, k.confrelid::regclass, b.attname, a.attname)
FROM pg_constraint k
JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1]
JOIN pg_attribute b ON b.attrelid = k.confrelid AND b.attnum = k.confkey[1]
WHERE k.contype = 'f' AND cardinality(k.conkey) = 1 AND k.conrelid = ANY (%s::regclass[])
ORDER BY 1
"""


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that must be true of the catalogue: its name, what to do, and what finds faults."""

    name: str
    says: str
    sql: str


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule, in the order of the file."""
    text = (HERE / "sql" / "lint.sql").read_text(encoding="utf-8")
    heads = list(HEAD.finditer(text))
    ends = [head.start() for head in heads[1:]] + [len(text)]
    return tuple(
        Rule(head["name"], head["says"], text[head.end() : end].strip())
        for head, end in zip(heads, ends, strict=True)
    )


def findings(using: str = "default") -> Iterator[str]:
    """Yield everything that is wrong with how the database guards records. Any role may ask."""
    with connections[using].cursor() as cursor:
        yield from found(cursor)


def found(cursor: Cursor) -> Iterator[str]:
    """The same, by a cursor."""
    ours, frameworks = tables()
    cursor.execute(
        "SELECT name FROM unnest(%s::text[]) name WHERE to_regclass(name) IS NULL", [ours]
    )
    missing = {name for (name,) in cursor.fetchall()}
    yield from (f"{name}: the table is not there; run locality migrate" for name in sorted(missing))
    asked = {
        "ours": [name for name in ours if name not in missing],
        "frameworks": frameworks, "worn": [APP, LOGIN],
    }  # fmt: skip
    for rule in rules():
        cursor.execute(rule.sql, asked)
        wrong, meant = {what for (what,) in cursor.fetchall()}, _meant().get(rule.name, set())
        yield from (f"{what}: {rule.says}" for what in sorted(wrong - meant))
        yield from (
            f"{what}: lint.toml calls this meant ({rule.name}), and it is not found any more"
            for what in sorted(meant - wrong)
        )


def require_guarded(using: str = "default") -> None:
    """Refuse with `sharing.not_guarded` unless the database guards what it should."""
    if wrong := list(findings(using)):
        raise Refused("sharing.not_guarded", "\n".join(wrong))


def orphans(cursor: Cursor) -> Iterator[str]:
    """Yield every foreign key under which a row is left whose parent is not there.

    A key counts as checked even where row-level security hid the row from the check.
    """
    cursor.execute(FOREIGN_KEYS, [tables()[0]])
    for says, ask in cursor.fetchall():
        cursor.execute(ask)
        if cursor.fetchone() == (True,):
            yield says


def require_whole(using: str = "owner") -> None:
    """Refuse, after a migration, with `sharing.orphans` when a row has lost its parent."""
    with connections[using].cursor() as cursor:
        if wrong := list(orphans(cursor)):
            raise Refused("sharing.orphans", "\n".join(wrong))


def told_by_the_server(using: str = "default") -> Iterator[str]:
    """Yield every setting by which the server's own log may hold what somebody typed."""
    with connections[using].cursor() as cursor:
        for name, value in QUIET.items():
            cursor.execute("SELECT current_setting(%s)", [name])
            (found,) = cursor.fetchone()
            if found != value:
                yield (
                    f"the database server’s log may hold what people type: {name} is {found}; ask "
                    f"its administrator for ALTER ROLE {LOGIN} SET {name} = '{value}'"
                )


def reviews_due() -> Iterator[str]:
    """Yield every purpose whose legal basis should have been looked at again by now."""
    for purpose in Purpose.objects.using("owner").filter(review_by__lt=timezone.localdate()):
        yield f"purpose “{purpose.name}” should have been reviewed by {purpose.review_by:%d %B %Y}"


def tables() -> tuple[list[str], list[str]]:
    """The domains' tables, and those of the frameworks, which hold nothing about those we help."""
    models = apps.get_models(include_auto_created=True)
    ours = {one._meta.db_table for one in models if one.__module__.startswith("locality.")}
    others = {one._meta.db_table for one in models} - ours
    return sorted(ours), sorted(others.union(KEPT_BY_FRAMEWORKS))


@cache
def _meant() -> dict[str, set[str]]:
    """What is meant, by rule: each with its reason in lint.toml."""
    read = tomllib.loads((HERE / "lint.toml").read_text(encoding="utf-8"))
    meant: dict[str, set[str]] = {}
    for one in read["meant"]:
        meant.setdefault(one["rule"], set()).update(one["what"])
    return meant
