"""What a database says of itself, so that a restored copy can be held against it."""

import hashlib
from collections.abc import Iterator

import psycopg
from psycopg import sql

from locality.web.running.backup.words import Said

# Whatever decides who sees and changes what. Text alone: no object's number, which differ, and what
# is granted by default as if it had been said, because an upgrade leaves out what goes without it.
GUARDS = """
SELECT format('policy %s %s %s %s %s %s %s', tablename, policyname, permissive, roles, cmd, qual,
              with_check) FROM pg_policies
UNION ALL
SELECT format('function %s', pg_get_functiondef(p.oid)) FROM pg_proc p
JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE n.nspname IN ('locality', 'locality_private') AND p.prokind IN ('f', 'p')
UNION ALL
SELECT format('function %s %s', p.oid::regprocedure,
              coalesce(p.proacl, acldefault('f', p.proowner))) FROM pg_proc p
JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname IN ('locality', 'locality_private')
UNION ALL
SELECT format('table %s %s %s %s %s', c.oid::regclass, c.relrowsecurity, c.relforcerowsecurity,
              c.relowner::regrole, (
    -- Owners may MAINTAIN their tables since PostgreSQL 17; nobody else is ever given that.
    SELECT array_agg(format('%s %s %s %s', a.grantor::regrole, a.grantee::regrole,
                            a.privilege_type, a.is_grantable) ORDER BY a.*)
    FROM aclexplode(coalesce(c.relacl, acldefault('r', c.relowner))) a
    WHERE a.privilege_type <> 'MAINTAIN' OR a.grantee <> c.relowner)) FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname IN ('public', 'locality', 'locality_private') AND c.relkind IN ('r', 'v', 'm', 'p')
UNION ALL
SELECT format('column %s %s %s', a.attrelid::regclass, a.attname, a.attacl) FROM pg_attribute a
WHERE a.attacl IS NOT NULL AND a.attrelid >= 16384
UNION ALL
SELECT format('trigger %s %s', pg_get_triggerdef(t.oid), t.tgenabled) FROM pg_trigger t
WHERE NOT t.tgisinternal
UNION ALL
SELECT format('role %s %s %s %s %s %s', rolname, rolsuper, rolinherit, rolcanlogin, rolbypassrls,
              rolconfig) FROM pg_roles WHERE rolname LIKE 'locality%'
"""
TABLES = """
SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'r' AND c.relpersistence = 'p' AND n.nspname IN ('public', 'locality_private')
ORDER BY 1, 2
"""
LAST = """
SELECT size, encode(root, 'hex'), note FROM locality_private.checkpoint ORDER BY size DESC LIMIT 1
"""


def said(address: str) -> Said:
    """Count every table's rows and take the guards and the trail's root, in one transaction."""
    with psycopg.connect(address) as connection:
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        rows = {
            name: _count(connection, space, name)
            for space, name in connection.execute(TABLES).fetchall()
        }
        lines = sorted(line for (line,) in connection.execute(GUARDS).fetchall())
        (log,) = connection.execute("SELECT id::text FROM locality_private.log").fetchone()
        size, root, note = connection.execute(LAST).fetchone() or (0, "", "")
    guards = hashlib.sha256("\n".join(lines).encode()).hexdigest()
    return Said(rows, guards, log, size, root, note)


def differences(before: Said, after: Said, restored: Said) -> Iterator[str]:
    """Yield where a restored copy is neither as it was before the backup nor as it was after it.

    While nobody wrote, before and after are the same, and the copy must be just that.
    """
    for name in sorted(before.rows.keys() | after.rows.keys() | restored.rows.keys()):
        counts = [one.rows.get(name, 0) for one in (before, after)]
        found = restored.rows.get(name, 0)
        if not min(counts) <= found <= max(counts):
            yield f"{name}: {found} rows, where {min(counts)} to {max(counts)} were"
    if restored.guards not in (before.guards, after.guards):
        yield "the policies, grants, functions or roles that guard rows are others"
    if not before.size <= restored.size <= after.size:
        yield f"the trail was sealed up to {restored.size}, where it was up to {after.size}"
    for one in (before, after):
        if one.size == restored.size and one.root != restored.root:
            yield f"the trail of {one.size} rows has another root"


def _count(connection: psycopg.Connection, space: str, name: str) -> int:
    table = sql.Identifier(space, name)
    row = connection.execute(sql.SQL("SELECT count(*) FROM {}").format(table)).fetchone()
    return int(row[0]) if row else 0
