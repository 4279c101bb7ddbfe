"""What may be done with a referral: one function an intention, each with its audit entry."""

from locality.referrals.services.answering import accept, decline, hand_over, let_in
from locality.referrals.services.ending import end, withdraw
from locality.referrals.services.helping import end_step, record_session
from locality.referrals.services.offering import offer

__all__ = [
    "accept",
    "decline",
    "end",
    "end_step",
    "hand_over",
    "let_in",
    "offer",
    "record_session",
    "withdraw",
]
