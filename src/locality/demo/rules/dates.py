"""When the events of a story happen, told from the day of the demonstration."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from locality.demo.words.stories import Dated, Event, Story

AFTER = timedelta(minutes=10)
SATURDAY = 5


def workday(day: date) -> date:
    """Give the day itself, or the Friday before a weekend."""
    return day - timedelta(days=max(0, day.weekday() - SATURDAY + 1))


def on(today: date, offset: int) -> date:
    """Give the working day that lies `offset` days from today."""
    return workday(today + timedelta(days=offset))


def next_workday(day: date) -> date:
    """Give the first working day after `day`. Public holidays are not known here."""
    after = day + timedelta(days=1)
    return after + timedelta(days=max(0, 7 - after.weekday()) if after.weekday() >= SATURDAY else 0)


def born(today: date, age: float) -> date:
    """Give the birth date of somebody of this age in years."""
    return today - timedelta(days=round(age * 365.25))


def told(story: Story, today: date) -> list[Dated]:
    """Date a story's events, in order; each at least ten minutes after the one before."""
    found: list[Dated] = []
    for event in story.events:
        moment = _moment(event, today)
        if found:
            moment = max(moment, found[-1].happens_at + AFTER)
        found.append(Dated(event, moment, story.key))
    return found


def all_told(stories: Iterable[Story], today: date) -> list[Dated]:
    """Date every story's events and put them in one order, as a seed acts them out."""
    events = [dated for story in stories for dated in told(story, today)]
    return sorted(events, key=lambda dated: dated.happens_at)


def _moment(event: Event, today: date) -> datetime:
    return datetime.combine(on(today, event.day), time.fromisoformat(event.at), UTC)
