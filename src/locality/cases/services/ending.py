"""Say how far goals were reached, close a case, and start again as a new episode."""

from contextlib import suppress
from datetime import date
from uuid import UUID

from django.utils import timezone

from locality.cases import reads, rules
from locality.cases.models import Case, Goal
from locality.cases.services.asking import call_off_request
from locality.cases.services.lawful import require_own
from locality.cases.services.opening import open_case
from locality.cases.words import (
    Answer,
    CaseState,
    Closing,
    Grade,
    NewCase,
    SubjectKind,
    Subjects,
)
from locality.intake import services as intake_services
from locality.intake.words import Stage
from locality.kit.errors import NotHere, Refused
from locality.kit.saying import say
from locality.sharing import audit, duties
from locality.sharing import reads as sharing
from locality.sharing import services as sharing_services
from locality.sharing.acting import Actor, acting
from locality.sharing.words import Category, Duty, Gateway, Marking


def grade_goal(
    *, by: Actor, goal_id: UUID, grade: Grade, says: str = "", version: str | None = None
) -> Goal:
    """Say how far a goal was reached. While the case is open it may be graded again."""
    with acting(by):
        reads.case_to_change(reads.goal(goal_id).case_id)
        goal, new = reads.goal(goal_id), {"grade": grade, "says": says}
        rules.require_as_seen(goal.graded, new, version)
        if goal.graded == new:
            return goal
        goal.grade, goal.grade_says = grade, says
        goal.graded_at, goal.graded_by_id = timezone.now(), by.post
        goal.save(update_fields=["grade", "grade_says", "graded_at", "graded_by_id"])
        audit.record(by=by, did="cases.goal.graded", to=goal, why=grade)
        return goal


def close_case(*, by: Actor, case_id: UUID, closing: Closing, says: str, tell: str = "") -> Case:
    """Close a case whose goals are all graded; tell whoever raised the concerns it came from.

    `tell` is what they are told, in words they may read. The team sees the case until the end
    of today; a sealed case stays with its lead alone. Requests that still wait are called off.
    """
    with acting(by):
        duties.require(Duty.LEAD)
        case = reads.case_to_change(case_id)
        require_own(case.owner, by.agency, "close it")
        rules.require_graded(reads.goals(case.pk).values_list("grade", flat=True))
        _call_off(by, case)
        case.state = rules.next_state(CaseState(case.state), "close")
        case.closing, case.closing_says = closing, says
        case.closed_at, case.closed_by_id, case.review_on = timezone.now(), by.post, None
        case.save(update_fields=[
            "state", "closing", "closing_says", "closed_at", "closed_by_id", "review_on",
        ])  # fmt: skip
        audit.record(by=by, did="cases.case.closed", to=case, why=closing)
        _tell_reporters(by, case, tell)
        _end_circle(by, case)
        return case


def reopen_case(*, by: Actor, case_id: UUID, why: str) -> Case:
    """Start again: a new episode, linked to the closed one, led by whoever starts it.

    It keeps what the old one said and whom it is about; its team and terms start afresh.
    """
    with acting(by):
        old = reads.case(case_id)
        require_own(old.owner, by.agency, "start again")
        _require_may_reopen(old)
        given = reads.disclosure_of_case(old)
        gateway = Gateway(given.gateway) if given else Gateway.PUBLIC_TASK
        return open_case(by=by, case=_again(by, old, why, gateway))


def _again(by: Actor, old: Case, why: str, gateway: Gateway) -> NewCase:
    return NewCase(
        title=old.title,
        why=why,
        own_words=old.own_words,
        going_well=old.going_well,
        lawful_basis=old.lawful_basis,
        category=Category(old.category),
        marking=Marking(old.marking),
        subjects=_subjects(old),
        lead_post=by.post,
        concerns=(),
        gateway=gateway,
        necessity=why,
        before=old.pk,
    )


def _subjects(case: Case) -> Subjects:
    rows = list(reads.subjects(case.pk))
    return Subjects(
        tuple(row.person_id for row in rows if row.kind == SubjectKind.PERSON),
        next((row.household_id for row in rows if row.kind == SubjectKind.HOUSEHOLD), None),
        next((row.place for row in rows if row.kind == SubjectKind.PLACE), None),
    )


def _require_may_reopen(old: Case) -> None:
    if old.state != CaseState.CLOSED:
        raise Refused("cases.still_open", "This case is still open: carry on with it.")
    later = reads.later_episode(old.pk)
    if later:
        raise Refused(
            "cases.reopened_already",
            say("This has been started again: {reference}.", reference=later.reference),
        )


def _call_off(by: Actor, case: Case) -> None:
    for request in reads.requests_of(case.pk).filter(answer=Answer.WAITING):
        call_off_request(by=by, request_id=request.pk, why="The case was closed.")


def _tell_reporters(by: Actor, case: Case, says: str) -> None:
    """Tell whoever raised each concern, as far as the actor may still see it."""
    for concern_id in case.concerns:
        with suppress(NotHere):
            intake_services.tell_reporter(
                by=by, concern_id=concern_id, stage=Stage.ENDED, says=says
            )


def _end_circle(by: Actor, case: Case) -> None:
    if case.marking != Marking.SEALED:
        today: date = sharing.today()
        sharing_services.close_circle(by=by, circle_id=case.circle_id, on=today)
        return
    for member in sharing.members(case.circle_id).exclude(post=case.lead_id):
        sharing_services.remove_member(
            by=by, circle_id=case.circle_id, post_id=member.post_id, why="The case was closed."
        )
