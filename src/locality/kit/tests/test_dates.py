"""Properties of months, periods and working days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from locality.kit import dates
from locality.kit.dates import Month, Period
from locality.kit.errors import BadInput

HOLIDAYS = dates.england_and_wales()
months = st.builds(Month, st.integers(1900, 2100), st.integers(1, 12))
covered = st.dates(date(2023, 1, 1), date(2026, 6, 1))


@given(months, st.integers(-600, 600))
def test_adding_months_and_counting_them_agree(when, ahead):
    assert (when + ahead) - when == ahead


@given(months)
def test_a_month_is_read_back_as_it_is_written(when):
    assert dates.month(str(when)) == when


@given(st.dates())
def test_a_day_is_in_its_month(day):
    when = dates.month_of(day)
    assert when.first_day <= day <= when.last_day


@pytest.mark.parametrize(
    "text", ["", "2025", "2025-13", "2025-00", "April 2025", "٢٠٢٥-04", "2025-4"]
)
def test_what_is_not_a_month_is_refused_with_an_example(text):
    with pytest.raises(BadInput, match="such as 2025-04"):
        dates.month(text)


@given(months, st.integers(0, 60))
def test_a_period_holds_each_of_its_months_once(first, more):
    period = Period(first, first + more)
    assert len(set(period)) == len(period) == more + 1
    assert all(when in period for when in period)
    assert first + -1 not in period and first + (more + 1) not in period


@given(months, st.integers(0, 60))
def test_the_year_before_has_the_same_calendar_months(first, more):
    period = Period(first, first + more)
    assert [m.number for m in period.year_before()] == [m.number for m in period]


def test_a_period_is_said_as_people_say_it():
    assert Period(Month(2025, 4), Month(2026, 3)).label == "April 2025 to March 2026"
    assert Period(Month(2025, 4), Month(2025, 4)).label == "April 2025"
    with pytest.raises(BadInput, match="before May 2025"):
        Period(Month(2025, 5), Month(2025, 4))


def test_a_set_of_months_is_said_as_runs():
    said = dates.runs_of_months({Month(2024, 9), Month(2024, 10), Month(2025, 3)})
    assert said == "September to October 2024, March 2025"
    assert (
        dates.runs_of_months({Month(2024, 12), Month(2025, 1)}) == "December 2024 to January 2025"
    )


@given(months)
def test_every_month_is_in_its_financial_quarter_and_four_quarters_make_a_year(when):
    name, quarter = dates.quarter(when)
    assert when in quarter and len(quarter) == 3
    year = [dates.quarter(quarter.first + ahead)[0] for ahead in (0, 3, 6, 9)]
    assert len(set(year)) == 4 and year[0] == name


def test_a_financial_year_begins_in_april():
    assert dates.quarter(Month(2025, 4))[0] == "quarter 1 of 2025/26"
    assert dates.quarter(Month(2026, 3))[0] == "quarter 4 of 2025/26"
    assert dates.financial_year(Month(2099, 12)) == "2099/00"


@given(covered, st.integers(0, 60))
def test_adding_working_days_and_counting_them_agree(start, days):
    end = dates.add_working_days(start, days, HOLIDAYS)
    assert dates.working_days_between(start, end, HOLIDAYS) == days
    assert days == 0 or dates.is_working_day(end, HOLIDAYS)


@given(covered, st.integers(-40, 40), st.integers(0, 40))
def test_working_days_add_up_over_two_spans(start, first, second):
    middle = start + timedelta(days=abs(first))
    end = middle + timedelta(days=second)
    parts = [
        dates.working_days_between(*span, HOLIDAYS) for span in ((start, middle), (middle, end))
    ]
    assert sum(parts) == dates.working_days_between(start, end, HOLIDAYS)


def test_a_year_that_is_not_in_the_table_is_not_a_year_without_holidays():
    with pytest.raises(BadInput, match="no bank holidays are known for 2031"):
        dates.is_working_day(date(2031, 1, 1), HOLIDAYS)
    with pytest.raises(BadInput, match="counted forwards"):
        dates.add_working_days(date(2025, 1, 1), -1, HOLIDAYS)


@pytest.mark.parametrize("year", range(HOLIDAYS.first_year, HOLIDAYS.last_year + 1))
def test_bank_holidays_are_where_the_law_puts_them(year):
    """Easter by Gauss's method; the rest by their weekday. The coronation was extra."""
    listed = {day for day in HOLIDAYS.days if day.year == year}
    easter = _easter(year)
    expected = {easter - timedelta(days=2), easter + timedelta(days=1)}
    expected |= {_monday(year, 5, 1), _monday(year, 5, 25), _monday(year, 8, 25)}
    expected |= _substitutes([date(year, 1, 1)]) | _substitutes(
        [date(year, 12, 25), date(year, 12, 26)]
    )
    if year == 2023:
        expected.add(date(2023, 5, 8))
    assert listed == expected


def _easter(year):
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)


def _monday(year, number, from_day):
    day = date(year, number, from_day)
    return day + timedelta(days=-day.weekday() % 7)


def _substitutes(days):
    kept = {day for day in days if day.weekday() < 5}
    for day in (day for day in days if day.weekday() >= 5):
        while day.weekday() >= 5 or day in kept:
            day += timedelta(days=1)
        kept.add(day)
    return kept
