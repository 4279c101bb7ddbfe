"""Feed the plain oracle of tests/rule with a sample of a large world's raw rows.

A small world is made of facts; here the facts are read back, as an administrator, from tables that
the policies do not ask where there are such: a disclosure's terms, not its items' copies of them.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from uuid import UUID

import psycopg
from psycopg import sql
from psycopg.rows import dict_row

from tests.rule.kinds import KINDS
from tests.rule.oracle import Agreed, Facts, Given, Item, Ring, Who
from tests.rule.seeing import sees

# What is sampled: everything that the large world has very many of, and what belongs to a case.
SAMPLED = (
    "person", "record", "contact", "encounter", "concern", "narrative", "about", "receipt",
    "reply", "withdrawal", "waiting", "screening", "case", "subject", "need", "action",
)  # fmt: skip
PARENT = {
    "contact": "record", "encounter": "record", "narrative": "concern", "about": "concern",
    "receipt": "concern", "waiting": "concern", "screening": "concern", "reply": "receipt",
    "withdrawal": "receipt", "subject": "case", "need": "case", "action": "case",
}  # fmt: skip
KEPT_APART = {"contact", "encounter"}  # disclosing the record discloses neither
BY_PARENT = {"receipt", "waiting"}  # their key is their parent's
AT_ONCE = 100  # rows of each kind that are judged together: the oracle compares each with each

Row = dict[str, object]


@dataclass
class Batch:
    """Some rows with all that the rule asks of them; and the rows themselves, by kind."""

    facts: Facts
    ids: dict[str, set[UUID]] = field(default_factory=dict)


class Reader:
    """Reads rows as an administrator, whom no policy binds."""

    def __init__(self, database: psycopg.Connection) -> None:
        self.database = database

    def rows(self, table: str, column: str, wanted: Iterable[object]) -> list[Row]:
        """The rows of a table in which a column has one of these values, or shares one."""
        schema, _, name = table.rpartition(".")
        of = sql.Identifier(schema or "public", name)
        ask = sql.SQL("SELECT * FROM {} WHERE {} = ANY (%s)").format(of, sql.Identifier(column))
        with self.database.cursor(row_factory=dict_row) as cursor:
            return cursor.execute(ask, [list(wanted)]).fetchall()

    def all(self, table: str) -> list[Row]:
        """Every row of a small table."""
        with self.database.cursor(row_factory=dict_row) as cursor:
            return cursor.execute(
                sql.SQL("SELECT * FROM {}").format(sql.Identifier(table))
            ).fetchall()

    def sample(self, kind: str, most: int, seed: int) -> list[UUID]:
        """Some keys of a kind, drawn from the whole table, the same for the same seed."""
        of = KINDS[kind]
        table, key = sql.Identifier(of.table), sql.Identifier(of.key)
        (few,) = self.database.execute(
            sql.SQL("SELECT count(*) FROM {}").format(table)
        ).fetchone() or (0,)
        share = min(100.0, 150.0 * most / max(few, 1))
        ask = sql.SQL(
            "SELECT {key} FROM {table} TABLESAMPLE BERNOULLI (%s) REPEATABLE (%s)"
            " ORDER BY md5({key}::text || %s) LIMIT %s"
        ).format(key=key, table=table)
        found = self.database.execute(ask, [share, seed, str(seed), most]).fetchall()
        return [one for (one,) in found]


def batches(database: psycopg.Connection, facts: Facts, most: int, seed: int) -> Iterator[Batch]:
    """Sample so many rows of each kind, and give them in batches with what the rule asks."""
    reader = Reader(database)
    drawn = {kind: reader.sample(kind, most, seed) for kind in SAMPLED}
    for first in range(0, most, AT_ONCE):
        ids = {kind: set(keys[first : first + AT_ONCE]) for kind, keys in drawn.items()}
        yield Batch(_facts(reader, facts, ids), ids)


def common(database: psycopg.Connection, whom: Sequence[Who], today: object) -> Facts:
    """What is the same for every batch: roles, agreements, circles of these people, conflicts."""
    reader = Reader(database)
    facts = Facts(today)  # type: ignore[arg-type]
    for role in reader.all("sharing_role"):
        facts.roles[role["key"]] = tuple(role["clearances"])
        facts.duties[role["key"]] = frozenset(role["duties"])
    facts.people = list(whom)
    facts.agreements = list(_agreements(reader))
    facts.rings = list(_rings(reader, [who.post for who in whom]))
    users = [who.user for who in whom]
    facts.kept_from = [
        (one["user_id"], one["subject"], one["lifted_at"] is not None)
        for one in reader.rows("sharing_conflict", "user_id", users)
    ]
    facts.apart = [
        (one["protected"], one["feared"], one["ended_at"] is not None)
        for one in reader.all("sharing_apart")
    ]
    return facts


def people(database: psycopg.Connection, posts: Iterable[UUID]) -> list[Who]:
    """Who holds these posts."""
    reader = Reader(database)
    held = reader.rows("sharing_post", "id", posts)
    active = {
        one["id"]: one["is_active"]
        for one in reader.rows("sharing_user", "id", [post["user_id"] for post in held])
    }
    return [
        Who(
            one["user_id"], one["id"], one["agency_id"], one["role_id"], active[one["user_id"]],
            one["starts"], one["until"], frozenset(one["purposes"]),
        )
        for one in held
    ]  # fmt: skip


def judged(batch: Batch, who: Who, purpose: int) -> dict[str, set[UUID]]:
    """What of a batch the oracle says shows to somebody, by kind."""
    return {
        kind: {
            item.id
            for item in batch.facts.of_kind(kind)
            if item.id in ids and sees(batch.facts, who, purpose, item)
        }
        for kind, ids in batch.ids.items()
    }


def _agreements(reader: Reader) -> Iterator[Agreed]:
    parties, covers = reader.all("sharing_party"), reader.all("sharing_coverage")
    for one in reader.all("sharing_agreement"):
        mine = [party for party in parties if party["agreement_id"] == one["id"]]
        yield Agreed(
            one["purpose_id"], one["state"], one["starts"], one["until"],
            frozenset(party["agency_id"] for party in mine if party["gives"]),
            frozenset(party["agency_id"] for party in mine if party["gets"]),
            tuple(
                (cover["category"], cover["up_to"], cover["needs_consent"])
                for cover in covers
                if cover["agreement_id"] == one["id"]
            ),
            one["id"],
        )  # fmt: skip


def _rings(reader: Reader, posts: Sequence[UUID]) -> Iterator[Ring]:
    """The circles these people are or were in: no other can show them anything."""
    held = reader.rows("sharing_member", "post_id", posts)
    ids = {one["circle_id"] for one in held}
    works_with: dict[object, set[UUID]] = {}
    for one in reader.rows("sharing_workswith", "circle_id", ids):
        works_with.setdefault(one["circle_id"], set()).add(one["person"])
    for circle in reader.rows("sharing_circle", "id", ids):
        members = tuple(
            (one["post_id"], one["starts"], one["until"], one["left_at"] is not None, one["id"])
            for one in held
            if one["circle_id"] == circle["id"]
        )
        yield Ring(
            circle["id"], circle["kind"], circle["purpose_id"], circle["closed_on"], members,
            frozenset(works_with.get(circle["id"], ())),
        )  # fmt: skip


def _facts(reader: Reader, common: Facts, ids: dict[str, set[UUID]]) -> Facts:
    facts = Facts(
        common.today, common.roles, common.duties, common.people, common.agreements, common.rings,
        kept_from=common.kept_from, apart=common.apart,
    )  # fmt: skip
    items = {(one.kind, one.id): one for kind in ids for one in _items(reader, kind, ids[kind])}
    _add(items, _above(reader, list(items.values())))
    shown = [one["id"] for one in reader.rows("people_record", "person_id", ids["person"])]
    _add(items, _items(reader, "record", shown))
    facts.items = list(items.values())
    named = {person for one in facts.items for person in one.about}
    facts.items += _items(reader, "consent", named, "person")
    facts.given = list(_given(reader, facts.items))
    facts.reindex()
    return facts


def _add(items: dict[tuple[str, UUID], Item], more: Iterable[Item]) -> None:
    for one in more:
        items.setdefault((one.kind, one.id), one)


def _above(reader: Reader, items: Sequence[Item]) -> Iterator[Item]:
    """What rows belong to, and what that belongs to."""
    for kind in sorted(set(PARENT.values()), key=("receipt", "record", "concern", "case").index):
        wanted = {one.parent for one in items if PARENT.get(one.kind) == kind and one.parent}
        if kind == "concern":
            wanted |= {one.parent for one in items if PARENT.get(one.kind) == "receipt"}
        yield from _items(reader, kind, wanted)


def _items(
    reader: Reader, kind: str, wanted: Iterable[object], column: str | None = None
) -> list[Item]:
    of = KINDS[kind]
    return [_item(kind, row) for row in reader.rows(of.table, column or of.key, wanted)]


def _item(kind: str, row: Row) -> Item:
    """One row as the oracle has it: the inverse of tests/rule/build.py."""
    of = KINDS[kind]
    label = (row["owner_id"], row["category"], row["marking"]) if of.labelled else (0, 0, 0)
    parent = row[of.key] if kind in BY_PARENT else row[of.parent] if of.parent else None
    about = row[of.about] if of.about else ()
    named = about if isinstance(about, list | tuple) else (about,) if about else ()
    has = {word: row[column] for word, column in of.links.items()}
    return Item(
        kind, row[of.key], *label, parent, kind in PARENT and kind not in KEPT_APART,
        frozenset(named), has,
    )  # fmt: skip


def _given(reader: Reader, items: Sequence[Item]) -> Iterator[Given]:
    """The disclosures of these rows, with the terms of the disclosure itself."""
    ids = {one.id for one in items} | {one.parent for one in items if one.parent}
    parts: dict[object, set[UUID]] = {}
    for one in reader.rows("sharing_disclosed", "item", ids):
        parts.setdefault(one["disclosure_id"], set()).add(one["item"])
    for one in reader.rows("sharing_disclosure", "id", parts):
        named = one["recipients"]
        yield Given(
            one["id"], one["owner_id"], one["circle_id"], one["purpose_id"],
            frozenset(parts[one["id"]]), one["starts"], one["until"],
            one["withdrawn_at"] is not None, None if named is None else frozenset(named),
        )  # fmt: skip
