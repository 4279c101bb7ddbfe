"""Read the roles a locality starts from, and the purposes there are."""

import tomllib
from functools import cache
from pathlib import Path

from locality.sharing.words import CATEGORIES, NOT_CLEARED, Category

FILE = Path(__file__).parent / "starter_roles.toml"
PURPOSES = Path(__file__).parent / "purposes.toml"


def starter_roles() -> list[dict[str, object]]:
    """Every starter role, as the columns of sharing_role."""
    read = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return [
        {
            "key": key,
            "name": role["name"],
            "duties": role["duties"],
            "clearances": _clearances(role["cleared"]),
        }
        for key, role in read.items()
    ]


def purpose_keys() -> frozenset[str]:
    """The key of every purpose."""
    return frozenset(_purposes())


def purpose_number(key: str) -> int:
    """The number of a purpose, which never changes; -1 when there is none of that key."""
    return _purposes().get(key, -1)


@cache
def _purposes() -> dict[str, int]:
    read = tomllib.loads(PURPOSES.read_text(encoding="utf-8"))
    return {one["key"]: one["id"] for one in read["purposes"]}


def _clearances(cleared: dict[str, int]) -> list[int]:
    found = [NOT_CLEARED] * CATEGORIES
    for name, marking in cleared.items():
        found[Category[name.upper()]] = marking
    return found
