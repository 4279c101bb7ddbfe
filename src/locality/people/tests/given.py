"""What the tests of people start from: somebody invented."""

from locality.people import services
from locality.people.models import Record
from locality.sharing.acting import Actor


def somebody(by: Actor, given: str = "Ash", family: str = "Fielding", **more: object) -> Record:
    """Somebody invented, as the actor's agency knows them."""
    return services.add_record(by=by, given_names=given, family_name=family, **more)


def found(by: Actor, given: str = "Ash", family: str = "Fielding", **more: object) -> list[Record]:
    """What a search shows."""
    return services.search(by=by, given_names=given, family_name=family, **more)
