"""Nothing acknowledged is lost, nothing doubled, nothing half, however the server dies."""

from collections.abc import Iterator
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest

from locality.web.running.backup.words import Source
from tests.backing_up.source import whole_database
from tests.crashing.harness import KILLS, crash


@pytest.fixture(scope="module")
def source() -> Iterator[Source]:
    with TemporaryDirectory(prefix="lc", dir="/tmp") as folder, whole_database(Path(folder)) as one:
        yield one


def test_what_was_acknowledged_is_there_once_and_whole(source: Source):
    tally = crash(source, rounds=3, random=Random(4))
    assert set(tally.kills) == set(KILLS)
    assert len(tally.acknowledged) > 100
    assert (tally.lost, tally.doubled, tally.half) == (0, 0, 0)


def test_the_same_notices_what_a_careless_server_loses(source: Source):
    tally = crash(source, rounds=3, random=Random(5), durable=False)
    assert tally.lost > 0
    assert tally.half == 0
