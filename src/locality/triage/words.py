"""The words of triage: what a concern may become."""

from enum import StrEnum


class Decided(StrEnum):
    """What the front door decided about a concern."""

    SIGNPOST = "signpost"
    LINK = "link to a case"
    OPEN = "open a case"
    URGENT = "urgent route"
