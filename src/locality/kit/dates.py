"""Months, periods, financial quarters and working days. No clock: today comes in as an argument."""

import re
import tomllib
from collections.abc import Iterator, Set
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

from locality.kit.errors import BadInput

NAMES = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])", re.ASCII)
APRIL = 4


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """One calendar month."""

    year: int
    number: int

    def __post_init__(self) -> None:
        if not (1 <= self.year <= 9999 and 1 <= self.number <= 12):
            raise BadInput(f"there is no month {self.number} of {self.year}")

    def __str__(self) -> str:
        return f"{self.year:04}-{self.number:02}"

    def __add__(self, months: int) -> "Month":
        year, number = divmod(self.year * 12 + self.number - 1 + months, 12)
        return Month(year, number + 1)

    def __sub__(self, other: "Month") -> int:
        """Count the months from `other` to this one."""
        return (self.year - other.year) * 12 + self.number - other.number

    @property
    def label(self) -> str:
        """Say the month as people do: “April 2025”."""
        return f"{NAMES[self.number - 1]} {self.year}"

    @property
    def first_day(self) -> date:
        """The first day of the month."""
        return date(self.year, self.number, 1)

    @property
    def last_day(self) -> date:
        """The last day of the month."""
        if (self.year, self.number) == (9999, 12):
            return date.max
        return (self + 1).first_day - timedelta(days=1)


def month(text: str) -> Month:
    """Read “2025-04”, or raise BadInput saying how a month is written."""
    found = MONTH.fullmatch(text.strip())
    if not found:
        raise BadInput(f"“{text}” is not a month; write the year and the month, such as 2025-04")
    return Month(int(found[1]), int(found[2]))


def month_of(day: date) -> Month:
    """Say which month a day is in."""
    return Month(day.year, day.month)


@dataclass(frozen=True, slots=True)
class Period:
    """Whole months from `first` to `last`, both included."""

    first: Month
    last: Month

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise BadInput(f"a period cannot end in {self.last.label}, before {self.first.label}")

    def __len__(self) -> int:
        return self.last - self.first + 1

    def __iter__(self) -> Iterator[Month]:
        return (self.first + ahead for ahead in range(len(self)))

    def __contains__(self, when: Month) -> bool:
        return self.first <= when <= self.last

    @property
    def label(self) -> str:
        """Say the period as people do: “April 2025 to March 2026”, or one month's name."""
        if self.first == self.last:
            return self.first.label
        return f"{self.first.label} to {self.last.label}"

    @property
    def first_day(self) -> date:
        """The first day of the period."""
        return self.first.first_day

    @property
    def last_day(self) -> date:
        """The last day of the period."""
        return self.last.last_day

    def year_before(self) -> "Period":
        """The same calendar months one year earlier, where seasons match."""
        return Period(self.first + -12, self.last + -12)


def runs_of_months(months: Set[Month]) -> str:
    """Say a set of months in as few words as are exact: “May 2025, July to August 2025”."""
    runs: list[list[Month]] = []
    for here in sorted(months):
        if runs and here - runs[-1][-1] == 1:
            runs[-1].append(here)
        else:
            runs.append([here])
    return ", ".join(_run(run[0], run[-1]) for run in runs)


def _run(first: Month, last: Month) -> str:
    if first == last:
        return first.label
    if first.year == last.year:
        return f"{NAMES[first.number - 1]} to {last.label}"
    return f"{first.label} to {last.label}"


def financial_year(when: Month) -> str:
    """Name the financial year (April to March) a month is in: “2025/26”."""
    began = when.year if when.number >= APRIL else when.year - 1
    return f"{began}/{(began + 1) % 100:02}"


def quarter(when: Month) -> tuple[str, Period]:
    """Name the financial quarter a month is in, and give its months."""
    past_april = (when.number - APRIL) % 12
    first = when + -(past_april % 3)
    name = f"quarter {past_april // 3 + 1} of {financial_year(when)}"
    return name, Period(first, first + 2)


@dataclass(frozen=True, slots=True)
class BankHolidays:
    """The bank holidays of every year from `first_year` to `last_year`."""

    first_year: int
    last_year: int
    days: frozenset[date]


def read_bank_holidays(text: str) -> BankHolidays:
    """Read a table of bank holidays (see bank_holidays.toml for the form)."""
    years: dict[str, list[date]] = tomllib.loads(text)["years"]
    days = frozenset(day for listed in years.values() for day in listed)
    return BankHolidays(min(map(int, years)), max(map(int, years)), days)


@cache
def england_and_wales() -> BankHolidays:
    """The bank holidays of England and Wales that come with the project."""
    text = files("locality.kit").joinpath("bank_holidays.toml").read_text(encoding="utf-8")
    return read_bank_holidays(text)


def is_working_day(day: date, holidays: BankHolidays) -> bool:
    """Say whether a day is neither a weekend nor a bank holiday.

    Raises BadInput outside the years the table covers: a missing year is not a year
    without holidays.
    """
    if not holidays.first_year <= day.year <= holidays.last_year:
        raise BadInput(
            f"no bank holidays are known for {day.year}; the table covers "
            f"{holidays.first_year} to {holidays.last_year}"
        )
    return day.weekday() < 5 and day not in holidays.days


def add_working_days(start: date, days: int, holidays: BankHolidays) -> date:
    """Give the day that is `days` working days after `start`; `start` itself is not counted.

    Adding none gives `start`, even at a weekend. Refuses (BadInput) to count backwards.
    """
    if days < 0:
        raise BadInput(f"working days are counted forwards, not {days}")
    day = start
    while days:
        day += timedelta(days=1)
        days -= is_working_day(day, holidays)
    return day


def working_days_between(start: date, end: date, holidays: BankHolidays) -> int:
    """Count the working days after `start`, up to and including `end`; none when end <= start."""
    span = range(1, (end - start).days + 1)
    return sum(is_working_day(start + timedelta(days=ahead), holidays) for ahead in span)
