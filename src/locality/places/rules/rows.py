"""What a line of a crime file must hold to be taken in, and what is wrong where it is not.

Each reader is called once for a line with its values in the order of its `columns`, and gives
the values to keep or a `Fault`. Files may have other columns too; they are not read.
"""

from collections.abc import Mapping, Sequence
from hashlib import md5

from locality.kit.dates import Month
from locality.kit.errors import BadInput
from locality.places.words import Fault

FIRST_YEAR = 2000
LONGEST = 200  # characters in one value
LONGEST_CRIME = 64  # of a crime's number
MOST_DIGITS, MONTHS = 9, 12
MOST_IN_A_CELL = 100_000  # crimes of one category in one small area in one month


class RecordedRows:
    """Lines of recorded crime by small area and month."""

    columns = ("lsoa_code", "borough", "category", "year", "month", "crime_count")

    def __init__(
        self, boroughs: Mapping[str, str], categories: Mapping[str, int], latest: Month
    ) -> None:
        """Know the borough of each small area, each category's number and the latest month."""
        self.boroughs, self.categories = boroughs, categories
        self.months = _months_until(latest)

    def read(self, cells: Sequence[str]) -> tuple[str, str, int, int] | Fault:
        """Give area, first day of the month, category and count."""
        code, borough, category, year, month, count = cells
        known = self.boroughs.get(code)
        if known is None:
            return Fault("lsoa_code", code, "not a small area in the look-up of areas")
        if borough != known:
            return Fault("borough", borough, f"the area {code} is in {known}")
        number = self.categories.get(category)
        if number is None:
            return Fault("category", category, "not a category that police.uk publishes")
        day = self.months.get(f"{year}-{month.zfill(2)}")
        if day is None:
            return _month_fault(year, month)
        crimes = whole(count)
        if crimes is None or crimes > MOST_IN_A_CELL:
            return Fault("crime_count", count, f"not a whole number from 0 to {MOST_IN_A_CELL:,}")
        return code, day, number, crimes


class StreetRows:
    """Lines of a police.uk street file, in the official columns."""

    columns = (
        "Crime ID", "Month", "Reported by", "Falls within", "Longitude", "Latitude", "Location",
        "LSOA code", "Crime type", "Last outcome category",
    )  # fmt: skip

    def __init__(self, categories: Mapping[str, int], latest: Month) -> None:
        self.categories, self.months = categories, _months_until(latest)

    def read(self, cells: Sequence[str]) -> tuple[object, ...] | Fault:
        """Give the fingerprint and the values to keep; empty values are None.

        The fingerprint is of everything but the outcome, which changes as months go by.
        """
        crime, month, reported, within, lon, lat, location, lsoa, kind, outcome = cells
        number, day = self.categories.get(kind), self.months.get(month)
        if number is None:
            return Fault("Crime type", kind, "not a category that police.uk publishes")
        if day is None:
            return _month_fault(*month.partition("-")[::2], column="Month")
        if not within or not reported:
            return Fault("Falls within", within, "the force must be named")
        if (wrong := point_fault(lon, lat)) or (wrong := _lsoa_fault(lsoa)):
            return wrong
        same = "\x1f".join(cells[:9])
        if ("\0" in same or max(map(len, cells)) > LONGEST_CRIME) and (wrong := _text_fault(cells)):
            return wrong
        fingerprint = md5(same.encode(), usedforsecurity=False).hexdigest()
        return (
            fingerprint, crime, day, reported, within, lon or None, lat or None, location,
            lsoa, number, outcome,
        )  # fmt: skip


def require_readable(name: str, read: int, faults: Sequence[Fault], rejected: int) -> None:
    """Refuse a file (BadInput) with no line at all, or of which more than half is wrong."""
    if not read:
        raise BadInput(f"{name} has a heading but no lines beneath it: choose a file with data")
    if rejected * 2 > read:
        first = faults[0]
        raise BadInput(
            f"{name} was not loaded: {rejected:,} of {read:,} lines cannot be read. The first is "
            f"line {first.line:,}, column {first.column}: “{printable(first.value)}”: "
            f"{first.reason}. Check that this is the right file."
        )


def whole(text: str) -> int | None:
    """Read a number of things in plain digits; None for anything else, or for too many digits."""
    fits = text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS
    return int(text) if fits else None


def require_columns(name: str, heading: Sequence[str], columns: Sequence[str]) -> list[int]:
    """Say where each of `columns` is in a heading; BadInput names those that are missing."""
    if not heading:
        raise BadInput(f"{name} is empty: choose a file with a heading and data.")
    missing = [column for column in columns if column not in heading]
    if missing:
        raise BadInput(
            f"{name}, line 1: no column {', '.join(missing)}. The heading is "
            f"“{printable(','.join(heading)[:LONGEST])}”; it must name {', '.join(columns)}"
            f"{_separated(heading)}."
        )
    if twice := [column for column in columns if heading.count(column) > 1]:
        raise BadInput(
            f"{name}, line 1: the heading names {', '.join(twice)} more than once. Keep one of "
            "each and load the file again."
        )
    return [heading.index(column) for column in columns]


def printable(text: str) -> str:
    """Show text on one line of a terminal or a page, whatever is in it."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)


def _separated(heading: Sequence[str]) -> str:
    """Say that values are parted by something else than commas, where it looks so."""
    return ", with commas between them" if len(heading) == 1 and len(heading[0]) > 1 else ""


def _months_until(latest: Month) -> dict[str, str]:
    """Every month that may be written, as it is written, with its first day."""
    first = Month(FIRST_YEAR, 1)
    months = (first + ahead for ahead in range(latest - first + 1))
    return {str(month): f"{month}-01" for month in months}


def _month_fault(year: str, month: str, column: str = "") -> Fault:
    value = f"{year}-{month}"
    if whole(year) is None or not 1 <= (whole(month) or 0) <= MONTHS:
        return Fault(column or "month", value, "not a month; write it as 2025-04")
    return Fault(column or "year", value, f"before {FIRST_YEAR} or in the future")


def _text_fault(cells: Sequence[str]) -> Fault | None:
    """Say which value of a street line cannot be kept."""
    for column, value in zip(StreetRows.columns, cells, strict=True):
        if "\0" in value:
            return Fault(column, value, "with a null character; remove it")
        if len(value) > (LONGEST_CRIME if column == "Crime ID" else LONGEST):
            return Fault(column, value, "too long")
    return None


def point_fault(lon: str, lat: str) -> Fault | None:
    """Say what is wrong with a point: it is two degrees, or nothing at all."""
    if not lon and not lat:
        return None
    try:
        if -180 <= float(lon) <= 180 and -90 <= float(lat) <= 90:
            return None
    except ValueError:
        pass
    return Fault("Longitude", f"{lon}, {lat}", "not a longitude and a latitude in degrees")


def _lsoa_fault(code: str) -> Fault | None:
    if not code or (len(code) == 9 and code[0] in "ENSW9" and code.isalnum()):
        return None
    return Fault("LSOA code", code, "not a code such as E01010241")
