"""The words of the register: a tool as the transparency record tells it."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Tool:
    """One thing that computes something about people or places: an entry of algorithms.toml.

    The fields follow the Algorithmic Transparency Recording Standard, in plain words.
    """

    name: str
    says: str  # what it does, in a sentence for anybody
    why: str  # what it is for, and how it was done before
    works: str  # how it comes to its result
    data: str  # what it reads
    shows: str  # what is given to whoever decides
    decides: str  # who decides, and what it never does by itself
    limits: str  # what it gets wrong, and what is known of that
    appeal: str  # what somebody can do who disagrees
    owner: str
    source: str
    review_by: date


@dataclass(frozen=True, slots=True)
class Kept:
    """One kind of record: what it is, what in it is about people, and how long such are kept."""

    name: str
    personal: tuple[str, ...]
    keep: str
