"""What was told outside any case: to whoever is acting, and by their own agency."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from locality.cases.models import Telling
from locality.kit.errors import NotHere
from locality.people import reads as people
from locality.sharing import reads as sharing
from locality.sharing.acting import Actor
from locality.sharing.models import Disclosure, Received
from locality.sharing.words import Marking

if TYPE_CHECKING:
    from locality.people.models import Contact, Encounter


def telling(telling_id: UUID) -> Telling:
    """Fetch one that shows, or raise NotHere."""
    found = _all().filter(pk=telling_id).first()
    if found is None:
        raise NotHere(f"telling {telling_id}")
    return found


def told_to(by: Actor) -> QuerySet[Telling]:
    """What whoever is acting was told, as long as it shows to them; newest first."""
    return _all().filter(to=by.post)


def told_by(agency: int) -> QuerySet[Telling]:
    """What an agency's people told others, as far as it shows; newest first."""
    return _all().filter(owner=agency)


def not_received(by: Actor) -> QuerySet[Telling]:
    """What whoever is acting was told and has not said that they have."""
    said = Received.objects.filter(disclosure__circle=OuterRef("circle"), post=by.post)
    return told_to(by).exclude(Exists(said))


def given_with(one: Telling) -> Disclosure:
    """The disclosure by which something was told."""
    return sharing.disclosures_to(one.circle_id).get()


def may_be_told(person_id: UUID, agency: int) -> "list[Contact | Encounter]":
    """What an agency holds of its own about somebody that may go with what is told.

    Nothing sealed: that shows to a case's team alone.
    """
    held = [*people.contacts_of(person_id), *people.encounters_of(person_id)]
    return [one for one in held if one.owner_id == agency and one.marking < Marking.SEALED]


def _all() -> QuerySet[Telling]:
    """What shows together with its terms: these may speak of more than somebody is cleared for."""
    terms = Disclosure.objects.filter(circle=OuterRef("circle"))
    found = Telling.objects.select_related("owner", "record", "to__agency", "made_by__agency")
    return found.filter(Exists(terms))
