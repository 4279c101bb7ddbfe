"""What the database holds, seen from outside: has anything been stored or changed?"""

import psycopg
from psycopg import sql

# Looks are written down before anything is read, and sign-in keeps its own books.
KEPT_APART = {"sharing_consultation", "sharing_signin", "sharing_user"}
DOMAINS = (
    "cases", "impact", "intake", "panels", "people", "places", "referrals", "sharing", "triage",
)  # fmt: skip
WORDS = """
    SELECT c.table_name, c.column_name FROM information_schema.columns c
    WHERE c.table_schema = 'public' AND c.data_type IN ('text', 'character varying')
"""


def tables(looking: psycopg.Connection) -> list[str]:
    """Every table of the domains, but for those kept apart."""
    named = looking.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    return sorted(name for (name,) in named if name.startswith(DOMAINS) and name not in KEPT_APART)


def fingerprint(looking: psycopg.Connection, names: list[str]) -> dict[str, tuple[int, int]]:
    """Rows of each table, and the newest change to any of them."""
    one = sql.SQL("SELECT {}, count(*), coalesce(max(xmin::text::bigint), 0) FROM {}")
    parts = [one.format(sql.Literal(name), sql.Identifier(name)) for name in names]
    found = looking.execute(sql.SQL(" UNION ALL ").join(parts)).fetchall()
    return {name: (rows, newest) for name, rows, newest in found}


def with_words(looking: psycopg.Connection, pattern: str) -> list[str]:
    """Columns of words in which something matches."""
    wanted = [(t, c) for t, c in looking.execute(WORDS) if t.startswith(DOMAINS)]
    ask = sql.SQL("SELECT EXISTS (SELECT FROM {} WHERE {} ~ %s)")
    return [
        f"{table}.{column}"
        for table, column in wanted
        if looking.execute(
            ask.format(sql.Identifier(table), sql.Identifier(column)), [pattern]
        ).fetchone()[0]  # type: ignore[index]
    ]
