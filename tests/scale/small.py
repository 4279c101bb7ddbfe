"""Make a small area in a database of its own and say what is true of it: for test_scale alone.

It is a process apart, because a process vouches for what it writes in one database only.
"""

import json
import os
import sys
from collections.abc import Iterator

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "locality.web.settings")
django.setup()

import psycopg  # noqa: E402
from django.db import connections  # noqa: E402
from psycopg.conninfo import make_conninfo  # noqa: E402

from locality.intake import rules  # noqa: E402
from locality.people.rules import search_key  # noqa: E402
from locality.sharing.checking import orphans  # noqa: E402
from locality.sharing.words import label  # noqa: E402
from tests import database  # noqa: E402
from tests.scale import asking, judging, timing  # noqa: E402
from tests.scale.filling import Size, fill  # noqa: E402
from tests.world import World, build, close_connections  # noqa: E402

SMALL = Size(persons=400, concerns=1500)
FEW = 100  # rows of each kind that are judged
ACTORS = ("screener", "officer", "mentor", "stranger")
WRITTEN = (
    "people_record", "intake_concern", "intake_narrative", "intake_about", "intake_receipt",
    "triage_waiting", "sharing_disclosure", "sharing_disclosed",
)  # fmt: skip


def main(server: str, name: str) -> None:
    """Make it, ask of it, and print what came out."""
    database.make(server, name)
    administrator = make_conninfo(server, dbname=name)
    world = build("scale")
    fill(administrator, world, SMALL, seed=1)
    try:
        print(json.dumps(_found(administrator, world)))
    finally:
        close_connections()
        database.drop(server, name)


def _found(administrator: str, world: World) -> dict[str, object]:
    with connections["owner"].cursor() as cursor:
        lost = list(orphans(cursor))
    people = [world.actors[name] for name in ACTORS] + judging.somebody(administrator, 4)
    right = judging.judge(administrator, people, FEW, seed=1)
    asked = {one.name: sorted(_ratios(administrator, one)) for one in asking.askers(world)[:-1]}
    with psycopg.connect(administrator) as admin:
        unlike = [*_not_the_words(admin), *_not_as_written(admin, world)]
        admin.execute("UPDATE sharing_disclosed SET withdrawn_at = NULL, until = NULL")
    wrong = judging.judge(administrator, people, FEW, seed=1)
    return {
        "lost": lost, "asked": asked, "unlike": unlike, "decisions": right.asked,
        "shown": right.shown, "kinds": dict(right.by_kind), "leaks": right.leaks,
        "refusals": right.refusals, "planted": len(wrong.leaks),
    }  # fmt: skip


def _ratios(administrator: str, asker: asking.Asker) -> Iterator[str]:
    """Every question, when it can be asked under the policies and under none."""
    asks = asking.questions(asker)
    said = {name: timing.statements(asker.by, ask) for name, ask in asks.items()}
    with timing.in_context(administrator, asker.by) as connection:
        for name, statements in said.items():
            if timing.by_turns(connection, statements, turns=1).ratio > 0:
                yield name


def _not_the_words(admin: psycopg.Connection) -> Iterator[str]:
    """Columns that the services work out, and that say something else here."""
    rows = admin.execute("SELECT id, reference, owner_id, category, marking, label_id"
                         " FROM intake_concern LIMIT 500")  # fmt: skip
    for key, reference, owner, category, marking, of in rows:
        if reference != rules.reference(key):
            yield f"reference {reference} of {key}"
        if of != label(owner, category, marking):
            yield f"label {of} of {key}"
    noted = admin.execute(
        "SELECT c.id FROM intake_concern c, locality_private.to_note(c.id, owner_id, circle_id) n"
        " WHERE (c.at_door, c.elsewhere) <> (n.at_door, n.elsewhere)"
    )
    yield from (f"notes of {key}" for (key,) in noted)
    names = admin.execute("SELECT given_names, given_key, family_name, family_key"
                          " FROM people_record LIMIT 500")  # fmt: skip
    for given, given_key, family, family_key in names:
        if (search_key(given), search_key(family)) != (given_key, family_key):
            yield f"keys of {given} {family}"


def _not_as_written(admin: psycopg.Connection, world: World) -> Iterator[str]:
    """Tables in which a concern's own service leaves other columns empty than any row here does."""
    filled = {table: _empty(admin, table) for table in WRITTEN}
    asker = asking.askers(world)[0]
    before = {table: _count(admin, table) for table in WRITTEN}
    asking.raise_for_good(asker)
    for table in WRITTEN[1:]:
        if _count(admin, table) == before[table]:
            yield f"{table}: the service wrote nothing"
        if new := _empty(admin, table) - filled[table]:
            yield f"{table}: the service leaves {sorted(new)} empty"


def _empty(admin: psycopg.Connection, table: str) -> set[tuple[str, ...]]:
    """Which columns are empty together, in some row or other."""
    empty = "SELECT key FROM jsonb_each(to_jsonb(t)) WHERE value IN ('null', '\"\"', '[]')"
    found = admin.execute(f"SELECT DISTINCT ARRAY({empty} ORDER BY key) FROM {table} t")  # noqa: S608
    return {tuple(names) for (names,) in found.fetchall()}


def _count(admin: psycopg.Connection, table: str) -> int:
    (count,) = admin.execute(f"SELECT count(*) FROM {table}").fetchone() or (0,)  # noqa: S608
    return int(count)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
