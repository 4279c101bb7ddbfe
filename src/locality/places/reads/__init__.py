"""The only way to fetch what places knows. Read inside `acting`."""

from locality.places.reads.alike import residents_heard, silent, year_pairs
from locality.places.reads.crime import (
    CrimeRecord,
    categories,
    coverage,
    crime_counts,
    crime_record,
    loaded_period,
    monthly,
)
from locality.places.reads.geography import (
    area,
    area_named,
    areas,
    boundaries,
    default_area,
    members,
    small_areas_near,
)
from locality.places.reads.keeping import edition
from locality.places.reads.named import (
    find_areas,
    find_places,
    place,
    place_of_area,
    places,
)
from locality.places.reads.reports import AreaReport, SmallAreaReport, area_report, small_area
from locality.places.reads.spreadsheet import footnotes, spreadsheet
from locality.places.reads.taken_in import coverage_table, load, loads, rejected, sources

__all__ = [
    "AreaReport", "CrimeRecord", "SmallAreaReport", "area", "area_named", "area_report", "areas",
    "boundaries", "categories", "coverage", "coverage_table", "crime_counts", "crime_record",
    "default_area", "edition", "find_areas", "find_places", "footnotes", "load", "loaded_period",
    "loads", "members", "monthly", "place", "place_of_area", "places", "rejected",
    "residents_heard", "silent", "small_area", "small_areas_near", "sources", "spreadsheet",
    "year_pairs",
]  # fmt: skip
