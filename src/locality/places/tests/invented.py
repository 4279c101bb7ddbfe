"""A town nobody lives in: two boroughs of square areas, and crime that follows a rule."""

import csv
import gzip
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from locality.kit.dates import Month, Period

TODAY = date(2026, 4, 20)
PERIOD = Period(Month(2024, 1), Month(2025, 12))
BOROUGHS = {"E08900001": ("Aldermoor", 40), "E08900002": ("Brackenford", 8)}
CATEGORIES = ("Burglary", "Drugs", "Vehicle crime", "Violence and sexual offences")
GAP = Month(2025, 3)  # Aldermoor is missing
PARTIAL = Month(2024, 6)  # most of Aldermoor is missing
QUIET = Month(2025, 9)  # complete, but for five areas that chance cannot silence
LOOKUP = (
    "lsoa21_name", "lsoa21_code", "ward24_name", "ward24_code", "ltla24_name", "ltla24_code",
)  # fmt: skip
RECORDED = ("lsoa_code", "lsoa_name", "borough", "category", "year", "month", "crime_count")
STREET = (
    "Crime ID", "Month", "Reported by", "Falls within", "Longitude", "Latitude", "Location",
    "LSOA code", "LSOA name", "Crime type", "Last outcome category", "Context",
)  # fmt: skip
Area = tuple[str, str, str]  # code, name, borough's code


def small_areas() -> Iterator[tuple[str, str, str, int]]:
    """Give code, name, borough's code and place in the row of every small area."""
    for number, (code, (name, many)) in enumerate(BOROUGHS.items()):
        for place in range(many):
            letter = "ABCD"[place % 4]
            label = f"{name} {place // 4 + 1:03}{letter}"
            yield f"E0199{number}{place:03}", label, code, place


def recorded() -> Iterator[tuple[object, ...]]:
    """Give every line of recorded crime: more in low-numbered areas, less in the later year."""
    for code, name, borough, place in small_areas():
        for month in PERIOD:
            if borough == "E08900001" and is_gap(month, place):
                continue
            for nth, category in enumerate(CATEGORIES):
                count = 40 // (place + 1) + nth + 1 - (month.year == 2025)
                if count > 0:
                    label = BOROUGHS[borough][0]
                    yield code, name, label, category, month.year, month.number, count


def is_gap(month: Month, place: int) -> bool:
    """Say whether nothing came from one of Aldermoor's areas in a month."""
    return month == GAP or (month == PARTIAL and place > 2) or (month == QUIET and place >= 35)


def write_folder(folder: Path, lines: Iterable[Sequence[object]] | None = None) -> Path:
    """Write everything that a load reads; `lines` instead of the usual recorded crime."""
    folder.mkdir(parents=True, exist_ok=True)
    areas = list(small_areas())
    write_csv(
        folder / "lsoa21_ward24_lad24.csv",
        LOOKUP,
        [
            (name, code, *ward(up, place), BOROUGHS[up][0], up)
            for code, name, up, place in areas
        ],
    )  # fmt: skip
    write_csv(
        folder / "lsoa_centroids.csv", ("LSOACD", "latitude", "longitude", "lsoa11cd"),
        [(code, 52.5, -2 + place / 100, code) for code, _, _, place in areas],
    )  # fmt: skip
    write_csv(
        folder / "census2021_age_bands_lsoa.csv",
        ("lsoa21_code", "lsoa21_name", "age_group", "usual_residents"),
        [(code, name, band, "500.0") for code, name, *_ in areas for band in ("young", "old")],
    )
    write_csv(
        folder / "imd2025_lsoa.csv", ("lsoa21_code", "IMD_decile", "IMD_rank"),
        [(code, f"{place % 10 + 1}.0", f"{place * 100 + 1}.0") for code, _, _, place in areas],
    )  # fmt: skip
    write_shapes(folder)
    heading = RECORDED
    write_csv(folder / "recorded_crime_lsoa_month_2023_2026.csv", heading, lines or recorded())
    return folder


def write_shapes(folder: Path) -> None:
    """Write the boundaries: a row of squares a borough, grouped in fours."""
    areas = list(small_areas())
    write_geojson(
        folder / "lsoa_2021.geojson", "LSOA21CD", "LSOA21NM",
        [(code, name, square(up, place, 1)) for code, name, up, place in areas],
    )  # fmt: skip
    fours = [one for one in areas if one[3] % 4 == 0]
    write_geojson(
        folder / "msoa.geojson", "MSOA21CD", "MSOA21NM",
        [
            (f"E0299{up[-1]}{place:03}", name[:-1], square(up, place, 4))
            for _, name, up, place in fours
        ],
    )  # fmt: skip
    write_geojson(
        folder / "ward.geojson", "WD25CD", "WD25NM",
        [(*ward(up, place)[::-1], square(up, place, 4)) for _, _, up, place in fours],
    )  # fmt: skip


def ward(borough: str, place: int) -> tuple[str, str]:
    """Give the name and code of the ward of a small area: four to a ward."""
    return f"{BOROUGHS[borough][0]} ward {place // 4 + 1}", f"E0599{borough[-1]}{place // 4:03}"


def square(borough: str, place: int, wide: int) -> dict[str, object]:
    """Give a square; neighbours in a row share a side, and the boroughs do not touch."""
    south = 52.5 + int(borough[-1]) / 10
    west, east = -2 + place / 100, -2 + (place + wide) / 100
    corners = [
        [west, south], [east, south], [east, south + 0.01], [west, south + 0.01], [west, south],
    ]  # fmt: skip
    return {"type": "Polygon", "coordinates": [corners]}


def write_geojson(
    path: Path, code: str, name: str, shapes: Iterable[tuple[str, str, object]]
) -> None:
    """Write a collection of features."""
    features = [
        {"type": "Feature", "properties": {code: one, name: label}, "geometry": shape}
        for one, label, shape in shapes
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))


def street_line(**changes: str) -> list[str]:
    """Give one line of a street file."""
    usual = dict.fromkeys(STREET, "") | {
        "Crime ID": "a" * 64, "Month": "2024-01", "Reported by": "Aldermoor Police",
        "Falls within": "Aldermoor Police", "Longitude": "-1.995", "Latitude": "52.605",
        "Location": "On or near Alder Lane", "LSOA code": "E01990000",
        "LSOA name": "Aldermoor 001A", "Crime type": "Burglary",
        "Last outcome category": "Under investigation",
    }  # fmt: skip
    return list((usual | {key.replace("_", " "): value for key, value in changes.items()}).values())


def write_street(path: Path, lines: Iterable[Sequence[str]] | None = None) -> Path:
    """Write a street file: six months of three crimes, unless told otherwise."""
    usual = [
        street_line(Crime_ID=f"{month}{nth}", Month=f"2024-0{month}")
        for month in range(1, 7)
        for nth in range(3)
    ]
    write_csv(path, STREET, usual if lines is None else lines)
    return path


def write_csv(path: Path, heading: Sequence[str], lines: Iterable[Sequence[object]]) -> Path:
    """Write a CSV file, gzipped where its name says so."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "wt", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(heading)
        writer.writerows(lines)
    return path
