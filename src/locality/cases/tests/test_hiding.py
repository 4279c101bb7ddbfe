"""Nobody outside the team and the owner's own cleared colleagues sees any part of a case."""

from datetime import timedelta
from itertools import product

import pytest
from django.apps import apps
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from locality.cases import services
from locality.cases.models import Telling
from locality.cases.tests.given import TERMS, a_case, a_goal, an_action, graded
from locality.sharing import reads as sharing
from locality.sharing import services as sharing_services
from locality.sharing.acting import Actor, acting
from locality.sharing.models import AuditEntry
from locality.sharing.words import Category, Marking
from tests.world import PEOPLE, World, today

# All that a case is made of; what is told outside any case is not.
TABLES = [one for one in apps.get_app_config("cases").get_models() if one is not Telling]


def a_full_case(world: World, by: Actor, category: Category, marking: Marking):
    """A case with a row in every table."""
    case = a_case(by, category=category, marking=marking, team_posts=(world.screener.post,))
    goal = a_goal(by, case)
    graded(by, goal)
    an_action(by, case, goal_id=goal.pk)
    services.hold_review(by=by, case_id=case.pk, held_on=today(), says="Steady.")
    services.edit_case(by=by, case_id=case.pk, version=1, title="Other words", why=case.why)
    services.write_note(
        by=by, case_id=case.pk, text="Rang.", category=category, marking=marking,
        happened_on=today(), share=TERMS,
    )  # fmt: skip
    if marking < Marking.SEALED:
        services.ask(
            by=by, case_id=case.pk, agency_id=world.officer.agency, category=Category.OFFENDING,
            question="Anything?", why="To plan.", answer_by=today() + timedelta(days=3),
        )  # fmt: skip
    return case


def may_see(by: Actor, case, team: set) -> bool:
    """The rule said again in Python: on the team, or an own cleared colleague; and cleared."""
    post = sharing.post(by.post)
    cleared = post.role.clearances[case.category] >= case.marking
    own = by.agency == case.owner_id and case.marking < Marking.SEALED
    return cleared and (own or by.post in team)


@pytest.mark.parametrize("category, marking", [
    *product(
        [Category.SOCIAL_CARE, Category.DOMESTIC_ABUSE],
        [Marking.STANDARD, Marking.RESTRICTED, Marking.SEALED],
    ),
    (Category.PREVENT, Marking.SEALED),
])  # fmt: skip
def test_only_the_team_and_own_cleared_colleagues_see_any_row(
    world: World, category: Category, marking: Marking
):
    case = a_full_case(world, world.specialist, category, marking)
    team = {world.specialist.post, world.screener.post}
    seen = {}
    for name in PEOPLE:
        with acting(world.actors[name]):
            want = may_see(world.actors[name], case, team)
            for table in TABLES:
                key = "pk" if table._meta.model_name == "case" else "case"
                rows = table.objects.filter(**{key: case.pk}).count()
                asked = table._meta.model_name == "request" and name in ("officer", "chair")
                seen[name, table.__name__] = rows > 0
                expected = (want or asked) and not (
                    marking == Marking.SEALED and table._meta.model_name == "request"
                )
                assert (rows > 0) == expected, (name, table.__name__)
    assert any(seen.values())  # and no table was empty for everybody
    missing = {table.__name__ for table in TABLES} - {t for (_, t), shown in seen.items() if shown}
    assert missing <= {"Request"}


def test_whoever_is_kept_from_a_person_sees_no_part_of_their_case(world: World):
    case = a_full_case(world, world.specialist, Category.SOCIAL_CARE, Marking.STANDARD)
    for subject, kept in ((case.about[0], world.screener), (case.pk, world.lead)):
        sharing_services.declare_conflict(by=kept, subject=subject, why="My cousin.")
        with acting(kept):
            for table in TABLES:
                key = "pk" if table._meta.model_name == "case" else "case"
                assert not table.objects.filter(**{key: case.pk}).exists(), table


def test_off_the_team_it_is_gone_at_once(world: World):
    case = a_case(world.lead, team_posts=(world.nurse.post,))
    services.remove_team_member(
        by=world.lead, case_id=case.pk, post_id=world.nurse.post, why="Moved on."
    )
    with acting(world.nurse):
        for table in TABLES:
            assert not table.objects.exists()


