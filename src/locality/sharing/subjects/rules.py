"""The clock of a request, and what may be done about it next. Pure."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta

from locality.kit.dates import BankHolidays
from locality.kit.errors import Refused
from locality.sharing.subjects.words import ENDS, Clock, ComplaintTime, Done, Standing, Time
from locality.sharing.words import Handled, SubjectKind

DAY = timedelta(days=1)


def months_after(start: date, months: int) -> date:
    """Say the day of the same number some months on, or that month's last day where it has none."""
    years, month = divmod(start.month - 1 + months, 12)
    year = start.year + years
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def last_day(
    start: date, months: int, stopped: int, time: Time, holidays: BankHolidays
) -> date:  # fmt: skip
    """Say the last day of a time of some months, made longer by every day it stood still.

    A year beyond the table of bank holidays is counted as if it had none.
    """
    day = months_after(start, months) - time.first_day_counts * DAY + stopped * DAY
    while time.ends_on_working_day and (day.weekday() >= 5 or day in holidays.days):
        day += DAY
    return day


def started_on(received: date, done: Sequence[Done]) -> date | None:
    """Say when the clock began: when it came, or when proof that was asked for was seen."""
    asked = [one.on for one in done if one.step == Handled.PROOF_ASKED]
    seen = [one.on for one in done if one.step == Handled.PROOF_SEEN]
    return received if not asked else max(received, seen[-1]) if seen else None


def stopped_for(done: Sequence[Done], today: date) -> int:
    """Count the days for which the clock stood still, up to today where it still does."""
    days, since = 0, None
    for one in done:
        if one.step == Handled.STOPPED:
            since = one.on
        elif one.step == Handled.RESTARTED and since is not None:
            days, since = days + (one.on - since).days, None
    return days + ((today - since).days if since else 0)


def is_stopped(done: Sequence[Done]) -> bool:
    """Say whether the clock stands still."""
    turns = [one.step for one in done if one.step in (Handled.STOPPED, Handled.RESTARTED)]
    return turns[-1:] == [Handled.STOPPED]


def clock(
    received: date, done: Sequence[Done], *, time: Time, holidays: BankHolidays, today: date,
    amber_days: int,
) -> Clock:  # fmt: skip
    """Say how the clock of a request for access or correction stands."""
    start, stopped = started_on(received, done), stopped_for(done, today)
    extended = any(one.step == Handled.EXTENDED for one in done)
    if start is None:
        return Clock(_ended(done) or Standing.PROOF, None)
    months = time.months + extended * time.extra_months
    due = last_day(start, months, stopped, time, holidays)
    halted = is_stopped(done)
    standing = _ended(done) or (Standing.STOPPED if halted else _by_day(due, today, amber_days))
    return Clock(standing, None if halted else due, start, stopped, extended)


def complaint_clock(
    received: date, done: Sequence[Done], *, time: ComplaintTime, today: date, amber_days: int
) -> Clock:
    """Say how the clock of a complaint stands: until it is acknowledged, that is what is due."""
    acknowledge_by = received + timedelta(days=time.acknowledge_days)
    known = any(one.step == Handled.ACKNOWLEDGED for one in done)
    due = received + timedelta(days=time.outcome_days) if known else acknowledge_by
    standing = _ended(done) or _by_day(due, today, amber_days)
    return Clock(standing, due, received, acknowledge_by=None if known else acknowledge_by)


def next_steps(kind: SubjectKind, done: Sequence[Done], clock: Clock, today: date) -> set[Handled]:
    """Say what may be done about a request next. What has ended stays ended."""
    if clock.standing == Standing.ENDED:
        return set()
    if kind == SubjectKind.COMPLAINT:
        return {Handled.ANSWERED, Handled.TAKEN_BACK} if clock.acknowledge_by is None else {
            Handled.ACKNOWLEDGED, Handled.TAKEN_BACK
        }  # fmt: skip
    if clock.standing == Standing.PROOF:
        return {Handled.PROOF_SEEN, Handled.REFUSED, Handled.TAKEN_BACK}
    if clock.standing == Standing.STOPPED:
        return {Handled.RESTARTED, Handled.TAKEN_BACK}
    steps = {Handled.STOPPED, Handled.ANSWERED, Handled.REFUSED, Handled.TAKEN_BACK}
    if not clock.extended and clock.due and today <= clock.due:
        steps.add(Handled.EXTENDED)
    if not any(one.step in (Handled.PROOF_ASKED, Handled.PROOF_SEEN) for one in done):
        steps |= {Handled.PROOF_ASKED, Handled.PROOF_SEEN}
    return steps


def require_step(step: Handled, allowed: set[Handled]) -> None:
    """Refuse with `sharing.subject_step` what cannot be done about a request now."""
    if step not in allowed:
        raise Refused(
            "sharing.subject_step",
            "This cannot be done now: a colleague may have been faster. Look at the request again.",
        )


def require_day(on: date, received: date, done: Sequence[Done], today: date) -> None:
    """Refuse with `sharing.subject_step_day` a day to come, or one before what went before."""
    earliest = max([received, *(one.on for one in done)])
    if not earliest <= on <= today:
        raise Refused(
            "sharing.subject_step_day",
            "The day must not be before the request came, before the step before this one, "
            "or still to come.",
        )


def _ended(done: Sequence[Done]) -> Standing | None:
    return Standing.ENDED if any(one.step in ENDS for one in done) else None


def _by_day(due: date, today: date, amber_days: int) -> Standing:
    if today > due:
        return Standing.OVERDUE
    return Standing.SOON if today >= due - timedelta(days=amber_days) else Standing.UNDER_WAY
