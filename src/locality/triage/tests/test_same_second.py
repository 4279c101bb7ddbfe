"""A reporter withdraws in the second in which a screener decides: one of both, and a sentence."""

import threading
from collections.abc import Callable

import pytest
from django.db import connections

from locality.intake import reads as intake
from locality.intake import services as intake_services
from locality.intake.tests.given import raised
from locality.intake.words import Stage
from locality.kit.errors import Refused
from locality.sharing.acting import acting
from locality.triage import reads, services
from locality.triage.tests.test_services import decision
from tests.world import World


def apart(*acts: Callable[[], object]) -> list[object]:
    """Do these at once, each on a connection of its own that commits; give what each gave."""
    given: list[object] = [None] * len(acts)

    def run(number: int, act: Callable[[], object]) -> None:
        try:
            given[number] = act()
        except Refused as refused:
            given[number] = refused
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=one) for one in enumerate(acts)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return given


@pytest.mark.parametrize("_again", range(4))
def test_withdrawn_and_decided_in_the_same_second_is_one_of_both(world: World, _again):
    reporter = world.new_actor("school", "practitioner")  # what is committed stays: theirs alone
    (made,) = apart(lambda: raised(reporter, people=(), place_says="Alder Row"))

    back, decided = apart(
        lambda: intake_services.withdraw(by=reporter, concern_id=made.pk, why="Twice."),
        lambda: services.screen(by=world.screener, concern_id=made.pk, decision=decision()),
    )
    with acting(world.screener):
        was_withdrawn = intake.withdrawal_of(made.pk) is not None
        assert was_withdrawn != (reads.screening_of(made.pk) is not None)
    refused = decided if was_withdrawn else back
    assert isinstance(refused, Refused)
    assert ("withdrew this" if was_withdrawn else "can no longer be") in refused.reason
    with acting(reporter):
        stage = intake.my_receipt(reporter.post, made.pk).stage
        assert stage == (Stage.WITHDRAWN if was_withdrawn else Stage.SIGNPOSTED)
