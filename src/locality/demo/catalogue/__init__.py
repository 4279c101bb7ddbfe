"""Read the written parts of the area: names, agencies, staff, place, themes, panels, stories.

The dataclasses in words are the schema, as in the pathways catalogue.
"""

import json
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from locality.demo.rules.house import House
from locality.demo.rules.stories import faults
from locality.demo.words.area import Community, DemoAgency, DemoPanel, DemoStaff, Place
from locality.demo.words.caseload import Theme
from locality.demo.words.stories import DOES, CastMember, Event, Home, Story
from locality.kit.errors import BadInput
from locality.pathways import catalogue as pathways
from locality.sharing.starting import starter_roles

HERE = Path(__file__).parent
NAME_LISTS = ("female", "male", "family", "older_female", "older_male")
Read = TypeVar("Read")


def _toml(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as wrong:
        raise BadInput(f"{file.name} is not TOML: {wrong}") from wrong


def _valid(kind: type[Read], raw: object, file: Path) -> Read:
    """Read `raw` as `kind`, or raise BadInput naming every fault in it, not just the first."""
    try:
        return TypeAdapter(kind).validate_json(
            json.dumps(raw, default=str), strict=True, extra="forbid"
        )
    except ValidationError as wrong:
        found = [f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in wrong.errors()]
        raise BadInput(f"{file.name}\n" + "\n".join(found)) from wrong


@cache
def communities() -> tuple[Community, ...]:
    """Read the name lists, one file a community, in the order of their file names."""
    return tuple(_community(file) for file in sorted((HERE / "names").glob("*.toml")))


def _community(file: Path) -> Community:
    raw = _toml(file)
    listed = {key: _names(raw[key]) for key in NAME_LISTS if key in raw}
    return _valid(Community, raw | listed, file)


def _names(text: str) -> list[str]:
    return [" ".join(name.split()) for name in text.split(",") if name.strip()]


@cache
def place() -> Place:
    """Read what the invented place is called and its streets are made of."""
    return _valid(Place, _toml(HERE / "place.toml"), HERE / "place.toml")


@cache
def agencies() -> tuple[DemoAgency, ...]:
    """Read the agencies, by number."""
    file = HERE / "agencies.toml"
    found = _valid(tuple[DemoAgency, ...], _toml(file)["agencies"], file)
    return tuple(sorted(found, key=lambda agency: agency.number))


@cache
def staff() -> dict[str, DemoStaff]:
    """Read who works there, by key, with the duties of their role."""
    file = HERE / "staff.toml"
    duties = {role["key"]: role["duties"] for role in starter_roles()}
    raw = {
        key: one | {"key": key, "duties": duties[one["role"]]} for key, one in _toml(file).items()
    }
    return _valid(dict[str, DemoStaff], raw, file)


@cache
def panels() -> dict[str, DemoPanel]:
    """Read the panels' terms of reference, by key."""
    file = HERE / "panels.toml"
    raw = {key: one | {"key": key} for key, one in _toml(file).items()}
    return _valid(dict[str, DemoPanel], raw, file)


@cache
def themes() -> tuple[Theme, ...]:
    """Read the kinds of concern that come up, in the order of their file names."""
    files = sorted((HERE / "themes").glob("*.toml"))
    return tuple(_valid(Theme, _toml(file) | {"key": file.stem}, file) for file in files)


@cache
def house() -> House:
    """Put together what stories may refer to."""
    cleared = {str(role["key"]): role["clearances"] for role in starter_roles()}
    return House(
        {agency.key: agency for agency in agencies()},
        staff(),
        panels(),
        {pathway.key: pathway for pathway in pathways.all()},
        frozenset(pathways.need_names()),
        frozenset(landmark.key for landmark in place().landmarks),
        _valid(dict[str, tuple[int, ...]], cleared, HERE / "starter roles"),
    )


@cache
def stories() -> tuple[Story, ...]:
    """Read the stories, or raise BadInput naming every fault in the first that has one."""
    return tuple(read_story(file) for file in sorted((HERE / "stories").glob("*.toml")))


def read_story(file: Path) -> Story:
    """Read one story and check that it could have happened."""
    raw = _toml(file)
    story = Story(
        key=file.stem.split("_", 1)[-1],
        title=_valid(str, raw.get("title"), file),
        says=_valid(str, raw.get("says"), file),
        homes=_valid(tuple[Home, ...], raw.get("homes", []), file),
        people=_valid(tuple[CastMember, ...], raw.get("people", []), file),
        events=tuple(_event(one, file) for one in raw.get("events", [])),
    )
    if found := list(faults(story, house())):
        raise BadInput(f"{file.name}\n" + "\n".join(found))
    return story


def _event(raw: dict[str, Any], file: Path) -> Event:
    does = str(raw.get("does"))
    if does not in DOES:
        raise BadInput(f"{file.name}: {does!r} is not something that happens: {_listed(DOES)}")
    return _valid(DOES[does], {key: raw[key] for key in raw if key != "does"}, file)


def _listed(words: Iterable[str]) -> str:
    return ", ".join(sorted(words))
