"""Judge a file that somebody hands over, before anything else reads it.

Whatever takes files asks `judge`, and nothing else. It looks at what is in the file and never at
what its name or its sender say it is.
"""

from collections.abc import Set

from locality.kit.errors import BadInput
from locality.kit.saying import in_words, say
from locality.kit.uploads import archives, names, tables
from locality.kit.uploads.words import LARGEST, Kind

__all__ = ["LARGEST", "Kind", "judge"]


def judge(name: str, content: bytes, *, takes: Set[Kind]) -> Kind:
    """Say of which kind a file is, or raise BadInput with what to do about it.

    Refuses what is too big or empty, what is of no kind in `takes`, names that are paths, archives
    that unpack to far more than they are, hold archives, programs or files outside themselves, XML
    that defines entities or reaches elsewhere, and cells that a spreadsheet would run.
    O(n) time; memory for the file and one part of it.
    """
    names.require_plain(name)
    if not content:
        raise BadInput("The file is empty: choose another, or save it again.")
    if len(content) > LARGEST:
        raise BadInput(say("The file is larger than {most} MB: send less.", most=LARGEST >> 20))
    kind = Kind.XLSX if archives.is_one(content) else Kind.CSV
    if kind not in takes:
        wanted = in_words((str(one) for one in sorted(takes)), "or")
        raise BadInput(say("This is not a file of a kind that can be read here: {kinds}.",
                           kinds=wanted))  # fmt: skip
    if kind is Kind.XLSX:
        archives.require_sound_workbook(content)
    else:
        tables.require_sound(content)
    return kind
