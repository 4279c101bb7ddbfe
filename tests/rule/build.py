"""Write a world of facts into a database, as its administrator, inside one transaction."""

import hashlib
from collections.abc import Callable, Sequence
from datetime import timedelta
from uuid import UUID, uuid4

import psycopg

from tests.rule.oracle import Facts, Item, Who
from tests.rule.worlds import AGENCIES, PURPOSES

TABLES = {
    "record": "people_record", "contact": "people_contact", "concern": "intake_concern",
    "narrative": "intake_narrative", "about": "intake_about", "case": "cases_case",
    "need": "cases_need", "action": "cases_action", "note": "cases_note",
}  # fmt: skip


def key_of(who: Who) -> str:
    """The session key of somebody in a built world."""
    return f"key-{who.post}"


def write(to: psycopg.Connection, facts: Facts, committed: int) -> dict[tuple[UUID, int], UUID]:
    """Write every fact. Returns, for each post, the id of a look that counts as committed."""
    put = _writer(to)
    for role, clearances in facts.roles.items():
        put("sharing_role", key=role, name=role, clearances=list(clearances), duties=["lead"])
    for agency in AGENCIES:
        put("sharing_agency", id=agency, name=f"A{agency}", sector="council", contact="")
    _people(put, facts)
    _agreements(put, facts)
    for item in facts.items:
        ITEMS[item.kind](put, facts, item)
    _circles(put, facts)
    for user, subject, lifted in facts.kept_from:
        put("sharing_conflict", id=uuid4(), user_id=user, subject=subject, why="x",
            agency_id=AGENCIES[0], declared_by_id=facts.people[0].post, declared_at="now",
            lifted_at="now" if lifted else None)  # fmt: skip
    return _looks(put, facts, committed)


def _writer(to: psycopg.Connection) -> Callable[..., None]:
    def put(table: str, **columns: object) -> None:
        names = ", ".join(f'"{name}"' for name in columns)
        marks = ", ".join(f"%({name})s" for name in columns)
        to.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", columns)  # noqa: S608

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
    looks: dict[tuple[UUID, int], UUID] = {}
    for who in facts.people:
        for purpose in PURPOSES:
            look = looks[who.post, purpose] = uuid4()
            put("sharing_consultation", id=look, at="now", transaction=committed, person=who.user,
                post=who.post, agency=who.agency, purpose=purpose, kind="page", route="",
                records=[], sought="")  # fmt: skip
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


def _circles(put: Callable[..., None], facts: Facts) -> None:
    for ring in facts.rings:
        for post, starts, until, left in ring.members:
            put("sharing_member", id=uuid4(), circle_id=ring.id, post_id=post, part="",
                starts=starts, until=until, left_at="now" if left else None)  # fmt: skip
    kinds = {item.id: item for item in facts.items}
    for one in facts.given:
        act = uuid4()
        put("sharing_disclosure", id=act, circle_id=one.circle, purpose_id=one.purpose,
            gateway="public task", necessity="x", handling="", given_by_id=facts.people[0].post,
            given_at="now", starts=one.starts, until=one.until,
            withdrawn_at="now" if one.withdrawn else None, withdrawn_why="",
            **_label(one.giver, 0, 0))  # fmt: skip
        for item in one.items:
            put("sharing_disclosed", id=uuid4(), disclosure_id=act, item=item,
                kind=kinds[item].kind, category=0, giver_id=one.giver, circle_id=one.circle,
                purpose_id=one.purpose, starts=one.starts, until=one.until,
                withdrawn_at="now" if one.withdrawn else None)  # fmt: skip


def _label(owner: int, category: int, marking: int) -> dict[str, int]:
    return {
        "owner_id": owner, "category": category, "marking": marking,
        "label_id": (owner * 16 + category) * 4 + marking,
    }  # fmt: skip


def _row(item: Item) -> dict[str, object]:
    return {"id": item.id, **_label(item.owner, item.category, item.marking)}


