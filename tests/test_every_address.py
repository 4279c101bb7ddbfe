"""Whoever uses an address leaves in the trail what this file says of it, and nothing else."""

from collections.abc import Iterator
from uuid import UUID

import psycopg
import pytest
from django.urls import reverse

from locality.sharing.acting import Actor
from locality.sharing.words import Look
from tests.journeys.addresses import filled, ours
from tests.world import LEAVING, World

# Addresses that read no record, so that whoever asks need not act as anybody.
NO_RECORD = {"web:act", "web:demo-sign-in", "web:healthz"}
NOT_A_PAGE = {"people:in-emergency": Look.EMERGENCY}
SAYS_WHAT_IT_SHOWS = {"cases:mine"}  # once more, before it shows them
LISTS_AS_FILES = {"cases:mine": "lead", "triage:queue": "screener"}
REFUSED = (403, 409)  # also for want of a duty, where no record is named
KEPT_BACK = (*REFUSED, 404)


class Trail:
    """What one post leaves in the trail."""

    def __init__(self, server: psycopg.Connection, by: Actor) -> None:
        self.server, self.post = server, by.post
        self.seen: set[UUID] = set()
        self.new()

    def new(self) -> list[tuple[str, str, list[UUID]]]:
        """Kind, address and records of each look since this was last asked, the oldest first."""
        asked = (
            "SELECT id, kind, route, records FROM sharing_consultation WHERE post = %s ORDER BY at"
        )
        found = [one for one in self.server.execute(asked, [self.post]) if one[0] not in self.seen]
        self.seen |= {one[0] for one in found}
        return [(kind, route, records) for _, kind, route, records in found]


@pytest.fixture
def server(administrator: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(administrator, autocommit=True) as connected:
        yield connected


def addresses(server: psycopg.Connection) -> dict[str, str]:
    """Every address of ours that can be asked for, with records that are not there."""
    given = {name: filled(name, takes, server.info.dsn, absent=True) for name, takes in ours()}
    return {name: path for name, path in sorted(given.items()) if path}


def expected(name: str, path: str, status: int) -> list[tuple[str, str, list[UUID]]]:
    """What the use of an address must leave, by what it answered."""
    if name in NO_RECORD:
        return []
    records = [UUID(part) for part in path.split("/") if len(part.partition(".")[0]) == 36]
    looked = [(NOT_A_PAGE.get(name, Look.PAGE), name, records)]
    if name in SAYS_WHAT_IT_SHOWS and status == 200:
        looked *= 2
    refused = status in (KEPT_BACK if records else REFUSED)
    return looked + [(Look.REFUSAL, name, records)] * refused


@pytest.mark.parametrize("method", ["get", "post"])
def test_every_address_leaves_its_look_and_its_refusal(world: World, server, method: str):
    browser, trail = world.client("lead"), Trail(server, world.lead)
    asked, wrong = addresses(server), []
    for name, path in asked.items():
        status = getattr(browser, method)(path).status_code
        left, right = trail.new(), expected(name, path, status)
        if name in SAYS_WHAT_IT_SHOWS:  # what there is to show is for other tests
            left = [(kind, route, []) for kind, route, _ in left]
        if left != right:
            wrong.append(f"{name} answered {status} and left {left}, not {right}")
    assert not wrong, "\n".join(wrong)
    assert len(asked) > 120


@pytest.mark.parametrize("name, who", LISTS_AS_FILES.items())
def test_a_list_taken_away_as_a_file_is_an_export(world: World, server, name: str, who: str):
    browser, trail = world.client(who), Trail(server, world.actors[who])
    assert browser.post(f"{reverse(name)}?format=csv", LEAVING).status_code == 200
    assert trail.new()[-1] == (Look.EXPORT, name, [])
