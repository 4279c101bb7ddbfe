"""What waits is what is neither decided nor taken back, whoever writes it down and whoever asks."""

import pytest
from django.db import ProgrammingError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from locality.intake import services as intake
from locality.intake.models import Concern
from locality.intake.tests.given import raised
from locality.sharing.acting import acting
from locality.triage import reads, services
from locality.triage.models import Screening, Waiting
from locality.triage.words import Asked, Decided, NewScreening
from tests.world import World

ADVICE = NewScreening(
    decided=Decided.SIGNPOST, reason="No more than this is needed now.", route="The school nurse"
)


def waits() -> set:
    return set(Waiting.objects.values_list("pk", flat=True))


@settings(max_examples=15, suppress_health_check=list(HealthCheck))
@given(acts=st.lists(st.sampled_from(["raise", "decide", "withdraw"]), max_size=8))
def test_what_waits_is_always_what_is_neither_decided_nor_taken_back(world: World, acts):
    with transaction.atomic():
        for act in acts:
            with acting(world.screener):
                queue = list(reads.queue(world.front_door))
            if act == "raise":
                raised(world.teacher)
            elif queue and act == "decide":
                services.screen(by=world.screener, concern_id=queue[0].pk, decision=ADVICE)
            elif queue:
                intake.withdraw(by=world.teacher, concern_id=queue[-1].pk, why="All is well.")
        with acting(world.screener):
            queue = {one.pk for one in reads.queue(world.front_door)}
            decided = {one.pk for one in reads.queue(world.front_door, Asked.DECIDED)}
            back = {one.pk for one in reads.queue(world.front_door, Asked.WITHDRAWN)}
            assert queue == waits()
            everything = sorted([*queue, *decided, *back])
            assert everything == sorted(Concern.objects.values_list("pk", flat=True))
            assert decided == set(Screening.objects.values_list("concern", flat=True))
        transaction.set_rollback(True)


def test_what_waits_shows_to_whoever_sees_the_concern_and_to_nobody_else(world: World):
    one = raised(world.teacher)
    for name in ("teacher", "screener", "lead", "nurse", "governor", "analyst", "stranger"):
        with acting(getattr(world, name)):
            seen = set(Concern.objects.values_list("pk", flat=True))
            assert waits() <= seen
            assert (one.pk in waits()) == (one.pk in seen)


@pytest.mark.parametrize(
    "change", ["UPDATE triage_waiting SET concern_id = concern_id", "DELETE FROM triage_waiting"]
)
def test_nobody_makes_a_concern_wait_or_stop_waiting_by_hand(world: World, change):
    raised(world.teacher)
    for by in (world.screener, world.teacher):
        with pytest.raises(ProgrammingError, match="denied"), acting(by):
            connection.cursor().execute(change)
