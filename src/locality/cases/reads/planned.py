"""The plan of a case: needs, goals, actions, notes and reviews."""

from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from django.db.models import Model, Prefetch, QuerySet

from locality.cases.models import Action, Case, Goal, Need, Note, Review
from locality.cases.rules import UNDO
from locality.cases.words import ActionState, CaseState
from locality.kit.errors import NotHere
from locality.sharing.models import Disclosed

Row = TypeVar("Row", bound=Model)


def plan(case_id: UUID) -> QuerySet[Need]:
    """A case's needs, each with its goals, each with its actions and who does them.

    Actions that serve no goal are not in it: see `actions_without_goal`.
    """
    doing = Action.objects.select_related("who__agency")
    aims = Goal.objects.prefetch_related(Prefetch("actions", queryset=doing))
    return Need.objects.filter(case=case_id).prefetch_related(Prefetch("goals", queryset=aims))


def actions_without_goal(case_id: UUID) -> QuerySet[Action]:
    """A case's actions that serve no single goal, such as those a panel decided."""
    return Action.objects.filter(case=case_id, goal=None).select_related("who__agency")


def next_actions(case_id: UUID) -> QuerySet[Action]:
    """What happens next: a case's actions still to do, soonest first."""
    todo = Action.objects.filter(case=case_id, state=ActionState.TO_DO)
    return todo.select_related("who__agency")


def need(need_id: UUID) -> Need:
    """Fetch one need with its case, or raise NotHere."""
    return _one(Need.objects.select_related("case"), need_id)


def goal(goal_id: UUID) -> Goal:
    """Fetch one goal with its case, or raise NotHere."""
    return _one(Goal.objects.select_related("case", "need"), goal_id)


def goals(case_id: UUID) -> QuerySet[Goal]:
    """A case's goals, oldest first."""
    return Goal.objects.filter(case=case_id).select_related("need")


def action(action_id: UUID) -> Action:
    """Fetch one action with its case and whose it is, or raise NotHere."""
    return _one(Action.objects.select_related("case", "who__agency"), action_id)


def undoable(case_id: UUID, now: datetime) -> set[UUID]:
    """The needs met and actions ended so recently that it may still be undone."""
    ended = Action.objects.filter(case=case_id, ended_at__gt=now - UNDO)
    met = Need.objects.filter(case=case_id, met_at__gt=now - UNDO)
    return {*ended.values_list("pk", flat=True), *met.values_list("pk", flat=True)}


def actions_of(post_id: UUID) -> QuerySet[Action]:
    """What a post has still to do in open cases, soonest first."""
    return Action.objects.filter(
        who=post_id, state=ActionState.TO_DO, case__state=CaseState.OPEN
    ).select_related("case")


def notes(case_id: UUID) -> QuerySet[Note]:
    """The notes of a case that the actor may see, latest first, with who wrote them."""
    return Note.objects.filter(case=case_id).select_related("made_by__agency", "owner")


def note(note_id: UUID) -> Note:
    """Fetch one note the actor may see, or raise NotHere."""
    return _one(Note.objects.select_related("case", "owner"), note_id)


def notes_not_shared(one: Case, agency_id: int) -> QuerySet[Note]:
    """An agency's own notes on a case that its team has not been shown."""
    return notes(one.pk).filter(owner=agency_id).exclude(pk__in=shared_items(one))


def shared_items(one: Case) -> QuerySet:
    """The ids of what the team of a case has been shown and still sees."""
    given = Disclosed.objects.filter(circle=one.circle_id, withdrawn_at=None)
    return given.values_list("item", flat=True)


def reviews(case_id: UUID) -> QuerySet[Review]:
    """The reviews of a case, latest first, with who wrote them."""
    return Review.objects.filter(case=case_id).select_related("made_by__agency")


def reviews_due(post_id: UUID, by: date) -> QuerySet[Case]:
    """Open cases led by a post whose review falls on or before a day."""
    return Case.objects.filter(lead=post_id, state=CaseState.OPEN, review_on__lte=by).order_by(
        "review_on", "opened_at"
    )


def _one(rows: QuerySet[Row], row_id: UUID) -> Row:
    found = rows.filter(pk=row_id).first()
    if found is None:
        raise NotHere(f"{rows.model._meta.label_lower} {row_id}")
    return found
