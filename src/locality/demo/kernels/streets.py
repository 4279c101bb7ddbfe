"""Invented streets: the n-th street is the same whatever the size of the area."""

from collections.abc import Sequence

from locality.demo.words.area import STREETS_EACH, Place, Street

LETTERS = "ABDEFGHJLNPQRSTUWXYZ"  # those an inward postcode uses
COPRIME = 3571  # steps through every name before one comes twice


def streets(
    place: Place, areas: Sequence[str], *, seed: int, first: int, count: int
) -> list[Street]:
    """Make `count` streets from number `first` on. No two share a name or a postcode.

    Areas follow one another street by street; each area lies in one ward.
    """
    return [_street(place, areas, seed, number) for number in range(first, first + count)]


def streets_of(place: Place, areas: Sequence[str], *, seed: int, batch: int) -> list[Street]:
    """Make the streets of one neighbourhood."""
    return streets(place, areas, seed=seed, first=batch * STREETS_EACH, count=STREETS_EACH)


def most_streets(place: Place) -> int:
    """Say how many streets can have a name of their own."""
    return min(len(place.beginnings) * len(place.endings) * len(place.kinds), 2000)


def _street(place: Place, areas: Sequence[str], seed: int, number: int) -> Street:
    area = number % len(areas)
    ward = area * len(place.wards) // len(areas)
    district = f"{place.postcode_area}{ward + 1}"
    return Street(
        number=number,
        name=_name(place, number * COPRIME + seed * 97),
        ward=place.wards[ward],
        area=areas[area],
        postcodes=(f"{district} {_inward(2 * number)}", f"{district} {_inward(2 * number + 1)}"),
    )


def _name(place: Place, number: int) -> str:
    names = len(place.beginnings) * len(place.endings) * len(place.kinds)
    rest, kind = divmod(number % names, len(place.kinds))
    first, last = divmod(rest, len(place.endings))
    return f"{place.beginnings[first]}{place.endings[last]} {place.kinds[kind]}"


def _inward(number: int) -> str:
    rest, last = divmod(number % 4000, len(LETTERS))
    digit, middle = divmod(rest, len(LETTERS))
    return f"{digit}{LETTERS[middle]}{LETTERS[last]}"
