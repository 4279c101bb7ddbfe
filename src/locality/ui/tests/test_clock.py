"""Time in words: exact, never negative, overdue when and only when it has passed."""

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from locality.ui.clock import (
    ago_in_words,
    due_in_words,
    due_parts,
    is_overdue,
    moment_in_words,
    state,
    time_in_words,
)

HOME = ZoneInfo("Europe/London")
MOMENTS = st.integers(946_684_800, 4_102_358_400).map(lambda s: datetime.fromtimestamp(s, UTC))
WHENS = MOMENTS | st.dates(date(2000, 1, 1), date(2099, 12, 31))
NOW = datetime(2026, 3, 23, 10, 0, tzinfo=HOME)  # a Monday


@given(WHENS, MOMENTS)
def test_no_words_are_ever_negative_and_none_count_nothing(when, now):
    for words in (due_in_words(when, now), ago_in_words(when, now)):
        assert "-" not in words
        assert not re.search(r"\b0 (day|week|hour|minute)", words)


@given(WHENS, MOMENTS)
def test_it_is_overdue_in_words_exactly_when_it_has_passed(when, now):
    late = due_in_words(when, now).startswith("overdue")
    assert late == is_overdue(when, now) == (state(when, now) == "overdue")
    if isinstance(when, datetime):
        assert late == (when < now)
    else:
        assert late == (when < now.astimezone(HOME).date())


@given(WHENS, MOMENTS)
def test_tomorrow_is_the_next_day_here_and_no_other(when, now):
    day = when.astimezone(HOME).date() if isinstance(when, datetime) else when
    apart = (day - now.astimezone(HOME).date()).days
    assert due_in_words(when, now).startswith("due tomorrow") == (apart == 1)


@given(WHENS, MOMENTS)
def test_the_two_parts_say_what_the_whole_says(when, now):
    assert ", ".join(part for part in due_parts(when, now) if part) == due_in_words(when, now)


@given(WHENS, MOMENTS, st.timedeltas(timedelta(0), timedelta(days=900)))
def test_what_is_late_stays_late(when, now, later):
    assert is_overdue(when, now + later) or not is_overdue(when, now)


@given(MOMENTS)
def test_a_clock_face_has_no_leading_nought_and_no_needless_minutes(when):
    words = time_in_words(when)
    assert words in ("midday", "midnight") or re.fullmatch(
        r"(1[0-2]|[1-9])(:[0-5][0-9])?[ap]m", words
    )
    assert ":00" not in words


def test_the_sentences_are_the_ones_people_say():
    def at(**change: int) -> datetime:
        return NOW + timedelta(**change)

    said = {
        at(days=1, hours=7): "due tomorrow, Tuesday 24 March, 5pm",
        at(hours=7): "due today, 5pm",
        at(minutes=20): "due in 20 minutes, today at 10:20am",
        at(minutes=1): "due in 1 minute, today at 10:01am",
        at(seconds=20): "due now",
        at(days=3): "due in 3 days, Thursday 26 March, 10am",
        at(days=-2): "overdue by 2 days, was due Saturday 21 March, 10am",
        at(hours=-3): "overdue by 3 hours, was due Monday 23 March, 7am",
        at(minutes=-3): "overdue, was due Monday 23 March, 9:57am",
        date(2026, 3, 23): "due today, Monday 23 March",
        date(2026, 3, 22): "overdue by 1 day, was due Sunday 22 March",
        date(2027, 3, 22): "due in 52 weeks, Monday 22 March 2027",
    }
    assert {when: due_in_words(when, NOW) for when in said} == said


def test_days_are_counted_here_when_the_clocks_change():
    before = datetime(2026, 3, 28, 23, 30, tzinfo=HOME)  # the clocks go forward that night
    assert due_in_words(datetime(2026, 3, 29, 9, 0, tzinfo=HOME), before) == (
        "due tomorrow, Sunday 29 March, 9am"
    )
    assert moment_in_words(datetime(2026, 3, 29, 8, 0, tzinfo=UTC)) == "Sunday 29 March 2026, 9am"


def test_how_long_ago_is_what_people_say():
    assert ago_in_words(NOW - timedelta(days=3), NOW) == "3 days ago"
    assert ago_in_words(NOW - timedelta(days=1), NOW) == "yesterday"
    assert ago_in_words(NOW - timedelta(minutes=1), NOW) == "1 minute ago"
    assert ago_in_words(NOW.date(), NOW) == "today"
    assert timezone.get_default_timezone_name() == "Europe/London"
