"""The words of referrals: a pathway under way."""

from enum import StrEnum


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
