"""Whoever rewrites the trail is found out, whatever power they have over the database.

LOCALITY_ATTACKS=200 tries each attack so many times.
"""

import os

import pytest
from django.db import transaction

from locality.sharing.sealing import evidence
from tests.tampering import trail as trails
from tests.tampering.attacks import CAUGHT, WINDOW
from tests.tampering.trail import Trail
from tests.tampering.trying import after

TIMES = int(os.environ.get("LOCALITY_ATTACKS", "2"))


@pytest.fixture(scope="module")
def trail(_world, administrator, django_db_blocker, tmp_path_factory) -> Trail:
    with django_db_blocker.unblock():
        return trails.make(_world, administrator, tmp_path_factory.mktemp("auditor") / "state.json")


@pytest.fixture
def unblocked(django_db_blocker):
    with django_db_blocker.unblock():
        yield


@pytest.mark.usefixtures("unblocked")
def test_a_trail_nobody_touched_is_found_whole(trail: Trail):
    report = trail.audit()
    assert not report.found, report.found[:3]
    assert report.size == trail.sizes[-1] and report.rows > report.size
    with transaction.atomic(using="owner"):
        kinds = {row.said.split('"')[1] for row in evidence.all_rows()}
    assert kinds == {"entry", "look", "sign in"}


@pytest.mark.usefixtures("unblocked")
@pytest.mark.parametrize("name", CAUGHT)
def test_it_shows(trail: Trail, name: str):
    for seed in range(TIMES):
        assert after(trail, CAUGHT[name], seed).found, f"{name}, seed {seed}, was not noticed"


@pytest.mark.usefixtures("unblocked")
@pytest.mark.parametrize("name", WINDOW)
def test_what_does_not_show_yet_is_only_what_is_declared(trail: Trail, name: str):
    for seed in range(TIMES):
        assert not after(trail, WINDOW[name], seed).found


def test_there_are_enough_kinds_of_attack():
    assert len(CAUGHT) >= 25
