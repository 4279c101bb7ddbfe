"""Read an area's file, naming every fault in it, and write one."""

import dataclasses
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from difflib import get_close_matches
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any

import tomli_w
from pydantic import TypeAdapter, ValidationError

from locality.kit.errors import BadInput
from locality.kit.uploads import toml
from locality.panels import rules as panels
from locality.sharing.partners import rules as partners
from locality.sharing.partners.words import (
    FILE_NAMES,
    Fault,
    Known,
    Partners,
    PostEntry,
    as_written,
)
from locality.sharing.starting import purpose_keys, starter_roles
from locality.web.area.words import TABLES, Area

EXAMPLE = Path(__file__).parent / "example.toml"
OUR_NAMES = {theirs: ours for ours, theirs in FILE_NAMES.items()}
LABELS = ("name", "email", "number", "key", "purpose")  # what names a faulty entry, if it is there
SHARES = {"parties", "gives_only", "gets_only"}  # an agreement needs them together
# What to write instead, by the schema's own word for what is wrong.
FIXES = {
    "missing": "is missing: add it",
    "string_type": "write it in quotation marks",
    "int_type": "write a whole number, without quotation marks",
    "date_from_datetime_parsing": "write a date as 2026-04-01, without quotation marks",
    "date_parsing": "write a date as 2026-04-01, without quotation marks",
    "date_type": "write a date as 2026-04-01, without quotation marks",
    "tuple_type": "write a list in square brackets",
    "dict_type": "write a table of names and values",
}


def read(file: Path) -> Area:
    """Read an area, or raise BadInput naming every fault, not just the first."""
    raw = _toml(file)
    entries: dict[str, list[Any]] = {table: [] for table in TABLES}
    found: list[object] = list(_unknown_tables(raw))
    broken: list[tuple[str, dict[str, Any], ValidationError]] = []
    for table, kind in TABLES.items():
        for number, one in enumerate(_rows(raw, table), start=1):
            found += _controls(table, number, one)
            try:
                entries[table].append(_entry(kind, one))
            except ValidationError as wrong:
                found += _shape(table, number, one, kind, wrong)
                broken.append((table, one, wrong))
    area = _area(entries)
    known = _known(raw, area.partners.posts)
    found += _faults(area, known)
    for table, one, wrong in broken:
        found += _beside(table, one, wrong, known)
    if found:
        raise BadInput("\n".join(f"{file.name}: {one}" for one in found))
    return area


def text(area: Area) -> str:
    """Write an area down as its file."""
    tables = {name: list(getattr(area.partners, name)) for name in TABLES if name != "panels"}
    tables["panels"] = list(area.panels)
    return "\n".join(_written(table, one) for table, rows in tables.items() for one in rows)


def _area(entries: Mapping[str, Iterable[Any]]) -> Area:
    said = {table: tuple(rows) for table, rows in entries.items()}
    return Area(panels=said.pop("panels", ()), partners=Partners(**said))


def _faults(area: Area, known: Known) -> Iterator[Fault]:
    yield from partners.faults(area.partners, known)
    yield from panels.terms_faults(area.panels, known)


def _toml(file: Path) -> dict[str, Any]:
    try:
        with file.open("rb") as opened:
            return toml.parsed(file.name, opened.read(toml.LARGEST + 1))
    except OSError as wrong:
        raise BadInput(f"{file} cannot be read: {wrong.strerror}.") from wrong


def _unknown_tables(raw: Mapping[str, Any]) -> Iterator[str]:
    for name, value in raw.items():
        if name not in TABLES:
            yield f"[[{name}]] {partners.unknown(name, TABLES)}"
        elif not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            yield f"{name}: begin each entry with [[{name}]] on a line of its own"


def _rows(raw: Mapping[str, Any], table: str) -> list[dict[str, Any]]:
    value = raw.get(table, [])
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


