"""Say yes or no to an offer, and say who works on it."""

from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from locality.kit.errors import Refused
from locality.referrals import reads, rules
from locality.referrals.models import Referral
from locality.referrals.services.allowed import require_provider, require_referrer
from locality.referrals.services.helping import begin_step
from locality.referrals.words import Declined, ReferralState
from locality.sharing import audit
from locality.sharing import reads as sharing
from locality.sharing import services as sharing_services
from locality.sharing.acting import Actor, acting, look_again


def accept(*, by: Actor, referral_id: UUID, worker: UUID) -> Referral:
    """Say yes, name who works with the person, and start the first step's clock."""
    with acting(by):
        one = reads.referral_to_change(referral_id)
        require_provider(by, one)
        one.state = rules.next_state(ReferralState(one.state), "accept")
        _require_worker(one, worker)
        one.worker_id, one.answered_at = worker, timezone.now()
        one.save(update_fields=["state", "worker", "answered_at"])
        begin_step(one, reads.pathway_of(one).steps[0], order=1)
        audit.record(by=by, did="referrals.referral.accepted", to=one)
        return one


def decline(*, by: Actor, referral_id: UUID, declined: Declined, says: str = "") -> Referral:
    """Say no, and why. From that moment nobody at the provider sees any of it.

    Refuses with `referrals.say_more` where the reason alone helps nobody.
    """
    with acting(by):
        one = reads.referral_to_change(referral_id)
        require_provider(by, one)
        one.state = rules.next_state(ReferralState(one.state), "decline")
        rules.require_words(declined, says)
        one.declined, one.declined_says = declined, says
        one.answered_at = timezone.now()
        one.access_until = rules.over_at_once(sharing.today())
        one.save(
            update_fields=["state", "declined", "declined_says", "answered_at", "access_until"]
        )
        audit.record(by=by, did="referrals.referral.declined", to=one, why=declined)
        look_again()
        return one


def hand_over(*, by: Actor, referral_id: UUID, worker: UUID, why: str) -> Referral:
    """Give a referral under way to another of the provider's workers."""
    with acting(by):
        one = reads.referral_to_change(referral_id)
        require_provider(by, one)
        rules.require_under_way(ReferralState(one.state))
        rules.require_why(why, _("somebody else takes over"))
        _require_worker(one, worker)
        one.worker_id = worker
        one.save(update_fields=["worker"])
        audit.record(by=by, did="referrals.referral.handed_over", to=one, why=why)
        return one


def let_in(*, by: Actor, referral_id: UUID) -> Referral:
    """Let the provider's people who joined since the offer see the referral too."""
    with acting(by):
        one = reads.referral_to_change(referral_id)
        require_referrer(by, one, _("let their new people in"))
        rules.require_live(ReferralState(one.state))
        for post in reads.circle_lacks(one):
            sharing_services.add_member(
                by=by, circle_id=one.circle_id, post_id=post.pk, part="provider"
            )
        audit.record(by=by, did="referrals.people.let_in", to=one)
        return one


def _require_worker(one: Referral, worker: UUID) -> None:
    """Refuse unless the worker is one of the provider's people who may see it."""
    if not reads.workers(one).filter(pk=worker).exists():
        raise Refused(
            "referrals.not_a_worker",
            _("Choose somebody at %(agency)s who may see this referral. Whoever joined since it "
              "was offered can be let in by %(referrer)s.")
            % {"agency": one.provider.name, "referrer": one.owner.name},
        )  # fmt: skip
