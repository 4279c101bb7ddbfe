"""Concerns over two years and what the front door made of them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from locality.demo.kernels.desk import Desk, look_by
from locality.demo.words.area import DAYS
from locality.demo.words.caseload import (
    MadeAction,
    MadeCase,
    MadeConcern,
    MadeGoal,
    MadeItem,
    MadeNeed,
    MadeReferral,
    MadeReview,
    MadeScreening,
    MadeSession,
    MadeStep,
    Theme,
)
from locality.intake.words import KIND_OF, NEEDS_NO_REASON, Matter, Stage, Told, Urgency, Why
from locality.triage.words import Decided

TOLD = (Told.AGREED, Told.DISAGREED, Told.NOT_TOLD, Told.COULD_NOT_ASK)  # about somebody
CONCERNS = 107  # in a neighbourhood, over two years
OPENED, LINKED = 0.24, 0.09  # of those that are not urgent
LATE = 0.07  # of decisions
# By the agency that leads what is opened.
SCREENERS = {"council": ("joan", "samira"), "adult_care": ("imelda",)}
STAGES = {
    Decided.SIGNPOST: Stage.SIGNPOSTED, Decided.LINK: Stage.LINKED, Decided.OPEN: Stage.HELPING,
    Decided.URGENT: Stage.URGENT,
}  # fmt: skip
REASONS = {
    Decided.SIGNPOST: (
        "One practical need, and they know what they want.",
        "Help is already at hand; told where, and that they may ring again.",
    ),
    Decided.LINK: ("About the same person; the plan under way should hear of it.",),
    Decided.OPEN: (
        "Several things that belong in one plan, and help is wanted.",
        "The second concern in a few months, and earlier advice was not enough.",
        "Worrying on its own, and they would like somebody to come.",
    ),
    Decided.URGENT: ("Somebody may be hurt today; passed on by telephone at once.",),
}
SAYS = {
    Decided.SIGNPOST: "Thank you. They have been told where to find this help.",
    Decided.LINK: "Thank you. It has been added to help that is already under way.",
    Decided.OPEN: "Thank you. Somebody will lead a plan with them and may ring you.",
    Decided.URGENT: "Thank you. It was passed on within the hour.",
}


@dataclass(frozen=True, slots=True)
class About:
    """Whom a concern is about, and the record of the agency that raises it."""

    resident: int
    person: UUID
    record: UUID


@dataclass(frozen=True, slots=True)
class Made:
    """All rows of a neighbourhood's caseload."""

    concerns: list[MadeConcern] = field(default_factory=list)
    screenings: list[MadeScreening] = field(default_factory=list)
    cases: list[MadeCase] = field(default_factory=list)
    needs: list[MadeNeed] = field(default_factory=list)
    goals: list[MadeGoal] = field(default_factory=list)
    actions: list[MadeAction] = field(default_factory=list)
    reviews: list[MadeReview] = field(default_factory=list)
    items: list[MadeItem] = field(default_factory=list)
    referrals: list[MadeReferral] = field(default_factory=list)
    steps: list[MadeStep] = field(default_factory=list)
    sessions: list[MadeSession] = field(default_factory=list)


Find = Callable[[Theme, int, int], About | None]  # theme, agency, days ago
Open = Callable[[Desk, Made, MadeConcern, datetime], MadeCase]


def caseload(desk: Desk, find: Find, open_case: Open) -> Made:
    """Make the concerns of one neighbourhood and all that came of them, oldest first.

    `find` gives somebody a theme may be about; `open_case` makes a case and its parts.
    """
    made = Made()
    ago = sorted((1 + int(u * DAYS) for u in desk.rng.random(CONCERNS)), reverse=True)
    for days in ago:
        theme = desk.weighed(desk.themes, [theme.weight for theme in desk.themes])
        concern = _concern(desk, theme, find, days)
        if concern:
            _decide(desk, made, concern, theme, open_case)
    return made


