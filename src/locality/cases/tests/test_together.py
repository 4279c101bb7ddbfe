"""Two people at the same words, and one person who presses twice."""

from datetime import timedelta

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from locality.cases import reads, rules, services
from locality.cases.models import Action, Goal, Need, Note, Request, Review
from locality.cases.tests.given import TERMS, a_case, a_goal, an_action
from locality.cases.words import ActionState
from locality.kit.errors import Refused
from locality.sharing.acting import acting
from locality.sharing.words import Category, Marking
from tests.world import World, today

pytestmark = pytest.mark.usefixtures("site")
words = st.dictionaries(st.sampled_from(["says", "who", "due"]), st.text(max_size=5), max_size=3)


@given(words, words)
def test_a_stamp_tells_the_same_words_from_any_other(one, other):
    assert (rules.stamp(one) == rules.stamp(other)) == (one == other)


@given(words, words, words)
def test_whoever_was_overtaken_is_refused_unless_they_say_what_it_says(held, seen, new):
    if held in (seen, new):
        rules.require_as_seen(held, new, rules.stamp(seen))
    else:
        with pytest.raises(Refused, match="while you were writing"):
            rules.require_as_seen(held, new, rules.stamp(seen))


def _day(name: str) -> dict[str, int]:
    day = today() + timedelta(days=20)
    return {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": day.year}


@pytest.fixture
def forms(world: World) -> dict:
    """Each form about words that two people may change: its address and two things to say."""
    case = a_case(world.lead, team_posts=(world.nurse.post,))
    goal, action = a_goal(world.lead, case), an_action(world.lead, case)
    other = an_action(world.lead, case, says="Write to the school")
    who = {"who": str(world.nurse.post), **_day("due")}
    return {
        "need": (reverse("cases:edit-need", args=[goal.need_id]),
                 {"heading": "health", "says": "Hers."}, {"heading": "money", "says": "His."}),
        "goal": (reverse("cases:edit-goal", args=[goal.pk]), {"says": "Hers."}, {"says": "His."}),
        "action": (reverse("cases:edit-action", args=[action.pk]),
                   {"says": "Hers.", **who}, {"says": "His.", **who}),
        "grade": (reverse("cases:grade-goal", args=[goal.pk]),
                  {"grade": "reached", "says": "Hers."}, {"grade": "not known", "says": "His."}),
        "end": (reverse("cases:end-action", args=[other.pk]),
                {"state": "done", "result": "Hers."}, {"state": "done", "result": "His."}),
    }  # fmt: skip


def _kept(world: World) -> list:
    with acting(world.lead):
        return [list(t.objects.order_by("pk").values()) for t in (Need, Goal, Action)]


@pytest.mark.parametrize("name", ["need", "goal", "action", "grade", "end"])
def test_the_second_of_two_people_is_told_and_keeps_their_text(world: World, forms, name):
    address, hers, his = forms[name]
    lead, nurse = world.client("lead"), world.client("nurse")
    shown = lead.get(address).context["form"]["version"].value()
    assert nurse.post(address, {**hers, "version": shown}).status_code == 302
    before = _kept(world)
    answer = lead.post(address, {**his, "version": shown})
    assert answer.status_code == 422 and _kept(world) == before
    assert "Somebody changed this while you were writing" in answer.text
    assert "His." in answer.text and "What it says now" in answer.text and "Hers." in answer.text
    again = {**his, "version": answer.context["form"]["version"].value()}
    # deliberate now; only what ended stays ended
    assert lead.post(address, again).status_code == (409 if name == "end" else 302)


@pytest.mark.parametrize("name", ["need", "goal", "action", "grade", "end"])
def test_the_same_form_sent_twice_is_one_change(world: World, forms, name):
    address, hers, _his = forms[name]
    lead = world.client("lead")
    said = {**hers, "version": lead.get(address).context["form"]["version"].value()}
    assert lead.post(address, said).status_code == 302
    before = _kept(world)
    sent = lead.post(address, said)
    assert (sent.status_code, _kept(world)) == (302, before)


def test_what_is_written_twice_is_written_once(world: World):
    by, case = world.lead, a_case(world.lead)
    goal = a_goal(by, case)
    of, day = {"by": by, "case_id": case.pk}, today() + timedelta(days=3)
    writes = {
        Need: lambda: services.add_need(**of, heading="health", says="Sleeps badly."),
        Goal: lambda: services.add_goal(by=by, need_id=goal.need_id, says="Sleeps."),
        Action: lambda: an_action(by, case, goal_id=goal.pk),
        Review: lambda: services.hold_review(**of, held_on=today(), says="Steady."),
        Note: lambda: services.write_note(
            **of, text="Rang.", category=Category.SOCIAL_CARE, marking=Marking.STANDARD,
            happened_on=today(), share=TERMS,
        ),
        Request: lambda: services.ask(
            **of, agency_id=world.nurse.agency, category=Category.MENTAL_HEALTH,
            question="Any?", why="To plan.", answer_by=day,
        ),
    }  # fmt: skip
    for table, write in writes.items():
        first = write()
        with acting(by):
            before = table.objects.count()
        assert write().pk == first.pk
        with acting(by):
            assert table.objects.count() == before


def test_a_note_sent_again_to_share_it_is_shared(world: World):
    case = a_case(world.lead, team_posts=(world.nurse.post,))
    said = {
        "by": world.lead, "case_id": case.pk, "text": "Rang.", "category": Category.SOCIAL_CARE,
        "marking": Marking.STANDARD, "happened_on": today(),
    }  # fmt: skip
    first = services.write_note(**said, share=None)
    for _ in range(2):
        assert services.write_note(**said, share=TERMS).pk == first.pk
    with acting(world.nurse):
        assert [one.pk for one in reads.notes(case.pk)] == [first.pk]


def test_a_need_met_by_mistake_is_open_again_for_ten_minutes(world: World):
    case = a_case(world.lead)
    need_id = a_goal(world.lead, case).need_id
    services.meet_need(by=world.lead, need_id=need_id)
    plan, undo = (reverse(f"cases:{n}", args=[k]) for n, k in (("plan", case.pk),
                                                              ("undo-need", need_id)))  # fmt: skip
    client = world.client("lead")
    assert undo in client.get(plan).text
    client.post(undo)
    assert services.undo_need(by=world.lead, need_id=need_id).met_at is None
    with acting(world.lead):
        met = services.meet_need(by=world.lead, need_id=need_id).met_at - timedelta(minutes=11)
        Need.objects.filter(pk=need_id).update(met_at=met)
    assert undo not in client.get(plan).text
    with pytest.raises(Refused, match="add it as a new need"):
        services.undo_need(by=world.lead, need_id=need_id)


def test_a_day_that_has_passed_may_stay_when_other_words_are_corrected(world: World):
    action = an_action(world.lead, a_case(world.lead), due=today() - timedelta(days=4))
    address, client = reverse("cases:edit-action", args=[action.pk]), world.client("lead")
    said = {
        "says": "Telephone the right school", "who": str(world.lead.post),
        "due-day": action.due.day, "due-month": action.due.month, "due-year": action.due.year,
    }  # fmt: skip
    assert client.post(address, said).status_code == 302
    assert client.post(address, {**said, "due-year": action.due.year - 1}).status_code == 422
    with acting(world.lead):
        assert reads.action(action.pk).state == ActionState.TO_DO