@cache
def _schema(kind: type) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def _entry(kind: type, raw: Mapping[str, Any]) -> Any:
    ours = {OUR_NAMES.get(name, name): value for name, value in raw.items()}
    given = json.dumps(ours, default=str)
    return _schema(kind).validate_json(given, strict=True, extra="forbid")


def _shape(
    table: str, number: int, raw: Mapping[str, Any], kind: type, wrong: ValidationError
) -> Iterator[Fault]:
    """Say in our words what the schema found in one entry."""
    label = next((str(raw[name]) for name in LABELS if isinstance(raw.get(name), (str, int))), "")
    which = f"{number}{f' ({label})' if label else ''}"
    fields = [FILE_NAMES.get(f.name, f.name) for f in dataclasses.fields(kind)]
    for one in wrong.errors():
        field = ".".join(str(part) for part in one["loc"])
        field = FILE_NAMES.get(field, field)
        if one["type"] == "unexpected_keyword_argument":
            close = get_close_matches(field, fields, n=1)
            says = f"is no field of {table}: " + (f"did you mean {close[0]}?" if close else
                    f"write one of {', '.join(fields)}")  # fmt: skip
        elif one["type"] == "enum":
            words = next(f.type for f in dataclasses.fields(kind) if f.name == field)
            says = partners.unknown(str(one["input"]), list(words))
        else:
            says = FIXES.get(one["type"], "") or one["msg"]
        value = None if one["type"] == "missing" else one["input"]
        yield Fault(table, which, field, value, says)


def _beside(
    table: str, raw: Mapping[str, Any], wrong: ValidationError, known: Known
) -> Iterator[Fault]:
    """Yield what else is wrong with an entry that has not the right shape, in its other fields."""
    bad = {str(one["loc"][0]) for one in wrong.errors() if one["loc"]}
    if bad & SHARES:
        bad |= SHARES
    sound = {name: value for name, value in raw.items() if OUR_NAMES.get(name, name) not in bad}
    for field in dataclasses.fields(TABLES[table]):
        if field.name in bad and field.default is dataclasses.MISSING:
            sound[FILE_NAMES.get(field.name, field.name)] = _stand_in(field)
    for fault in _faults(_area({table: [_entry(TABLES[table], sound)]}), known):
        if fault.field.split(".")[0] not in bad:
            yield fault


def _stand_in(field: "dataclasses.Field[Any]") -> Any:
    """A value of the right shape for a field that has none."""
    if field.name == "until":
        return date.max
    if isinstance(field.type, type) and issubclass(field.type, Enum):
        return next(iter(field.type)).value
    return {str: "?", int: 1, date: date.min, dict[str, str]: {}}.get(field.type, [])


def _controls(table: str, number: int, raw: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield a fault for each text with a character that is none, such as a NUL."""
    for name, value in raw.items():
        texts = value if isinstance(value, list) else [value]
        for one in texts:
            if isinstance(one, str) and any(c < " " and c not in "\n\t" for c in one):
                yield Fault(table, str(number), name, repr(one), "has a character nobody can see: "
                            "write it again")  # fmt: skip


def _known(raw: Mapping[str, Any], posts: tuple[PostEntry, ...]) -> Known:
    """What may be referred to: taken from the raw file, so that one fault does not make others."""
    numbers = [one.get("number") for one in _rows(raw, "agencies")]
    emails = [one.get("email") for one in _rows(raw, "posts")]
    return Known(
        agencies=frozenset(one for one in numbers if isinstance(one, int)),
        emails=frozenset(one.casefold() for one in emails if isinstance(one, str)),
        posts=posts,
        roles={str(role["key"]): frozenset(role["duties"]) for role in starter_roles()},
        purposes=purpose_keys(),
    )


def _written(table: str, entry: Any) -> str:
    """One entry under a heading of its own, however short it is."""
    written = tomli_w.dumps({table: as_written(entry)}, multiline_strings=True)
    return written.replace(f"[{table}]", f"[[{table}]]", 1)
