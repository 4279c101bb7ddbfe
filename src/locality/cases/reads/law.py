"""The locality's outcome headings, and what each legal gateway allows: data, read from files."""

import tomllib
from functools import cache
from pathlib import Path

from locality.cases.words import Heading, Law
from locality.sharing.words import Gateway

HERE = Path(__file__).resolve().parent.parent


@cache
def headings() -> tuple[Heading, ...]:
    """The outcome headings under which needs are filed, in the framework's order."""
    return tuple(Heading(**one) for one in _read("headings.toml")["headings"])


@cache
def laws() -> dict[Gateway, Law]:
    """What each legal gateway allows, in one sentence, with its source."""
    found = (Law(**{**one, "gateway": Gateway(one["gateway"])}) for one in _read("law.toml")["law"])
    return {one.gateway: one for one in found}


def law(gateway: str) -> Law:
    """What one legal gateway allows."""
    return laws()[Gateway(gateway)]


def _read(name: str) -> dict:
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))
