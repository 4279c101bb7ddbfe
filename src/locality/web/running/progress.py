"""Say what is being done while it is done, so that nobody looks at a still screen.

Standard library only: it also runs before anything is installed.
"""

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

SILENCE = 10.0  # seconds between two lines where lines cannot be written over
SHORT = 1.0  # what takes less says nothing


class Line:
    """One thing being done: what, how far, since when."""

    def __init__(self, what: str, clock: Callable[[], float]) -> None:
        self.what = what
        self.far = ""
        self._clock = clock
        self._began = clock()

    def __str__(self) -> str:
        return f"{self.what}: {self.far}" if self.far else self.what

    def taken(self) -> float:
        """Seconds since it began."""
        return self._clock() - self._began

    def reach(self, far: str) -> None:
        """Say how far it is."""
        self.far = far


@contextmanager
def doing(what: str, *, clock: Callable[[], float] = time.monotonic) -> Iterator[Line]:
    """Show `what` until the block ends, then how long it took; say nothing if that was short.

    A terminal gets one line that changes every half second; a file gets a line every ten.
    """
    line, over = Line(what, clock), threading.Event()
    live = sys.stdout.isatty()
    show = threading.Thread(target=_show, args=(line, over, live), daemon=True)
    show.start()
    try:
        yield line
    finally:
        over.set()
        show.join()
        if live and line.taken() > SHORT:
            _write("\r\x1b[K")
    if line.taken() > SHORT:
        _write(f"{what}: done in {line.taken():.0f} s\n")


def _show(line: Line, over: threading.Event, live: bool) -> None:
    pause = SHORT
    while not over.wait(pause):
        seconds = f" … {line.taken():.0f} s"
        _write(f"\r\x1b[K{line}{seconds}" if live else f"{line}{seconds}\n")
        pause = 0.5 if live else SILENCE


def _write(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()
