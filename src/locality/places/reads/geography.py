"""Areas: by code, by name, what is inside them, what is beside them, and their boundaries."""

import json
from collections.abc import Sequence

from django.db.models import QuerySet

from locality.kit.errors import NotHere
from locality.places.models import Area
from locality.places.reads.keeping import kept
from locality.places.words import AreaKind

ZONES = {AreaKind.MSOA: "msoa", AreaKind.WARD: "ward", AreaKind.LAD: "lad"}


def area(code: str) -> Area:
    """Fetch one area, without its boundary."""
    found = _light().filter(code=code).first()
    if found is None:
        raise NotHere
    return found


def area_named(name: str, kind: AreaKind = AreaKind.LAD) -> Area:
    """Fetch an area by its name or its code, as somebody types it."""
    found = _light().filter(kind=kind, name__iexact=name.strip()).first()
    return found or area(name.strip())


@kept
def areas(kind: AreaKind | str, within: str | None = None) -> list[Area]:
    """Fetch the areas of a kind in order of name: all, or those inside the area of a code."""
    found = _light().filter(kind=kind)
    if within is None:
        return list(found)
    outer = area(within)
    if outer.kind not in ZONES:
        raise NotHere
    return list(found.filter(**{ZONES[AreaKind(outer.kind)]: within}))


def default_area(name: str) -> Area | None:
    """Fetch the borough of a name, or the first there is; None when nothing is loaded."""
    boroughs = _light().filter(kind=AreaKind.LAD)
    return boroughs.filter(name__iexact=name).first() or boroughs.first()


def members(outer: Area) -> list[Area]:
    """Fetch the small areas of an area; a small area is its own only member."""
    if outer.kind == AreaKind.LSOA:
        return [outer]
    return areas(AreaKind.LSOA, outer.code)


def small_areas_near(one: Area) -> list[Area]:
    """Fetch the areas that share a border with this one."""
    return list(_light().filter(code__in=one.neighbours))


def boundaries(codes: Sequence[str]) -> str:
    """Give areas as a GeoJSON collection."""
    rows = Area.objects.filter(code__in=codes).exclude(boundary="").order_by("code")
    features = ",".join(_feature(*row) for row in rows.values_list("code", "name", "boundary"))
    return f'{{"type":"FeatureCollection","features":[{features}]}}'


def _feature(code: str, name: str, boundary: str) -> str:
    """One area; its boundary is GeoJSON already and is not read again."""
    about = json.dumps({"code": code, "name": name})
    return f'{{"type":"Feature","properties":{about},"geometry":{boundary}}}'


def _light() -> QuerySet[Area]:
    return Area.objects.defer("boundary")
