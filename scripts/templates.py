"""The house rules for templates that no other tool knows, and djlint for those it does."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from scripts.install import ROOT

RULES = {
    "inline script": re.compile(r"<script(?![^>]*\s(src=|type=.application/json))[^>]*>", re.I),
    "inline style": re.compile(r"<style\b|\sstyle=", re.I),
    "inline event handler": re.compile(r"\son[a-z]+=\"", re.I),
    "address outside the site": re.compile(
        r"(src|href)=\"https?://(?!www\.nationalarchives)", re.I
    ),
    "text marked safe": re.compile(r"\|\s*safe\b|{%\s*autoescape off"),
}

DJLINT = str(Path(sys.executable).parent / "djlint")
FORMAT = "{filename}:{line} {code} {message}"
# Taste, or wrong about tags that {% if %} takes apart; the journeys' axe sees what matters.
NOT_OURS = "H006,H015,H020,H030,H031,H037,H043"


def files(root: Path) -> list[Path]:
    """List every template."""
    return sorted((root / "src" / "locality").glob("*/templates/**/*.html"))


def wrong(root: Path = ROOT) -> Iterator[str]:
    """Say which template breaks a rule of the house or of djlint."""
    for file in files(root):
        yield from broken_rules(file.read_text(), str(file.relative_to(root)))
    yield from _djlint(root)


def broken_rules(text: str, name: str) -> Iterator[str]:
    """Say what a template called `name` does that it must not."""
    if Path(name).name.startswith("_") and not text.startswith("{# Needs:"):
        yield f"{name}:1: a fragment's first line says what it needs: {{# Needs: … #}}"
    for number, line in enumerate(text.splitlines(), start=1):
        for what, pattern in RULES.items():
            if pattern.search(line):
                yield f"{name}:{number}: {what}"


def _djlint(root: Path) -> Iterator[str]:
    ours = ["--profile=django", f"--ignore={NOT_OURS}"]
    done = subprocess.run(
        [DJLINT, "src/locality", "--lint", "--quiet", *ours, f"--linter-output-format={FORMAT}"],
        cwd=root,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        yield from filter(None, done.stdout.splitlines())
