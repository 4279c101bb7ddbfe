"""Stand-ins for what the other domains count, so that reports are tested alone."""

from datetime import date
from types import SimpleNamespace

import pytest

from locality.cases.words import Grade
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
            area=self.area, period=period, counts=crime.counts, complete=crime.complete,
            source="Invented.",
        )  # fmt: skip

    def year_pairs(self, record, period):
        return some_crime(record.period).pairs

    def residents_heard(self, record):
        return dict.fromkeys(record.complete, self.area.population)

    def silent(self, record):
        return {}

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

    def how_referrals_ended(self, months):
        ended = {"early_help": (18, 6, 5, 6, 3), "mentoring": (9, 4, 4, 2, 4)}
        return [
            (pathway, grade)
            for pathway, counts in ended.items()
            for grade, count in zip(Grade, counts, strict=True)
            for _ in range(count)
        ]


@pytest.fixture
def practice(monkeypatch):
    """Count from stand-ins, and let a test change what they count."""
    stand_in = InventedPractice()
    monkeypatch.setattr(gathering, "places_reads", InventedPlaces())
    monkeypatch.setattr(gathering, "COUNTERS", (stand_in.counts,))
    monkeypatch.setattr(gathering, "how_referrals_ended", stand_in.how_referrals_ended)
    return stand_in
