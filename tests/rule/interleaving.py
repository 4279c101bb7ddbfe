"""Rights that end and come back in one connection while somebody reads in another."""

from contextlib import ExitStack
from dataclasses import dataclass, field
from random import Random
from uuid import UUID, uuid4

import psycopg

from locality.kit.errors import Refused
from locality.people.models import Person, Record
from locality.sharing import reads, services
from locality.sharing.acting import Actor, acting
from locality.sharing.labels import labelled
from locality.sharing.services import Terms
from locality.sharing.words import Category, Gateway, Marking
from tests.world import World, today

# What opens a record to somebody else, and how each of these ends and comes back.
RIGHTS = {
    "disclosure withdrawn": (
        "UPDATE sharing_disclosure SET withdrawn_at = now() WHERE id = %(given)s",
        "UPDATE sharing_disclosure SET withdrawn_at = NULL WHERE id = %(given)s",
    ),
    "disclosure expired": (
        "UPDATE sharing_disclosure SET until = locality.today() - 1 WHERE id = %(given)s",
        "UPDATE sharing_disclosure SET until = NULL WHERE id = %(given)s",
    ),
    "left the circle": (
        "UPDATE sharing_member SET left_at = now() WHERE id = %(member)s",
        "UPDATE sharing_member SET left_at = NULL WHERE id = %(member)s",
    ),
    "membership over": (
        "UPDATE sharing_member SET until = locality.today() - 1 WHERE id = %(member)s",
        "UPDATE sharing_member SET until = NULL WHERE id = %(member)s",
    ),
    "circle closed": (
        "UPDATE sharing_circle SET closed_on = locality.today() - 1 WHERE id = %(circle)s",
        "UPDATE sharing_circle SET closed_on = NULL WHERE id = %(circle)s",
    ),
    "agreement suspended": (
        "UPDATE sharing_agreement SET state = 'suspended' WHERE id = %(agreement)s",
        "UPDATE sharing_agreement SET state = 'in force' WHERE id = %(agreement)s",
    ),
    "agreement over": (
        "UPDATE sharing_agreement SET until = locality.today() - 1 WHERE id = %(agreement)s",
        "UPDATE sharing_agreement SET until = locality.today() + 300 WHERE id = %(agreement)s",
    ),
    "kept away": (
        "UPDATE sharing_conflict SET lifted_at = NULL WHERE id = %(conflict)s",
        "UPDATE sharing_conflict SET lifted_at = now() WHERE id = %(conflict)s",
    ),
    "kept apart": (
        "UPDATE sharing_apart SET ended_at = NULL WHERE id = %(apart)s",
        "UPDATE sharing_apart SET ended_at = now() WHERE id = %(apart)s",
    ),
    "post over": (
        "UPDATE sharing_post SET until = locality.today() - 1 WHERE id = %(post)s",
        "UPDATE sharing_post SET until = NULL WHERE id = %(post)s",
    ),
    "purpose taken away": (
        "UPDATE sharing_post SET purposes = array_remove(purposes, 1::smallint)"
        " WHERE id = %(post)s",
        "UPDATE sharing_post SET purposes = array_append(purposes, 1::smallint)"
        " WHERE id = %(post)s",
    ),
    "account closed": (
        "UPDATE sharing_user SET is_active = false WHERE id = %(person)s",
        "UPDATE sharing_user SET is_active = true WHERE id = %(person)s",
    ),
}
OPENS, READS, ENDS, POINTS = 0, (1, 2), 3, 5  # what the reader does; a change comes before each


