"""The plan: needs, goals, actions, and looking at it together."""

from datetime import date
from uuid import UUID

from django.utils import timezone

from locality.cases import reads, rules
from locality.cases.models import Action, Case, Goal, Need, Review
from locality.cases.words import ActionState
from locality.kit.errors import NotHere, Refused
from locality.kit.saying import say
from locality.pathways import catalogue
from locality.sharing import audit
from locality.sharing import reads as sharing
from locality.sharing.acting import Actor, acting
from locality.sharing.labels import as_labelled

EVENT = {ActionState.DONE: "do", ActionState.NOT_NEEDED: "drop"}


def add_need(*, by: Actor, case_id: UUID, heading: str, says: str) -> Need:
    """Write down something that is worrying, or that would help, under an outcome heading.

    Sent twice, it is one need; the same holds of a goal, an action and a review.
    """
    with acting(by):
        case = reads.case_to_change(case_id)
        if heading not in catalogue.need_names():
            raise Refused("cases.no_such_heading", "Choose one of the outcome headings.")
        twin = reads.plan(case_id).filter(heading=heading, says=says, met_at=None).first()
        if twin:
            return twin
        need = Need.objects.create(
            case=case, heading=heading, says=says, made_by_id=by.post, **as_labelled(case)
        )
        audit.record(by=by, did="cases.need.added", to=need)
        return need


def edit_need(
    *, by: Actor, need_id: UUID, heading: str, says: str, version: str | None = None
) -> Need:
    """Correct what a need says, or what it is filed under.

    Refuses with `cases.changed` when somebody changed it after `version` was shown.
    """
    with acting(by):
        reads.case_to_change(reads.need(need_id).case_id)
        need, new = reads.need(need_id), {"heading": heading, "says": says}
        rules.require_as_seen(need.words, new, version)
        if heading not in catalogue.need_names():
            raise Refused("cases.no_such_heading", "Choose one of the outcome headings.")
        if need.words != new:
            need.heading, need.says = heading, says
            need.save(update_fields=["heading", "says"])
            audit.record(by=by, did="cases.need.changed", to=need)
        return need


def meet_need(*, by: Actor, need_id: UUID) -> Need:
    """Say that a need is met. Saying it again changes nothing."""
    with acting(by):
        need = reads.need(need_id)
        reads.case_to_change(need.case_id)
        if need.met_at:
            return need
        need.met_at = timezone.now()
        need.save(update_fields=["met_at"])
        audit.record(by=by, did="cases.need.met", to=need)
        return need


def undo_need(*, by: Actor, need_id: UUID) -> Need:
    """Take back that a need is met, within ten minutes."""
    with acting(by):
        reads.case_to_change(reads.need(need_id).case_id)
        need = reads.need(need_id)
        if need.met_at is None:
            return need
        instead = "If it is there again, add it as a new need."
        rules.require_undo_in_time(need.met_at, timezone.now(), instead)
        need.met_at = None
        need.save(update_fields=["met_at"])
        audit.record(by=by, did="cases.need.undone", to=need)
        return need


def add_goal(
    *, by: Actor, need_id: UUID, says: str, measure: str = "", due: date | None = None
) -> Goal:
    """Set a goal for a need: what should be different, how we will know, by when."""
    with acting(by):
        need = reads.need(need_id)
        case = reads.case_to_change(need.case_id)
        twin = reads.goals(case.pk).filter(need=need, says=says, measure=measure, by=due).first()
        if twin:
            return twin
        goal = Goal.objects.create(
            case=case, need=need, says=says, measure=measure, by=due, made_by_id=by.post,
            **as_labelled(case),
        )  # fmt: skip
        audit.record(by=by, did="cases.goal.set", to=goal)
        return goal


def edit_goal(  # noqa: PLR0913 - one argument for each thing a goal says
    *,
    by: Actor,
    goal_id: UUID,
    says: str,
    measure: str = "",
    due: date | None = None,
    version: str | None = None,
) -> Goal:
    """Correct what a goal says, how we will know, or by when. Its grade stays."""
    with acting(by):
        reads.case_to_change(reads.goal(goal_id).case_id)
        goal, new = reads.goal(goal_id), {"says": says, "measure": measure, "due": due}
        rules.require_as_seen(goal.words, new, version)
        if goal.words != new:
            goal.says, goal.measure, goal.by = says, measure, due
            goal.save(update_fields=["says", "measure", "by"])
            audit.record(by=by, did="cases.goal.changed", to=goal)
        return goal


