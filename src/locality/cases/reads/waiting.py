"""What waits for somebody, and plain figures for the board."""

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from locality.cases import rules
from locality.cases.models import Action, Case, Goal, Request, Telling
from locality.cases.reads.asked import requests_to
from locality.cases.reads.planned import actions_of, reviews_due
from locality.cases.reads.telling import not_received
from locality.cases.words import ActionState, Answer, Grade
from locality.sharing import reads as sharing
from locality.sharing.acting import Actor
from locality.ui.words import ToDo


def to_do(by: Actor) -> list[ToDo]:
    """What a post has to do now or within a week: actions, reviews, requests; soonest first."""
    today = sharing.today()
    soon = today + rules.DUE_SOON
    found = [_action(one, today) for one in actions_of(by.post).filter(due__lte=soon)]
    found += [_review(one, today) for one in reviews_due(by.post, by=soon)]
    waiting = requests_to(by.agency).filter(answer=Answer.WAITING)
    found += [_request(one, today) for one in waiting]
    found += [_told(one, today) for one in not_received(by)]
    return sorted(found, key=lambda one: one.due)


def _told(one: Telling, today: date) -> ToDo:
    says = _("%(who)s, %(agency)s, told you something about somebody.") % {
        "who": one.made_by.name, "agency": one.owner.name,
    }  # fmt: skip
    return ToDo(says, _("Read it"), "cases:telling", (one.pk,), today, False, "telling")


def _action(one: Action, today: date) -> ToDo:
    return ToDo(
        one.says, _("Say what was done"), "cases:end-action", (one.pk,), one.due,
        rules.is_overdue(one.due, today), "action",
    )  # fmt: skip


def _review(one: Case, today: date) -> ToDo:
    says = _("Review the plan: %(title)s") % {"title": one.title}
    return ToDo(
        says, _("Write the review"), "cases:hold-review", (one.pk,), one.review_on,
        rules.is_overdue(one.review_on, today), "review",
    )  # fmt: skip


def _request(one: Request, today: date) -> ToDo:
    says = _("%(agency)s asks your agency for information") % {"agency": one.owner.name}
    return ToDo(
        says, _("Answer"), "cases:answer", (one.pk,), one.answer_by,
        rules.is_overdue(one.answer_by, today), "request",
    )  # fmt: skip


def counts(first: date, last: date) -> dict[str, int]:
    """Plain figures for the days from `first` to `last`, as far as the actor may see."""
    return {
        "cases opened": Case.objects.filter(sharing.between("opened_at", first, last)).count(),
        "cases reopened": Case.objects.filter(
            sharing.between("opened_at", first, last), before__isnull=False
        ).count(),
        "cases closed": Case.objects.filter(sharing.between("closed_at", first, last)).count(),
        "cases open at the end": _open_on(last),
        **_goals(first, last),
        **_actions(first, last),
        **_requests(first, last),
    }


def _open_on(last: date) -> int:
    began = Case.objects.filter(opened_at__date__lte=last)
    return began.filter(Q(closed_at=None) | Q(closed_at__date__gt=last)).count()


def _goals(first: date, last: date) -> dict[str, int]:
    graded = Goal.objects.filter(sharing.between("graded_at", first, last))
    return {f"goals graded {grade}": graded.filter(grade=grade).count() for grade in Grade}


def _actions(first: date, last: date) -> dict[str, int]:
    due = Action.objects.filter(due__range=(first, last))
    done = due.filter(state=ActionState.DONE).values_list("due", "ended_at__date")
    return {
        "actions due": due.exclude(state=ActionState.NOT_NEEDED).count(),
        "actions done in time": sum(ended <= when for when, ended in done),
    }


def _requests(first: date, last: date) -> dict[str, int]:
    asked = Request.objects.filter(sharing.between("asked_at", first, last))
    return {
        "requests for information": asked.count(),
        "requests answered with information": asked.filter(answer=Answer.GIVEN).count(),
        "requests refused": asked.filter(answer=Answer.REFUSED).count(),
    }
