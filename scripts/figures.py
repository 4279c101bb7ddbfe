"""A page of figures, one section for each of the modules that work them out.

`docs/benchmarks.md` and `docs/evidence.md` are such pages: a module run alone writes its own
section anew and leaves the others as they are.
"""

import os
import platform
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from locality.web.running import cluster

DOCS = Path(__file__).resolve().parents[1] / "docs"


@dataclass(frozen=True, slots=True)
class Row:
    """One figure: what was measured, what came out, what it should be, and how it was got."""

    what: str
    figure: str
    aim: str = ""
    how: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A page in docs, and what stands at its top, where `{machine}` says on what it was."""

    name: str
    head: str

    def put(self, module: ModuleType, rows: Iterable[Row], command: str) -> None:
        """Write a module's section, under the first line of what it says of itself."""
        title, _, rest = (module.__doc__ or "").strip().partition("\n")
        file = DOCS / self.name
        sections = _sections(file.read_text(encoding="utf-8") if file.exists() else "")
        sections[title.rstrip(".")] = _section(rest.strip(), rows, command)
        body = "".join(f"\n## {name}\n\n{text}\n" for name, text in sections.items())
        file.write_text(self.head.format(machine=machine()) + body, encoding="utf-8")


def _sections(text: str) -> dict[str, str]:
    found = re.split(r"^## (.+)\n", text, flags=re.MULTILINE)[1:]
    return {title: body.strip() for title, body in zip(found[::2], found[1::2], strict=True)}


def _section(says: str, rows: Iterable[Row], command: str) -> str:
    lines = ["| what | measured | aim | how |", "|---|---|---|---|"]
    lines += [f"| {row.what} | {row.figure} | {row.aim} | {row.how} |" for row in rows]
    return "\n\n".join(filter(None, [says, f"`{command}`", "\n".join(lines)]))


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
