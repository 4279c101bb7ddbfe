"""SQL put into a request as the application's role opens nothing and changes nothing."""

from collections.abc import Iterator
from random import Random

import pytest

from locality.people.tests.given import somebody
from tests.guessing import judging
from tests.guessing.contexts import Trial
from tests.guessing.judging import CANARY, Harm
from tests.guessing.statements import statements
from tests.world import World

SOME = 200


@pytest.fixture
def trial(_world: World, administrator: str, django_db_blocker) -> Iterator[Trial]:
    with django_db_blocker.unblock():
        made = Trial(_world, administrator)
        yield made
        made.close()


def hidden(trial: Trial) -> list[object]:
    """Records of the council's that the stranger must never learn of."""
    return [somebody(trial.world.lead, known_as=f"{CANARY} {n}").pk for n in range(3)]


def test_what_is_tried_opens_and_changes_nothing(trial: Trial):
    sqls = list(statements(trial.admin, hidden(trial)))
    some = Random(5).sample(sqls, SOME)
    assert judging.every(trial, trial.world.stranger, some) == SOME


@pytest.mark.parametrize("hole", [
    "CREATE POLICY hole ON people_record FOR SELECT TO locality_app USING (true)",
    "GRANT USAGE ON SCHEMA locality_private TO locality_app;"
    "GRANT SELECT, UPDATE ON locality_private.context TO locality_app",
    "CREATE FUNCTION public.hole() RETURNS SETOF people_record LANGUAGE sql SECURITY DEFINER"
    " AS 'TABLE people_record'; GRANT EXECUTE ON FUNCTION public.hole() TO locality_app",
])  # fmt: skip
def test_a_hole_is_noticed(trial: Trial, hole: str):
    hidden(trial)
    through = [
        "TABLE people_record", "SELECT * FROM public.hole()",
        "UPDATE locality_private.context SET rights = decode(repeat('55', 8192), 'hex')",
    ]  # fmt: skip
    trial.admin.execute(hole)
    try:
        with pytest.raises(Harm):
            judging.every(trial, trial.world.stranger, through)
    finally:
        trial.here.rollback()
        trial.admin.execute("DROP POLICY IF EXISTS hole ON people_record")
        trial.admin.execute("DROP FUNCTION IF EXISTS public.hole()")
        trial.admin.execute("REVOKE ALL ON locality_private.context FROM locality_app")
        trial.admin.execute("REVOKE ALL ON SCHEMA locality_private FROM locality_app")


def test_there_is_enough_to_try(trial: Trial):
    sqls = list(statements(trial.admin, hidden(trial)))
    assert len(sqls) > 1500 and len(set(sqls)) > 1400
