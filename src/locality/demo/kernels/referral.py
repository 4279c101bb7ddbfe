"""Referrals to the two pathways: their steps and sessions, and how they ended."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from locality.cases.words import Grade
from locality.demo.kernels.caseload import Made
from locality.demo.kernels.desk import Desk, due, evening
from locality.demo.words.caseload import (
    MadeCase,
    MadeGoal,
    MadeReferral,
    MadeSession,
    MadeStep,
    Theme,
)
from locality.pathways.words import Pathway, StartsAt
from locality.referrals.words import Attendance, Declined, ReferralState, StepState

OFFERED = 0.6  # of cases whose theme has a pathway
DECLINES = 0.13
LOST = 0.05  # of offers that nobody has answered when they should have


@dataclass(frozen=True, slots=True)
class Provider:
    """Who offers a pathway, and who there works with people."""

    agency: str
    workers: tuple[str, ...]
    good_end: str
    other_ends: tuple[str, ...]


PROVIDERS = {
    "mentoring": Provider("mentors", ("cole", "isaac"), "completed", ("withdrew", "lost touch")),
    "early_help": Provider(
        "family_support", ("dilys", "clementine"), "goals met", ("stepped down", "withdrew")
    ),
}
DECLINE_SAYS = {
    Declined.FULL: "No worker is free for some weeks, and it is kinder to say so today.",
    Declined.NOT_RIGHT: "Another service nearer home would fit better.",
    Declined.NOT_ENOUGH: "We could not tell what they would like from it.",
}
REPORT_SAYS = (
    "Met most weeks, talked, and did one useful thing each time.",
    "Calmer weeks, and somebody to ring.",
    "They ask for what they need and keep their word.",
    "Some of it may come back when things get harder.",
    "The people around them, who know one another now.",
)
WITHDRAWN = "The case ended before the offer was answered."
SESSION_SAYS = ("Talked and walked.", "A good hour.", "Harder today; stayed the whole time.", "")
ATTENDANCE = (0.68, 0.08, 0.12, 0.04, 0.08)
GOOD = (Grade.REACHED, Grade.MOSTLY)
GRADES = (*GOOD, Grade.PARTLY, Grade.NOT_REACHED, Grade.NOT_KNOWN)
HOW_OFTEN = (0.34, 0.28, 0.22, 0.08, 0.08)


def refer(
    desk: Desk, made: Made, plan: tuple[MadeCase, MadeGoal], theme: Theme, heading: str
) -> None:
    """Offer the theme's pathway for some cases, and see it through to its end or to today.

    The heading of the need has to be one the pathway is for.
    """
    (case, goal), provider = plan, PROVIDERS.get(theme.pathway)
    if provider is None or case.person is None or not desk.chance(OFFERED):
        return
    pathway = desk.pathways[theme.pathway]
    offered = desk.moment((case.opened_at + timedelta(days=desk.days(5, 5.0))).date())
    until = case.closed_at or desk.now
    fits = heading in pathway.eligible.any_need and case.purpose in pathway.purposes
    if not fits or not case.opened_at < offered < until - timedelta(days=3):
        return
    reply = offered + timedelta(hours=desk.days(5, 60.0))
    answered = None if reply >= until or desk.chance(LOST) else reply
    declined = desk.one(list(DECLINE_SAYS)) if answered and desk.chance(DECLINES) else ""
    worker = desk.one(provider.workers) if answered and not declined else ""
    id_ = desk.id()
    ended = _sessions(desk, made, id_, worker, (reply, until)) if worker else None
    if worker:
        _steps(desk, made, (id_, pathway), worker, (offered, reply, ended))
    grade = desk.weighed(GRADES, HOW_OFTEN) if ended else ""
    state = _state(case, answered, declined, ended)
    made.referrals.append(
        MadeReferral(
            id=id_, reference=desk.reference("R"), case=case.id, goal=goal.id, person=case.person,
            purpose=case.purpose, pathway=pathway.key, pathway_version=pathway.version,
            provider=desk.numbers[provider.agency], why=goal.says, needs=(heading,),
            known=tuple(sorted(before.key for before in pathway.before)), state=state,
            offered_by=case.lead, offered_at=offered,
            answer_by=evening(due(pathway.answer_within, offered.date())), answered_at=answered,
            worker=worker, declined=declined,
            declined_says=DECLINE_SAYS[Declined(declined)] if declined else "",
            withdrawn_why=WITHDRAWN if state == ReferralState.WITHDRAWN else "", ended_at=ended,
            ended_how=_how(desk, provider, grade) if ended else "", grade=grade,
            end_report=tuple(zip(pathway.report_headings, REPORT_SAYS, strict=True))
            if ended
            else (),
            their_view=desk.one(("It helped.", "I would tell a friend.", "")) if ended else "",
        )
    )  # fmt: skip


def _how(desk: Desk, provider: Provider, grade: str) -> str:
    return provider.good_end if grade in GOOD else desk.one(provider.other_ends)


def _state(
    case: MadeCase, answered: datetime | None, declined: str, ended: datetime | None
) -> ReferralState:
    if declined:
        return ReferralState.DECLINED
    if ended:
        return ReferralState.ENDED
    if answered:
        return ReferralState.ACCEPTED
    return ReferralState.WITHDRAWN if case.closed_at else ReferralState.OFFERED


def _sessions(
    desk: Desk, made: Made, referral: UUID, worker: str, span: tuple[datetime, datetime]
) -> datetime | None:
    """Hold weekly sessions; give the moment the referral ended, if it has."""
    answered, until = span
    weeks, held = 5 + int(desk.rng.random() * 9), answered
    for _ in range(weeks):
        held = held + timedelta(days=7)
        if held >= until - timedelta(hours=3):
            return None if until == desk.now else until - timedelta(hours=2)
        made.sessions.append(
            MadeSession(
                id=desk.id(), referral=referral, held_on=held.date(),
                attendance=desk.weighed(list(Attendance), ATTENDANCE),
                says=desk.one(SESSION_SAYS), made_by=worker, made_at=held,
            )
        )  # fmt: skip
    return held + timedelta(hours=1)


def _steps(
    desk: Desk,
    made: Made,
    what: tuple[UUID, Pathway],
    worker: str,
    times: tuple[datetime, datetime, datetime | None],
) -> None:
    """Take the pathway's steps in turn, up to the referral's end or the step to do now."""
    (referral, pathway), (offered, accepted, ended) = what, times
    starts = {StartsAt.OFFER: offered, StartsAt.ACCEPTANCE: accepted}
    before, until = accepted, ended or desk.now
    for order, step in enumerate(pathway.steps, start=1):
        by = due(step.within, starts.get(step.starts_at, before).date())
        done = desk.moment(by - timedelta(days=int(desk.rng.random() * 4)))
        done = max(done, before + timedelta(hours=1))
        over = done >= until
        state = StepState.DONE if not over else StepState.SKIPPED if ended else StepState.TO_DO
        made.steps.append(
            MadeStep(
                id=desk.id(), referral=referral, key=step.key, order=order, state=state, due=by,
                ended_at=None if state == StepState.TO_DO else min(done, until),
                says="The referral ended first." if state == StepState.SKIPPED else "",
                done_by="" if state == StepState.TO_DO else worker,
            )
        )  # fmt: skip
        if over:
            return
        before = done
