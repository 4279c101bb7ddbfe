"""Locks between processes. The system lets go of them when their holder dies, however it dies."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import IO, Self


@contextmanager
def held(file: Path) -> Iterator[None]:
    """Hold `file` alone, waiting for whoever holds it now."""
    with file.open("a") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def try_to_hold(file: Path) -> IO[str] | None:
    """Hold `file` alone until it is closed, or give None at once when somebody else does."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle = file.open("a+")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        handle.close()
        return None
    return handle


class Users:
    """Everybody who uses a thing at the moment; knows whether one is the last."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def __enter__(self) -> Self:
        self._handle = self._file.open("a")
        fcntl.flock(self._handle, fcntl.LOCK_SH)
        return self

    def last(self) -> bool:
        """Ask whether nobody else uses the thing; if so, keep others out until we leave."""
        try:
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._handle.close()
