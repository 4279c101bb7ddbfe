"""What the caseload is made at: who works there, whom they know, and one stream of chance."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVar
from uuid import UUID

import numpy as np

from locality.demo.rules.dates import next_workday, workday
from locality.demo.words.area import DemoPanel, DemoStaff
from locality.demo.words.caseload import Theme
from locality.pathways.words import Clock, Pathway

One = TypeVar("One")
LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # none that is mistaken for another
HOURS = (8, 9, 9, 10, 10, 11, 11, 12, 13, 14, 14, 15, 15, 16, 17)


@dataclass(frozen=True, slots=True)
class Desk:
    """The themes, staff and agencies' numbers by key, panels, pathways, and streets nearby."""

    rng: np.random.Generator
    today: date
    themes: Sequence[Theme]
    staff: dict[str, DemoStaff]
    numbers: dict[str, int]
    panels: Sequence[DemoPanel]
    pathways: Mapping[str, Pathway]
    areas: Sequence[tuple[str, str]]  # a street and its small area, for concerns about places

    @property
    def now(self) -> datetime:
        """The moment up to which things have happened: eight in the morning."""
        return datetime.combine(self.today, time(8), UTC)

    def id(self) -> UUID:
        """Make a version 4 UUID."""
        return UUID(bytes=self.rng.bytes(16), version=4)

    def reference(self, kind: str) -> str:
        """Make what people quote, such as C-7KQ2-M9XD."""
        drawn = [LETTERS[int(u * len(LETTERS))] for u in self.rng.random(8)]
        return f"{kind}-{''.join(drawn[:4])}-{''.join(drawn[4:])}"

    def chance(self, share: float) -> bool:
        """Say whether something of this probability happens."""
        return bool(self.rng.random() < share)

    def one(self, things: Sequence[One]) -> One:
        """Choose one, all alike."""
        return things[int(self.rng.random() * len(things))]

    def weighed(self, things: Sequence[One], weights: Sequence[float]) -> One:
        """Choose one, as often as its weight says."""
        steps = np.cumsum(weights)
        at = int(np.searchsorted(steps / steps[-1], self.rng.random(), side="right"))
        return things[at]

    def days(self, least: int, mean_more: float) -> int:
        """Draw a number of days: at least so many, then fewer and fewer."""
        return least + int(self.rng.exponential(mean_more))

    def moment(self, day: date) -> datetime:
        """Give a moment in working hours of the day, or of the Friday before a weekend."""
        minute = int(self.rng.random() * 60)
        return datetime.combine(workday(day), time(self.one(HOURS), minute), UTC)

    def agency(self, who: str) -> int:
        """Give the number of somebody's agency."""
        return self.numbers[self.staff[who].agency]


def due(clock: Clock, start: date) -> date:
    """Give the last day of a pathway's clock: working days, or days that end on a working day."""
    day = start
    for _ in range(clock.working_days):
        day = next_workday(day)
    return workday(day + timedelta(days=clock.days))


def evening(day: date) -> datetime:
    """Give five o'clock, when a working day's clock runs out."""
    return datetime.combine(day, time(17), UTC)


def look_by(raised: datetime, urgency: str) -> datetime:
    """Say by when a concern must be decided: four hours, the next or the third working day."""
    if urgency == "today":
        return raised + timedelta(hours=4)
    day = raised.date()
    for _ in range(1 if urgency == "soon" else 3):
        day = next_workday(day)
    return evening(day)
