"""Starting the demo, and its memory at rest.

A new clone, its packages already downloaded into a folder, from `make demo` to the ready line;
then stopped and started again. Memory is each process's proportional share, added up.
"""

import os
import subprocess
import tempfile
import time
from pathlib import Path

import psutil

from scripts.demonstration import demo
from scripts.figures import Row

ROOT = Path(__file__).resolve().parents[1]
SETTLE = 10  # seconds after which memory is "at rest"


def run() -> list[Row]:
    """Measure a fresh start, a second start and the memory of what then runs."""
    with tempfile.TemporaryDirectory() as folder:
        clone, offline = _clone(Path(folder)), _downloads(Path(folder))
        with demo(clone, environment=offline) as fresh:
            pass
        with demo(clone, environment=offline) as second:
            time.sleep(SETTLE)
            web, database = memory(second.pid, clone)
    return [
        Row("Fresh `make demo`, no downloads", f"{fresh.after:.0f} s", "", "to the ready line"),
        Row("Second `make demo`", f"{second.after:.1f} s", "at most 10 s", "to the ready line"),
        Row("Site and worker at rest", f"{web / 2**20:.0f} MiB", "", "2 processes, 4 threads each"),
        Row("Database at rest", f"{database / 2**20:.0f} MiB", "", "demo area, small"),
    ]


def _clone(folder: Path) -> Path:
    """Copy what git keeps, as a newcomer would get it."""
    subprocess.run(["git", "clone", "-q", str(ROOT), str(folder / "clone")], check=True)
    return folder / "clone"


def _downloads(folder: Path) -> dict[str, str]:
    """Fetch every package beforehand, so that no network is in the measurement."""
    wheels = folder / "wheels"
    subprocess.run(
        [ROOT / ".venv/bin/python", "-m", "pip", "download", "--quiet", "--no-deps",
         "--require-hashes", "-r", ROOT / "requirements.lock", "-d", wheels],
        check=True,
    )  # fmt: skip
    ours = {name: value for name, value in os.environ.items() if "LOCALITY" not in name}
    offline = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(wheels), "PIP_NO_CACHE_DIR": "1"}
    return ours | offline | {"npm_config_prefer_offline": "true"}


def memory(make: int, clone: Path) -> tuple[int, int]:
    """Add up the bytes of the site with its worker, and of the database."""
    ours = psutil.Process(make).children(recursive=True)
    files = str(clone / "var" / "postgres")
    theirs = [one for one in psutil.process_iter() if one.name() == "postgres"]
    return _bytes(ours), _bytes([one for one in theirs if one.cwd() == files])


def _bytes(processes: list[psutil.Process]) -> int:
    share = "pss" if psutil.LINUX else "rss"
    return sum(getattr(process.memory_full_info(), share) for process in processes)
