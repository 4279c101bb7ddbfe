"""The front-end packages: named by a lock without addresses, copied once, swapped whole."""

import json
import subprocess
from pathlib import Path

import pytest

from locality.kit.errors import Refused
from locality.ui import vendor


@pytest.fixture
def project(tmp_path: Path, monkeypatch) -> Path:
    """A project whose npm puts plausible files in place, without a network."""
    for name in ("package.json", "package-lock.json"):
        (tmp_path / name).write_text((vendor.ROOT / name).read_text())

    def npm_ci(command, cwd, **_):
        for source in vendor.FILES.values():
            file = Path(cwd) / "node_modules" / source
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text("a{font-family:GDS Transport,arial,sans-serif}")
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr(subprocess, "run", npm_ci)
    return tmp_path


def install(project: Path) -> bool:
    return vendor.install(lambda _: None, root=project, static=project / "static")


def test_the_lock_names_no_host():
    lock = (vendor.ROOT / "package-lock.json").read_text()
    assert "://" not in lock and "resolved" not in lock


def test_every_locked_package_has_its_hash_and_ours_are_pinned_exactly():
    lock = json.loads((vendor.ROOT / "package-lock.json").read_text())
    assert all(one.get("integrity") for path, one in lock["packages"].items() if path)
    wanted = json.loads((vendor.ROOT / "package.json").read_text())["dependencies"]
    assert all(version[0].isdigit() for version in wanted.values())


def test_a_second_run_does_nothing_and_a_new_lock_does_it_again(project):
    assert install(project)
    assert not install(project)
    (project / "package-lock.json").write_text("{}")
    assert install(project)


def test_what_is_copied_asks_for_no_font_and_no_file_that_is_not_there():
    vendor.install(lambda _: None)
    for file in (vendor.STATIC / "vendor").glob("*.[cjm]*s"):
        text = file.read_text()
        assert "sourceMappingURL" not in text
        assert "Transport" not in text and "/assets/" not in text


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("npm error code ENOTFOUND", "ui.no_network"),
        ("npm error code EAI_AGAIN", "ui.no_network"),
        ("npm error code ENOSPC", "ui.no_disk"),
        ("npm error code EINTEGRITY\nnpm error sha512 is wrong", "ui.no_packages"),
    ],
)
def test_each_failure_is_one_sentence_and_leaves_nothing(project, monkeypatch, said, code):
    monkeypatch.setattr(
        subprocess, "run", lambda command, **_: subprocess.CompletedProcess(command, 1, "", said)
    )
    with pytest.raises(Refused) as refused:
        install(project)
    assert refused.value.code == code
    assert "\n" not in refused.value.reason
    assert not (project / "static" / "vendor").exists()