def _person(put: Callable[..., None], facts: Facts, item: Item) -> None:
    put("people_person", id=item.id)


def _record(put: Callable[..., None], facts: Facts, item: Item) -> None:
    (person,) = item.about
    put("people_record", person_id=person, given_names="Ash", family_name="Fielding", known_as="",
        sex="not known", postcode="", given_key="ASH", family_key="FIELDING", version=1,
        recorded_on=facts.today, **_row(item))  # fmt: skip


def _contact(put: Callable[..., None], facts: Facts, item: Item) -> None:
    (person,) = item.about
    put("people_contact", record_id=item.parent, person_id=person, kind="phone",
        value="01632 960001", **_row(item))  # fmt: skip


def _concern(put: Callable[..., None], facts: Facts, item: Item) -> None:
    put("intake_concern", reference="C", purpose_id=1, circle_id=_ring(put, facts), title="x",
        about=list(item.about), place_says="here", noticed_on=facts.today, noticed_says="",
        urgency="soon", told="they know and agree", told_says="", without_agreement="",
        raised_by_id=facts.people[0].post, raised_at="now", screen_by="now",
        **_row(item))  # fmt: skip


def _ring(put: Callable[..., None], facts: Facts) -> UUID:
    """The first circle; every circle is written before the first item that names one."""
    if not getattr(facts, "_written", False):
        facts._written = True
        for ring in facts.rings:
            put("sharing_circle", id=ring.id, kind=ring.kind, name="", made_by_id=ring.made_by,
                purpose_id=ring.purpose, closed_on=ring.last_day,
                **_label(ring.owner, ring.category, ring.marking))  # fmt: skip
    return facts.rings[0].id


def _narrative(put: Callable[..., None], facts: Facts, item: Item) -> None:
    put("intake_narrative", concern_id=item.parent, text="x", seen_by="", strengths="",
        **_row(item))  # fmt: skip


def _about(put: Callable[..., None], facts: Facts, item: Item) -> None:
    (person,) = item.about
    put("intake_about", concern_id=item.parent, person_id=person, part="", **_row(item))


def _case(put: Callable[..., None], facts: Facts, item: Item) -> None:
    put("cases_case", reference="K", title="x", circle_id=_ring(put, facts), purpose_id=1,
        lawful_basis="x", why="x", own_words="", going_well="", lead_id=facts.people[0].post,
        about=list(item.about), concerns=[], state="open", opened_at="now", closing="",
        closing_says="", opened_by_id=facts.people[0].post, version=1, **_row(item))  # fmt: skip


def _need(put: Callable[..., None], facts: Facts, item: Item) -> None:
    put("cases_need", case_id=item.parent, heading="x", says="x",
        made_by_id=facts.people[0].post, made_at="now", **_row(item))  # fmt: skip


def _action(put: Callable[..., None], facts: Facts, item: Item) -> None:
    put("cases_action", case_id=item.parent, says="x", who_id=facts.people[0].post,
        due=facts.today + timedelta(days=1), state="to do", result="",
        made_by_id=facts.people[0].post, made_at="now", **_row(item))  # fmt: skip


def _note(put: Callable[..., None], facts: Facts, item: Item) -> None:
    put("cases_note", case_id=item.parent, text="x", happened_on=facts.today,
        made_by_id=facts.people[0].post, made_at="now", **_row(item))  # fmt: skip


ITEMS: dict[str, Callable[[Callable[..., None], Facts, Item], None]] = {
    "person": _person, "record": _record, "contact": _contact, "concern": _concern,
    "narrative": _narrative, "about": _about, "case": _case, "need": _need, "action": _action,
    "note": _note,
}  # fmt: skip


def ids_of(rows: Sequence[tuple[UUID, ...]]) -> set[UUID]:
    """The first column of some rows, as a set."""
    return {row[0] for row in rows}
