"""A pytest plugin that keeps the tests that use the database and no browser."""

import pytest

DATABASE = {"db", "world", "transactional_db", "live_server", "django_db_setup"}
BROWSER = {"browser", "page", "context", "new_context"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselect every test that does not ask for the database, or asks for a browser."""
    kept = [item for item in items if _asks(item, DATABASE) and not _asks(item, BROWSER)]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(kept)])
    items[:] = kept


def _asks(item: pytest.Item, fixtures: set[str]) -> bool:
    return bool(fixtures & set(getattr(item, "fixturenames", ())))
