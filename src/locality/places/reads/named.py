"""Named public places."""

from uuid import UUID

from django.db.models import Q

from locality.kit.errors import NotHere
from locality.places.models import Place

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
