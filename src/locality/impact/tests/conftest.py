"""Stand-ins for what the other domains count, so that reports are tested alone."""

from datetime import date

import pytest

from locality.impact.reads import gathering
from locality.impact.tests.samples import CODE, OUTCOMES, PRACTICE, some_crime


class InventedCrime:
    """Recorded crime of one invented area."""

    def areas(self):
        return {"Walsall": CODE, "Nowhere Without A Strategy": "E0"}

    def crime(self, area_code, months):
        assert area_code == CODE
        return some_crime(months)


class InventedPractice:
    """Counts that the partners' records would give."""

    def __init__(self):
        self.counted = dict(PRACTICE)

    def counts(self, first, last):
        assert (first.day, (last - first).days > 27) == (1, True)
        return self.counted

    def crosses(self, first, last):
        return {"referrals.outcomes": OUTCOMES}

    def first_day(self):
        return date(2024, 1, 1)


@pytest.fixture
def practice(monkeypatch):
    """Count from stand-ins, and let a test change what they count."""
    stand_in = InventedPractice()
    monkeypatch.setattr(gathering, "CRIME", InventedCrime())
    monkeypatch.setattr(gathering, "PRACTICE", (stand_in,))
    return stand_in
