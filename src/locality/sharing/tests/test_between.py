"""Moments on a day, as a statement asks for them."""

from datetime import UTC, date, datetime, timedelta

from django.utils.timezone import localdate
from hypothesis import given
from hypothesis import strategies as st

from locality.sharing.reads import between

YEARS = date(2020, 1, 1), date(2030, 12, 31)
days = st.dates(*YEARS)
minutes = st.integers(-90, 90)


@given(days, days, days, minutes)
def test_a_moment_is_between_two_days_when_its_day_in_london_is(first, last, near, minutes):
    midnight = datetime(near.year, near.month, near.day, tzinfo=UTC)
    moment = midnight + timedelta(minutes=minutes)
    asked = dict(between("at", first, last).children)
    found = asked["at__gte"] <= moment <= asked["at__lte"]
    assert found == (first <= localdate(moment) <= last)


@given(days)
def test_the_days_at_both_ends_count(day):
    asked = dict(between("at", day, day).children)
    assert localdate(asked["at__gte"]) == localdate(asked["at__lte"]) == day
