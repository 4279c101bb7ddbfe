"""Of which kind each entry of the trail is: logging.toml."""

import tomllib
from functools import cache
from pathlib import Path

from locality.sharing.words import LogKind

FILE = Path(__file__).parent / "logging.toml"


@cache
def kinds() -> dict[str, LogKind]:
    """What was done, such as cases.case.opened, and of which kind that is."""
    read = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {did: LogKind(kind) for kind, names in read["entries"].items() for did in names}


def known(did: str) -> str:
    """Give back what was done, if logging.toml says of which kind it is; raises KeyError if not."""
    if did not in kinds():
        raise KeyError(f"{did}: say in logging.toml of which kind this is")
    return did


def of_kind(kind: LogKind) -> list[str]:
    """Everything that is of one kind."""
    return [did for did, its_kind in kinds().items() if its_kind == kind]
