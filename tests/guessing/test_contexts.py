"""Whatever is wrong with a context, no row of any table shows; and nothing else is wrong."""

from collections.abc import Iterator

import pytest

from locality.people.tests.given import somebody
from tests.guessing.contexts import FAILURES, Trial
from tests.world import World


@pytest.fixture
def trial(_world: World, administrator: str, django_db_blocker) -> Iterator[Trial]:
    with django_db_blocker.unblock():
        made = Trial(_world, administrator)
        yield made
        made.close()


def test_in_order_it_opens_and_rows_show(trial: Trial):
    somebody(trial.by)
    assert trial.opens(trial.look())
    found = trial.rows()
    assert found["people_record"] > 0 and found["sharing_agency"] > 0 and len(found) > 50


@pytest.mark.parametrize("name", FAILURES)
def test_a_context_that_is_not_in_order_shows_nothing(trial: Trial, name: str):
    somebody(trial.by)
    assert not FAILURES[name](trial)
    assert not {table: rows for table, rows in trial.rows().items() if rows}
