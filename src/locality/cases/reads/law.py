"""What each legal gateway allows: data, read from a file."""

import tomllib
from functools import cache
from pathlib import Path

from locality.cases.models import Request
from locality.cases.words import Law
from locality.sharing import reads as sharing
from locality.sharing.words import Gateway, Marking

HERE = Path(__file__).resolve().parent.parent


@cache
def laws() -> dict[Gateway, Law]:
    """What each legal gateway allows, in one sentence, with its source."""
    found = (Law(**{**one, "gateway": Gateway(one["gateway"])}) for one in _read("law.toml")["law"])
    return {one.gateway: one for one in found}


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
