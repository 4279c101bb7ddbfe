"""Stand-ins for what the other domains count, so that reports are tested alone."""

from datetime import date
from types import SimpleNamespace

import pytest

from locality.impact import strategies
from locality.impact.reads import gathering
from locality.impact.tests.samples import CODE, PRACTICE, some_crime
from locality.kit.errors import NotHere


class InventedPlaces:
    """Recorded crime of one invented area."""

    area = SimpleNamespace(code=CODE, name="Walsall", population=284_106)

    def area_named(self, name):
        if name.casefold() != "walsall":
            raise NotHere(name)
        return self.area

    def crime_record(self, code, period):
        assert code == CODE
        crime = some_crime(period)
        return SimpleNamespace(
            area=self.area, counts=crime.counts, complete=crime.complete, source="Invented."
        )

    def sources(self):
        return ["invented.csv"]


class InventedPractice:
    """Counts that the partners' records would give, from the first record on."""

    began = date(2024, 1, 1)

    def __init__(self):
        measured = strategies.measures().practice
        self.counted = {m.counts[0]: PRACTICE[m.key] for m in measured if not m.of} | {
            m.counts[-1]: PRACTICE[m.key] for m in measured if m.of
        }
        self.counted = {name: 0 for m in measured for name in m.counts} | self.counted

    def counts(self, first, last):
        return self.counted if last >= self.began else dict.fromkeys(self.counted, 0)

    def outcomes(self, first, last):
        return {
            "Early help": {"reached": 18, "partly reached": 11, "not reached": 6, "declined": 3},
            "Mentoring": {"reached": 9, "partly reached": 8, "declined": 4, "not reached": 2},
        }


@pytest.fixture
def practice(monkeypatch):
    """Count from stand-ins, and let a test change what they count."""
    stand_in = InventedPractice()
    monkeypatch.setattr(gathering, "PLACES", InventedPlaces())
    monkeypatch.setattr(gathering, "COUNTERS", (stand_in.counts,))
    monkeypatch.setattr(gathering, "OUTCOMES", stand_in.outcomes)
    return stand_in
