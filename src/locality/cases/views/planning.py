"""The plan: needs, goals, actions, grades, reviews."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from locality.cases import reads, services
from locality.cases.forms import (
    ActionForm,
    EndActionForm,
    GoalForm,
    GradeForm,
    NeedForm,
    ReviewForm,
)
from locality.cases.views.frame import ask, back_to, done, given, show, team
from locality.cases.words import ActionState
from locality.pathways import catalogue
from locality.ui.clock import date_in_words

either = require_http_methods(["GET", "POST"])


@require_safe
def plan(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show needs, goals and actions as one table that also prints."""
    one = reads.case(case_id)
    return show(
        request, "cases/plan.html", one, needs=reads.plan(case_id),
        others=reads.actions_without_goal(case_id), headings=catalogue.need_names(),
        undoable=reads.undoable(case_id, timezone.now()), today=timezone.localdate(),
    )  # fmt: skip


@either
def add_need(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Ask for something worrying, or that would help."""
    one = reads.case(case_id)
    form = NeedForm(given(request))
    if form.is_valid():
        services.add_need(by=request.actor, case_id=case_id, **form.words())
        return done(request, _("Added to the plan."), "cases:plan", case_id)
    words = {"title": _("What is worrying, or would help?"), "action": _("Add to the plan")}
    return ask(request, one, form, **words, **back_to("cases:plan", one))


@require_POST
def meet_need(request: HttpRequest, need_id: UUID) -> HttpResponse:
    """Mark a need as met."""
    need = services.meet_need(by=request.actor, need_id=need_id)
    says = _("Marked as met. You can undo this for ten minutes, in the plan.")
    return done(request, says, "cases:plan", need.case_id)


@either
def add_goal(request: HttpRequest, need_id: UUID) -> HttpResponse:
    """Ask for a goal for one need."""
    need = reads.need(need_id)
    form = GoalForm(given(request))
    if form.is_valid():
        services.add_goal(by=request.actor, need_id=need_id, **form.words())
        return done(request, _("The goal is set."), "cases:plan", need.case_id)
    words = {"title": _("What should be different?"), "says": need.says, "action": _("Set goal")}
    one = reads.case(need.case_id)
    return ask(request, one, form, **words, **back_to("cases:plan", one))


@either
def edit_need(request: HttpRequest, need_id: UUID) -> HttpResponse:
    """Correct what a need says."""
    need = reads.need(need_id)
    form = NeedForm(given(request), held=need.words)
    if form.is_valid():
        services.edit_need(by=request.actor, need_id=need_id, **form.cleaned_data)
        return done(request, _("The need now says what you wrote."), "cases:plan", need.case_id)
    words = {"title": _("What is worrying, or would help?"), "action": _("Save this need")}
    return _overtakable(request, need, form, need.says, **words)


@either
def edit_goal(request: HttpRequest, goal_id: UUID) -> HttpResponse:
    """Correct what a goal says."""
    goal = reads.goal(goal_id)
    form = GoalForm(given(request), held=goal.words)
    if form.is_valid():
        services.edit_goal(by=request.actor, goal_id=goal_id, **form.cleaned_data)
        return done(request, _("The goal now says what you wrote."), "cases:plan", goal.case_id)
    words = {"title": _("What should be different?"), "action": _("Save this goal")}
    return _overtakable(request, goal, form, _goal_says(goal), **words)


@either
def grade_goal(request: HttpRequest, goal_id: UUID) -> HttpResponse:
    """Ask how far a goal was reached."""
    goal = reads.goal(goal_id)
    form = GradeForm(given(request), held=goal.graded)
    if form.is_valid():
        services.grade_goal(by=request.actor, goal_id=goal_id, **form.cleaned_data)
        return done(request, _("The goal is graded."), "cases:plan", goal.case_id)
    words = {"title": _("How far was it reached?"), "says": goal.says, "action": _("Save grade")}
    return _overtakable(request, goal, form, f"{goal.grade}\n{goal.grade_says}", **words)


@either
def add_action(
    request: HttpRequest, case_id: UUID | None = None, goal_id: UUID | None = None
) -> HttpResponse:
    """Ask for an action, for one goal or for the case as a whole."""
    goal = reads.goal(goal_id) if goal_id else None
    one = reads.case(goal.case_id if goal else case_id)
    form = ActionForm(given(request), team=team(one))
    if form.is_valid():
        services.add_action(by=request.actor, case_id=one.pk, goal_id=goal_id, **form.words())
        return done(request, _("The action is agreed."), "cases:plan", one.pk)
    words = {"title": _("Who will do what?"), "action": _("Agree this action")}
    says = goal.says if goal else ""
    return ask(request, one, form, says=says, **words, **back_to("cases:plan", one))


@either
def edit_action(request: HttpRequest, action_id: UUID) -> HttpResponse:
    """Change an action that is still to do."""
    action = reads.action(action_id)
    one = reads.case(action.case_id)
    form = ActionForm(given(request), team=team(one), held=action.words)
    if form.is_valid():
        services.edit_action(by=request.actor, action_id=action_id, **form.cleaned_data)
        return done(request, _("The action is changed."), "cases:plan", one.pk)
    words = {"title": _("Change this action"), "action": _("Save action")}
    return _overtakable(request, action, form, _action_says(action), **words)


@either
def end_action(request: HttpRequest, action_id: UUID) -> HttpResponse:
    """Say that an action was done, or is no longer needed."""
    action = reads.action(action_id)
    start = {"state": ActionState.DONE.value, "result": action.result}
    form = EndActionForm(given(request), held=action.ended, initial=start)
    if form.is_valid():
        services.end_action(by=request.actor, action_id=action_id, **form.cleaned_data)
        says = _("Saved. You can undo this for ten minutes, in the plan.")
        return done(request, says, "cases:plan", action.case_id)
    words = {"title": _("What became of this?"), "says": action.says, "action": _("Save")}
    return _overtakable(request, action, form, f"{action.state}\n{action.result}", **words)


def _goal_says(goal: Any) -> str:
    by = _("By %(day)s") % {"day": date_in_words(goal.by)} if goal.by else ""
    return "\n".join(line for line in (goal.says, goal.measure, by) if line)


def _action_says(action: Any) -> str:
    return f"{action.says}\n{action.who.name}, {date_in_words(action.due)}"


def _overtakable(
    request: HttpRequest, part: Any, form: Any, now: str, **words: str
) -> HttpResponse:
    """Ask about one part of a plan; beside it, what it says now if the writer was overtaken."""
    one = reads.case(part.case_id)
    return ask(request, one, form, now=now, **words, **back_to("cases:plan", one))


@require_POST
def undo_need(request: HttpRequest, need_id: UUID) -> HttpResponse:
    """Take back that a need is met."""
    need = services.undo_need(by=request.actor, need_id=need_id)
    return done(request, _("The need is open again."), "cases:plan", need.case_id)


@require_POST
def undo_action(request: HttpRequest, action_id: UUID) -> HttpResponse:
    """Take back that an action ended."""
    action = services.undo_action(by=request.actor, action_id=action_id)
    return done(request, _("It is to be done again."), "cases:plan", action.case_id)


@require_safe
def reviews(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show the reviews of a case."""
    one = reads.case(case_id)
    return show(
        request, "cases/reviews.html", one, reviews=reads.reviews(case_id),
        today=timezone.localdate(),
    )  # fmt: skip


@either
def hold_review(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Ask how the plan goes."""
    one = reads.case(case_id)
    form = ReviewForm(given(request), initial={"held_on": timezone.localdate()})
    if form.is_valid():
        services.hold_review(by=request.actor, case_id=case_id, **form.cleaned_data)
        return done(request, _("The review is written down."), "cases:reviews", case_id)
    words = {"title": _("How is the plan going?"), "action": _("Save the review")}
    return ask(request, one, form, **words, **back_to("cases:reviews", one))
