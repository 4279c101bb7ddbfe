"""Fill a migrated database with an invented area of any size, as the services would have left it.

The trail and its seals are left out: no statement about people or concerns reads them.
"""

import tomllib
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import accumulate, pairwise, product
from pathlib import Path

import psycopg
from django.utils import timezone
from psycopg import sql

from locality.intake import reads as intake
from locality.intake import rules
from locality.intake.words import KIND_OF, NEEDS_NO_REASON, Matter, Told, Urgency, Why
from locality.people.rules import search_key
from tests.world import World, today

HERE = Path(__file__).parent
NAMES = HERE.parents[1] / "src" / "locality" / "demo" / "catalogue" / "names"
DAYS, HOURS = range(1, 731), range(9, 17)  # when concerns were raised
AT_ONCE = 2  # indexes made, or tables analysed, at the same time
# How often a concern is about each matter: what is sealed is rare.
OFTEN = dict.fromkeys(Matter, 10) | {Matter.HONOUR: 1, Matter.FGM: 1, Matter.EXTREMISM: 1}
ANSWERS = {Told.AGREED: 7, Told.DISAGREED: 1, Told.NOT_TOLD: 1, Told.COULD_NOT_ASK: 1}
FILLED = (
    "people_person", "people_record", "people_contact", "people_encounter", "intake_concern",
    "intake_narrative", "intake_about", "intake_receipt", "intake_reply", "intake_withdrawal",
    "triage_screening", "triage_waiting", "sharing_disclosure", "sharing_disclosed",
    "sharing_circle", "sharing_member", "sharing_workswith", "sharing_consent",
    "sharing_conflict", "sharing_apart", "cases_case", "cases_subject", "cases_need",
    "cases_action", "sharing_post", "sharing_user", "sharing_agency", "sharing_agreement",
    "sharing_party", "sharing_coverage",
)  # fmt: skip
INDEXES = """
    SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid)
    FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid
    WHERE t.relname = ANY (%s)
      AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid)
    ORDER BY pg_relation_size(t.oid) DESC
"""


@dataclass(frozen=True)
class Size:
    """How many there are of what the others follow from."""

    persons: int
    concerns: int

    @property
    def posts(self) -> int:
        """People who work in the area."""
        return max(60, self.persons // 500)


def fill(administrator: str, world: World, size: Size, seed: int) -> None:
    """Add people, concerns and all that goes with them to the agencies of a small world."""
    with psycopg.connect(administrator, autocommit=True) as admin:
        admin.execute("SET session_replication_role = replica")  # keys are checked in the end
        admin.execute("SET synchronous_commit = off; SET work_mem = '256MB'")
        admin.execute("CREATE SCHEMA scale")
        _say(admin, world, size, seed)
        indexes = admin.execute(INDEXES, [list(FILLED)]).fetchall()
        for name, _ in indexes:
            admin.execute(f"DROP INDEX {name}")
        admin.execute((HERE / "fill.sql").read_text(encoding="utf-8"))
        admin.execute("DROP SCHEMA scale CASCADE")
        # What the triggers would have told that are off.
        admin.execute("UPDATE locality_private.governance SET version = version + 1")
    _each(administrator, [made for _, made in indexes])
    _each(administrator, [f"VACUUM (ANALYZE) {table}" for table in FILLED])


def _each(administrator: str, statements: Iterable[str]) -> None:
    """Execute statements, a few at once."""

    def execute(statement: str) -> None:
        with psycopg.connect(administrator, autocommit=True) as admin:
            admin.execute("SET maintenance_work_mem = '512MB'")
            admin.execute(statement)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(execute, statements))


def _say(admin: psycopg.Connection, world: World, size: Size, seed: int) -> None:
    """Tell the database how much there shall be, and the application's own words."""
    for name, number in (("persons", size.persons), ("concerns", size.concerns),
                         ("posts", size.posts), ("seed", seed)):  # fmt: skip
        admin.execute(
            sql.SQL(
                "CREATE FUNCTION scale.{}() RETURNS bigint LANGUAGE sql IMMUTABLE RETURN {}"
            ).format(sql.Identifier(name), sql.Literal(number))
        )
    _table(admin, "actor (name text, post uuid)",
           [(name, one.post) for name, one in world.actors.items()])  # fmt: skip
    admin.execute(
        "CREATE FUNCTION scale.somebody(text) RETURNS uuid LANGUAGE sql STABLE "
        "RETURN (SELECT post FROM scale.actor WHERE name = $1)"
    )
    _table(admin, "matter (title text, category int, marking int, low float8, high float8)",
           _matters())  # fmt: skip
    _table(admin, "told (named boolean, told text, why text, handling text, low float8,"
           " high float8)", _told())  # fmt: skip
    _table(admin, "clock (days_ago int, hour int, urgency text, raised_at timestamptz,"
           " screen_by timestamptz)", _clocks())  # fmt: skip
    for name, names in zip(("given", "family"), _names(), strict=True):
        _table(admin, f"{name} (n int, name text, key text)",
               [(n, one, search_key(one)) for n, one in enumerate(names)])  # fmt: skip


def _table(admin: psycopg.Connection, columns: str, rows: Iterable[tuple[object, ...]]) -> None:
    admin.execute(f"CREATE TABLE scale.{columns}")
    name = columns.partition(" ")[0]
    with admin.cursor() as cursor, cursor.copy(f"COPY scale.{name} FROM STDIN") as to:
        for row in rows:
            to.write_row(row)
    admin.execute(f"ANALYZE scale.{name}")


def _shares(weights: Iterable[float]) -> Iterator[tuple[float, float]]:
    """Cut 0 to 1 into parts of these weights."""
    ends = list(accumulate(weights, initial=0))
    return pairwise(end / ends[-1] for end in ends)


def _matters() -> Iterator[tuple[object, ...]]:
    for (matter, kind), share in zip(
        KIND_OF.items(), _shares(OFTEN[one] for one in KIND_OF), strict=True
    ):
        yield rules.title(matter), int(kind.category), int(kind.marking), *share


def _told() -> Iterator[tuple[object, ...]]:
    yield False, Told.NOBODY, "", "", 0.0, 1.0
    for told, share in zip(ANSWERS, _shares(ANSWERS.values()), strict=True):
        agreed = told in NEEDS_NO_REASON
        yield (
            True, told, "" if agreed else Why.CHILD_AT_RISK,
            "" if agreed else "Speak to the reporter first.", *share,
        )  # fmt: skip


def _clocks() -> Iterator[tuple[object, ...]]:
    """When each concern was raised, and by when it had to be looked at."""
    zone, clocks = timezone.get_current_timezone(), intake.clocks()
    for days_ago, hour, urgency in product(DAYS, HOURS, Urgency):
        raised_at = datetime.combine(today() - timedelta(days=days_ago), time(hour), zone)
        yield days_ago, hour, urgency, raised_at, rules.screen_by(raised_at, urgency, clocks)


def _names() -> tuple[list[str], list[str]]:
    """Given names and family names, of which every family has one of its own kind of two."""
    given, family = set[str](), set[str]()
    for file in sorted(NAMES.glob("*.toml")):
        said = tomllib.loads(file.read_text(encoding="utf-8"))
        for words in (said["female"], said["male"]):
            given |= {one.strip() for one in words.replace("\n", " ").split(",")}
        family |= {one.strip() for one in said["family"].replace("\n", " ").split(",")}
    given, family = given - {""}, family - {""}
    some = sorted(family)
    doubled = [f"{one}-{other}" for one, other in zip(some, some[::-1], strict=True)]
    return sorted(given), [*some, *doubled]
