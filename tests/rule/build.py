"""Write a world of facts into a database, as its administrator, inside one transaction."""

import hashlib
from collections.abc import Callable
from uuid import UUID, uuid4

import psycopg

from tests.rule.kinds import BY_ITSELF, KINDS, SOMEBODY
from tests.rule.oracle import Facts, Item, Who
from tests.rule.worlds import AGENCIES, PURPOSES


def key_of(who: Who) -> str:
    """The session key of somebody in a built world."""
    return f"key-{who.post}"


def write(to: psycopg.Connection, facts: Facts, committed: int) -> dict[tuple[UUID, int], UUID]:
    """Write every fact. Returns, for each post, the id of a look that counts as committed."""
    with to.pipeline():
        return _write(_writer(to), facts, committed)


def _write(put: Callable[..., None], facts: Facts, committed: int) -> dict[tuple[UUID, int], UUID]:
    for role, clearances in facts.roles.items():
        put("sharing_role", key=role, name=role, clearances=list(clearances),
            duties=sorted(facts.duties[role]))  # fmt: skip
    for agency in AGENCIES:
        put("sharing_agency", id=agency, name=f"A{agency}", sector="council", contact="")
    _people(put, facts)
    _agreements(put, facts)
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
    columns |= {kind.links[name]: value for name, value in item.has.items()}
    if item.kind in ("disclosed", "entry"):
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


def _looks(put: Callable[..., None], facts: Facts, committed: int) -> dict[tuple[UUID, int], UUID]:
    """A look for each post and purpose, so that they may act; it is no row of the world's."""
    looks: dict[tuple[UUID, int], UUID] = {}
    for who in facts.people:
        for purpose in PURPOSES:
            look = looks[who.post, purpose] = uuid4()
            has = {"user": who.user, "post": who.post, "agency": who.agency, "purpose": purpose,
                   "transaction": committed}  # fmt: skip
            put(KINDS["look"].table, **row(facts, Item("look", look, has=has)) | {"at": "tomorrow"})
    return looks


def _agreements(put: Callable[..., None], facts: Facts) -> None:
    for one in facts.agreements:
        agreement = uuid4()
        put("sharing_agreement", id=agreement, name="x", purpose_id=one.purpose,
            gateway="public task", state=one.state, starts=one.starts, until=one.until,
            review_by=one.until)  # fmt: skip
        for agency in one.gives | one.gets:
            put("sharing_party", id=uuid4(), agreement_id=agreement, agency_id=agency,
                gives=agency in one.gives, gets=agency in one.gets)  # fmt: skip
        for category, up_to in one.covers:
            put("sharing_coverage", id=uuid4(), agreement_id=agreement, category=category,
                up_to=up_to)  # fmt: skip


def _label(owner: int, category: int, marking: int) -> dict[str, int]:
    return {
        "owner_id": owner, "category": category, "marking": marking,
        "label_id": (owner * 16 + category) * 4 + marking,
    }  # fmt: skip
