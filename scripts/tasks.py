"""The tasks that `make` names, each in a few lines."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

from scripts import chromium, install, start
from scripts.trouble import Trouble, of_system

ROOT = install.ROOT
TESTS = ["-m", "pytest", "--numprocesses=2", "--dist=loadfile"]
JOURNEYS = ["-m", "pytest", "tests/journeys"]
APART = ["-m", "pytest", "tests/tampering", "tests/journeys"]  # no browser before the first ends
NO_TESTS = 5  # what pytest ends with when nothing was asked for that it has


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
    """Install everything the tests need, then run them all: the journeys after the others.

    A browser's loop and the other tests' connections do not bear each other, and the trail is
    sealed only when no transaction is open: so these have a process of their own. Tests that
    `arguments` name by their files run as one.
    """
    install.ready()
    os.environ["LOCALITY_CHROMIUM"] = chromium.ready()
    if any(Path(one.partition("::")[0]).exists() for one in arguments):
        return _hand_over("-m", "pytest", *arguments)
    codes = [_run(*TESTS, *arguments), _run(*APART, *arguments)]
    if set(codes) == {NO_TESTS}:
        return NO_TESTS
    return next((code for code in codes if code not in (0, NO_TESTS)), 0)


def journeys(arguments: list[str]) -> int:
    """Walk the stories in a real browser, and nothing else."""
    install.ready()
    os.environ["LOCALITY_CHROMIUM"] = chromium.ready()
    return _hand_over(*JOURNEYS, *arguments)


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


def prove(arguments: list[str]) -> int:
    """Show what we claim, and write down what came out."""
    install.ready()
    return _hand_over("-m", "proofs", *arguments)


def lock(arguments: list[str]) -> int:
    """Choose the newest packages that pyproject.toml and package.json allow."""
    install.ready()
    return _hand_over("-m", "scripts.lock", *arguments)


def screenshots(arguments: list[str]) -> int:
    """Make the pictures in docs/screenshots again."""
    install.ready()
    os.environ["LOCALITY_CHROMIUM"] = chromium.ready()
    return _hand_over("-m", "scripts.screenshots", *arguments)


def _run(*arguments: str) -> int:
    """Let the Python that has the packages do this, and wait."""
    return subprocess.run([str(install.python()), *arguments], check=False).returncode


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
    "prove": prove,
    "lock": lock,
    "screenshots": screenshots,
}
