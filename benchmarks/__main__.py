"""Run the benchmarks and write docs/benchmarks.md: `make bench`, or some: ARGS="demo_start"."""

import importlib
import os
import platform
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType

from benchmarks import Row
from locality.web.running import cluster
from locality.web.running.progress import doing

PAGE = Path(__file__).resolve().parents[1] / "docs" / "benchmarks.md"
MODULES = ("demo_start", "places", "pages")
HEAD = """# Benchmarks

Written by `make bench`; each section is of its last run. {machine}

The figures are of this machine: take the proportions elsewhere, not the seconds.
"""


def main(names: list[str]) -> None:
    """Run the named benchmarks, or all, and put each one's section on the page."""
    sections = _sections(PAGE.read_text() if PAGE.exists() else "")
    for name in names or MODULES:
        module = importlib.import_module(f"benchmarks.{name}")
        print(f"Measuring {name}", flush=True)
        with doing(f"Measuring {name}"):
            rows = module.run()
        title = (module.__doc__ or name).splitlines()[0].rstrip(".")
        sections[title] = _section(module, rows, f'make bench ARGS="{name}"')
        _write(sections)  # after each: a long run that is stopped keeps what it has


def _write(sections: dict[str, str]) -> None:
    PAGE.parent.mkdir(exist_ok=True)
    body = "".join(f"\n## {title}\n\n{text}\n" for title, text in sections.items())
    PAGE.write_text(HEAD.format(machine=machine()) + body)


def _sections(text: str) -> dict[str, str]:
    found = re.split(r"^## (.+)\n", text, flags=re.MULTILINE)[1:]
    return {title: body.strip() for title, body in zip(found[::2], found[1::2], strict=True)}


def _section(module: ModuleType, rows: Iterable[Row], command: str) -> str:
    rest = "\n".join((module.__doc__ or "").splitlines()[1:]).strip()
    lines = ["| what | measured | aim | how |", "|---|---|---|---|"]
    lines += [f"| {row.what} | {row.figure} | {row.aim} | {row.how} |" for row in rows]
    return "\n\n".join(filter(None, [rest, f"`{command}`", "\n".join(lines)]))


def machine() -> str:
    """Say on what it was measured."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"Machine: {os.cpu_count()} cores of {_processor()}, {memory:.0f} GiB of memory, "
        f"{platform.system()} {platform.machine()}, Python {platform.python_version()}, "
        f"embedded PostgreSQL {cluster.VERSION}."
    )


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    named = re.search(r"model name\s*:\s*(.+)", info.read_text()) if info.exists() else None
    return named[1] if named else platform.processor()


if __name__ == "__main__":
    main(sys.argv[1:])
