"""When a pathway's steps are due, what comes next, and when to look at the entry again. Pure."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta

from locality.kit.dates import BankHolidays, add_working_days
from locality.pathways.words import Clock, Pathway, StartsAt, Step


def due_on(clock: Clock, start: date, holidays: BankHolidays) -> date:
    """Say the last day on which something with this clock is on time."""
    if clock.working_days:
        return add_working_days(start, clock.working_days, holidays)
    return start + timedelta(days=clock.days)


def clock_start(step: Step, *, offered: date, accepted: date, before: date) -> date:
    """Say on which day a step's clock starts; `before` is when the step before it ended."""
    return {
        StartsAt.OFFER: offered,
        StartsAt.ACCEPTANCE: accepted,
        StartsAt.STEP_BEFORE: before,
    }[step.starts_at]


def step_due(
    step: Step, *, offered: date, accepted: date, today: date, holidays: BankHolidays
) -> date:
    """Say when a step that begins today is due.

    What came before may have used up its time: a clock is never silently started again.
    """
    start = clock_start(step, offered=offered, accepted=accepted, before=today)
    return due_on(step.within, start, holidays)


def next_steps(pathway: Pathway, after: str = "") -> tuple[Step, ...]:
    """Give the steps that may follow one step; without one, the first step."""
    if not after:
        return pathway.steps[:1]
    step = pathway.step(after)
    found = (pathway.step(key) for key in (step.then if step else ()))
    return tuple(one for one in found if one is not None)


def steps_ahead(pathway: Pathway, after: str) -> tuple[Step, ...]:
    """Give every step that may still come after one step, in the pathway's own order."""
    ahead = reachable({step.key: step.then for step in pathway.steps}, [after]) - {after}
    return tuple(step for step in pathway.steps if step.key in ahead)


def reachable(then: Mapping[str, Collection[str]], start: Collection[str]) -> set[str]:
    """Follow what may follow what, as far as it goes; loops are fine."""
    seen: set[str] = set()
    to_follow = list(start)
    while to_follow:
        here = to_follow.pop()
        if here not in seen:
            seen.add(here)
            to_follow.extend(then.get(here, ()))
    return seen


def is_review_overdue(pathway: Pathway, today: date) -> bool:
    """Say whether somebody should have looked at this entry again by now."""
    return pathway.review_by < today


def sources_overdue(pathway: Pathway, today: date) -> tuple[str, ...]:
    """Name the sources that somebody should have looked at again by now."""
    return tuple(source.says for source in pathway.sources if source.review_by < today)
