"""What pages count and search is what the oracle says shows, whatever else is in the tables."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import register_tzloader

from locality.cases import reads as cases
from locality.intake import reads as intake
from locality.panels import reads as panels
from locality.people import reads as people
from locality.people import services
from locality.referrals import reads as referrals
from locality.sharing.words import Marking
from locality.triage import reads as triage
from tests.rule.compare import Judge
from tests.rule.growing import grown
from tests.rule.seeing import sees
from tests.rule.test_oracle import admin  # noqa: F401 (a fixture)
from tests.rule.worlds import PURPOSES
from tests.world import today


@contextmanager
def reading_through(database: psycopg.Connection) -> Iterator[None]:
    """Let the domains' own reads ask on a judge's connection, as whoever it has become."""
    register_tzloader(connection.timezone, database)
    own = connection.connection, connection.in_atomic_block
    connection.connection, connection.in_atomic_block = database, True
    try:
        yield
    finally:
        connection.connection, connection.in_atomic_block = own


def compare_counts(judge: Judge) -> None:
    """Figures for reports, from whatever of this world was made today."""
    shown = {
        kind: [one for one in judge.facts.of_kind(kind) if one.id in judge.expected(sees, kind)]
        for kind in ("concern", "case", "screening", "referral", "decision", "research")
    }
    day = today()
    raised, opened = intake.counts(day, day), cases.counts(day, day)
    assert raised["concerns raised"] == len(shown["concern"])
    assert raised["concerns about a person"] == sum(bool(one.about) for one in shown["concern"])
    assert opened["cases opened"] == len(shown["case"])
    assert opened["cases closed"] == sum(one.has["state"] == "closed" for one in shown["case"])
    assert triage.counts(day, day)["concerns screened"] == len(shown["screening"])
    assert referrals.counts(day, day)["referrals offered"] == len(shown["referral"])
    figures = panels.counts(day, day)
    assert figures["panel decisions"] == len(shown["decision"])
    answered = [one for one in shown["research"] if one.has["held"] != "waiting"]
    assert figures["research requests answered"] == len(answered)


def compare_searches(judge: Judge) -> None:
    """People by name, sealed never; cases and concerns by whom they are about; queues."""
    seen = {kind: judge.expected(sees, kind) for kind in ("record", "case", "concern", "about")}
    found = people.found_by(services.sought_by("Ash", "Fielding", None, ""))
    plain = {one.id for one in judge.facts.of_kind("record") if one.marking < Marking.SEALED}
    assert {one.pk for one in found} == seen["record"] & plain
    for person in judge.facts.of_kind("person"):
        about = {one.id for one in judge.facts.of_kind("case") if person.id in one.about}
        assert {one.pk for one in cases.cases_about([person.id])} == about & seen["case"]
        shown = {one.id: one for one in judge.facts.of_kind("record") if one.id in seen["record"]}
        theirs = {key for key, one in shown.items() if person.id in one.about}
        assert {one.pk for one in people.records_of(person.id)} == theirs
    doors = [one for one in judge.facts.of_kind("circle") if one.has["kind"] == "front door"]
    for door in doors:
        for asked in triage.Asked:
            assert {one.pk for one in triage.queue(door.id, asked)} <= seen["concern"]


@pytest.mark.parametrize("seed", range(3))
def test_pages_count_and_find_what_shows_and_nothing_else(admin, seed):  # noqa: F811
    with grown(admin, seed) as judge, reading_through(judge.database):
        for who in judge.facts.people:
            for purpose in PURPOSES:
                judge.become(who, purpose)
                compare_counts(judge)
                compare_searches(judge)
