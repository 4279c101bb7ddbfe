"""Whether the documents are there, and their links and pictures lead somewhere."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from scripts.install import ROOT

NEEDED = ("README.md", "CONTRIBUTING.md", "LICENSE", "SECURITY.md", "CHANGELOG.md")
LINK = re.compile(r"\[[^\]]*\]\((?P<to>[^)\s]+)\)")
CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
SECTIONS = ("Context", "Decision", "Consequences")


def wrong(root: Path = ROOT) -> Iterator[str]:
    """Say what is missing or leads nowhere."""
    yield from _missing(root)
    yield from _domains_without_readme(root)
    yield from _version_without_entry(root)
    for page in sorted((root / "docs" / "decisions").glob("*.md")):
        yield from _incomplete_decision(page, root)
    for page in pages(root):
        yield from dead_links(page, root)


def pages(root: Path) -> list[Path]:
    """List the documents a reader may open."""
    found = [*root.glob("*.md"), *root.glob("docs/**/*.md"), *root.glob("src/locality/**/*.md")]
    return sorted(page for page in found if "node_modules" not in page.parts)


def _missing(root: Path) -> Iterator[str]:
    for name in NEEDED:
        if not (root / name).is_file():
            yield f"{name} is not there"


def _domains_without_readme(root: Path) -> Iterator[str]:
    for package in sorted((root / "src" / "locality").glob("*/__init__.py")):
        if not (package.parent / "README.md").is_file():
            yield f"{package.parent.relative_to(root)} has no README.md"


def _version_without_entry(root: Path) -> Iterator[str]:
    version = tomllib.loads((root / "pyproject.toml").read_text())["project"]["version"]
    changelog = root / "CHANGELOG.md"
    if changelog.is_file() and not re.search(
        rf"^## .*\b{re.escape(version)}\b", changelog.read_text(), re.MULTILINE
    ):
        yield f"CHANGELOG.md has no heading for version {version}"


def _incomplete_decision(page: Path, root: Path) -> Iterator[str]:
    text = page.read_text()
    if not text.startswith("# "):
        yield f"{page.relative_to(root)} does not begin with its title"
    for section in SECTIONS:
        if f"\n## {section}\n" not in text:
            yield f"{page.relative_to(root)} has no section {section}"


def dead_links(page: Path, root: Path) -> Iterator[str]:
    """Say which links of `page` to files and headings here lead nowhere."""
    for match in LINK.finditer(CODE.sub("", page.read_text())):
        target, _, heading = unquote(match["to"]).partition("#")
        if re.match(r"[a-z]+:", target):
            continue
        file = (page.parent / target).resolve() if target else page
        if not file.exists():
            yield f"{page.relative_to(root)} links to {target}, which is not there"
        elif heading and file.suffix == ".md" and heading not in headings(file):
            yield f"{page.relative_to(root)} links to {match['to']}, which has no such heading"


def headings(page: Path) -> set[str]:
    """Give the anchors of a page's headings, as code hosts make them."""
    titles = re.findall(r"^#+ (.+)$", page.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}
