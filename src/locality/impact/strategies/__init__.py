"""Read strategies and measures from TOML. The dataclasses in words.py are the schema."""

import json
import tomllib
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from locality.impact.rules.faults import measure_faults, strategy_faults
from locality.impact.words import Measures, Strategy
from locality.kit.errors import BadInput, NotHere

HERE = Path(__file__).parent
MEASURES = HERE.parent / "measures.toml"
T = TypeVar("T")


@cache
def measures() -> Measures:
    """The measures that come with the project."""
    return read_measures(MEASURES)


def every() -> list[Strategy]:
    """Every strategy there is."""
    return [strategy(file.stem) for file in sorted(HERE.glob("*.toml"))]


@cache
def strategy(key: str) -> Strategy:
    """Fetch one strategy by its key, or raise NotHere."""
    file = HERE / f"{key}.toml"
    if file not in HERE.glob("*.toml"):
        raise NotHere(f"no strategy is called {key}")
    return read_strategy(file)


def for_area(area: str) -> Strategy:
    """Fetch the latest strategy of an area, or raise NotHere saying how to add one."""
    mine = [found for found in every() if found.area.casefold() == area.casefold()]
    if not mine:
        raise NotHere(f"no strategy for {area}; add one as a file in impact/strategies")
    return max(mine, key=lambda found: found.last_year)


def read_strategy(file: Path) -> Strategy:
    """Read one strategy, or raise BadInput naming every fault in it, not just the first."""
    found: Strategy = _read(file, TypeAdapter(Strategy), {"key": file.stem})
    _require_sense(file, list(strategy_faults(found, measures())))
    return found


def read_measures(file: Path) -> Measures:
    """Read a set of measures, or raise BadInput naming every fault in it."""
    found: Measures = _read(file, TypeAdapter(Measures), {})
    _require_sense(file, list(measure_faults(found)))
    return found


def _read(file: Path, schema: TypeAdapter[T], known: dict[str, Any]) -> T:
    try:
        raw = known | tomllib.loads(file.read_text(encoding="utf-8"))
        return schema.validate_json(json.dumps(raw, default=str), strict=True, extra="forbid")
    except tomllib.TOMLDecodeError as wrong:
        raise BadInput(f"{file.name} is not TOML: {wrong}") from wrong
    except ValidationError as wrong:
        found = [f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in wrong.errors()]
        _require_sense(file, found)
        raise


def _require_sense(file: Path, faults: list[str]) -> None:
    if faults:
        raise BadInput(f"{file.name}\n" + "\n".join(faults))
