"""What no tracked file may hold: package hosts and places on somebody's machine."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

from scripts.install import ROOT

FORBIDDEN = {
    "a package host": re.compile(
        r"(files\.pythonhosted|\bpypi\.org|registry\.npmjs|registry\.yarnpkg|deb\.debian)", re.I
    ),
    "an address in a lock": re.compile(r'"resolved":\s*"|--(extra-)?index-url|--find-links'),
    "a folder of one machine": re.compile(r"(?<![\w.])/(work|root|home/\w+|Users/\w+)/"),
}
LOCKS = {"requirements.lock", "package-lock.json"}


def kept(root: Path = ROOT) -> list[Path]:
    """List what git keeps, or would keep."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root,
        capture_output=True,
        check=True,
    )
    return [root / name.decode() for name in listed.stdout.split(b"\0") if name]


def files(root: Path = ROOT) -> list[Path]:
    """List the text files among it."""
    return [one for one in kept(root) if one.is_file() and b"\0" not in one.read_bytes()[:8000]]


def wrong(root: Path = ROOT) -> Iterator[str]:
    """Say where a tracked file names what it must not, and what is a link out of the project."""
    yield from (f"{one.relative_to(root)}: a link" for one in kept(root) if one.is_symlink())
    for path in files(root):
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), start=1):
            for what, pattern in FORBIDDEN.items():
                if what == "an address in a lock" and path.name not in LOCKS:
                    continue
                if pattern.search(line):
                    yield f"{path.relative_to(root)}:{number}: {what}"
