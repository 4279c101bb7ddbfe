"""Places for a database of a test's own."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def new_home() -> Iterator[Callable[[], Path]]:
    """Give new folders. Not pytest's own: it shuts those to the database's account at any time."""
    made = []

    def make() -> Path:
        made.append(Path(tempfile.mkdtemp(prefix="locality-test-")))
        return made[-1]

    yield make
    for folder in made:
        shutil.rmtree(folder)


@pytest.fixture
def empty_home(new_home: Callable[[], Path]) -> Path:
    """Give one new folder."""
    return new_home()
