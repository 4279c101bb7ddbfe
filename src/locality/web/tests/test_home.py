"""Home: what needs somebody now, this week, and what became of what they raised."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from locality.cases import services as cases
from locality.cases.tests.given import a_case
from locality.intake.services import tell_reporter
from locality.intake.tests.given import raised
from locality.intake.words import Stage
from locality.sharing.acting import acting
from locality.sharing.words import Duty
from locality.ui.words import ToDo
from locality.web import home
from tests.world import World, today


def shown(world: World, name: str, address: str = "/") -> str:
    """What a page shows, without what it holds back until nobody is there any more."""
    answer = world.client(name).get(address)
    assert answer.status_code == 200
    return re.sub(r"<template.*?</template>", "", answer.content.decode(), flags=re.DOTALL)


def section(page: str, name: str) -> str:
    """One of the three parts of the page."""
    return page.split(f'id="{name}-title"')[1].split("</section>")[0]


def act_on(world: World, case, says: str, days: int) -> None:
    """Give the lead something to do by a day."""
    with acting(world.lead):
        cases.add_action(
            by=world.lead, case_id=case.pk, says=says, who=world.lead.post,
            due=today() + timedelta(days=days),
        )  # fmt: skip


def to_do(due, overdue: bool) -> ToDo:
    return ToDo("Says", "Verb", "web:home", (), due, overdue, "kind")


things = st.builds(
    to_do,
    st.none()
    | st.integers(-30, 30).map(lambda n: timezone.localdate() + timedelta(days=n))
    | st.integers(-900, 900).map(lambda n: timezone.now() + timedelta(hours=n)),
    st.booleans(),
)


@given(st.lists(things, max_size=12))
def test_nothing_that_waits_is_lost_or_shown_twice_and_what_is_late_comes_first(found):
    class Domain:
        @staticmethod
        def to_do(by):
            return found

    kept, home.DOMAINS = home.DOMAINS, (Domain,)
    try:
        waiting = home.waiting(None)
    finally:
        home.DOMAINS = kept
    parts = [*waiting.now, *waiting.this_week, *waiting.some_day]
    assert sorted(map(repr, parts)) == sorted(map(repr, found))
    assert len(waiting) == len(found)
    assert not any(one.overdue for one in (*waiting.this_week, *waiting.some_day))
    for part in (waiting.now, waiting.this_week, waiting.some_day):
        assert list(part) == sorted(part, key=home._when)


def test_an_empty_home_says_why_and_what_will_fill_it(world: World):
    page = shown(world, "teacher")
    assert "What needs you today" in page
    assert "Nothing is due today" in section(page, "now")
    assert "Nothing else is due" in section(page, "week")
    assert "You have not raised a concern yet" in section(page, "raised")


def test_what_is_late_comes_first_with_its_verb(world: World):
    case = a_case(world.lead)
    act_on(world, case, "Ring the landlord", 0)
    act_on(world, case, "Book the dentist", 4)
    page = shown(world, "lead")
    assert "Ring the landlord" in section(page, "now")
    assert "Say what was done" in section(page, "now")
    assert "Book the dentist" in section(page, "week")


def test_at_most_seven_things_are_shown_and_the_rest_are_one_press_away(world: World):
    case = a_case(world.lead)
    for number in range(9):
        act_on(world, case, f"Call number {number}", 0)
    now = section(shown(world, "lead"), "now")
    assert now.count("loc-to-do__item") == 7
    assert "2 more" in now
    assert shown(world, "lead", "/waiting/").count("Call number") >= 9


def test_a_concern_waits_for_the_screener_and_the_teacher_hears_of_it(world: World):
    concern = raised(world.teacher)
    assert concern.reference in shown(world, "screener")
    told = section(shown(world, "teacher"), "raised")
    assert Stage.WAITING in told
    with acting(world.screener):
        tell_reporter(
            by=world.screener, concern_id=concern.pk, stage=Stage.HELPING, says="Thank you."
        )
    assert Stage.HELPING in section(shown(world, "teacher"), "raised")


def test_a_stranger_s_home_shows_nothing_of_it(world: World):
    concern = raised(world.teacher)
    page = shown(world, "stranger")
    assert concern.reference not in page
    assert "Nothing is due today" in page


@pytest.mark.parametrize(
    ("name", "button"),
    [
        ("teacher", "Raise a concern"),
        ("screener", "Open the queue"),
        ("coordinator", "Plan a meeting"),
        ("chair", "Open your panels"),
        ("mentor", "Open your referrals"),
        ("analyst", "Look at places"),
        ("director", "Start a report"),
    ],
)
def test_the_role_changes_the_verb_and_not_the_layout(world: World, name: str, button: str):
    page = shown(world, name)
    assert re.findall(r'<h2[^>]*id="(\w+)-title"', page) == ["now", "week", "raised"]
    assert page.index(button) < page.index('id="now-title"')
    assert page.count('class="govuk-button" role="button"') == 1


def test_whoever_governs_has_no_primary_button_yet(world: World):
    assert 'class="govuk-button" role="button"' not in shown(world, "governor")


def test_every_first_thing_has_an_address():
    for duty, _says, _name in home.FIRST_THINGS:
        assert home.first_thing({duty})
    assert home.first_thing({Duty.GOVERN}) is None