def _concern(desk: Desk, theme: Theme, find: Find, days: int) -> MadeConcern | None:
    who = desk.one(theme.raised_by)
    about = None if theme.place else find(theme, desk.agency(who), days)
    if about is None and not theme.place:
        return None
    street, area = desk.one(desk.areas)
    kind = KIND_OF[Matter(theme.matter)]
    raised = desk.moment(desk.today - timedelta(days=days))
    urgency = desk.weighed(list(Urgency), (0.10 + theme.urgent, 0.35, 0.5))
    told = desk.weighed(TOLD, (0.72, 0.06, 0.12, 0.10)) if about else Told.NOBODY
    return MadeConcern(
        id=desk.id(),
        reference=desk.reference("C"),
        purpose=theme.purpose,
        matter=theme.matter,
        title=theme.matter[0].upper() + theme.matter[1:],
        text=desk.one(theme.texts),
        strengths=desk.one(theme.strengths),
        person=about.person if about else None,
        record=about.record if about else None,
        place_says=f"Near {street}" if theme.place else "",
        area=area if theme.place else "",
        noticed_on=raised.date() - timedelta(days=desk.days(0, 1.5)),
        urgency=urgency,
        told=told,
        without_agreement=_why(desk, theme, told),
        raised_by=who,
        agency=desk.agency(who),
        raised_at=raised,
        screen_by=look_by(raised, urgency),
        category=int(kind.category),
        marking=int(kind.marking),
        theme=theme.key,
        stage=Stage.WAITING,
    )


def _why(desk: Desk, theme: Theme, told: str) -> str:
    if told in NEEDS_NO_REASON:
        return ""
    return Why.CHILD_AT_RISK if theme.ages[1] < 18 else desk.one((Why.SOMEONE_AT_RISK, Why.OTHER))


def _decide(desk: Desk, made: Made, concern: MadeConcern, theme: Theme, open_case: Open) -> None:
    """Screen a concern unless its time has not come, and open or link its case."""
    at = _decided_at(desk, concern)
    if at >= desk.now:
        made.concerns.append(concern)
        return
    decided, case = _outcome(desk, made, concern, theme, at)
    if decided == Decided.LINK and case:
        concern = _with(concern, person=case.person, record=None, area=case.area)
    if decided == Decided.OPEN:
        case = open_case(desk, made, concern, at)
    ended = case is not None and case.closed_at is not None
    made.concerns.append(_with(concern, stage=Stage.ENDED if ended else STAGES[decided]))
    made.screenings.append(
        MadeScreening(
            id=desk.id(),
            concern=concern.id,
            decided=decided,
            reason=desk.one(REASONS[decided]),
            told_reporter=SAYS[decided],
            route=_route(desk, theme, decided),
            case=case.id if case else None,
            decided_by=_screener(desk, case),
            decided_at=at,
            in_time=at <= concern.screen_by,
        )
    )


def _screener(desk: Desk, case: MadeCase | None) -> str:
    """Give the screener: the one who opens a case works for the agency that leads it."""
    return desk.one(SCREENERS[desk.staff[case.lead].agency if case else "council"])


def _decided_at(desk: Desk, concern: MadeConcern) -> datetime:
    span = concern.screen_by - concern.raised_at
    part = 1.05 + desk.rng.exponential(0.4) if desk.chance(LATE) else 0.1 + 0.85 * desk.rng.random()
    at = concern.raised_at + timedelta(minutes=int(span.total_seconds() * part / 60))
    if not 8 <= at.hour < 18 and concern.urgency != Urgency.TODAY:
        at = at.replace(hour=8 + at.hour % 9)
    return max(at, concern.raised_at + timedelta(minutes=12))


def _outcome(
    desk: Desk, made: Made, concern: MadeConcern, theme: Theme, at: datetime
) -> tuple[Decided, MadeCase | None]:
    if desk.chance(theme.urgent):
        return Decided.URGENT, None
    u = desk.rng.random()
    if u < OPENED:
        return Decided.OPEN, None
    open_now = [
        case for case in made.cases
        if case.theme == theme.key and case.opened_at < concern.raised_at
        and (case.closed_at is None or case.closed_at > at)
    ]  # fmt: skip
    if u < OPENED + LINKED * 3 and open_now:
        return Decided.LINK, desk.one(open_now)
    return Decided.SIGNPOST, None


def _route(desk: Desk, theme: Theme, decided: Decided) -> str:
    if decided == Decided.SIGNPOST:
        return desk.one(theme.signposts)
    return "The duty manager, by telephone" if decided == Decided.URGENT else ""


def _with(concern: MadeConcern, **changes: Any) -> MadeConcern:
    return MadeConcern(**{name: getattr(concern, name) for name in MadeConcern.__slots__} | changes)
