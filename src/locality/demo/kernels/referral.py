"""Referrals to the two pathways, their sessions and how they ended."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from locality.cases.words import Grade
from locality.demo.kernels.caseload import Made
from locality.demo.kernels.desk import Desk, evening
from locality.demo.rules.dates import next_workday
from locality.demo.words.caseload import MadeCase, MadeGoal, MadeReferral, MadeSession, Theme
from locality.referrals.words import Attendance, Declined, ReferralState

OFFERED = 0.5  # of cases whose theme has a pathway
DECLINES = 0.13
LOST = 0.05  # of offers that nobody has answered when they should have


@dataclass(frozen=True, slots=True)
class Provider:
    """Who offers a pathway, who accepts, who works with people, and for which needs."""

    agency: str
    manager: str
    workers: tuple[str, ...]
    needs: tuple[str, ...]


PROVIDERS = {
    "mentoring": Provider(
        "mentors", "nerys", ("cole", "isaac"), ("exploitation", "missing from home")
    ),
    "early_help": Provider(
        "family_support", "clementine", ("dilys", "clementine"), ("parenting support",)
    ),
}
DECLINE_SAYS = {
    Declined.FULL: "No worker is free for some weeks, and it is kinder to say so today.",
    Declined.NOT_RIGHT: "Another service nearer home would fit better.",
    Declined.NOT_ENOUGH: "We could not tell what they would like from it.",
}
SESSION_SAYS = ("Talked and walked.", "A good hour.", "Harder today; stayed the whole time.", "")
ATTENDANCE = (0.68, 0.08, 0.12, 0.04, 0.08)
GRADES = (Grade.REACHED, Grade.MOSTLY, Grade.PARTLY, Grade.NOT_REACHED, Grade.NOT_KNOWN)
HOW_OFTEN = (0.34, 0.28, 0.22, 0.08, 0.08)


def refer(desk: Desk, made: Made, case: MadeCase, goal: MadeGoal, theme: Theme) -> None:
    """Offer the theme's pathway for some cases, and see it through to its end or to today."""
    provider = PROVIDERS.get(theme.pathway)
    if provider is None or case.person is None or not desk.chance(OFFERED):
        return
    offered = desk.moment((case.opened_at + timedelta(days=desk.days(5, 5.0))).date())
    until = case.closed_at or desk.now
    if not case.opened_at < offered < until - timedelta(days=3):
        return
    reply = offered + timedelta(hours=desk.days(5, 60.0))
    answered = None if reply >= until or desk.chance(LOST) else reply
    declined = desk.one(list(DECLINE_SAYS)) if answered and desk.chance(DECLINES) else ""
    worker = desk.one(provider.workers) if answered and not declined else ""
    id_ = desk.id()
    ended = _sessions(desk, made, id_, worker, (reply, until)) if worker else None
    grade = desk.weighed(GRADES, HOW_OFTEN) if ended else ""
    made.referrals.append(
        MadeReferral(
            id=id_, reference=desk.reference("R"), case=case.id, goal=goal.id, person=case.person,
            purpose=case.purpose, pathway=theme.pathway, provider=desk.numbers[provider.agency],
            why=goal.says, needs=provider.needs[:1],
            state=_state(case, answered, declined, ended), offered_by=case.lead, offered_at=offered,
            answer_by=evening(next_workday(next_workday(offered.date()))), answered_at=answered,
            worker=worker, declined=declined,
            declined_says=DECLINE_SAYS[Declined(declined)] if declined else "", ended_at=ended,
            grade=grade, end_report="Ended as agreed at the start." if ended else "",
            their_view=desk.one(("It helped.", "I would tell a friend.", "")) if ended else "",
        )
    )  # fmt: skip


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
        if held >= until:
            return None if until == desk.now else until - timedelta(hours=2)
        made.sessions.append(
            MadeSession(
                id=desk.id(), referral=referral, held_on=held.date(),
                attendance=desk.weighed(list(Attendance), ATTENDANCE),
                says=desk.one(SESSION_SAYS), made_by=worker, made_at=held,
            )
        )  # fmt: skip
    return held + timedelta(hours=1)
