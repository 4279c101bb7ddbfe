"""Make the invented area in a database: its partners, its people, its caseload and its stories."""

from collections.abc import Callable

from django.utils import timezone

from locality.demo import catalogue
from locality.demo.runs import Plan
from locality.demo.services import caseload, geography, partners, people
from locality.demo.services.telling import tell
from locality.demo.words.area import Size

Reach = Callable[[str], None]
SIZES = {"tiny": Size.TINY, "small": Size.SMALL, "borough": Size.BOROUGH}


def make_area(size: str, seed: int, reach: Reach) -> None:
    """Fill an empty database with the area of this size and seed, telling `reach` how far it is.

    Raises KeyError for a size that is not tiny, small or borough.
    """
    areas = geography.load(reach)
    plan = Plan(SIZES[size], seed, timezone.localdate(), areas)
    reach("partners and their agreements")
    house = partners.write(plan.today)
    people.write(plan, house, reach)
    reach("the stories")
    if refused := tell(plan, house):
        raise RuntimeError("The stories could not be told: " + "; ".join(refused))
    caseload.hold_past_meetings()


def people_of_the_story() -> list[tuple[str, str]]:
    """Say who may be signed in as: a name, and who that is."""
    agencies = {one.key: one.name for one in catalogue.agencies()}
    return [
        (one.name, f"{one.title}, {agencies[one.agency]}")
        for one in catalogue.staff().values()
        if one.shown
    ]


__all__ = ["make_area", "people_of_the_story"]
