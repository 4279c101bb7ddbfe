"""Cases with their plans, panels, referrals and outcomes."""

from datetime import date, datetime, timedelta

from locality.cases.words import ActionState, CaseState, Closing, Grade
from locality.demo.kernels.caseload import Made
from locality.demo.kernels.desk import Desk
from locality.demo.kernels.panel import put_forward
from locality.demo.kernels.referral import refer
from locality.demo.rules.dates import workday
from locality.demo.words.caseload import (
    Advice,
    MadeAction,
    MadeCase,
    MadeConcern,
    MadeGoal,
    MadeNeed,
    MadeReview,
)
from locality.sharing.words import Category, Marking

GRADES = (Grade.REACHED, Grade.MOSTLY, Grade.PARTLY, Grade.NOT_REACHED, Grade.NOT_KNOWN)
HOW_OFTEN = (0.36, 0.25, 0.20, 0.09, 0.10)
REVIEW_DAYS = 42
OVERDUE = 0.10  # of actions past their day on open cases
ENDS = {
    Grade.REACHED: (Closing.GOALS_MET, Closing.GOALS_MET, Closing.STEPPED_DOWN),
    Grade.MOSTLY: (Closing.GOALS_MET, Closing.STEPPED_DOWN),
    Grade.PARTLY: (Closing.STEPPED_DOWN, Closing.DECLINED),
    Grade.NOT_REACHED: (Closing.STEPPED_UP, Closing.DECLINED),
    Grade.NOT_KNOWN: (Closing.LOST_TOUCH, Closing.MOVED),
}
ENDS_SAY = {
    Closing.GOALS_MET: "Closed together. They know that they can ring.",
    Closing.STEPPED_DOWN: "Everyday services go on from here, by agreement.",
    Closing.STEPPED_UP: "More help than this plan can give is needed; handed over in person.",
    Closing.DECLINED: "They no longer want this help and were thanked for trying it.",
    Closing.LOST_TOUCH: "Calls and a letter unanswered; the door stays open.",
    Closing.MOVED: "Moved away; with their agreement the new area was told.",
}
VIEWS = ("It is better than it was.", "Slow, but I am glad you come.", "Mornings are easier.", "")


def open_case(desk: Desk, made: Made, concern: MadeConcern, at: datetime) -> MadeCase:
    """Open a case for a concern and live through it, up to its end or to today."""
    theme = next(theme for theme in desk.themes if theme.key == concern.theme)
    lead, opened = desk.one(theme.lead), at + timedelta(minutes=5)
    lasts = timedelta(days=desk.days(35, 125.0))
    closed = desk.moment((opened + lasts).date()) if opened + lasts < desk.now else None
    if closed and closed >= desk.now:
        closed = None
    grade = desk.weighed(GRADES, HOW_OFTEN)
    closing = desk.one(ENDS[grade]) if closed else ""
    case = MadeCase(
        id=desk.id(),
        reference=desk.reference("K"),
        title=theme.advice[0].goal,
        purpose=concern.purpose,
        lawful_basis="Public task, with agreement"
        if not concern.without_agreement
        else "Public task",
        why=theme.advice[0].says,
        own_words=desk.one(theme.own_words),
        going_well=concern.strengths,
        lead=lead,
        agency=desk.agency(lead),
        person=concern.person,
        area=concern.area,
        category=int(Category[theme.case_category.upper()])
        if theme.case_category
        else concern.category,
        marking=int(Marking.STANDARD) if theme.case_category else concern.marking,
        state=CaseState.CLOSED if closed else CaseState.OPEN,
        opened_at=opened,
        review_on=None,
        closed_at=closed,
        closing=closing,
        closing_says=ENDS_SAY[Closing(closing)] if closing else "",
        theme=theme.key,
    )
    case = _with_review(case, _reviews(desk, made, case))
    made.cases.append(case)
    for advice in theme.advice:
        goal = _plan(desk, made, case, advice, grade)
        refer(desk, made, (case, goal), theme, advice.heading)
    put_forward(desk, made, case)
    return case


def _reviews(desk: Desk, made: Made, case: MadeCase) -> date | None:
    """Hold the reviews that were due; give the day of the next, if the case is open."""
    due, until = case.opened_at.date(), case.closed_at or desk.now
    while True:
        due = workday(due + timedelta(days=REVIEW_DAYS + int(desk.rng.random() * 7)))
        held = desk.moment(due)
        if held >= until:
            return None if case.closed_at else due
        made.reviews.append(
            MadeReview(
                id=desk.id(), case=case.id, held_on=held.date(),
                says="Looked at the plan together; kept what works.",
                their_view=desk.one(VIEWS), next_on=due + timedelta(days=REVIEW_DAYS),
                made_by=case.lead, made_at=held,
            )
        )  # fmt: skip


def _with_review(case: MadeCase, review_on: date | None) -> MadeCase:
    values = {name: getattr(case, name) for name in MadeCase.__slots__}
    return MadeCase(**values | {"review_on": review_on})


def _plan(desk: Desk, made: Made, case: MadeCase, advice: Advice, grade: Grade) -> MadeGoal:
    planned = case.opened_at + timedelta(days=2, hours=1)
    reached = grade in (Grade.REACHED, Grade.MOSTLY)
    graded = case.closed_at - timedelta(minutes=20) if case.closed_at else None
    need = MadeNeed(
        id=desk.id(), case=case.id, heading=advice.heading, says=advice.says, made_by=case.lead,
        made_at=planned, met_at=graded if reached else None,
    )  # fmt: skip
    goal = MadeGoal(
        id=desk.id(), case=case.id, need=need.id, says=advice.goal, measure=advice.measure,
        by=(planned + timedelta(days=84)).date(), grade=grade if graded else "",
        grade_says=(advice.reached if reached else advice.missed) if graded else "",
        graded_at=graded, made_at=planned,
    )  # fmt: skip
    made.needs.append(need)
    made.goals.append(goal)
    many = 1 + int(desk.rng.random() * len(advice.actions))
    made.actions.extend(_action(desk, case, goal, says, planned) for says in advice.actions[:many])
    return goal


def _action(desk: Desk, case: MadeCase, goal: MadeGoal, says: str, planned: datetime) -> MadeAction:
    due = workday(planned.date() + timedelta(days=desk.days(7, 14.0)))
    ended = desk.moment(due - timedelta(days=int(desk.rng.random() * 4)))
    ended = max(ended, planned + timedelta(hours=1))
    until = case.closed_at or desk.now
    undone = case.closed_at is None and (ended >= until or desk.chance(OVERDUE))
    ended = min(ended, until - timedelta(minutes=30))
    skipped = not undone and desk.chance(0.06)
    state = ActionState.NOT_NEEDED if skipped else ActionState.DONE
    return MadeAction(
        id=desk.id(), case=case.id, goal=goal.id, says=says, who=case.lead, due=due,
        state=ActionState.TO_DO if undone else state,
        result="" if undone else ("Another way was found." if skipped else "Done."),
        ended_at=None if undone else ended, made_by=case.lead, made_at=planned,
    )  # fmt: skip