CHANGES = {
    "need": lambda by, case, goal, action: services.add_need(
        by=by, case_id=case.pk, heading="health", says="More."
    ),
    "goal": lambda by, case, goal, action: services.add_goal(
        by=by, need_id=goal.need_id, says="More."
    ),
    "met": lambda by, case, goal, action: services.meet_need(by=by, need_id=goal.need_id),
    "action": lambda by, case, goal, action: an_action(by, case, says="Visit"),
    "need changed": lambda by, case, goal, action: services.edit_need(
        by=by, need_id=goal.need_id, heading="health", says="Other words."
    ),
    "goal changed": lambda by, case, goal, action: services.edit_goal(
        by=by, goal_id=goal.pk, says="Other words."
    ),
    "change": lambda by, case, goal, action: services.edit_action(
        by=by, action_id=action.pk, says="Visit", who=by.post, due=today()
    ),
    "end": lambda by, case, goal, action: services.end_action(
        by=by, action_id=action.pk, state="done"
    ),
    "review": lambda by, case, goal, action: services.hold_review(
        by=by, case_id=case.pk, held_on=today(), says="Steady."
    ),
    "grade": lambda by, case, goal, action: graded(by, goal),
    "edit": lambda by, case, goal, action: services.edit_case(
        by=by, case_id=case.pk, version=1, title="Other words", why=case.why
    ),
    "note": lambda by, case, goal, action: services.write_note(
        by=by, case_id=case.pk, text="Rang.", category=Category.SOCIAL_CARE,
        marking=Marking.STANDARD, happened_on=today(), share=None,
    ),
    "ask": lambda by, case, goal, action: services.ask(
        by=by, case_id=case.pk, agency_id=4, category=Category.MENTAL_HEALTH, question="Any?",
        why="To plan.", answer_by=today(),
    ),
    "hand over": lambda by, case, goal, action: services.hand_over(
        by=by, case_id=case.pk, post_id=case.lead_id, why="Same."
    ),
    "close": lambda by, case, goal, action: services.close_case(
        by=by, case_id=case.pk, closing="goals met", says="Done."
    ),
}  # fmt: skip


def trail() -> list[str]:
    return list(AuditEntry.objects.filter(did__startswith="cases.").values_list("did", flat=True))


def everything() -> dict[str, list]:
    return {t.__name__: list(t.objects.order_by("pk").values()) for t in TABLES}


@pytest.mark.parametrize("name", CHANGES)
def test_every_change_has_exactly_one_entry_in_the_audit_trail(world: World, name: str):
    by = world.lead
    case = a_case(by)
    goal, action = a_goal(by, case), an_action(by, case)
    if name == "close":
        graded(by, goal)
    with acting(by):
        before = len(trail())
        CHANGES[name](by, case, goal, action)
        assert len(trail()) == before + 1


@pytest.mark.parametrize("name", CHANGES)
def test_without_its_entry_nothing_is_changed(world: World, name: str, monkeypatch):
    by = world.lead
    case = a_case(by)
    goal, action = a_goal(by, case), an_action(by, case)
    if name == "close":
        graded(by, goal)
    with acting(by):
        before = everything()

    def fails(**entry: object) -> None:
        raise RuntimeError("The audit trail is full.")

    monkeypatch.setattr("locality.sharing.audit.record", fails)
    with pytest.raises(RuntimeError):
        CHANGES[name](by, case, goal, action)
    with acting(by):
        assert everything() == before


@settings(max_examples=15, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(names=st.lists(st.sampled_from(["add", "take"]), max_size=6))
def test_the_nurse_sees_the_case_exactly_while_on_its_team(world: World, names: list[str]):
    case, on = a_case(world.lead), False
    team = {"by": world.lead, "case_id": case.pk, "post_id": world.nurse.post}
    for name in names:
        if name == "add":
            services.add_team_member(**team)
        elif on:
            services.remove_team_member(**team, why="For now.")
        on = name == "add"
        with acting(world.nurse):
            assert type(case).objects.filter(pk=case.pk).exists() == on
