"""`make check`: everything that is not a test. Runs all of it and says at the end what failed."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from scripts import documents, locked, templates, tracked, translations
from scripts.install import ROOT

BIN = Path(sys.executable).parent


def tool(*command: str) -> Callable[[], Iterable[str]]:
    """Make a check of a command: what it prints is what is wrong, unless it ends well."""

    def run() -> Iterable[str]:
        done = subprocess.run(
            [str(BIN / command[0]), *command[1:]],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        return done.stdout.splitlines() if done.returncode else []

    return run


def pure_rooms(root: Path = ROOT) -> list[str]:
    """List the files that know no framework, whose types are therefore checked strictly."""
    source = root / "src" / "locality"
    found = [*source.glob("kit/**/*.py"), *source.glob("*/kernels/**/*.py")]
    for room in ("words", "rules"):
        found += [*source.glob(f"*/{room}.py"), *source.glob(f"*/{room}/**/*.py")]
    return sorted(str(file.relative_to(root)) for file in found if "tests" not in file.parts)


def checks() -> dict[str, Callable[[], Iterable[str]]]:
    """Name every check, quickest first."""
    return {
        "the lock is what pyproject.toml asks for": locked.packages,
        "lock files and sources name no package host or machine": tracked.wrong,
        "documents are there and their links lead somewhere": documents.wrong,
        "templates keep the house rules": templates.wrong,
        "every message is in the catalogue": translations.wrong,
        "format": tool("ruff", "format", "--check", "--quiet", "."),
        "lint": tool("ruff", "check", "--quiet", "."),
        "types of the pure rooms": tool("mypy", "--strict", *pure_rooms()),
        "imports point down and inward": tool("lint-imports", "--no-cache"),
        "a new database guards what it should": tool("python", "-m", "scripts.guarded"),
    }


def main() -> int:
    """Run them all; the status says whether all was well."""
    failed = 0
    for name, check in checks().items():
        began = time.monotonic()
        wrong = list(check())
        failed += bool(wrong)
        print(f"{'✗' if wrong else '✓'} {name} ({time.monotonic() - began:.1f} s)", flush=True)
        for line in wrong:
            print(f"    {line}", flush=True)
    print(f"{failed} of {len(checks())} checks failed." if failed else "All checks passed.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
