"""The words of cases: what help is, who does what by when, and how it went."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from locality.sharing.words import Category, Gateway, Marking


class CaseState(StrEnum):
    """Where a case stands."""

    OPEN = "open"
    CLOSED = "closed"


class SubjectKind(StrEnum):
    """What a case is about."""

    PERSON = "person"
    HOUSEHOLD = "household"
    PLACE = "place"


class ActionState(StrEnum):
    """Where an action stands."""

    TO_DO = "to do"
    DONE = "done"
    NOT_NEEDED = "no longer needed"


class Grade(StrEnum):
    """How far a goal was reached, in the person's own view where they gave one."""

    REACHED = "reached"
    MOSTLY = "mostly reached"
    PARTLY = "partly reached"
    NOT_REACHED = "not reached"
    NOT_KNOWN = "not known"


class Closing(StrEnum):
    """Why a case ends."""

    GOALS_MET = "goals met"
    STEPPED_UP = "stepped up to statutory help"
    STEPPED_DOWN = "stepped down to everyday services"
    DECLINED = "they no longer want this help"
    MOVED = "moved away"
    LOST_TOUCH = "lost touch"
    DUPLICATE = "opened twice"
    DIED = "the person has died"


class Answer(StrEnum):
    """How an agency answered a request for information."""

    WAITING = "waiting"
    GIVEN = "given"
    REFUSED = "refused"
    NOTHING_HELD = "nothing held"
    CALLED_OFF = "no longer needed"


class RefusedOn(StrEnum):
    """On which ground an agency does not share what it was asked for."""

    NOT_LAWFUL = "not lawful"
    NOT_NEEDED = "not needed"
    NOT_AGREED = "not agreed"
    MORE_DETRIMENTAL = "more detrimental"
    OTHER = "other"


class Telling(StrEnum):
    """Where one agency stands with one kind of information, for the team of a case."""

    GIVEN = "given"
    EXPIRING = "ends soon"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"
    ASKED = "asked"
    REFUSED = "refused"
    NOTHING_HELD = "nothing held"


# (state, event) -> next state. A pair that is not here is not allowed: help that starts again
# is a new episode, which names the one before.
NEXT_STATE: dict[tuple[CaseState, str], CaseState] = {
    (CaseState.OPEN, "close"): CaseState.CLOSED,
}
# The same for an action. Undoing is for slips: see rules.UNDO.
NEXT_ACTION: dict[tuple[ActionState, str], ActionState] = {
    (ActionState.TO_DO, "do"): ActionState.DONE,
    (ActionState.TO_DO, "drop"): ActionState.NOT_NEEDED,
    (ActionState.DONE, "undo"): ActionState.TO_DO,
    (ActionState.NOT_NEEDED, "undo"): ActionState.TO_DO,
}


@dataclass(frozen=True, slots=True)
class Subjects:
    """Whom or what a case is about: people, a household, a place, or several of these."""

    person_ids: tuple[UUID, ...] = ()
    household_id: UUID | None = None
    place_id: UUID | None = None

    def __bool__(self) -> bool:
        return bool(self.person_ids or self.household_id or self.place_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCase:
    """What is needed to open a case, and on what terms its team is told."""

    title: str
    why: str
    lawful_basis: str
    category: Category
    subjects: Subjects
    lead_post: UUID
    gateway: Gateway
    necessity: str
    marking: Marking = Marking.STANDARD
    own_words: str = ""
    going_well: str = ""
    team_posts: tuple[UUID, ...] = ()
    concerns: tuple[UUID, ...] = ()
    review_on: date | None = None
    until: date | None = None
    before: UUID | None = None


@dataclass(frozen=True, slots=True)
class Law:
    """What a legal gateway allows, in one sentence, with its source."""

    gateway: Gateway
    name: str
    says: str
    source: str
    review_by: date


@dataclass(frozen=True, slots=True)
class SharingDuty:
    """A duty to share what is asked for, and the purposes for which somebody may have it."""

    key: str
    says: str
    purposes: frozenset[str]
    source: str
    mark: str
    review_by: date


@dataclass(frozen=True, slots=True)
class SealedKind:
    """A kind of case that only its live team may see, with its source."""

    key: str
    name: str
    category: Category
    always: bool  # every case that holds such information is sealed
    source: str
    review_by: date


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of a case's timeline: when, who, what kind of thing, and what."""

    at: datetime
    kind: str
    says: str
    post: UUID | None
    text: str = ""
    source: str = ""
    whole_day: bool = False  # only the day is known


@dataclass(slots=True)
class Told:
    """One cell of who knows what: where one agency stands with one kind of information."""

    telling: Telling | None = None
    until: date | None = None
    why: str = ""
    disclosures: list[UUID] = field(default_factory=list)
    requests: list[UUID] = field(default_factory=list)
