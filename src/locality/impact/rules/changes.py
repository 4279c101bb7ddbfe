"""Say what changed from one version of some words to the next. Pure."""

import difflib
import re
from dataclasses import dataclass
from enum import StrEnum


class Change(StrEnum):
    """What became of a run of words."""

    KEPT = "kept"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Run:
    """Some words and what became of them."""

    change: Change
    text: str


def runs(before: str, after: str) -> list[Run]:
    """Compare two texts word by word. The kept and added runs, joined, are `after`."""
    old, new = re.findall(r"\s+|\S+", before), re.findall(r"\s+|\S+", after)
    found: list[Run] = []
    matcher = difflib.SequenceMatcher(a=old, b=new, autojunk=False)
    for tag, from_old, to_old, from_new, to_new in matcher.get_opcodes():
        removed, added = "".join(old[from_old:to_old]), "".join(new[from_new:to_new])
        if tag == "equal":
            found.append(Run(Change.KEPT, added))
            continue
        if removed:
            found.append(Run(Change.REMOVED, removed))
        if added:
            found.append(Run(Change.ADDED, added))
    return found
