"""When a record's time is over, and whether a schedule may be acted on. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from locality.sharing.retention.words import Said, Schedule, Standing
from locality.sharing.subjects.rules import months_after
from locality.sharing.words import Action, Sector, Verdict

LONGEST = 150  # years: more is a slip of the pen
NEEDED = 2  # of the owner's leads: what is gone cannot be brought back


def due_on(schedule: Schedule, closed: date, born: Sequence[date | None]) -> date:
    """Say the day from which a record closed on a day is due for review.

    Whose birth nobody knows counts as born when it was closed, so that the record is kept rather
    too long than too short.
    """
    ends = [months_after(closed, 12 * schedule.years)]
    if schedule.until_age is not None:
        ends += [months_after(day or closed, 12 * schedule.until_age) for day in born]
    return max(ends)


def schedule_for(
    schedules: Iterable[Schedule], agency: int, sector: Sector, kind: str
) -> Schedule | None:  # fmt: skip
    """Find the schedule for one kind of record: the agency's own, or else that of its sector.

    Where there is none, it is never due.
    """
    found = [one for one in schedules if (one.sector, one.kind) == (sector, kind)]
    own = (one for one in found if one.agency == agency)
    return next(own, next((one for one in found if one.agency is None), None))


def may_act(schedule: Schedule, today: date) -> bool:
    """Say whether anything may go by a schedule: somebody confirmed it, and not too long ago."""
    return schedule.confirmed and today <= schedule.review_by


def needed(owner: int, others: Iterable[int]) -> dict[int, int]:
    """Say how many leads of which agencies must agree: two of the owner, one of each other."""
    return {**dict.fromkeys(others, 1), owner: NEEDED}


def standing(
    needs: Mapping[int, int], asked_at: datetime, said: Iterable[Said], today: date
) -> Standing:  # fmt: skip
    """Say whether a record may go: as many leads have agreed as its agencies need.

    Whoever says that it is kept keeps it until that day, and after it all has to be said anew.
    What was said before it was asked, or by an agency that has no part in it, does not count.
    """
    counts = _counting(needs, asked_at, said)
    if any(one.keep_until and one.keep_until >= today for one in counts):
        return Standing.KEPT
    agreed = agreeing(needs, asked_at, counts)
    enough = all(len(agreed[agency]) >= many for agency, many in needs.items())
    return Standing.AGREED if enough else Standing.WAITS


def agreeing(
    needs: Mapping[int, int], asked_at: datetime, said: Iterable[Said]
) -> dict[int, set[UUID]]:  # fmt: skip
    """Say who agreed, by agency, since it was asked and since anybody last said it was kept."""
    counts = _counting(needs, asked_at, said)
    since = max((one.at for one in counts if one.verdict == Verdict.KEEP), default=asked_at)
    found: dict[int, set[UUID]] = {agency: set() for agency in needs}
    for one in counts:
        if one.verdict == Verdict.MAY_GO and one.at >= since:
            found[one.agency].add(one.who)
    return found


def _counting(needs: Mapping[int, int], asked_at: datetime, said: Iterable[Said]) -> list[Said]:
    return [one for one in said if one.at >= asked_at and one.agency in needs]


def slimmer(leaves: Mapping[str, object]) -> dict[str, str | int | float | bool | None]:
    """Say what is left of a record: of a day its month alone, so that nobody is found by it."""
    return {
        name: value.strftime("%Y-%m") if isinstance(value, date) else _plain(value)
        for name, value in leaves.items()
    }


def _plain(value: object) -> str | int | float | bool | None:
    return value if isinstance(value, str | int | float | bool | None) else str(value)


def faults(
    schedules: Sequence[Schedule], kinds: set[str], slims: set[str]
) -> Iterator[str]:  # fmt: skip
    """Yield what is wrong with schedules. `kinds` may have one, `slims` leave a slimmer row."""
    seen = set()
    for one in schedules:
        name = f"{one.sector}, {one.kind}"
        if (one.sector, one.kind) in seen:
            yield f"{name}: there are two schedules"
        seen.add((one.sector, one.kind))
        if one.kind not in kinds:
            yield f"{name}: no such kind of record has a schedule"
        elif one.action == Action.SLIM and one.kind not in slims:
            yield f"{name}: its domain does not say what a slimmer row leaves"
        if not 0 < one.years <= LONGEST or not 0 < (one.until_age or 1) <= LONGEST:
            yield f"{name}: the time must be between 1 and {LONGEST} years"
        if not one.source.strip() or not one.mark.strip():
            yield f"{name}: say where the time comes from and how sure that is"
