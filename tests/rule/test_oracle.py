"""The database and the plain oracle agree about every actor, purpose, row and kind of access."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.rule.growing import Admin, administering, ask_everything, grown
from tests.rule.kinds import KINDS, NOBODYS, OPEN, THEMSELVES
from tests.rule.seeing import ANSWERS, sees
from tests.rule.worlds import world
from tests.world import World, today


@pytest.fixture(scope="module")
def admin(_world: World, administrator: str) -> Iterator[Admin]:
    """A connection with every power."""
    with administering(administrator) as found:
        yield found


def test_the_oracle_has_an_answer_for_every_table():
    """Whoever adds a table says here, in plain words, who may see it."""
    tables = {
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith("locality.")
    }
    assert {kind.table for kind in KINDS.values()} | OPEN | THEMSELVES == tables
    assert set(ANSWERS) == set(KINDS)


@settings(
    max_examples=8, deadline=None, derandomize=True, database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    phases=[Phase.explicit, Phase.generate],
)  # fmt: skip
@given(st.integers(0, 2**32))
def test_the_database_and_the_oracle_agree_about_every_world(admin, seed):
    with grown(admin, seed) as judge:
        ask_everything(judge)


def test_the_worlds_are_worth_asking_about():
    """Of every kind some rows show and some do not, or agreement about it would prove nothing."""
    for kind in KINDS.keys() - NOBODYS:
        shown = {True: 0, False: 0}
        for seed in range(14):
            facts = world(seed, today())
            for who in facts.people:
                for item in facts.of_kind(kind):
                    shown[sees(facts, who, who.agency % 2 + 1, item)] += 1
        assert shown[True] >= 10 and shown[False] >= 10, (kind, shown)
