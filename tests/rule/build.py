"""Write a world of facts into a database, as its administrator, inside one transaction."""

import hashlib
from collections.abc import Callable
from itertools import product
from uuid import UUID, uuid4

import psycopg

from tests.rule.kinds import BY_ITSELF, KINDS, SOMEBODY
from tests.rule.oracle import Facts, Item, Who
from tests.rule.worlds import AGENCIES, PURPOSES

# What names a row of any kind.
OF_ANY_KIND = (
    "disclosed", "entry", "disposal", "subject item", "subject answer", "subject correction",
)  # fmt: skip
Looks = dict[tuple[UUID, int, str], UUID]


def key_of(who: Who) -> str:
    """The session key of somebody in a built world."""
    return f"key-{who.post}"


def write(to: psycopg.Connection, facts: Facts, committed: int) -> Looks:
    """Write every fact. Returns a committed look for each post, purpose and kind of look."""
    with to.pipeline():
        return _write(_writer(to), facts, committed)


def _write(put: Callable[..., None], facts: Facts, committed: int) -> Looks:
    for role, clearances in facts.roles.items():
        put("sharing_role", key=role, name=role, clearances=list(clearances),
            duties=sorted(facts.duties[role]))  # fmt: skip
    for agency in AGENCIES:
        put("sharing_agency", id=agency, name=f"A{agency}", sector="council", contact="")
    _people(put, facts)
    for item in facts.items:
        if item.kind not in BY_ITSELF:
            put(KINDS[item.kind].table, **row(facts, item))
    return _looks(put, facts, committed)


def row(facts: Facts, item: Item) -> dict[str, object]:
    """The columns of one row."""
    kind = KINDS[item.kind]
    columns = {kind.key: item.id, **kind.fills}
    if kind.labelled:
        columns |= _label(*item.label)
    if kind.parent:
        columns[kind.parent] = item.parent
    if kind.about:
        columns[kind.about] = (
            list(item.about) if kind.about == "about" else next(iter(item.about), None)
        )
    columns |= {kind.links[n]: value for n, value in item.has.items() if n in kind.links}
    if item.kind in OF_ANY_KIND:
        columns["kind"] = KINDS[str(item.has["kind"])].table.replace("_", ".", 1)
    somebody = facts.people[0].post
    return {name: somebody if value is SOMEBODY else value for name, value in columns.items()}


def insert(to: psycopg.Connection, table: str, columns: dict[str, object]) -> None:
    """Add one row."""
    names = ", ".join(f'"{name}"' for name in columns)
    marks = ", ".join(f"%({name})s" for name in columns)
    to.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", columns)  # noqa: S608


def _writer(to: psycopg.Connection) -> Callable[..., None]:
    def put(table: str, **columns: object) -> None:
        insert(to, table, columns)

    return put


def _people(put: Callable[..., None], facts: Facts) -> None:
    for who in facts.people:
        put("sharing_user", id=who.user, email=f"{who.user}@example.org", name="x", password="",
            is_active=who.active, is_job=False)  # fmt: skip
        put("sharing_post", id=who.post, user_id=who.user, agency_id=who.agency, role_id=who.role,
            title="x", name="x", about="", purposes=list(who.purposes), starts=who.starts,
            until=who.until)  # fmt: skip
        put("locality_private.session", key_hash=hashlib.sha256(key_of(who).encode()).digest(),
            user_id=who.user, post_id=who.post, expires="tomorrow")  # fmt: skip


def _looks(put: Callable[..., None], facts: Facts, committed: int) -> Looks:
    """A look for each post and purpose, so that they may act; it is no row of the world's."""
    looks: Looks = {}
    for who, purpose, kind in product(facts.people, PURPOSES, ("page", "emergency")):
        look = looks[who.post, purpose, kind] = uuid4()
        has = {"user": who.user, "post": who.post, "agency": who.agency, "purpose": purpose,
               "transaction": committed, "records": []}  # fmt: skip
        filled = row(facts, Item("look", look, has=has)) | {"at": "tomorrow", "kind": kind}
        put(KINDS["look"].table, **filled)
    return looks


def _label(owner: int, category: int, marking: int) -> dict[str, int]:
    return {
        "owner_id": owner, "category": category, "marking": marking,
        "label_id": (owner * 16 + category) * 4 + marking,
    }  # fmt: skip
