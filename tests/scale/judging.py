"""Ask a large world as people in it which of some rows show, and compare with the plain oracle."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

import psycopg
from django.db import connection

from locality.sharing import sessions
from locality.sharing.acting import Actor, acting, looking
from locality.sharing.starting import purpose_number
from tests.rule.kinds import KINDS
from tests.rule.oracle import Who
from tests.scale.sampling import Batch, batches, common, judged, people
from tests.world import today

PURPOSES = ("early help", "safeguarding children", "crime prevention")
SOMEBODY = """
    SELECT p.user_id, p.id, p.agency_id FROM sharing_post p JOIN sharing_user u ON u.id = p.user_id
    WHERE u.is_active AND p.until IS NULL AND p.purposes @> '{1,2,4}'
    ORDER BY (SELECT count(*) FROM sharing_conflict c WHERE c.user_id = u.id) DESC, md5(p.id::text)
    LIMIT %s
"""


@dataclass
class Verdict:
    """How often database and oracle were asked the same, and about what they differ."""

    asked: int = 0
    shown: int = 0
    by_kind: Counter[str] = field(default_factory=Counter)
    leaks: list[str] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)


def somebody(administrator: str, most: int) -> list[Actor]:
    """Some people in post, those first who are kept from somebody; with sessions of their own."""
    with psycopg.connect(administrator) as database:
        found = database.execute(SOMEBODY, [most]).fetchall()
    return [
        Actor(post, user, agency, PURPOSES[0], sessions.start(user=user, post=post))
        for user, post, agency in found
    ]


def judge(administrator: str, actors: Sequence[Actor], most: int, seed: int) -> Verdict:
    """Compare what shows to these people, for each purpose, of so many rows of each kind."""
    verdict = Verdict()
    with psycopg.connect(administrator) as database:
        whom = {one.post: one for one in people(database, [by.post for by in actors])}
        facts = common(database, list(whom.values()), today())
        for batch in batches(database, facts, most, seed):
            for by in _each_purpose(actors):
                _compare(verdict, batch, by, whom[by.post])
    return verdict


def _each_purpose(actors: Iterable[Actor]) -> Iterator[Actor]:
    for by in actors:
        for purpose in PURPOSES:
            yield replace(by, purpose=purpose)


def _compare(verdict: Verdict, batch: Batch, by: Actor, who: Who) -> None:
    found = _shown(by, batch.ids)
    expected = judged(batch, who, purpose_number(by.purpose))
    for kind, ids in batch.ids.items():
        verdict.asked += len(ids)
        verdict.shown += len(found[kind])
        verdict.by_kind[kind] += len(found[kind])
        says = f"{kind} for {who} ({by.purpose})"
        verdict.leaks += [f"{one}: {says}" for one in found[kind] - expected[kind]]
        verdict.refusals += [f"{one}: {says}" for one in expected[kind] - found[kind]]


def _shown(by: Actor, ids: dict[str, set[UUID]]) -> dict[str, set[UUID]]:
    """Which of these rows the database shows to somebody who acts as in any request."""
    found: dict[str, set[UUID]] = {}
    with (
        looking(by, kind="page", route="scale"),
        acting(by),
        connection.cursor() as cursor,
    ):
        for kind, wanted in ids.items():
            of = KINDS[kind]
            cursor.execute(
                f"SELECT {of.key} FROM {of.table} WHERE {of.key} = ANY (%s)",  # noqa: S608
                [list(wanted)],
            )
            found[kind] = {one for (one,) in cursor.fetchall()}
    return found
