"""A date in three boxes: every real date is read, and every mistake has its own sentence."""

from datetime import date, time, timedelta

import pytest
from django import forms
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from locality.ui.dates import ENGLISH, Wrong, read_date, read_time
from locality.ui.fields import DateField, TimeField

DATES = st.dates(date(1900, 1, 1), date(2099, 12, 31))
TYPED = st.text(max_size=6)


class Noticed(forms.Form):
    on = DateField(label="Date noticed", latest="today")


class Review(forms.Form):
    on = DateField(label="Review date", earliest="today", required=False)
    at = TimeField(label="Time", required=False)


def boxes(day: object, month: object, year: object) -> dict[str, str]:
    return {"on-day": str(day), "on-month": str(month), "on-year": str(year)}


@given(DATES, st.booleans())
def test_every_real_date_is_read_with_its_month_as_a_number_or_a_word(day, word):
    month = ENGLISH.split()[day.month - 1].title() if word else str(day.month)
    assert read_date({"day": f" {day.day} ", "month": month, "year": str(day.year)}) == day


@given(TYPED, TYPED, TYPED)
def test_whatever_is_typed_gives_a_date_or_says_which_boxes_are_wrong(day, month, year):
    found = read_date({"day": day, "month": month, "year": year})
    assert isinstance(found, date) or set(found.parts) <= {"day", "month", "year"} and found.parts


@given(DATES)
def test_a_kept_date_comes_back_in_its_boxes_and_is_read_as_itself(day):
    widget = DateField().widget
    assert read_date(widget.format_value(day)) == day
    assert read_date(widget.format_value(day.isoformat())) == day
    assert DateField().clean(day.isoformat()) == day


@given(TYPED, TYPED, TYPED)
def test_no_typing_breaks_a_form(day, month, year):
    form = Noticed(boxes(day, month, year))
    assert form.is_valid() or form.errors["on"]
    assert 'id="id_on-day"' in str(form)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        (("", "", ""), "Enter date noticed"),
        (("27", "", "2026"), "Date noticed must include a month"),
        (("", "", "2026"), "Date noticed must include a day and a month"),
        (("31", "2", "2026"), "Date noticed must be a real date"),
        (("3", "Smarch", "2026"), "Date noticed must be a real date"),
        (("3", "2", "26"), "Date noticed must have a year of 4 numbers, like 2026"),
        (("1", "1", "1899"), "Date noticed must be on or after 1 January 1900"),
        (("1", "1", "2999"), "Date noticed must be today or in the past"),
    ],
)
def test_each_mistake_has_its_own_sentence(typed, says):
    assert Noticed(boxes(*typed)).errors["on"] == [says]


def test_only_the_wrong_boxes_are_marked():
    page = str(Noticed(boxes(27, "", 2026)))
    assert page.count("govuk-input--error") == 1
    assert page.index("govuk-input--error") > page.index('id="id_on-day"')
    assert str(Noticed(boxes("", "", ""))).count("govuk-input--error") == 3


def test_a_review_is_not_in_the_past():
    yesterday = timezone.localdate() - timedelta(days=1)
    form = Review(boxes(yesterday.day, yesterday.month, yesterday.year))
    assert form.errors["on"] == ["Review date must be today or in the future"]
    assert Review({}).is_valid()


@given(st.times())
def test_every_time_is_read_as_people_write_it(at):
    at = at.replace(second=0, microsecond=0)
    half = "am" if at.hour < 12 else "pm"
    twelve = at.hour % 12 or 12
    for typed in (f"{at:%H:%M}", f"{twelve}:{at:%M}{half}", f"{twelve}.{at:%M} {half.upper()}"):
        assert read_time(typed) == at


@given(st.text(max_size=8))
def test_whatever_is_typed_is_a_time_or_is_not(typed):
    assert read_time(typed) is None or isinstance(read_time(typed), time)


def test_a_wrong_time_says_what_to_type():
    form = Review({"at": "later"})
    assert form.errors["at"] == ["Time must be a time, like 2pm or 14:30"]
    assert read_time("midday") == time(12)
    assert read_time("13pm") is None
    assert read_time("14") is None


def test_another_script_s_digits_are_digits():
    assert read_date({"day": "٢٤", "month": "٣", "year": "٢٠٢٦"}) == date(2026, 3, 24)
    assert isinstance(read_date({"day": "²", "month": "3", "year": "2026"}), Wrong)
