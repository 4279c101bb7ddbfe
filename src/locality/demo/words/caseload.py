"""The words of the caseload: the few hundred (or few thousand) concerns beside the stories.

Fields are named as the columns they will be kept in. People who act are named by staff key,
agencies by number; `category` and `marking` are those of sharing; times are in UTC.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Advice:
    """One thing that may be needed, with the goal and actions that answer it."""

    heading: str
    says: str
    goal: str
    measure: str
    actions: tuple[str, ...]
    reached: str
    missed: str


@dataclass(frozen=True, slots=True)
class Theme:
    """A kind of concern as it comes up in such a place. `weight` says how often.

    `matter` is what intake calls it. `raised_by` and `lead` name staff; `ages` are whole years,
    both ends included; a `place` theme is about a place and nobody in particular. A case is held
    as `case_category` where that is not the category of its concern.
    """

    key: str
    matter: str
    weight: int
    purpose: str
    ages: tuple[int, int]
    raised_by: tuple[str, ...]
    lead: tuple[str, ...]
    texts: tuple[str, ...]
    strengths: tuple[str, ...]
    own_words: tuple[str, ...]
    signposts: tuple[str, ...]
    advice: tuple[Advice, ...]
    pathway: str = ""
    case_category: str = ""
    place: bool = False
    urgent: float = 0.05


@dataclass(frozen=True, slots=True)
class MadeConcern:
    """A concern raised. Without a person it is about a place."""

    id: UUID
    reference: str
    purpose: str
    matter: str
    title: str
    text: str
    strengths: str
    person: UUID | None
    record: UUID | None
    place_says: str
    area: str
    noticed_on: date
    urgency: str
    told: str
    without_agreement: str
    raised_by: str
    agency: int
    raised_at: datetime
    screen_by: datetime
    category: int
    marking: int
    theme: str
    stage: str


@dataclass(frozen=True, slots=True)
class MadeScreening:
    """What the front door decided about a concern."""

    id: UUID
    concern: UUID
    decided: str
    reason: str
    told_reporter: str
    route: str
    case: UUID | None
    decided_by: str
    decided_at: datetime
    in_time: bool


@dataclass(frozen=True, slots=True)
class MadeCase:
    """A case. Without a person it is about a place."""

    id: UUID
    reference: str
    title: str
    purpose: str
    lawful_basis: str
    why: str
    own_words: str
    going_well: str
    lead: str
    agency: int
    person: UUID | None
    area: str
    category: int
    marking: int
    state: str
    opened_at: datetime
    review_on: date | None
    closed_at: datetime | None
    closing: str
    closing_says: str
    theme: str


@dataclass(frozen=True, slots=True)
class MadeNeed:
    """What is worrying, or what would help."""

    id: UUID
    case: UUID
    heading: str
    says: str
    made_by: str
    made_at: datetime
    met_at: datetime | None


@dataclass(frozen=True, slots=True)
class MadeGoal:
    """What should be different, and how far it was reached."""

    id: UUID
    case: UUID
    need: UUID
    says: str
    measure: str
    by: date
    grade: str
    grade_says: str
    graded_at: datetime | None
    made_at: datetime


@dataclass(frozen=True, slots=True)
class MadeAction:
    """One thing one person will do by a day."""

    id: UUID
    case: UUID
    goal: UUID
    says: str
    who: str
    due: date
    state: str
    result: str
    ended_at: datetime | None
    made_by: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class MadeReview:
    """Looking together at how the plan goes."""

    id: UUID
    case: UUID
    held_on: date
    says: str
    their_view: str
    next_on: date | None
    made_by: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class MadeItem:
    """A case on a panel's agenda, and what the panel decided when it has met."""

    id: UUID
    case: UUID
    panel: str
    meeting_on: date
    question: str
    put_forward_by: str
    put_forward_at: datetime
    decision: UUID | None
    outcome: str
    reasons: str
    dissent: str


@dataclass(frozen=True, slots=True)
class MadeReferral:
    """An offer of a pathway to a provider, and how it went. `end_report`: heading, what it says."""

    id: UUID
    reference: str
    case: UUID
    goal: UUID
    person: UUID
    purpose: str
    pathway: str
    pathway_version: str
    provider: int
    why: str
    needs: tuple[str, ...]
    known: tuple[str, ...]
    state: str
    offered_by: str
    offered_at: datetime
    answer_by: datetime
    answered_at: datetime | None
    worker: str
    declined: str
    declined_says: str
    withdrawn_why: str
    ended_at: datetime | None
    ended_how: str
    grade: str
    end_report: tuple[tuple[str, str], ...]
    their_view: str


@dataclass(frozen=True, slots=True)
class MadeStep:
    """One step of the pathway a referral follows, with its clock."""

    id: UUID
    referral: UUID
    key: str
    order: int
    state: str
    due: date
    ended_at: datetime | None
    says: str
    done_by: str


@dataclass(frozen=True, slots=True)
class MadeSession:
    """One meeting of a worker and the person."""

    id: UUID
    referral: UUID
    held_on: date
    attendance: str
    says: str
    made_by: str
    made_at: datetime
