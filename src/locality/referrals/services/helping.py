"""Help under way: steps with their clocks, and sessions."""

from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from locality.kit.dates import england_and_wales
from locality.kit.errors import Refused
from locality.pathways import catalogue
from locality.pathways.words import Step as PathwayStep
from locality.referrals import reads, rules
from locality.referrals.models import Referral, Session, Step
from locality.referrals.services.allowed import require_party, require_provider
from locality.referrals.words import Attendance, ReferralState, StepState
from locality.sharing import audit
from locality.sharing import reads as sharing
from locality.sharing.acting import Actor, acting
from locality.sharing.labels import as_labelled


def end_step(*, by: Actor, step_id: UUID, state: StepState, says: str = "", then: str = "") -> Step:
    """Say that a step was done, or not taken and why; begin what follows it.

    `then` is the key of the step or end that follows; without one, the first the pathway names.
    Nothing begins after an end: the referral wants its end report. Refuses a step ended already.
    """
    with acting(by):
        one = reads.referral_to_change(reads.step(step_id).referral_id)
        require_party(by, one)
        step = reads.step_to_change(step_id)
        _require_to_do(step)
        rules.require_step_state(state, says)
        pathway = reads.pathway_of(one)
        follows = pathway.step(rules.require_follows(pathway, step.key, then))
        _finish(step, by, state, says)
        if follows:
            begin_step(one, follows, order=step.order + 1)
        audit.record(by=by, did="referrals.step.ended", to=step, why=state)
        return step


def record_session(
    *, by: Actor, referral_id: UUID, held_on: date, attendance: Attendance, says: str = ""
) -> Session:
    """Write down one meeting, or that it did not take place.

    Writing the same down twice changes nothing. Refuses a day to come, or before the offer.
    """
    with acting(by):
        one = reads.referral_to_change(referral_id)
        require_provider(by, one)
        rules.require_under_way(ReferralState(one.state))
        offered = timezone.localdate(one.offered_at)
        rules.require_day(held_on, first=offered, today=sharing.today())
        same = {"held_on": held_on, "attendance": attendance, "says": says, "made_by": by.post}
        already = reads.sessions(one.pk).filter(**same).first()
        if already:
            return already
        made = Session.objects.create(
            referral=one, held_on=held_on, attendance=attendance, says=says, made_by_id=by.post,
            **as_labelled(one),
        )  # fmt: skip
        audit.record(by=by, did="referrals.session.recorded", to=made)
        return made


def begin_step(one: Referral, step: PathwayStep, order: int) -> Step:
    """Add a step to a referral under way, due by the clock it has."""
    due = catalogue.step_due(
        step,
        offered=timezone.localdate(one.offered_at),
        accepted=timezone.localdate(one.answered_at),
        today=sharing.today(),
        holidays=england_and_wales(),
    )
    return Step.objects.create(referral=one, key=step.key, order=order, due=due, **as_labelled(one))


def leave_steps(one: Referral, by: Actor) -> None:
    """Mark what was still to do when a referral ended as not taken."""
    for step in reads.steps(one.pk).filter(state=StepState.TO_DO):
        _finish(step, by, StepState.SKIPPED, _("The referral ended first."))


def _finish(step: Step, by: Actor, state: StepState, says: str) -> None:
    step.state, step.says, step.done_by_id = state, says, by.post
    step.ended_at = timezone.now()
    step.save(update_fields=["state", "says", "done_by", "ended_at"])


def _require_to_do(step: Step) -> None:
    if step.state != StepState.TO_DO:
        who = sharing.post(step.done_by_id).name
        raise Refused(
            "referrals.step_ended",
            _("%(who)s already said that this step was %(state)s.")
            % {"who": who, "state": step.state},
        )