@dataclass
class Shared:
    """A record that one agency has let somebody of another see, and how it stands."""

    by: Actor
    record: UUID
    names: dict[str, UUID]
    writer: psycopg.Connection
    over: set[str] = field(default_factory=set)  # which rights have ended

    def shows(self) -> bool:
        """Answer whether a transaction that begins now shows the record."""
        with ExitStack() as reading:
            return _opens(reading, self.by) and self._reads()

    def interleave(self, random: Random) -> str:
        """End a right, or give it back, in the midst of a read; say what went wrong, if anything.

        A read before the commit shows what was; a transaction begun after it shows what is. One
        begun before and read after may show either.
        """
        what = random.choice(sorted(self.over) if self.over else list(RIGHTS))
        begins, commits = sorted(random.choices(range(POINTS), k=2))
        kept, was = random.random() < 0.8, not self.over
        becomes = self.over ^ {what} if kept else self.over
        with ExitStack() as reading:
            opened = False
            for point in range(POINTS):
                if point == begins:
                    self.writer.execute(RIGHTS[what][what in self.over], self.names)
                if point == commits:
                    self.writer.commit() if kept else self.writer.rollback()
                if point == OPENS:
                    opened = _opens(reading, self.by)
                if point in READS:
                    may = self._may(was, not becomes, commits, point)
                    if (opened and self._reads()) not in may:
                        return f"{what}: begun at {begins}, ended at {commits}, read at {point}"
                if point == ENDS:
                    reading.close()
        self.over = becomes
        return "" if self.shows() == (not self.over) else f"{what}: not so in the next transaction"

    @staticmethod
    def _may(was: bool, becomes: bool, commits: int, point: int) -> set[bool]:
        if commits == OPENS:
            return {becomes}
        return {was} if commits > point else {was, becomes}

    def undo(self) -> None:
        """Give every right back, and take away what was shared."""
        for what in self.over:
            self.writer.execute(RIGHTS[what][1], self.names)
        for one in UNDO:
            self.writer.execute(one, self.names)
        self.writer.commit()

    def _reads(self) -> bool:
        return Record.objects.filter(pk=self.record).exists()


def _opens(reading: ExitStack, by: Actor) -> bool:
    try:
        reading.enter_context(acting(by))
    except Refused:
        return False
    return True


def share(world: World, writer: psycopg.Connection) -> Shared:
    """Let the front door's screener see a school's record."""
    by, giver = world.screener, world.teacher
    with acting(giver):
        person = Person.objects.create()
        record = Record.objects.create(
            person=person, given_names="Ash", family_name="Fielding", recorded_on=today(),
            **labelled(giver.agency, Category.IDENTITY, Marking.STANDARD),
        )  # fmt: skip
        given = services.disclose(
            by=giver, circle_id=reads.front_door("early help").pk, items=[record],
            terms=Terms(gateway=Gateway.CHILDREN_ACT_2004_S10, necessity="To plan help."),
        )  # fmt: skip
    names = {
        "given": given.pk, "circle": given.circle_id, "agreement": world.agreement,
        "post": by.post, "person": by.person, "conflict": uuid4(), "subject": person.pk,
        "record": record.pk, "apart": uuid4(), "feared": uuid4(), "works": uuid4(),
    }  # fmt: skip
    names["member"] = writer.execute(
        "SELECT id FROM sharing_member WHERE circle_id = %(circle)s AND post_id = %(post)s", names
    ).fetchone()[0]
    for one in (CONFLICT, APART, WORKS_WITH):
        writer.execute(one, names | {"agency": by.agency})
    writer.commit()
    return Shared(by, record.pk, names, writer)


CONFLICT = """
INSERT INTO sharing_conflict
    (id, user_id, subject, why, agency_id, declared_by_id, declared_at, lifted_at)
VALUES (%(conflict)s, %(person)s, %(subject)s, 'A niece.', %(agency)s, %(post)s, now(), now())
"""
APART = """
INSERT INTO sharing_apart
    (id, protected, feared, why, agency_id, declared_by_id, declared_at, ended_at)
VALUES (%(apart)s, %(subject)s, %(feared)s, 'Fear.', %(agency)s, %(post)s, now(), now())
"""
WORKS_WITH = """
INSERT INTO sharing_workswith (id, circle_id, person) VALUES (%(works)s, %(circle)s, %(feared)s)
"""
UNDO = (
    "DELETE FROM sharing_workswith WHERE id = %(works)s",
    "DELETE FROM sharing_apart WHERE id = %(apart)s",
    "DELETE FROM sharing_conflict WHERE id = %(conflict)s",
    "DELETE FROM sharing_disclosed WHERE disclosure_id = %(given)s",
    "DELETE FROM sharing_disclosure WHERE id = %(given)s",
    "DELETE FROM people_record WHERE id = %(record)s",
    "DELETE FROM people_person WHERE id = %(subject)s",
)
