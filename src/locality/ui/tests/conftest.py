"""Settings of its own for `ui`, a browser, and servers that need no database."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings
from playwright.sync_api import Browser, sync_playwright

from locality.ui import vendor
from locality.ui.tests import bare

ROOT = Path(__file__).resolve().parents[4]
OWN = {
    name: value
    for name, value in vars(bare).items()
    if name.isupper() and name not in {"DATABASES", "SECRET_KEY", "DEBUG"}
}


@pytest.fixture(autouse=True)
def bare_settings() -> Iterator[None]:
    """Run every test here with `ui` alone, whatever project it is part of."""
    with override_settings(**OWN):
        yield


@pytest.fixture(scope="session")
def assets() -> None:
    """Have the front-end packages in place."""
    vendor.install(lambda _: None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Debian's Chromium, or Playwright's own."""
    with sync_playwright() as engines:
        system = Path("/usr/bin/chromium")
        started = engines.chromium.launch(
            executable_path=system if system.exists() else None, args=["--no-sandbox"]
        )
        yield started
        started.close()


@pytest.fixture(scope="session")
def gallery(assets: None) -> Iterator[str]:
    """Serve `ui` alone."""
    yield from _served("bare")


@pytest.fixture(scope="session")
def accounts(assets: None) -> Iterator[str]:
    """Serve the sign-in pages alone."""
    yield from _served("accounts")


def _served(settings: str) -> Iterator[str]:
    command = [sys.executable, "-m", "locality.ui.tests.serving", settings]
    environment = {"PYTHONPATH": str(ROOT / "src"), "PATH": "/usr/bin:/bin"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as server:
        try:
            assert server.stdout is not None
            yield server.stdout.readline().strip()
        finally:
            server.kill()
