"""Named public places, and the areas that may stand for one."""

from collections.abc import Collection
from uuid import UUID

from django.db import connection
from django.db.models import Q

from locality.kit.errors import NotHere
from locality.places.models import Area, Place
from locality.places.words import AreaKind, PlaceKind

MOST = 50


def place(place_id: UUID) -> Place:
    """Fetch one place."""
    found = Place.objects.filter(pk=place_id).first()
    if found is None:
        raise NotHere
    return found


def find_places(text: str, most: int = MOST) -> list[Place]:
    """Fetch places whose name or street holds every word of `text`; all places for no words."""
    found = Place.objects.all()
    for word in text.replace("\0", " ").split():
        found = found.filter(Q(name__icontains=word) | Q(street__icontains=word))
    return list(found[:most])


def places(ids: Collection[UUID]) -> dict[UUID, Place]:
    """Fetch several places by their ids; those that are not there are left out."""
    return Place.objects.in_bulk(list(ids))


def find_areas(text: str, most: int = MOST) -> list[Area]:
    """Fetch wards and small areas whose name holds every word of `text`, the larger first."""
    found = Area.objects.defer("boundary").filter(kind__in=[AreaKind.WARD, AreaKind.LSOA])
    for word in text.replace("\0", " ").split():
        found = found.filter(name__icontains=word)
    return list(found.order_by("-kind", "name")[:most])


def place_of_area(area_code: str) -> Place | None:
    """Fetch the place that stands for a whole area, and keep others from adding it meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 8))", [area_code])
    return Place.objects.filter(area_code=area_code, kind=PlaceKind.NEIGHBOURHOOD).first()
