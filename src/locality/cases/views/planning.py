"""The plan: needs, goals, actions, grades, reviews."""

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
from locality.pathways import catalogue

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
        services.add_need(by=request.actor, case_id=case_id, **form.cleaned_data)
        return done(request, _("Added to the plan."), "cases:plan", case_id)
    words = {"title": _("What is worrying, or would help?"), "action": _("Add to the plan")}
    return ask(request, one, form, **words, **back_to("cases:plan", one))


@require_POST
def meet_need(request: HttpRequest, need_id: UUID) -> HttpResponse:
    """Mark a need as met."""
    need = services.meet_need(by=request.actor, need_id=need_id)
    return done(request, _("Marked as met."), "cases:plan", need.case_id)


@either
def add_goal(request: HttpRequest, need_id: UUID) -> HttpResponse:
    """Ask for a goal for one need."""
    need = reads.need(need_id)
    form = GoalForm(given(request))
    if form.is_valid():
        services.add_goal(by=request.actor, need_id=need_id, **form.cleaned_data)
        return done(request, _("The goal is set."), "cases:plan", need.case_id)
    words = {"title": _("What should be different?"), "says": need.says, "action": _("Set goal")}
    one = reads.case(need.case_id)
    return ask(request, one, form, **words, **back_to("cases:plan", one))


@either
def grade_goal(request: HttpRequest, goal_id: UUID) -> HttpResponse:
    """Ask how far a goal was reached."""
    goal = reads.goal(goal_id)
    start = {"grade": goal.grade, "says": goal.grade_says}
    form = GradeForm(given(request), initial=start)
    if form.is_valid():
        services.grade_goal(by=request.actor, goal_id=goal_id, **form.cleaned_data)
        return done(request, _("The goal is graded."), "cases:plan", goal.case_id)
    words = {"title": _("How far was it reached?"), "says": goal.says, "action": _("Save grade")}
    one = reads.case(goal.case_id)
    return ask(request, one, form, **words, **back_to("cases:plan", one))


@either
def add_action(
    request: HttpRequest, case_id: UUID | None = None, goal_id: UUID | None = None
) -> HttpResponse:
    """Ask for an action, for one goal or for the case as a whole."""
    goal = reads.goal(goal_id) if goal_id else None
    one = reads.case(goal.case_id if goal else case_id)
    form = ActionForm(given(request), team=team(one))
    if form.is_valid():
        services.add_action(by=request.actor, case_id=one.pk, goal_id=goal_id, **form.cleaned_data)
        return done(request, _("The action is agreed."), "cases:plan", one.pk)
    words = {"title": _("Who will do what?"), "action": _("Agree this action")}
    says = goal.says if goal else ""
    return ask(request, one, form, says=says, **words, **back_to("cases:plan", one))


@either
def edit_action(request: HttpRequest, action_id: UUID) -> HttpResponse:
    """Change an action that is still to do."""
    action = reads.action(action_id)
    one = reads.case(action.case_id)
    start = {"says": action.says, "who": action.who_id, "due": action.due}
    form = ActionForm(given(request), team=team(one), initial=start)
    if form.is_valid():
        services.edit_action(by=request.actor, action_id=action_id, **form.cleaned_data)
        return done(request, _("The action is changed."), "cases:plan", one.pk)
    words = {"title": _("Change this action"), "action": _("Save action")}
    return ask(request, one, form, **words, **back_to("cases:plan", one))


@either
def end_action(request: HttpRequest, action_id: UUID) -> HttpResponse:
    """Say that an action was done, or is no longer needed."""
    action = reads.action(action_id)
    form = EndActionForm(given(request))
    if form.is_valid():
        services.end_action(by=request.actor, action_id=action_id, **form.cleaned_data)
        says = _("Saved. You can undo this for ten minutes, in the plan.")
        return done(request, says, "cases:plan", action.case_id)
    words = {"title": _("What became of this?"), "says": action.says, "action": _("Save")}
    one = reads.case(action.case_id)
    return ask(request, one, form, **words, **back_to("cases:plan", one))


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
