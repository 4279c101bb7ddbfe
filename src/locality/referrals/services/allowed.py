"""Who may do what with a referral: the agency that made it, or the one that was asked."""

from locality.kit.errors import Refused
from locality.kit.saying import say
from locality.referrals.models import Referral
from locality.sharing import duties
from locality.sharing.acting import Actor
from locality.sharing.words import Duty


def require_provider(by: Actor, one: Referral) -> None:
    """Refuse unless a provider's post of the agency that was asked is acting."""
    if by.agency != one.provider_id:
        raise Refused(
            "referrals.provider_only",
            say(
                "{provider} was asked for this help: it is for them to write this down.",
                provider=one.provider.name,
            ),
        )
    duties.require(Duty.PROVIDE)


def require_referrer(by: Actor, one: Referral, what: str) -> None:
    """Refuse unless somebody who may lead cases acts for the agency that made the referral."""
    if by.agency != one.owner_id:
        raise Refused(
            "referrals.referrer_only",
            say("{owner} made this referral: ask them to {what}.", owner=one.owner.name, what=what),
        )
    duties.require(Duty.LEAD)


def require_party(by: Actor, one: Referral) -> None:
    """Refuse unless one of the two agencies acts: whoever was only shown it changes nothing."""
    if by.agency == one.owner_id:
        duties.require(Duty.LEAD, Duty.PROVIDE)
    else:
        require_provider(by, one)
