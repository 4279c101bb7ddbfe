"""End a referral: with a graded outcome and a report, or by taking it back."""

from collections.abc import Mapping
from dataclasses import asdict
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from locality.cases.words import Grade
from locality.referrals import reads, rules
from locality.referrals.models import Referral
from locality.referrals.services.allowed import require_provider, require_referrer
from locality.referrals.services.helping import leave_steps
from locality.referrals.words import ReferralState
from locality.sharing import audit
from locality.sharing import reads as sharing
from locality.sharing.acting import Actor, acting, look_again


def end(  # noqa: PLR0913 - one argument for each thing an end says
    *,
    by: Actor,
    referral_id: UUID,
    how: str,
    grade: Grade,
    end_report: Mapping[str, str],
    their_view: str = "",
) -> Referral:
    """End a referral: how, how far the goal was reached, the report, and the person's own view.

    `how` is the key of one of the pathway's ends; `end_report` holds what is said under each of
    its headings. The goal of the case is not graded by this: a human decides. The provider
    reads on until the day the pathway says.
    """
    with acting(by):
        one = reads.referral_to_change(referral_id)
        require_provider(by, one)
        one.state = rules.next_state(ReferralState(one.state), "end")
        pathway = reads.pathway_of(one)
        rules.require_known_end(pathway, how, grade)
        report = rules.end_report(pathway, end_report)
        leave_steps(one, by)
        one.ended_how, one.grade, one.their_view = how, grade, their_view
        one.end_report = [asdict(part) for part in report]
        one.ended_at = timezone.now()
        one.access_until = rules.read_until(pathway, sharing.today())
        one.save(
            update_fields=[
                "state", "ended_how", "grade", "their_view", "end_report", "ended_at",
                "access_until",
            ]
        )  # fmt: skip
        audit.record(by=by, did="referrals.referral.ended", to=one, why=grade)
        return one


def withdraw(*, by: Actor, referral_id: UUID, why: str) -> Referral:
    """Take a referral back. From that moment nobody at the provider sees any of it."""
    with acting(by):
        one = reads.referral_to_change(referral_id)
        require_referrer(by, one, _("take it back"))
        one.state = rules.next_state(ReferralState(one.state), "withdraw")
        rules.require_why(why, _("you take it back"))
        leave_steps(one, by)
        one.withdrawn_why = why
        one.access_until = rules.over_at_once(sharing.today())
        one.save(update_fields=["state", "withdrawn_why", "access_until"])
        audit.record(by=by, did="referrals.referral.withdrawn", to=one, why=why)
        look_again()
        return one
