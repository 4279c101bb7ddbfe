"""What waits for somebody about referrals, and plain figures for the board."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from locality.cases import reads as cases
from locality.cases.words import Grade
from locality.kit.dates import england_and_wales
from locality.people import reads as people
from locality.referrals import rules
from locality.referrals.models import Referral, Step
from locality.referrals.reads.finding import offered_to, pathway_of, visible
from locality.referrals.words import Declined, ReferralState, StepState
from locality.sharing import reads as sharing
from locality.sharing.acting import Actor
from locality.sharing.words import Duty
from locality.ui.words import ToDo

SOON = timedelta(days=7)
TOLD_FOR = timedelta(days=14)  # how long an answer waits to be read by whoever offered


def to_do(by: Actor) -> list[ToDo]:
    """What a post has to do now or within a week about referrals; soonest first."""
    found = [*_answers(by), *_steps(by), *_end_reports(by), *_late(by), *_came_back(by)]
    return sorted(found, key=lambda one: _day(one.due))


def _answers(by: Actor) -> Iterator[ToDo]:
    """Offers to my agency, for those who may answer them."""
    if Duty.PROVIDE not in sharing.post(by.post).role.duties:
        return
    waiting, now = list(offered_to(by.agency)), timezone.now()
    names = people.names([one.person_id for one in waiting])
    for one in waiting:
        says = _("%(agency)s offers %(name)s: %(pathway)s") % {
            "agency": one.owner.name, "name": names[one.person_id],
            "pathway": pathway_of(one).name,
        }  # fmt: skip
        yield ToDo(
            says, _("Say yes or no"), "referrals:referral", (one.pk,), one.answer_by,
            one.answer_by < now, "referral",
        )  # fmt: skip


def _steps(by: Actor) -> Iterator[ToDo]:
    """Steps of the referrals I work on that are due within a week."""
    today = sharing.today()
    due = Step.objects.filter(
        state=StepState.TO_DO, due__lte=today + SOON,
        referral__worker=by.post, referral__state=ReferralState.ACCEPTED,
    ).select_related("referral")  # fmt: skip
    rows = list(due)
    names = people.names([one.referral.person_id for one in rows])
    for one in rows:
        step = pathway_of(one.referral).step(one.key)
        says = f"{names[one.referral.person_id]}: {step.name if step else one.key}"
        yield ToDo(
            says, _("Say what was done"), "referrals:step", (one.pk,), one.due,
            one.due < today, "referral",
        )  # fmt: skip


def _end_reports(by: Actor) -> Iterator[ToDo]:
    """Referrals I work on in which no step is left: they want an end report."""
    open_steps = Step.objects.filter(state=StepState.TO_DO).values("referral")
    done = visible().filter(worker=by.post, state=ReferralState.ACCEPTED).exclude(pk__in=open_steps)
    rows = list(done)
    names = people.names([one.person_id for one in rows])
    for one in rows:
        says = _("Nothing is left to do with %(name)s") % {"name": names[one.person_id]}
        yield ToDo(
            says, _("Write the end report"), "referrals:end", (one.pk,), None, False, "referral"
        )


def _late(by: Actor) -> Iterator[ToDo]:
    """My offers that nobody has answered in time."""
    late = visible().filter(
        offered_by=by.post, state=ReferralState.OFFERED, answer_by__lt=timezone.now()
    )
    for one in late:
        says = _("%(provider)s has not answered your referral %(reference)s") % {
            "provider": one.provider.name, "reference": one.reference,
        }  # fmt: skip
        yield ToDo(
            says, _("Ring them"), "referrals:referral", (one.pk,), one.answer_by, True, "referral"
        )


def _came_back(by: Actor) -> Iterator[ToDo]:
    """My offers that were declined, and those that ended and whose goal wants a human's grade."""
    since = timezone.now() - TOLD_FOR
    mine = visible().filter(offered_by=by.post)
    for one in mine.filter(state=ReferralState.DECLINED, answered_at__gte=since):
        if not _tried_since(one):
            says = _("%(provider)s declined: %(why)s") % {
                "provider": one.provider.name, "why": one.declined,
            }  # fmt: skip
            yield _read(one, says, _("Choose another way"))
    for one in mine.filter(state=ReferralState.ENDED, ended_at__gte=since):
        if _wants_grade(one):
            says = _("%(provider)s ended its help: %(grade)s") % {
                "provider": one.provider.name, "grade": one.grade,
            }  # fmt: skip
            yield _read(one, says, _("Read the end report and grade the goal"))


def _read(one: Referral, says: str, verb: str) -> ToDo:
    return ToDo(says, verb, "referrals:referral", (one.pk,), None, False, "referral")


def _tried_since(one: Referral) -> bool:
    later = visible().filter(case=one.case_id, person=one.person_id)
    return later.filter(offered_at__gt=one.answered_at).exists()


def _wants_grade(one: Referral) -> bool:
    goal = cases.goals(one.case_id).filter(pk=one.goal_id).first() if one.goal_id else None
    return goal is None or not goal.grade


def _day(due: object) -> date:
    if due is None:
        return date.max
    return timezone.localdate(due) if hasattr(due, "hour") else due


def counts(first: date, last: date) -> dict[str, int]:
    """Plain figures for the days from `first` to `last`, as far as the actor may see.

    The median is left out when nothing was answered: there is none.
    """
    answered = Referral.objects.filter(sharing.between("answered_at", first, last))
    ended = Referral.objects.filter(sharing.between("ended_at", first, last))
    return {
        "referrals offered": Referral.objects.filter(
            sharing.between("offered_at", first, last)
        ).count(),
        "referrals accepted": answered.exclude(state=ReferralState.DECLINED).count(),
        **{f"referrals declined: {why}": answered.filter(declined=why).count() for why in Declined},
        **{f"referrals ended: {grade}": ended.filter(grade=grade).count() for grade in Grade},
        **_waited(answered.values_list("offered_at", "answered_at")),
    }


def _waited(answered: object) -> dict[str, int]:
    days = [tuple(timezone.localdate(moment) for moment in pair) for pair in answered]
    if not days:
        return {}
    middle = rules.median_working_days(days, england_and_wales())
    return {"median working days to answer": middle}
