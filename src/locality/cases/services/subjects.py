"""The people a case is about, and the lead agency's own records of who they are."""

from uuid import UUID

from locality.cases.words import Subjects
from locality.kit.errors import NotHere
from locality.people import reads as people
from locality.people import services as people_services
from locality.sharing.acting import Actor
from locality.sharing.models import Labelled
from locality.sharing.words import Marking


def everybody(subjects: Subjects) -> list[UUID]:
    """Every person a case is about: those named, and those who live in the household."""
    found = list(subjects.person_ids)
    if subjects.household_id:
        household = people.household(subjects.household_id)
        found += [living.person_id for living in household.people.filter(until=None)]
    return list(dict.fromkeys(found))


def own_items(
    by: Actor, subjects: Subjects, person_ids: list[UUID], marking: Marking
) -> list[Labelled]:
    """The lead agency's own records of who these people are, to disclose to the case's team.

    Of somebody named whom it only knows from another agency's record it makes its own, because
    it may not pass on what is another's; for a sealed case that record is sealed too.
    """
    found = [_own_record(by, one, marking) for one in subjects.person_ids]
    others = [one for one in person_ids if one not in subjects.person_ids]
    found += [record for one in others if (record := people.my_record_of(one, by.agency))]
    if subjects.household_id:
        household = people.household(subjects.household_id)
        found += [household] if household.owner_id == by.agency else []
    return found


def _own_record(by: Actor, person_id: UUID, marking: Marking) -> Labelled:
    own = people.my_record_of(person_id, by.agency)
    if own:
        return own
    shown = next(iter(people.records_of(person_id)), None)
    if shown is None:
        raise NotHere(f"person {person_id}")
    sealed = marking == Marking.SEALED
    return people_services.copy_record(
        by=by, record_id=shown.pk, marking=marking if sealed else Marking(shown.marking)
    )
