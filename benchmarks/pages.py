"""The pages, their memory, and what sharing by rule costs.

The demonstration of the size LOCALITY_BENCH_SIZE (borough if not given), in an embedded database
of its own, served as `make demo` serves it: 2 processes of 4 threads. Every user signs in for
themselves and asks again as soon as they are answered, never pausing to read: 20 of them are many
more people than 20. They ask from the same machine, so they take some of its time. Memory is
each process's proportional share, added up.
"""

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.demo_start import SETTLE, memory
from benchmarks.users import Times, Users, peak
from locality.web.running.embedded import server
from scripts.figures import Row

ROOT = Path(__file__).resolve().parents[1]
SIZE = os.environ.get("LOCALITY_BENCH_SIZE", "borough")
OPEN_DATA = Path(os.environ.get("LOCALITY_OPEN_DATA", ROOT.parent / "shared" / "data"))
ASKED = {"small": "at most 60 s, site and all", "borough": "at most 15 minutes"}
LOCALITY = "from locality.cli import main; main()"
AIM = "medians under 150 ms for 1; 95 of 100 under 2 s for 20"
ALONE, TOGETHER = 100, 200  # requests for each page, by one user and by 20
# page, whose, address; a case is the first on its lead's list
PAGES = (
    ("home", "Marek Oldacre", "/"),
    ("queue", "Joan Pellow", "/queue/"),
    ("case", "Marek Oldacre", "/cases/"),
    ("places", "Lena Frost", "/places/"),
)


def run() -> list[Row]:
    """Make the area, serve it, ask for pages, weigh the processes, then compare in one process."""
    with tempfile.TemporaryDirectory(prefix="lb", dir="/tmp") as home:
        folder = Path(home)
        with served(folder) as (address, pid, seeding):
            time.sleep(SETTLE)
            rest = memory(pid, folder)
            users = Users(address, PAGES)
            alone = users.ask(1, ALONE)
            with peak(lambda: memory(pid, folder)) as load:
                together = users.ask(20, TOGETHER)
            cost = _costs(folder, users.addresses)
    return [
        Row(f"Making the area, {SIZE}", f"{seeding:.0f} s", ASKED.get(SIZE, ""),
            f"tables already made; to the ready line; {_places()}"),
        *(_page(name, alone[name], together[name]) for name in alone),
        _weight("Site and worker", rest[0], load[0]),
        _weight("Database", rest[1], load[1]),
        *(Row(**one) for one in cost),
    ]  # fmt: skip


@contextmanager
def served(folder: Path) -> Iterator[tuple[str, int, float]]:
    """Make the area and serve it; give its address, its process, and the seconds it took."""
    environment, port = _environment(folder), _free_port()
    command = [sys.executable, "-c", LOCALITY]
    with server(folder / "var"), (folder / "site.log").open("w") as log:
        subprocess.run([*command, "migrate"], cwd=ROOT, env=environment, stdout=log, check=True)
        began = time.monotonic()
        site = subprocess.Popen(
            [*command, "demo", f"--size={SIZE}", f"--port={port}"],
            cwd=ROOT, env=environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=log, text=True,
        )  # fmt: skip
        try:
            _wait(site, folder / "site.log")
            yield f"http://127.0.0.1:{port}", site.pid, time.monotonic() - began
        finally:
            site.terminate()
            site.communicate()


def _wait(site: subprocess.Popen[str], log: Path) -> None:
    assert site.stdout is not None
    for line in site.stdout:
        if line.startswith("Locality is ready"):
            return
    raise RuntimeError("The site did not start:\n" + log.read_text())


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _environment(folder: Path) -> dict[str, str]:
    """Give what a server of our own is told, and nothing that names another."""
    ours = {name: value for name, value in os.environ.items() if "LOCALITY" not in name}
    return ours | {
        "LOCALITY_VAR": str(folder / "var"),
        "LOCALITY_DEMO": "1",
        "LOCALITY_OPEN_DATA": str(OPEN_DATA),
        "DJANGO_SETTINGS_MODULE": "locality.web.settings",
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
    }


def _costs(folder: Path, addresses: dict[str, tuple[str, str]]) -> list[dict[str, str]]:
    """Compare with and without in a process of its own, where Django can be set up for this."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.costs", json.dumps(addresses)],
        cwd=ROOT, env=_environment(folder), stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    return json.loads(done.stdout.splitlines()[-1])


def _page(name: str, alone: Times, together: Times) -> Row:
    return Row(
        f"Page: {name}",
        f"1 user: {alone}; 20 users: {together}",
        AIM,
        f"median, 95th percentile; {ALONE} and {TOGETHER} requests, after a warm-up",
    )


def _weight(what: str, rest: int, load: int) -> Row:
    figure = f"{rest / 2**20:.0f} MiB at rest, {load / 2**20:.0f} MiB under load"
    return Row(f"Memory: {what.lower()}", figure, "", "the most seen while 20 users asked")


def _places() -> str:
    return "with the open data on crime" if OPEN_DATA.is_dir() else "in invented places"


if __name__ == "__main__":
    print("\n".join(map(str, run())))
