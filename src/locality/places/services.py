"""What can be done with places. Recorded crime is loaded by `runs`, as the database's owner."""

from locality.kit.errors import BadInput
from locality.places.models import Place
from locality.places.reads import area, place_of_area
from locality.places.words import PlaceKind
from locality.sharing import audit
from locality.sharing.acting import Actor, acting


def add_place(
    *,
    by: Actor,
    name: str,
    kind: PlaceKind | str,
    street: str = "",
    area_code: str = "",
    point: tuple[float, float] | None = None,
) -> Place:
    """Add a named public place that a concern or a case can be about.

    `point` is its latitude and longitude. Raises BadInput for no name, a point that is not on
    earth or a kind that is not known; NotHere for an area that is not loaded.
    """
    if not name.strip():
        raise BadInput("A place needs a name")
    lat, lon = point or (None, None)
    if point and not (-90 <= point[0] <= 90 and -180 <= point[1] <= 180):
        raise BadInput(f"{point} is not a latitude and a longitude in degrees")
    if kind not in list(PlaceKind):
        raise BadInput(f"“{kind}” is not a kind of place: choose {', '.join(PlaceKind)}")
    with acting(by):
        made = Place.objects.create(
            name=name.strip(),
            kind=PlaceKind(kind),
            street=street.strip(),
            area_code=area(area_code).code if area_code else "",
            lat=lat,
            lon=lon,
            added_by=by.post,
        )
        audit.record(by=by, did="places.place.added", to=made)
        return made


def name_area(*, by: Actor, area_code: str) -> Place:
    """Give the place that stands for a whole ward or small area, adding it the first time.

    Raises NotHere for an area that is not loaded.
    """
    with acting(by):
        named = area(area_code)
        return place_of_area(named.code) or add_place(
            by=by, name=named.name, kind=PlaceKind.NEIGHBOURHOOD, area_code=named.code
        )
