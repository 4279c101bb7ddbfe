"""Run the demo for as long as something needs it: the benchmarks, the screenshots."""

import os
import re
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from scripts.trouble import Trouble


@dataclass(frozen=True, slots=True)
class Running:
    """A demo that is ready: where, as which process, and after how many seconds."""

    address: str
    pid: int
    after: float


@contextmanager
def demo(
    folder: Path, *more: str, environment: Mapping[str, str] = os.environ
) -> Iterator[Running]:
    """Run `make demo` in `folder` on a free port until the block ends."""
    began, options = time.monotonic(), " ".join([f"--port={_free_port()}", *more])
    make = subprocess.Popen(
        ["make", "demo", f"ARGS={options}"],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    with make:
        try:
            yield Running(_ready(make), make.pid, time.monotonic() - began)
        finally:
            if make.poll() is None:
                os.killpg(make.pid, signal.SIGINT)
            make.communicate()


def _ready(make: subprocess.Popen[str]) -> str:
    assert make.stdout is not None
    said = []
    for line in make.stdout:
        said.append(line)
        if found := re.match(r"Locality is ready: (\S+)", line):
            return found[1]
    raise Trouble("make demo did not become ready:\n" + "".join(said))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
