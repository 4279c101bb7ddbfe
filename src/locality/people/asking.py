"""What people tell whoever reads for a request: who may be meant by a name."""

from datetime import date
from uuid import UUID

from locality.kit.dates import NAMES
from locality.kit.errors import Refused
from locality.people import reads, rules, services
from locality.people.words import Identity, Sex
from locality.sharing.acting import Actor
from locality.sharing.subjects.doors import Candidate


def candidates(name: str, born: date | None) -> list[Candidate]:
    """Those of whom the reader sees a record under about this name or birth; nobody else."""
    given, _, family = name.strip().rpartition(" ")
    sought = services.sought_by(given, family, born, "")
    found = reads.found_by(sought, wider=True)
    rows = [one for one in found if rules.NAMES & set(rules.reasons(sought, one))]
    said: dict[UUID, str] = {}
    for row in rows:
        born_on = f", {row.born:%-d %B %Y}" if row.born else ""
        said.setdefault(row.person_id, f"{row.full_name}{born_on} ({row.owner})")
    return [Candidate(person, says) for person, says in said.items()]


def correct(by: Actor, record_id: UUID, part: str, says: str) -> None:
    """Correct one fact in an agency's record; a date as 24 March 1990.

    Refuses with `people.not_a_fact` what cannot be one.
    """
    record = reads.record(record_id)
    facts: Identity = {
        "given_names": record.given_names, "family_name": record.family_name,
        "known_as": record.known_as, "born": record.born, "sex": record.sex,
        "postcode": record.postcode,
    }  # fmt: skip
    right: object = _day(says) if part == "born" else says.strip()
    if part == "sex" and right not in set(Sex):
        raise Refused("people.not_a_fact", "Write female, male, other or not known.")
    changed: Identity = {**facts, part: right}  # type: ignore[misc]
    services.correct_record(
        by=by, record_id=record_id, version=record.version, why="", **changed
    )  # fmt: skip


def _day(says: str) -> date:
    """Read a date as people write it: 24 March 1990."""
    try:
        day, month, year = says.split()
        return date(int(year), NAMES.index(month.capitalize()) + 1, int(day))
    except ValueError:
        raise Refused("people.not_a_fact", "Write the date like 24 March 1990.") from None
