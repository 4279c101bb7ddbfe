"""The words of triage: what a concern may become."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from locality.intake.words import Stage
from locality.sharing.words import Gateway, Marking


class Decided(StrEnum):
    """What the front door decided about a concern."""

    SIGNPOST = "signpost"
    LINK = "link to a case"
    OPEN = "open a case"
    URGENT = "urgent route"


class Way(StrEnum):
    """A decision as an address names it."""

    SIGNPOST = "signpost"
    LINK = "link"
    OPEN = "open"
    URGENT = "urgent"


DECIDED_BY: dict[Way, Decided] = {
    Way.SIGNPOST: Decided.SIGNPOST,
    Way.LINK: Decided.LINK,
    Way.OPEN: Decided.OPEN,
    Way.URGENT: Decided.URGENT,
}
# What the reporter reads for each decision.
STAGE_OF: dict[Decided, Stage] = {
    Decided.SIGNPOST: Stage.SIGNPOSTED,
    Decided.LINK: Stage.LINKED,
    Decided.OPEN: Stage.HELPING,
    Decided.URGENT: Stage.URGENT,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseToOpen:
    """The least that is asked to open a case from a concern."""

    title: str
    why: str
    lead_post: UUID
    gateway: Gateway
    necessity: str
    need_heading: str
    need: str
    marking: Marking = Marking.STANDARD
    team_posts: tuple[UUID, ...] = ()
    own_words: str = ""
    going_well: str = ""
    review_on: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewScreening:
    """A decision about a concern, as somebody makes it."""

    decided: Decided
    reason: str
    told_reporter: str = ""
    route: str = ""
    case_id: UUID | None = None
    summary: str = ""
    opening: CaseToOpen | None = None


class Asked(StrEnum):
    """Which concerns of the queue to show."""

    WAITING = "waiting"
    OVERDUE = "overdue"
    REPEATS = "repeats"
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the queue: a concern, whom and where it is about, what else is known of it."""

    concern: Any
    about: list[str]
    place: Any
    repeats: int
    looker: Any
    screening: Any
