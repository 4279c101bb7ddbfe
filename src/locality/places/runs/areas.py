"""Load areas: boundaries, which is in which, residents and deprivation.

Small areas are the look-up's; every other file only adds to them. A line about an area that
the look-up does not name is rejected and listed.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from locality.kit.errors import BadInput
from locality.places.rules import boundaries, rows
from locality.places.runs import files
from locality.places.runs.loading import Loading, Progress, finish, loading
from locality.places.words import AreaKind, Fault, Loaded, Source

LOOKUP = "lsoa21_ward24_lad24.csv"
CENTROIDS = "lsoa_centroids.csv"
RESIDENTS = "census2021_age_bands_lsoa.csv"
DEPRIVATION = "imd2025_lsoa.csv"
# file, kind, the properties that hold its code and name, year of the boundaries
SHAPES = (
    ("lsoa_2021.geojson", AreaKind.LSOA, "LSOA21CD", "LSOA21NM", 2021),
    ("msoa.geojson", AreaKind.MSOA, "MSOA21CD", "MSOA21NM", 2021),
    ("ward.geojson", AreaKind.WARD, "WD25CD", "WD25NM", 2025),
)
TABLES = (LOOKUP, CENTROIDS, RESIDENTS, DEPRIVATION)
MOST_RESIDENTS = 100_000  # of one age band in one small area
LOOKUP_COLUMNS = (
    "lsoa21_code", "lsoa21_name", "ward24_code", "ward24_name", "ltla24_code", "ltla24_name",
)  # fmt: skip


@dataclass(slots=True)
class Draft:
    """An area being put together."""

    code: str
    kind: str
    name: str
    vintage: int
    msoa: str = ""
    ward: str = ""
    lad: str = ""
    boundary: str = ""
    west: float | None = None
    south: float | None = None
    east: float | None = None
    north: float | None = None
    lat: float | None = None
    lon: float | None = None
    population: int | None = None
    imd_rank: int | None = None
    imd_decile: int | None = None
    neighbours: list[str] = field(default_factory=list)


Drafts = dict[str, Draft]


def load(
    connection: psycopg.Connection[Any], folder: Path, by: str, progress: Progress
) -> list[Loaded]:
    """Load the areas of a folder, all files together; files that are in already are told so.

    When any of them is new all are read again, for an area is put together from all of them.
    """
    names = [*TABLES, *(shape[0] for shape in SHAPES)]
    paths = {name: files.find(folder, name) for name in names}
    with ExitStack() as stack:
        on_their_way = {
            name: stack.enter_context(loading(connection, path, Source.AREAS, by, progress))
            for name, path in paths.items()
        }
        if any(on_their_way.values()):
            readings = {
                name: one or Loading(connection, paths[name], Source.AREAS, progress)
                for name, one in on_their_way.items()
            }
            _put_in(connection, put_together(readings))
    return [finish(one, paths[name], Source.AREAS) for name, one in on_their_way.items()]


def put_together(readings: dict[str, Loading]) -> Drafts:
    """Build every area from the files on their way in."""
    drafts: Drafts = {}
    _read(readings[LOOKUP], LOOKUP_COLUMNS, _lookup_reader(drafts))
    _read(readings[CENTROIDS], ("LSOACD", "latitude", "longitude"), _point_reader(drafts))
    _read(readings[RESIDENTS], ("lsoa21_code", "usual_residents"), _residents_reader(drafts))
    _read(readings[DEPRIVATION], ("lsoa21_code", "IMD_rank", "IMD_decile"), _rank_reader(drafts))
    for name, kind, code, label, vintage in SHAPES:
        _shapes(readings[name], drafts, kind, (code, label), vintage)
    _nest(drafts)
    return drafts


def _read(
    reading: Loading, columns: Sequence[str], read: Callable[[Any], tuple[Any, ...] | Fault]
) -> None:
    for _ in reading.accepted(files.lines(reading.path, columns), read):
        pass
    reading.require_readable()


def _lookup_reader(drafts: Drafts) -> Callable[[Any], tuple[Any, ...] | Fault]:
    def read(cells: tuple[str, ...]) -> tuple[Any, ...] | Fault:
        code, name, ward, ward_name, lad, lad_name = cells
        if code in drafts:
            return Fault("lsoa21_code", code, "already named by an earlier line")
        if not all(cells):
            return Fault("lsoa21_code", code, "on a line with an empty value")
        drafts[code] = Draft(code, AreaKind.LSOA, name, 2021, ward=ward, lad=lad)
        drafts.setdefault(ward, Draft(ward, AreaKind.WARD, ward_name, 2024, lad=lad))
        drafts.setdefault(lad, Draft(lad, AreaKind.LAD, lad_name, 2024))
        return ()

    return read


def _point_reader(drafts: Drafts) -> Callable[[Any], tuple[Any, ...] | Fault]:
    def read(cells: tuple[str, ...]) -> tuple[Any, ...] | Fault:
        code, lat, lon = cells
        if code not in drafts:
            return Fault("LSOACD", code, "not a small area in the look-up of areas")
        if rows.point_fault(lon, lat) or not lat:
            return Fault("latitude", f"{lat}, {lon}", "not a latitude and a longitude")
        drafts[code].lat, drafts[code].lon = float(lat), float(lon)
        return ()

    return read


def _residents_reader(drafts: Drafts) -> Callable[[Any], tuple[Any, ...] | Fault]:
    def read(cells: tuple[str, ...]) -> tuple[Any, ...] | Fault:
        code, residents = cells
        if code not in drafts:
            return Fault("lsoa21_code", code, "not a small area in the look-up of areas")
        number = _whole(residents)
        if number is None or number > MOST_RESIDENTS:
            return Fault("usual_residents", residents, "not a whole number of people")
        drafts[code].population = (drafts[code].population or 0) + number
        return ()

    return read


def _rank_reader(drafts: Drafts) -> Callable[[Any], tuple[Any, ...] | Fault]:
    def read(cells: tuple[str, ...]) -> tuple[Any, ...] | Fault:
        code, rank, decile = cells
        if code not in drafts:
            return Fault("lsoa21_code", code, "not a small area in the look-up of areas")
        found = _whole(rank), _whole(decile)
        if not found[0] or not found[1] or found[1] > 10:
            return Fault("IMD_decile", f"{rank}, {decile}", "not a rank and a decile from 1 to 10")
        drafts[code].imd_rank, drafts[code].imd_decile = found
        return ()

    return read


def _whole(text: str) -> int | None:
    """Read “425” or “425.0”; None for anything else."""
    digits, _, rest = text.partition(".")
    return None if rest.strip("0") else rows.whole(digits)


def _shapes(
    reading: Loading, drafts: Drafts, kind: AreaKind, names: tuple[str, str], vintage: int
) -> None:
    """Give areas of one kind their boundaries; make those that only boundaries name."""
    rings = {}
    numbered = enumerate(files.features(reading.path), start=1)
    read = _shape_reader(drafts, kind, names, vintage)
    for _, (code, shape) in reading.accepted(numbered, read):
        rings[code] = shape
    reading.require_readable()
    for code, others in boundaries.neighbours(rings).items():
        drafts[code].neighbours = others


def _shape_reader(
    drafts: Drafts, kind: AreaKind, names: tuple[str, str], vintage: int
) -> Callable[[Any], tuple[Any, ...] | Fault]:
    def read(feature: Any) -> tuple[Any, ...] | Fault:
        about = feature["properties"]
        code, name = (str(about.get(name) or "") for name in names)
        if not code or not name or (kind is AreaKind.LSOA and code not in drafts):
            return Fault(names[0], code, "not a small area in the look-up of areas")
        try:
            shape, rings = boundaries.simplified(feature.get("geometry"))
        except BadInput as wrong:
            return Fault("geometry", code, str(wrong))
        draft = drafts.setdefault(code, Draft(code, kind, name, vintage))
        draft.vintage, draft.boundary = vintage, shape
        draft.lad = draft.lad or str(about.get("LADCD_ACTIVE") or "")
        draft.west, draft.south, draft.east, draft.north = boundaries.extent(rings)
        return code, rings

    return read


def _nest(drafts: Drafts) -> None:
    """Put small areas in their MSOA (whose name theirs begins with) and add residents up."""
    msoas = {d.name: d.code for d in drafts.values() if d.kind == AreaKind.MSOA}
    inside: dict[str, list[Draft]] = defaultdict(list)
    for one in [d for d in drafts.values() if d.kind == AreaKind.LSOA]:
        one.msoa = msoas.get(one.name[:-1], "")
        for parent in filter(None, (one.msoa, one.ward, one.lad)):
            inside[parent].append(one)
    for code, members in inside.items():
        _add_up(drafts[code], members)


def _add_up(parent: Draft, members: list[Draft]) -> None:
    known = [one.population for one in members if one.population is not None]
    parent.population = sum(known) if len(known) == len(members) else None
    for side, furthest in (("west", min), ("south", min), ("east", max), ("north", max)):
        found = [value for one in members if (value := getattr(one, side)) is not None]
        if getattr(parent, side) is None and found:
            setattr(parent, side, furthest(found))


def _put_in(connection: psycopg.Connection[Any], drafts: Drafts) -> None:
    """Add new areas and bring known ones up to date."""
    columns = list(Draft.__slots__)
    places = ", ".join(f"%({name})s" for name in columns)
    changes = ", ".join(f"{name} = excluded.{name}" for name in columns if name != "code")
    query = (
        f"INSERT INTO places_area ({', '.join(columns)}) VALUES ({places})"  # noqa: S608
        f" ON CONFLICT (code) DO UPDATE SET {changes}"
    )
    with connection.cursor() as cursor:
        cursor.executemany(query, [asdict(one) for one in drafts.values()])
