"""The words of sealing: a row as the auditor reads it, what was promised of it, and findings."""

from dataclasses import dataclass, field
from typing import NamedTuple

ERASED = "sharing.detail.erased"  # the entry that names a row whose personal detail was erased


class Row(NamedTuple):
    """One row of the trail, from queries/rows.sql. `closes` has spaces between."""

    transaction: int
    id: str
    at: int
    writer: str
    turn: int
    closes: str
    mac: bytes
    salt: bytes | None
    detail_hash: bytes | None
    leaf: bytes | None
    detail: str
    said: str


@dataclass(frozen=True, slots=True)
class Promise:
    """That a log of `size` rows had this root: who holds that, and from when it is."""

    size: int
    root: bytes
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class Head:
    """How far one writer had come, as its own machine tells it."""

    writer: str
    turn: int
    mac: str
    entries: frozenset[str]


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that is wrong: a stable code, and a sentence."""

    code: str
    says: str


@dataclass(slots=True)
class Report:
    """What an audit came to."""

    rows: int = 0
    size: int = 0
    root: bytes = b""
    found: list[Found] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def wrong(self, code: str, says: str) -> None:
        """Add a finding."""
        self.found.append(Found(code, says))
