"""The stories could have happened, and are told kindly."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from locality.demo import catalogue, runs
from locality.demo.rules.dates import all_told, next_workday, on, workday
from locality.demo.rules.stories import faults
from locality.demo.rules.wording import unkind
from locality.demo.tests.areas import neighbourhood, plan
from locality.demo.words import stories as told
from locality.kit.errors import BadInput

STORIES = catalogue.stories()
EVENTS = [event for story in STORIES for event in story.events]
todays = st.dates(date(2025, 1, 1), date(2035, 12, 31))


def of(kind):
    return [event for event in EVENTS if isinstance(event, kind)]


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.key)
def test_a_story_could_have_happened(story):
    assert list(faults(story, catalogue.house())) == []


def test_every_kind_of_event_is_told_at_least_once():
    assert len(STORIES) >= 14
    assert {type(event) for event in EVENTS} == set(told.DOES.values())
    assert [answer for answer in of(told.AnswerRequest) if answer.refused_why]
    assert of(told.DeclineReferral) and of(told.ReopenCase) and of(told.DeclareInterest)
    assert [decision for decision in of(told.Decide) if decision.dissent]
    cases = [screen.opens for screen in of(told.Screen) if screen.opens]
    assert [case for case in cases if case.marking == 3 and not case.home]
    assert {case.place for case in cases if case.place} == {"park", "stairwell"}
    assert [case for case in cases if case.home]
    assert {screen.decided for screen in of(told.Screen)} == {
        "signpost", "link to a case", "open a case", "urgent route",
    }  # fmt: skip
    assert {grade.grade for grade in of(told.GradeGoal)} >= {"reached", "mostly reached"}
    assert {refer.pathway for refer in of(told.Refer)} == {"early_help", "mentoring"}


def test_something_is_overdue_and_something_waits_today():
    ended = {event.action for event in of(told.EndAction)}
    panel = [(event.day, action) for event in of(told.Decide) for action in event.actions]
    assert [action for day, action in panel if day + action.in_days < 0 and action.key not in ended]
    screened = {(story.key, e.concern) for story in STORIES for e in story.events
                if isinstance(e, told.Screen)}  # fmt: skip
    raised = {(story.key, e.key) for story in STORIES for e in story.events
              if isinstance(e, told.RaiseConcern)}  # fmt: skip
    assert len(raised - screened) == 3


@given(todays)
def test_every_event_lies_in_the_past_and_in_order(today):
    moments = [dated.happens_at for dated in all_told(STORIES, today)]
    assert moments == sorted(moments)
    assert moments[-1] < datetime.combine(today, datetime.min.time(), UTC)


@given(todays, st.integers(-800, 30))
def test_a_working_day_is_never_at_a_weekend_and_never_later(today, offset):
    assert on(today, offset).weekday() < 5
    assert workday(today) <= today < next_workday(today)
    assert next_workday(today).weekday() < 5


def test_everybody_in_a_story_has_the_records_it_names():
    batch, known = neighbourhood(1, 0), runs.cast_of(plan(1))
    records = {record.id: record for record in batch.records}
    homes = {home.id: home for home in batch.households}
    numbers = {agency.key: agency.number for agency in catalogue.agencies()}
    for story in STORIES:
        for person in story.people:
            found = known[story.key, person.key]
            assert set(found.records) == set(person.records)
            assert homes[found.household].address
            for agency, record in found.records.items():
                assert records[record].person == found.person
                assert records[record].agency == numbers[agency]


def test_twins_of_a_story_are_twins():
    known = runs.cast_of(plan(1))
    assert known["two_at_once", "kojo"].born == known["two_at_once", "ama"].born


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"day": 1}, "has not happened yet"),
        ({"who": "nobody"}, "nobody is called nobody"),
        ({"who": "lena"}, "lena may not raise"),
        ({"about": {"somebody": "child"}}, "nobody in the story is called somebody"),
        ({"urgency": "whenever"}, "urgency cannot be 'whenever'"),
        ({"told": "they have not been told"}, "it does not say why"),
        ({"text": "He is an offender."}, "is not how we speak"),
    ],
)
def test_a_story_with_a_fault_says_which(change, fault):
    story = STORIES[0]
    broken = replace(story, events=(replace(story.events[0], **change), *story.events[1:]))
    assert any(fault in found for found in faults(broken, catalogue.house()))


def test_a_story_told_backwards_is_refused():
    story = STORIES[0]
    backwards = replace(story, events=story.events[::-1])
    assert any("there is no" in found for found in faults(backwards, catalogue.house()))


def test_a_file_with_a_fault_names_it(tmp_path):
    file = tmp_path / "01_broken.toml"
    file.write_text('title = "a"\nsays = "b"\n[[events]]\ndoes = "dance"\n', "utf-8")
    with pytest.raises(BadInput, match="dance"):
        catalogue.read_story(file)
    file.write_text('title = "a"\nsays = "b"\n[[homes]]\nkey = "x"\ncolour = "red"\n', "utf-8")
    with pytest.raises(BadInput, match="colour"):
        catalogue.read_story(file)


def test_everything_written_by_hand_is_told_kindly():
    for written in (catalogue.themes(), catalogue.agencies(), tuple(catalogue.staff().values())):
        assert list(unkind(written)) == []


def test_staff_work_for_agencies_and_everybody_of_the_story_stands_at_sign_in():
    staff, agencies = catalogue.staff(), {one.key for one in catalogue.agencies()}
    assert 35 <= len(staff) <= 50
    assert all(one.agency in agencies for one in staff.values())
    assert len({one.name for one in staff.values()}) == len(staff)
    shown = [one for one in staff.values() if one.shown]
    assert 12 <= len(shown) <= 16
    duties = {duty for one in shown for duty in one.duties}
    assert duties == {"raise", "screen", "lead", "coordinate", "chair", "provide", "analyse",
                      "report", "govern"}  # fmt: skip
    for panel in catalogue.panels().values():
        assert {panel.chair, panel.coordinator} <= set(panel.members) <= set(staff)
        assert {staff[key].agency for key in panel.members} >= set(panel.core)