def add_action(  # noqa: PLR0913 - who does what, by when, for which goal
    *,
    by: Actor,
    case_id: UUID,
    says: str,
    who: UUID,
    due: date,
    goal_id: UUID | None = None,
) -> Action:
    """Agree one thing that one person will do by a day.

    Refuses with `cases.not_on_the_team` when that person would not see it.
    """
    with acting(by):
        case = reads.case_to_change(case_id)
        _require_would_see(case, who)
        goal = reads.goal(goal_id) if goal_id else None
        if goal and goal.case_id != case.pk:
            raise NotHere(f"goal {goal_id}")
        same = {"goal": goal_id, "says": says, "who": who, "due": due}
        twin = reads.next_actions(case_id).filter(**same).first()
        if twin:
            return twin
        action = Action.objects.create(
            case=case, goal=goal, says=says, who_id=who, due=due, made_by_id=by.post,
            **as_labelled(case),
        )  # fmt: skip
        audit.record(by=by, did="cases.action.agreed", to=action)
        return action


def edit_action(  # noqa: PLR0913 - who does what, by when, and what was shown
    *, by: Actor, action_id: UUID, says: str, who: UUID, due: date, version: str | None = None
) -> Action:
    """Change what an action still to do says, whose it is, or its day."""
    with acting(by):
        action, new = _action_to_change(action_id), {"says": says, "who": who, "due": due}
        if action.state != ActionState.TO_DO:
            raise Refused(
                "cases.action_ended",
                say("This action is already “{state}”.", state=say(action.state)),
            )
        rules.require_as_seen(action.words, new, version)
        _require_would_see(action.case, who)
        if action.words != new:
            action.says, action.who_id, action.due = says, who, due
            action.save(update_fields=["says", "who_id", "due"])
            audit.record(by=by, did="cases.action.changed", to=action)
        return action


def end_action(
    *,
    by: Actor,
    action_id: UUID,
    state: ActionState,
    result: str = "",
    version: str | None = None,
) -> Action:
    """Say that an action was done, or is no longer needed, and what came of it.

    Saying the very same again changes nothing.
    """
    with acting(by):
        action, new = _action_to_change(action_id), {"state": state, "result": result}
        if action.ended == new:
            return action
        rules.require_as_seen(action.ended, new, version)
        event = EVENT.get(state, "")
        action.state = rules.next_action(ActionState(action.state), event)
        action.result, action.ended_at, action.ended_by_id = result, timezone.now(), by.post
        action.save(update_fields=["state", "result", "ended_at", "ended_by_id"])
        audit.record(by=by, did="cases.action.ended", to=action, why=action.state)
        return action


def undo_action(*, by: Actor, action_id: UUID) -> Action:
    """Take back that an action ended, within ten minutes. What it said came of it is kept."""
    with acting(by):
        action = _action_to_change(action_id)
        action.state = rules.next_action(ActionState(action.state), "undo")
        instead = "Add a new action that says what is still to do."
        rules.require_undo_in_time(action.ended_at, timezone.now(), instead)
        action.ended_at = action.ended_by_id = None
        action.save(update_fields=["state", "ended_at", "ended_by_id"])
        audit.record(by=by, did="cases.action.undone", to=action)
        return action


def hold_review(  # noqa: PLR0913 - one argument for each thing a review says
    *,
    by: Actor,
    case_id: UUID,
    held_on: date,
    says: str,
    their_view: str = "",
    next_on: date | None = None,
) -> Review:
    """Write down a review of the plan, and when the next one is."""
    with acting(by):
        case = reads.case_to_change(case_id)
        twin = reads.reviews(case_id).filter(held_on=held_on, says=says, made_by=by.post).first()
        if twin:
            return twin
        review = Review.objects.create(
            case=case, held_on=held_on, says=says, their_view=their_view, next_on=next_on,
            made_by_id=by.post, **as_labelled(case),
        )  # fmt: skip
        case.review_on = next_on
        case.save(update_fields=["review_on"])
        audit.record(by=by, did="cases.review.held", to=review)
        return review


def _action_to_change(action_id: UUID) -> Action:
    """Fetch an action of an open case; holding the case keeps two people from ending it twice."""
    action = reads.action(action_id)
    case = reads.case_to_change(action.case_id)
    action = reads.action(action_id)
    action.case = case
    return action


def _require_would_see(case: Case, post_id: UUID) -> None:
    """Refuse unless a post is on the team, where the actor may see who is.

    A panel that was shown the case does not see its team; its own members see the case.
    """
    post = sharing.post(post_id)
    team = {one.post_id for one in sharing.members(case.circle_id)}
    if team and post.pk not in team:
        raise Refused(
            "cases.not_on_the_team",
            say(
                "{name} is not on this case’s team and would not see the action. "
                "Ask {owner} to add them to the team first.",
                name=post.name,
                owner=case.owner.name,
            ),
        )
