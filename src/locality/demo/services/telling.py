"""Act out the stories: each event is the service call that its person would have made, then.

The clock of this process is set to the moment of each event, so that what the services write is
dated as it happened. The database's own clock, sessions and policies are the real ones.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from unittest.mock import patch

import time_machine
from django.utils import timezone

from locality.demo.runs import Plan, cast_of, told_stories
from locality.demo.services.acts import ACTS
from locality.demo.services.asked import somebody_asks
from locality.demo.services.partners import House
from locality.demo.services.stage import Stage
from locality.demo.words.stories import Dated
from locality.kit.errors import BadInput, NotHere, Refused
from locality.sharing import reads

log = logging.getLogger(__name__)


def tell(plan: Plan, house: House) -> list[str]:
    """Act out every event in order; give what was refused, which should be nothing."""
    stage = Stage(house, cast_of(plan), plan.today)
    refused: list[str] = []
    for dated in told_stories(plan):
        said = _act(stage, dated)
        if said:
            refused.append(said)
            log.warning("The story could not go on: %s", said)
    somebody_asks(stage)
    return refused


def _act(stage: Stage, dated: Dated) -> str:
    event = dated.event
    stage.story = dated.story
    try:
        with at(dated):
            ACTS[type(event).__name__](stage, event)
    except (Refused, NotHere, BadInput, KeyError) as wrong:
        return f"{dated.story}: {type(event).__name__} on day {event.day}: {wrong!r}"
    return ""


@contextmanager
def at(dated: Dated) -> Iterator[None]:
    """Set this process's clock, and the day the services ask for, to the moment of an event."""

    def day() -> date:
        return timezone.localdate(dated.happens_at)

    with time_machine.travel(dated.happens_at, tick=False), patch.object(reads, "today", day):
        yield
