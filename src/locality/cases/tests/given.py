"""What the tests of cases start from: somebody invented, a case, a need, a goal, an action."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from locality.cases import services
from locality.cases.models import Action, Case, Goal
from locality.cases.words import Grade, NewCase, Subjects
from locality.people import services as people
from locality.sharing.acting import Actor, acting
from locality.sharing.services import Terms
from locality.sharing.words import Category, Gateway, Marking
from tests.world import today

TERMS = Terms(gateway=Gateway.CHILDREN_ACT_2004_S10, necessity="So that help can be planned.")


def a_person(by: Actor, given: str = "Ash", family: str = "Fielding") -> UUID:
    """Somebody invented, as the actor's agency knows them."""
    with acting(by):
        return people.add_record(by=by, given_names=given, family_name=family).person_id


def new_case(by: Actor, **changes: object) -> NewCase:
    """A case about somebody invented, led by the actor, ready to open."""
    asked = NewCase(
        title="Missing school and hungry",
        why="Two agencies noticed the same thing in a month.",
        own_words="I want to sleep in my own room.",
        going_well="A grandmother nearby helps.",
        lawful_basis="UK GDPR Article 6(1)(e) public task",
        category=Category.SOCIAL_CARE,
        marking=Marking.STANDARD,
        subjects=Subjects(),
        lead_post=by.post,
        gateway=TERMS.gateway,
        necessity=TERMS.necessity,
        review_on=today() + timedelta(days=30),
    )
    if "subjects" not in changes:
        changes["subjects"] = Subjects(person_ids=(a_person(by),))
    return replace(asked, **changes)


def a_case(by: Actor, **changes: object) -> Case:
    """An open case, opened by its lead."""
    with acting(by):
        return services.open_case(by=by, case=new_case(by, **changes))


def a_goal(by: Actor, case: Case, says: str = "In school every day") -> Goal:
    """A goal with no grade, for a need of a case."""
    with acting(by):
        need = services.add_need(
            by=by, case_id=case.pk, heading="education", says="Misses two days a week."
        )
        return services.add_goal(
            by=by, need_id=need.pk, says=says, measure="Register",
            due=today() + timedelta(days=60),
        )  # fmt: skip


def an_action(by: Actor, case: Case, **changes: object) -> Action:
    """Something the actor has to do by tomorrow."""
    asked = {"says": "Telephone the school", "who": by.post, "due": today() + timedelta(days=1)}
    with acting(by):
        return services.add_action(by=by, case_id=case.pk, **{**asked, **changes})


def graded(by: Actor, goal: Goal, grade: Grade = Grade.MOSTLY) -> Goal:
    """The same goal with a grade."""
    return services.grade_goal(by=by, goal_id=goal.pk, grade=grade, says="The register says so.")
