"""Search what the program has written for the canaries, in every form they might have there."""

import base64
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

CANARY = "Quillarth"  # no word of any language, and of no letters that a web address changes
NUMBER = "07904172583"
RECORDS = {"postgres", "backups"}  # folders of the database itself, which is there to hold it
# What the program says to itself and to whoever runs it; none of it is a record of anybody.
BOOKS = ("procrastinate_", "framework_", "django_content", "django_migrations")


def forms() -> set[bytes]:
    """What to look for: in lower case, and as base64 shows it at any place in what it encodes."""
    wanted: set[bytes] = set()
    for word in (CANARY, NUMBER):
        wanted |= {word.lower().encode(), quote(word).lower().encode(), word.encode("utf-16-le")}
        for case in (word, word.lower(), word.upper()):
            wanted |= {_encoded(case.encode(), shift) for shift in range(3)}
    return wanted


def _encoded(word: bytes, shift: int) -> bytes:
    """The middle of base64, which does not depend on what stands before and after."""
    whole = base64.b64encode(b"\0" * shift + word)
    return whole[(shift * 8 + 5) // 6 : (shift + len(word)) * 8 // 6]


FORMS = forms()


def found_in(text: bytes) -> bool:
    """Whether any canary stands there."""
    lower = text.lower()
    return any(one in text or one in lower for one in FORMS)


def in_files(folder: Path) -> Iterator[str]:
    """Name every line below a folder in which a canary stands, the database's own files apart."""
    for file in sorted(folder.rglob("*")):
        if file.is_file() and not RECORDS & set(file.relative_to(folder).parts):
            yield from in_lines(file)


def in_lines(file: Path, since: int = 0) -> Iterator[str]:
    """Name every line of a file in which a canary stands, from a byte on."""
    for number, line in enumerate(file.read_bytes()[since:].splitlines(), start=1):
        if found_in(line):
            yield f"{file.name}, line {number}: {line[:200]!r}"


def in_books(looking: psycopg.Connection) -> Iterator[str]:
    """Name every table of jobs and of the framework in which a canary stands."""
    named = looking.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    for name in sorted(name for (name,) in named if name.startswith(BOOKS)):
        ask = sql.SQL("SELECT row_to_json(t)::text FROM {} t").format(sql.Identifier(name))
        yield from (
            f"the table {name}: {row[:200]}"
            for (row,) in looking.execute(ask)
            if found_in(row.encode())
        )
