"""Building an agenda again: what somebody chose by hand stands, what is new is added, and said."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from locality.kit.errors import Refused
from locality.panels import reads, services
from locality.panels.models import Item, Meeting
from locality.panels.tests.given import a_case, decide, forward, sit
from locality.panels.words import Listed
from locality.sharing.acting import acting
from tests.world import World, today

ON, OFF, BY_RULE = Listed.ON_AGENDA, Listed.NOT_SELECTED, Listed.PUT_FORWARD


def put(world: World, meeting: Meeting, days: int) -> Item:
    """Put a new case forward whose review is due in so many days."""
    return forward(
        world.lead, a_case(world.lead, review_on=today() + timedelta(days=days)), meeting
    )


def build(world: World, meeting: Meeting):
    """Build the agenda as its coordinator."""
    return services.build_agenda(by=world.coordinator, meeting_id=meeting.pk)


def choose(world: World, item: Item, listed: Listed, why: str = "She asked for it.") -> Item:
    """Choose by hand, as the chair."""
    return services.choose(by=world.chair, item_id=item.pk, listed=listed, why=why)


def listed(world: World, meeting: Meeting) -> dict[UUID, str]:
    """Where each case stands."""
    with acting(world.coordinator):
        return {one.pk: one.listed for one in reads.items(meeting.pk)}


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from([ON, OFF, BY_RULE])), max_size=6))
def test_the_last_choice_for_a_case_stands_however_often_the_agenda_is_built(
    world, meeting, chosen
):
    items = [put(world, meeting, days) for days in (1, 2, 3, 4)]
    stands = {}
    for which, where in chosen:
        choose(world, items[which], where)
        stands[items[which].pk] = where
        build(world, meeting)
    build(world, meeting)
    found = listed(world, meeting)
    for key, where in stands.items():
        assert where == BY_RULE or found[key] == where
    assert BY_RULE not in found.values()


def test_who_chose_and_why_is_kept_and_shown(world: World, meeting: Meeting):
    last, kept_off = put(world, meeting, 60), put(world, meeting, 1)
    for _ in range(2):
        put(world, meeting, 2)
    choose(world, last, ON, "The school holidays begin before the next meeting.")
    choose(world, kept_off, OFF, "His mother asked for two more weeks.")
    build(world, meeting)
    with acting(world.nurse):
        one = reads.item(last.pk)
        assert (one.chosen_by_id, one.listed) == (world.chair.post, ON)
    for name in ("meeting", "minutes"):
        page = world.client("nurse").get(reverse(f"panels:{name}", args=[meeting.pk]))
        for words in ("school holidays begin", "two more weeks", one.chosen_by.name):
            assert words in page.text


def test_building_again_says_what_changed_and_what_was_left_as_chosen(world, meeting):
    first, off = put(world, meeting, 5), put(world, meeting, 6)
    choose(world, off, OFF)
    assert build(world, meeting).added == (first.case.reference,)
    new = put(world, meeting, 1)
    changed = build(world, meeting)
    assert (changed.added, changed.left_out) == ((new.case.reference,), ())
    assert changed.by_hand == (off.case.reference,)
    sooner = put(world, meeting, 0)
    changed = build(world, meeting)
    assert (changed.added, changed.left_out) == ((sooner.case.reference,), (first.case.reference,))
    assert build(world, meeting).in_short() == f"by hand {off.case.reference}"


def test_a_case_handed_back_to_the_rule_is_placed_by_it(world: World, meeting: Meeting):
    item = put(world, meeting, 90)
    for days in (1, 2):
        put(world, meeting, days)
    choose(world, item, ON)
    build(world, meeting)
    choose(world, item, BY_RULE)
    with acting(world.chair):
        assert reads.item(item.pk).chosen_by is None
    build(world, meeting)
    assert listed(world, meeting)[item.pk] == OFF


def test_what_is_decided_is_not_handed_back(world: World, meeting: Meeting):
    item = put(world, meeting, 1)
    build(world, meeting)
    sit(world, meeting, "coordinator", "chair", "nurse")
    decide(world.coordinator, item)
    with pytest.raises(Refused, match="has decided"):
        choose(world, item, BY_RULE)


def test_whoever_runs_the_panel_sees_every_due_case_they_may_see_and_a_lead_their_own(
    world: World, meeting: Meeting
):
    mine = a_case(world.lead, review_on=today())
    other = world.new_actor("council", "case_lead")
    theirs = a_case(other, review_on=today() - timedelta(days=3))
    later = a_case(world.lead, review_on=today() + timedelta(days=90))
    with acting(world.coordinator):
        seen = [one.case.pk for one in reads.due_cases(meeting, world.coordinator, all_seen=True)]
    with acting(world.lead):
        own = [one.case.pk for one in reads.due_cases(meeting, world.lead)]
    with acting(world.chair):  # of the police: the council's cases were not shown to them
        assert not reads.due_cases(meeting, world.chair, all_seen=True)
    assert seen == [theirs.pk, mine.pk] and own == [mine.pk] and later.pk not in seen
    page = world.client("coordinator").get(reverse("panels:meeting", args=[meeting.pk]))
    assert theirs.reference in page.text and later.reference not in page.text
