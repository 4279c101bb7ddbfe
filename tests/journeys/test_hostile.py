"""What no browser sends is refused and leaves nothing; a hostile file has no effect."""

from random import Random

import pytest

from tests.hostile.handing import hand_over
from tests.hostile.requests import ANYWHERE, IN_BODY
from tests.hostile.sending import Attack, targets
from tests.journeys.crawl import Chart
from tests.journeys.site import Site


@pytest.fixture
def attack(site: Site, people: list[str]):
    """Everybody, and somebody who is signed out."""
    attack = Attack(site, people)
    yield attack
    attack.close()


def test_malformed_requests_break_nothing_and_leave_nothing(
    site: Site, chart: Chart, attack: Attack
):
    to = targets(site, chart, attack.callers)
    assert len(to) > 200 and sum(bool(one.fields) for one in to) > 40
    came = attack.send_many(Random(1), to, 800)
    assert not came.broke, "\n".join(came.broke)
    assert not came.partial, "\n".join(came.partial)
    assert len(came.ways) == len({way.__name__ for way in (*IN_BODY, *ANYWHERE)})
    assert {200, 302, 400, 403, 404, 405, 422} <= set(came.statuses)


def test_hostile_files_have_no_effect(attack: Attack):
    handed = hand_over(attack, Random(1), 40)
    assert not handed.effects, "\n".join(handed.effects)
    assert not attack.outcome.broke and not attack.outcome.partial
    assert len(handed.kinds) >= 9
