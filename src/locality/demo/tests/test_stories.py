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
from locality.pathways import catalogue as pathways

STORIES = catalogue.stories()
HOUSE = catalogue.house()
EVENTS = [event for story in STORIES for event in story.events]
todays = st.dates(date(2025, 1, 1), date(2035, 12, 31))


def of(kind):
    return [event for event in EVENTS if isinstance(event, kind)]


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.key)
def test_a_story_could_have_happened(story):
    assert list(faults(story, HOUSE)) == []


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
    agreed = [(event.day, action) for event in of(told.Decide) for action in event.actions]
    assert [one for day, one in agreed if day + one.in_days < 0 and one.key not in ended]
    screened = {(story.key, e.concern) for story in STORIES for e in story.events
                if isinstance(e, told.Screen)}  # fmt: skip
    raised = {(story.key, e.key) for story in STORIES for e in story.events
              if isinstance(e, told.RaiseConcern)}  # fmt: skip
    assert len(raised - screened) == 3


def test_a_storys_referrals_take_the_steps_of_their_pathway():
    for story in STORIES:
        offers = {e.key: e.pathway for e in story.events if isinstance(e, told.Refer)}
        now = {key: pathways.get(pathway).steps[0] for key, pathway in offers.items()}
        for event in story.events:
            if isinstance(event, told.EndStep):
                step = now[event.referral]
                assert step, f"{story.key}: no step is left on day {event.day}"
                assert event.then in ("", *step.then)
                now[event.referral] = pathways.get(offers[event.referral]).step(
                    event.then or step.then[0]
                )


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
        ({"matter": "gossip"}, "matter cannot be 'gossip'"),
        ({"told": "they have not been told"}, "it does not say why"),
        ({"text": "He is an offender."}, "is not how we speak"),
    ],
)
def test_a_story_with_a_fault_says_which(change, fault):
    story = STORIES[0]
    broken = replace(story, events=(replace(story.events[0], **change), *story.events[1:]))
    assert any(fault in found for found in faults(broken, HOUSE))


@pytest.mark.parametrize(
    ("key", "kind", "change", "fault"),
    [
        ("the_empty_chair", told.Decide, {"present": ("owen", "gethin")}, "with an interest"),
        ("the_empty_chair", told.Decide, {"present": ("owen", "priya")}, "not quorate"),
        ("the_empty_chair", told.Decide, {"present": ("owen", "lena")}, "not members"),
        ("the_empty_chair", told.PutForward, {"meeting": -81}, "does not meet"),
        ("the_empty_chair", told.PutForward, {"panel": "places", "meeting": -81}, "the panel is"),
        ("the_empty_chair", told.PutForward, {"who": "dev"}, "does not work for the agency"),
        ("asking_again", told.ReopenCase, {"case": "second"}, "there is no case called second"),
        ("asking_again", told.Refer, {"known": ()}, "it does not say that it is known"),
        ("asking_again", told.Refer, {"person": "bridget"}, "too young or too old"),
        ("asking_again", told.Refer, {"provider": "police"}, "does not provide it"),
        ("asking_again", told.AddNeed, {"heading": "happiness"}, "heading cannot be"),
        ("the_question_refused", told.AnswerRequest, {"who": "dev"}, "another agency was asked"),
        ("the_question_refused", told.AnswerRequest, {"refused_why": ""}, "why it is refused"),
        ("the_stairwell", told.AddAction, {"post": "lena"}, "would not see the action"),
        ("the_stairwell", told.GradeGoal, {"goal": "other"}, "goals are not graded"),
        ("two_at_once", told.EndReferral, {"end_report": {}}, "the end report is not whole"),
        ("held_close", told.WriteNote, {"who": "dev"}, "dev is not cleared"),
    ],
)
def test_what_the_services_would_refuse_is_a_fault(key, kind, change, fault):
    story = next(story for story in STORIES if story.key == key)
    first = next(event for event in story.events if isinstance(event, kind))
    events = tuple(replace(e, **change) if e is first else e for e in story.events)
    assert any(fault in found for found in faults(replace(story, events=events), HOUSE))


def test_a_case_is_led_by_the_agency_that_opens_it():
    story = next(story for story in STORIES if story.key == "the_question_refused")
    screen = next(event for event in story.events if isinstance(event, told.Screen))
    wrong = replace(screen, opens=replace(screen.opens, lead="marek"))
    events = tuple(wrong if event is screen else event for event in story.events)
    assert any("cannot lead" in found for found in faults(replace(story, events=events), HOUSE))


def test_a_story_told_backwards_is_refused():
    story = STORIES[0]
    backwards = replace(story, events=story.events[::-1])
    assert any("there is no" in found for found in faults(backwards, HOUSE))


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
                      "emergency", "report", "govern", "export csv", "export docx", "export pdf",
                      "export json"}  # fmt: skip
    for panel in catalogue.panels().values():
        assert {panel.chair, panel.coordinator} <= set(panel.members) <= set(staff)
        assert {staff[key].agency for key in panel.members} >= set(panel.core)
