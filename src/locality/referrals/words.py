"""The words of referrals: a pathway under way."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from locality.sharing.words import Gateway


class ReferralState(StrEnum):
    """Where a referral stands."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"


class Declined(StrEnum):
    """Why a provider declines."""

    FULL = "no capacity now"
    NOT_ELIGIBLE = "does not fit this pathway"
    NOT_RIGHT = "another service would fit better"
    NOT_ENOUGH = "not enough information to decide"
    OTHER = "another reason"


class StepState(StrEnum):
    """Where a step stands."""

    TO_DO = "to do"
    DONE = "done"
    SKIPPED = "not taken"


class Attendance(StrEnum):
    """Whether a session took place."""

    ATTENDED = "came"
    LATE = "came late"
    MISSED = "did not come"
    CANCELLED_BY_US = "we cancelled"
    CANCELLED_BY_THEM = "they cancelled"


# (state, event) -> next state. A pair that is not here is not allowed.
NEXT_STATE: dict[tuple[ReferralState, str], ReferralState] = {
    (ReferralState.OFFERED, "accept"): ReferralState.ACCEPTED,
    (ReferralState.OFFERED, "decline"): ReferralState.DECLINED,
    (ReferralState.OFFERED, "withdraw"): ReferralState.WITHDRAWN,
    (ReferralState.ACCEPTED, "withdraw"): ReferralState.WITHDRAWN,
    (ReferralState.ACCEPTED, "end"): ReferralState.ENDED,
}

OVER = frozenset({ReferralState.DECLINED, ReferralState.WITHDRAWN, ReferralState.ENDED})

# Reasons for declining that say nothing to whoever offered, unless somebody adds words.
NEEDS_WORDS = frozenset({Declined.NOT_RIGHT, Declined.NOT_ENOUGH, Declined.OTHER})


@dataclass(frozen=True, slots=True)
class NewReferral:
    """What is needed to offer somebody a pathway, and on what terms the provider is told.

    `known` holds the keys of what the pathway wants known before, and of what stands against it.
    `contacts` are the referring agency's own ways to reach them that the provider may use.
    """

    case_id: UUID
    person_id: UUID
    pathway: str
    provider: int
    why: str
    agreed: bool | None
    necessity: str
    gateway: Gateway
    agreed_says: str = ""
    goal_id: UUID | None = None
    known: frozenset[str] = frozenset()
    contacts: tuple[UUID, ...] = ()
    until: date | None = None


@dataclass(frozen=True, slots=True)
class ReportPart:
    """What an end report says under one of its headings."""

    heading: str
    says: str


@dataclass(frozen=True, slots=True)
class Provider:
    """An agency that provides a pathway, who there may be told, and why it cannot be, if so."""

    agency: int
    name: str
    posts: tuple[UUID, ...]
    why_not: str
