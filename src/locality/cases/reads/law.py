"""What each legal gateway allows, and which kinds of case are sealed: data, read from files."""

import tomllib
from functools import cache
from pathlib import Path

from locality.cases.models import Request
from locality.cases.words import Law, SealedKind, SharingDuty
from locality.sharing import reads as sharing
from locality.sharing.words import Category, Gateway, Marking

HERE = Path(__file__).resolve().parent.parent


@cache
def laws() -> dict[Gateway, Law]:
    """What each legal gateway allows, in one sentence, with its source."""
    found = (Law(**{**one, "gateway": Gateway(one["gateway"])}) for one in _read("law.toml")["law"])
    return {one.gateway: one for one in found}


@cache
def sealed_kinds() -> dict[str, SealedKind]:
    """The kinds of case that only their live team may see, by key."""
    found = (
        SealedKind(**{**one, "category": Category[one["category"].upper()]})
        for one in _read("sealed.toml")["sealed"]
    )
    return {one.key: one for one in found}


@cache
def sharing_duties() -> tuple[SharingDuty, ...]:
    """The duties to share what is asked for."""
    found = _read("duty.toml")["duty"]
    return tuple(SharingDuty(**{**one, "purposes": frozenset(one["purposes"])}) for one in found)


def duties_for(purpose: str) -> list[SharingDuty]:
    """The duties that whoever is asked for something for a purpose may have."""
    return [one for one in sharing_duties() if purpose in one.purposes]


def law(gateway: str) -> Law:
    """What one legal gateway allows."""
    return laws()[Gateway(gateway)]


def law_for(asked: Request) -> Law | None:
    """The law that the agreement between two agencies rests on, for answering a request."""
    found = sharing.agreements_between(asked.agency_id, asked.owner_id, asked.purpose.key)
    agreement = found.filter(
        covers__category=asked.asked_category, covers__up_to__gte=Marking.OPEN
    ).first()
    return law(agreement.gateway) if agreement else None


def _read(name: str) -> dict:
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))
