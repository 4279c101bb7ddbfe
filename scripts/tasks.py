"""The tasks that `make` names, each in a few lines."""

import os
from collections.abc import Callable

from scripts import chromium, install, start
from scripts.trouble import Trouble, of_system

ROOT = install.ROOT
TESTS = ["-m", "pytest", "--numprocesses=2", "--dist=loadfile"]


def run(name: str, arguments: list[str]) -> int:
    """Run the task called `name`; say in one sentence why it cannot be run."""
    os.chdir(ROOT)
    try:
        return TASKS[name](arguments)
    except Trouble as trouble:
        return start.end(str(trouble))
    except OSError as error:
        return start.end(str(of_system(error)))


def demo(arguments: list[str]) -> int:
    """Install, then let Locality itself do the rest."""
    install.ready()
    command = str(ROOT / ".venv" / "bin" / "locality")
    os.execv(command, [command, "demo", *arguments])


def test(arguments: list[str]) -> int:
    """Install everything the tests need, then run them all."""
    install.ready()
    os.environ["LOCALITY_CHROMIUM"] = chromium.ready()
    return _hand_over(*TESTS, *arguments)


def journeys(arguments: list[str]) -> int:
    """Walk the stories in a real browser, in a process that shares nothing with other tests."""
    install.ready()
    os.environ["LOCALITY_CHROMIUM"] = chromium.ready()
    return _hand_over("-m", "pytest", "tests/journeys", *arguments)


def test_database(arguments: list[str]) -> int:
    """Run the tests that use the database, and no browser."""
    install.ready()
    return _hand_over(*TESTS, "-p", "scripts.only_database", *arguments)


def check(arguments: list[str]) -> int:
    """Run every check that is not a test."""
    install.ready()
    return _hand_over("-m", "scripts.check", *arguments)


def bench(arguments: list[str]) -> int:
    """Measure, and write down what was measured."""
    install.ready()
    return _hand_over("-m", "benchmarks", *arguments)


def lock(arguments: list[str]) -> int:
    """Choose the newest packages that pyproject.toml and package.json allow."""
    install.ready()
    return _hand_over("-m", "scripts.lock", *arguments)


def screenshots(arguments: list[str]) -> int:
    """Make the pictures in docs/screenshots again."""
    install.ready()
    os.environ["LOCALITY_CHROMIUM"] = chromium.ready()
    return _hand_over("-m", "scripts.screenshots", *arguments)


def _hand_over(*arguments: str) -> int:
    """Become the Python that has the packages."""
    executable = str(install.python())
    os.execv(executable, [executable, *arguments])


TASKS: dict[str, Callable[[list[str]], int]] = {
    "demo": demo,
    "test": test,
    "journeys": journeys,
    "test-database": test_database,
    "check": check,
    "bench": bench,
    "lock": lock,
    "screenshots": screenshots,
}
