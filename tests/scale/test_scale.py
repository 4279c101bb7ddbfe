"""A large invented area is like one that people have worked in, and can be asked as one."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.scale.sampling import SAMPLED

ROOT = Path(__file__).parents[2]
EVERYBODY = ["count", "equality", "person", "point", "prefix", "wider"]


@pytest.fixture(scope="module")
def found(_server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, object]]:
    """What is true of a small area, made in a process and a database of its own."""
    name = f"locality_scale_{os.environ.get('PYTEST_XDIST_WORKER', 'one')}"
    environment = os.environ | {
        "LOCALITY_VAR": str(tmp_path_factory.mktemp("scale")),
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.scale.small", _server, name],
        env=environment, cwd=ROOT, check=False, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    yield json.loads(done.stdout.splitlines()[-1])


def test_no_row_has_lost_what_it_belongs_to(found):
    assert found["lost"] == []


def test_rows_say_what_the_services_would_have_written(found):
    assert found["unlike"] == []


def test_the_database_and_the_oracle_agree_about_a_sample(found):
    assert (found["leaks"], found["refusals"]) == ([], [])
    assert found["decisions"] > 10_000


def test_something_of_every_kind_shows(found):
    assert {kind for kind, shown in found["kinds"].items() if shown} == set(SAMPLED)


def test_a_disclosure_that_is_over_for_the_giver_alone_is_noticed(found):
    """Its items' copies say that it goes on: the judge asks what the giver said."""
    assert found["planted"] > 0


def test_everything_is_asked_under_the_policies_and_under_none(found):
    assert found["asked"] == {
        "screener": sorted([*EVERYBODY, "queue", "queue count"]),
        "officer": sorted([*EVERYBODY, "queue", "queue count"]),
        "provider": EVERYBODY,
    }
