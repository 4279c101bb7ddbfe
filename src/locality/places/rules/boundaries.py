"""What a boundary is, how wide it reaches, and which areas share a border."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from locality.kit.errors import BadInput

DECIMALS = 5  # of a degree: about a metre
Ring = list[list[float]]
Edge = frozenset[tuple[float, float]]


def simplified(geometry: Any) -> tuple[str, list[Ring]]:
    """Give a polygon's GeoJSON to the metre, as text, and its rings. BadInput when it is none."""
    try:
        kind, coordinates = geometry["type"], geometry["coordinates"]
        parts = {"Polygon": [coordinates], "MultiPolygon": coordinates}[kind]
        rounded = [[_ring(ring) for ring in part] for part in parts]
    except (KeyError, TypeError, ValueError) as wrong:
        raise BadInput(f"not a polygon in degrees: {wrong}") from None
    rings = [ring for part in rounded for ring in part]
    if not rings:
        raise BadInput("not a polygon in degrees: it has no corners")
    shape = rounded[0] if kind == "Polygon" else rounded
    return json.dumps({"type": kind, "coordinates": shape}, separators=(",", ":")), rings


def extent(rings: list[Ring]) -> tuple[float, float, float, float]:
    """Give west, south, east and north."""
    points = [point for ring in rings for point in ring]
    lons, lats = [p[0] for p in points], [p[1] for p in points]
    return min(lons), min(lats), max(lons), max(lats)


def neighbours(areas: Mapping[str, list[Ring]]) -> dict[str, list[str]]:
    """Say which areas share a stretch of border. Touching at one corner is not enough."""
    beside: dict[Edge, set[str]] = defaultdict(set)
    for code, rings in areas.items():
        for edge in _edges(rings):
            beside[edge].add(code)
    found: dict[str, set[str]] = {code: set() for code in areas}
    for codes in beside.values():
        for code in codes:
            found[code] |= codes - {code}
    return {code: sorted(others) for code, others in found.items()}


def _edges(rings: list[Ring]) -> Iterator[Edge]:
    for ring in rings:
        for one, other in pairwise(ring):
            if one != other:
                yield frozenset(((one[0], one[1]), (other[0], other[1])))


def _ring(ring: Any) -> Ring:
    rounded = [[round(float(lon), DECIMALS), round(float(lat), DECIMALS)] for lon, lat, *_ in ring]
    if len(rounded) < 4:
        raise ValueError(f"a ring of {len(rounded)} points")
    if not all(-180 <= lon <= 180 and -90 <= lat <= 90 for lon, lat in rounded):
        raise ValueError("a point is not on earth")
    return rounded
