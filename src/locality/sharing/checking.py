"""Whether the database guards what it should: every table shut, every role modest."""

from collections.abc import Iterator

from django.apps import apps
from django.db import connections
from django.utils import timezone

from locality.sharing.models import Purpose

# Each finding names what is wrong with one table of ours.
OPEN_TABLES = """
SELECT c.relname, CASE
    WHEN NOT c.relrowsecurity OR NOT c.relforcerowsecurity THEN 'row-level security is not forced'
    WHEN NOT EXISTS (SELECT FROM pg_policy p
                     WHERE p.polrelid = c.oid AND p.polname <> 'owner_all')
        THEN 'no policy opens it'
    WHEN has_table_privilege('locality_app', c.oid, 'TRUNCATE, REFERENCES, TRIGGER')
        THEN 'requests may empty it or hang triggers on it'
    WHEN pg_get_userbyid(c.relowner) <> 'locality_owner' THEN 'another role owns it'
    END
FROM pg_class c WHERE c.relname = ANY (%s) AND c.relkind IN ('r', 'p')
"""
LOOSE_FUNCTIONS = """
SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE n.nspname IN ('locality', 'locality_private') AND p.prosecdef
  AND NOT EXISTS (SELECT FROM unnest(p.proconfig) s WHERE s LIKE 'search_path=%%')
"""
DANGLING = """
SELECT conrelid::regclass::text, conname FROM pg_constraint
WHERE contype = 'f' AND NOT convalidated
"""


def findings() -> Iterator[str]:
    """Yield everything that is wrong with how the database guards records. As the owner."""
    tables = [
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith("locality.")
    ]
    with connections["owner"].cursor() as cursor:
        cursor.execute(OPEN_TABLES, [tables])
        found = dict(cursor.fetchall())
        for table in tables:
            if table not in found:
                yield f"{table}: the table is not there; run locality migrate"
            elif found[table]:
                yield f"{table}: {found[table]}"
        cursor.execute(LOOSE_FUNCTIONS)
        yield from (f"{name}: runs as its owner with an open search path" for (name,) in cursor)
        cursor.execute(DANGLING)
        yield from (f"{table}: foreign key {name} was never checked" for table, name in cursor)


def reviews_due() -> Iterator[str]:
    """Yield every purpose whose legal basis should have been looked at again by now."""
    for purpose in Purpose.objects.using("owner").filter(review_by__lt=timezone.localdate()):
        yield f"purpose “{purpose.name}” should have been reviewed by {purpose.review_by:%d %B %Y}"
