"""When a record's time is over, and whether a schedule may be acted on. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from locality.sharing.retention.words import Action, Schedule
from locality.sharing.subjects.rules import months_after
from locality.sharing.words import Sector

LONGEST = 150  # years: more is a slip of the pen


def due_on(schedule: Schedule, closed: date, born: Sequence[date | None]) -> date:
    """Say the day from which a record closed on a day is due for review.

    Whose birth nobody knows counts as born when it was closed, so that the record is kept rather
    too long than too short.
    """
    ends = [months_after(closed, 12 * schedule.years)]
    if schedule.until_age is not None:
        ends += [months_after(day or closed, 12 * schedule.until_age) for day in born]
    return max(ends)


def schedule_for(schedules: Iterable[Schedule], sector: Sector, kind: str) -> Schedule | None:
    """Find the schedule for one kind of record; where there is none, it is never due."""
    return next((one for one in schedules if (one.sector, one.kind) == (sector, kind)), None)


def may_act(schedule: Schedule, today: date) -> bool:
    """Say whether anything may go by a schedule: somebody confirmed it, and not too long ago."""
    return schedule.confirmed and today <= schedule.review_by


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
