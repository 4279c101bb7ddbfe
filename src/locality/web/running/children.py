"""Processes that live and die with this one."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

PATIENCE = 20  # seconds for a process to end what it is doing


SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@contextmanager
def stopping_in_order() -> Iterator[None]:
    """Turn every request to end into one way out; once begun, stopping is not interrupted."""

    def leave(number: int, frame: object) -> None:
        for name in SIGNALS:
            signal.signal(name, signal.SIG_IGN)
        print("\nStopping …", flush=True)
        sys.exit(0 if number == signal.SIGINT else 128 + number)

    before = {name: signal.signal(name, leave) for name in SIGNALS}
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)


class Child:
    """A process we started: it ends when we do, however we end."""

    def __init__(self, name: str, *arguments: str) -> None:
        self.name = name
        self._arguments = arguments
        self.process = self._started()

    def start_again(self) -> None:
        """Start it anew."""
        self.stop()
        self.process = self._started()

    def _started(self) -> subprocess.Popen[bytes]:
        self._began = time.monotonic()
        return subprocess.Popen(
            [sys.executable, *self._arguments],
            stdin=subprocess.PIPE,  # its lifeline: see end_with_parent
            start_new_session=True,  # Ctrl-C is for us, and we then stop it
        )

    def ended(self) -> bool:
        """Ask whether it has ended by itself."""
        return self.process.poll() is not None

    def lived(self) -> float:
        """Seconds since it was started."""
        return time.monotonic() - self._began

    def stop(self) -> None:
        """Ask it to end, wait, and in the end make it and all of its own end."""
        with self.process:
            if not self.ended():
                self.process.send_signal(signal.SIGTERM)
                try:
                    self.process.wait(PATIENCE)
                except subprocess.TimeoutExpired:
                    os.killpg(self.process.pid, signal.SIGKILL)


def end_with_parent(end: Callable[[], None] | None = None) -> None:
    """In a child: ask this process to end as soon as its parent is gone.

    The parent holds the other end of our input and never writes to it. The system closes it when
    the parent dies, even by kill -9.
    """
    threading.Thread(target=_watch, args=(end or _end,), daemon=True).start()


def _watch(end: Callable[[], None]) -> None:
    while os.read(0, 1):
        pass
    end()


def _end() -> None:
    os.kill(os.getpid(), signal.SIGTERM)
