"""Whether requirements.lock is what pyproject.toml asks for. Needs no network."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from scripts.install import ROOT

PIN = re.compile(r"^(?P<name>[\w.-]+)(\[[\w,-]+\])?==(?P<version>[^\s;]+)", re.MULTILINE)
ASKED_HERE = "locality (pyproject.toml)"


def asked(root: Path = ROOT) -> list[Requirement]:
    """Read what pyproject.toml asks for, to run and to develop."""
    project = tomllib.loads((root / "pyproject.toml").read_text())["project"]
    return [
        Requirement(line)
        for line in project["dependencies"] + project["optional-dependencies"]["dev"]
    ]


def packages(root: Path = ROOT) -> Iterator[str]:
    """Say what the lock lacks, pins outside what is asked for, or holds without a reason."""
    text = (root / "requirements.lock").read_text()
    blocks = dict(_blocks(text))
    wanted = {canonicalize_name(one.name): one for one in asked(root)}
    for name, requirement in wanted.items():
        version = blocks.get(name, ("", ""))[0]
        if not version:
            yield f"{name} is not in requirements.lock: run make lock"
        elif not requirement.specifier.contains(version, prereleases=True):
            yield f"{name} is locked at {version}, which is not {requirement.specifier}"
    for name, (_, block) in blocks.items():
        if ASKED_HERE in block and name not in wanted:
            yield f"{name} is locked but pyproject.toml no longer asks for it: run make lock"
        if "--hash=sha256:" not in block:
            yield f"{name} is locked without a hash"


def _blocks(text: str) -> Iterator[tuple[str, tuple[str, str]]]:
    found = list(PIN.finditer(text))
    ends = [match.start() for match in found[1:]] + [len(text)]
    for match, end in zip(found, ends, strict=True):
        yield canonicalize_name(match["name"]), (match["version"], text[match.start() : end])
