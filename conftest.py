"""A real PostgreSQL for every test: the embedded one, or the server LOCALITY_DATABASE_URL names.

Tests read and write as the login role, inside a transaction that is rolled back; a small world
of agencies and people (tests/world.py) is committed once.
"""

import os
import secrets
from collections.abc import Iterator
from pathlib import Path

# Playwright's own loop runs in the thread of the tests; nothing here is asynchronous.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

import pytest
from django.conf import settings as django_settings
from django.db import connections, transaction
from hypothesis import HealthCheck, settings
from psycopg.conninfo import make_conninfo

from locality.web.running.embedded import server
from tests import database
from tests.world import World, build


@pytest.fixture(scope="session")
def _server() -> Iterator[str]:
    """The server given, or the embedded one: shared by all workers, durable for none."""
    if given := os.environ.get("LOCALITY_DATABASE_URL"):
        yield given
        return
    home = Path(os.environ.get("LOCALITY_TEST_VAR", Path(__file__).parent / "var" / "test"))
    with server(home, durable=False) as uri:
        yield uri


# The same examples every time, and no deadline: a slow machine is not a wrong program.
settings.register_profile(
    "house", deadline=None, derandomize=True, database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
settings.load_profile("house")


def _name(request: pytest.FixtureRequest) -> str:
    """This worker's own database."""
    worker = getattr(request.config, "workerinput", {}).get("workerid", "one")
    return f"locality_test_{worker}"


@pytest.fixture(scope="session")
def administrator(request: pytest.FixtureRequest, _server: str) -> str:
    """How a test connects to this worker's database with every power, to build or to attack."""
    return make_conninfo(_server, dbname=_name(request))


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    _server: str,
    django_db_blocker: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[None]:
    """Make this worker's own database, migrate it as its owner and open row-level security."""
    apart = tmp_path_factory.mktemp("audit")  # keys and witnesses of this database alone
    django_settings.AUDIT = apart / "keys"
    django_settings.WITNESSES = {name: apart / name for name in ("council", "police")}
    with django_db_blocker.unblock():
        database.make(_server, _name(request))
        yield
        for connection in connections.all():
            connection.close()


@pytest.fixture(scope="session")
def _world(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> World:
    with django_db_blocker.unblock():
        return build(secrets.token_hex(4))


@pytest.fixture
def db(_world: World, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """One transaction as the login role, rolled back at the end. Looks are committed apart."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def world(db: None, _world: World) -> Iterator[World]:
    """The agencies and people of the tests, ready to act, as the next test wants to find them."""
    yield _world
    assert not (ended := _world.signed_out()), f"This test ended the session of: {ended}"
