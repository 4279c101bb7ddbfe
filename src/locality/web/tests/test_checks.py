"""Each check finds the fault that was planted for it, and nothing in a clean place."""

import subprocess

import pytest

from scripts import documents, locked, templates, tracked

PROJECT = """
[project]
name = "locality"
version = "0.1.0"
dependencies = ["django>=5.2,<5.3"]
[project.optional-dependencies]
dev = ["pytest>=9"]
"""
LOCK = """django==5.2.9 \\
    --hash=sha256:aa
    # via locality (pyproject.toml)
pytest==9.2.0 \\
    --hash=sha256:bb
    # via locality (pyproject.toml)
"""


@pytest.fixture
def place(tmp_path):
    """A project with nothing wrong in it."""
    for name in documents.NEEDED:
        (tmp_path / name).write_text("# Title\n")
    (tmp_path / "CHANGELOG.md").write_text("# Changes\n\n## 0.1.0\n")
    (tmp_path / "pyproject.toml").write_text(PROJECT)
    (tmp_path / "requirements.lock").write_text(LOCK)
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    return tmp_path


def test_a_clean_place_passes(place):
    for check in (documents.wrong, locked.packages, tracked.wrong):
        assert list(check(place)) == []


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("django==5.2.9", "flask==3.1", "django is not in requirements.lock"),
        ("django==5.2.9", "django==6.0", "django is locked at 6.0, which is not"),
        ("--hash=sha256:bb", "", "pytest is locked without a hash"),
    ],
)
def test_a_lock_that_is_not_current_is_named(place, before, after, said):
    lock = place / "requirements.lock"
    lock.write_text(lock.read_text().replace(before, after))
    assert any(said in line for line in locked.packages(place))


def test_a_package_nobody_asks_for_any_more_is_named(place):
    project = place / "pyproject.toml"
    project.write_text(project.read_text().replace('"pytest>=9"', ""))
    assert list(locked.packages(place)) == [
        "pytest is locked but pyproject.toml no longer asks for it: run make lock"
    ]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("package-lock.json", '{"resolved": "https://a.host/x.tgz"}'),
        ("notes.md", "fetched from files.pythonhos" + "ted.org"),
        ("settings.py", "HOME = '/home/" + "somebody/locality'"),
        ("run.sh", "cd /work" + "/main"),
    ],
)
def test_hosts_and_somebodys_folders_are_found(place, name, text):
    (place / name).write_text(text + "\n")
    assert len(list(tracked.wrong(place))) == 1


def test_a_link_is_found_wherever_it_leads(place):
    (place / "packages").symlink_to(place / "packages")
    assert list(tracked.wrong(place)) == ["packages: a link"]


def test_dead_links_are_found_and_living_ones_are_not(place):
    (place / "docs").mkdir()
    (place / "docs" / "page.md").write_text("# Page\n\n## What it is\n")
    (place / "README.md").write_text(
        "[a](docs/page.md) [b](docs/page.md#what-it-is) [c](https://example.org) `[d](e)`\n"
        "[f](docs/none.md) [g](docs/page.md#nothing)\n"
    )
    found = list(documents.wrong(place))
    assert found == [
        "README.md links to docs/none.md, which is not there",
        "README.md links to docs/page.md#nothing, which has no such heading",
    ]


def test_what_is_missing_is_named(place):
    (place / "LICENSE").unlink()
    (place / "CHANGELOG.md").write_text("# Changes\n")
    (place / "docs" / "decisions").mkdir(parents=True)
    (place / "docs" / "decisions" / "one.md").write_text("# One\n\n## Context\n\n## Decision\n")
    (place / "src" / "locality" / "panels").mkdir(parents=True)
    (place / "src" / "locality" / "panels" / "__init__.py").touch()
    assert list(documents.wrong(place)) == [
        "LICENSE is not there",
        "src/locality/panels has no README.md",
        "CHANGELOG.md has no heading for version 0.1.0",
        "docs/decisions/one.md has no section Consequences",
    ]


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("page.html", "<script>alert(1)</script>"),
        ("page.html", '<p style="color: red">'),
        ("page.html", '<a href="#" onclick="go()">'),
        ("page.html", '<img src="https://example.org/a.png" alt="">'),
        ("page.html", "{{ words|safe }}"),
        ("_part.html", "<p>needs nothing said</p>"),
    ],
)
def test_a_template_that_breaks_a_rule_is_named(name, line):
    assert len(list(templates.broken_rules(line, name))) == 1


def test_a_template_that_keeps_them_is_not():
    kept = '{# Needs: case. #}\n<script type="module" src="{% static "a.js" %}"></script>\n'
    assert list(templates.broken_rules(kept, "_part.html")) == []
