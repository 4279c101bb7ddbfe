"""How referrals end: when the provider may no longer read them."""

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from locality.sharing.retention.doors import Relation, Root, answer, ends
from locality.sharing.retention.going import PERSON
from locality.sharing.retention.words import Answer

LEAVES = frozenset({
    "pathway", "pathway_version", "state", "offered_at", "answered_at", "declined", "ended_at",
    "ended_how", "grade", "category",
})  # fmt: skip


def answer_for() -> None:
    """Answer for every relation of referrals."""
    # Set as soon as it is over, and not before: policies.sql and the table's constraint see to it.
    ends(
        Root(
            "referrals.referral", _("A referral"), lambda: F("access_until"), "about", leaves=LEAVES
        )
    )
    answer(
        referrals__referral__case=Answer.KEEPS,
        referrals__referral__goal=Answer.KEEPS,
        referrals__referral__circle=Answer.CARRIES,
        referrals__referral__person=Answer.KEEPS,
        referrals__referral__about=Relation(Answer.KEEPS, PERSON),
        referrals__step__referral=Answer.GOES,
        referrals__session__referral=Answer.GOES,
    )
