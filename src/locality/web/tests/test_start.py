"""What somebody reads who types `make demo` on a machine that is not ready for it."""

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from locality.web.running.locks import try_to_hold
from locality.web.running.progress import Line
from scripts import chromium, install, start, tasks, trouble
from scripts.trouble import Trouble

ROOT = install.ROOT


@pytest.fixture
def folder(tmp_path):
    """A folder with what an installation reads, and nothing installed."""
    shutil.copy(ROOT / "requirements.lock", tmp_path)
    return tmp_path


def test_an_old_python_is_told_so(monkeypatch, capsys):
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    assert start.main(["demo"]) == 1
    said = capsys.readouterr().err
    assert said.startswith("Locality needs Python 3.11 or newer; this is 3.9.")
    assert len(said.splitlines()) == 1


def test_an_old_python_can_read_the_file_that_tells_it():
    ast.parse((ROOT / "scripts" / "start.py").read_text(), feature_version=(3, 7))


def test_without_a_network_it_says_so_and_keeps_nothing_half(folder, monkeypatch):
    shutil.copytree(sys.prefix + "/bin", folder / ".venv" / "bin", symlinks=True)
    monkeypatch.setattr(install, "python", lambda root: Path(sys.executable))
    closed = {"PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PIP_NO_CACHE_DIR": "1"}
    closed |= {"PIP_CONFIG_FILE": os.devnull, "PIP_FIND_LINKS": ""}
    for name, value in closed.items():
        monkeypatch.setenv(name, value)
    (folder / "requirements.lock").write_text(f"nowhere==1 --hash=sha256:{'0' * 64}\n")
    (folder / "var").mkdir()
    with try_to_hold(folder / "var" / "installing") as lock, pytest.raises(Trouble) as told:
        install._install_packages(folder, lock)
    assert "there is no connection" in str(told.value)
    assert not (folder / ".venv" / "installed").exists()


def test_a_full_disk_is_noticed_before_anything_is_made(folder, monkeypatch):
    usage = shutil.disk_usage(folder)._replace(free=700_000_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    with pytest.raises(Trouble, match="The disk has 0.7 GB left and installing needs 2 GB"):
        install.ready(folder)
    assert not (folder / ".venv").exists()


def test_a_disk_that_fills_up_meanwhile_is_one_sentence(monkeypatch, capsys):
    def full(arguments):
        (ROOT / "var").mkdir(exist_ok=True)
        with open("/dev/full", "w") as file:
            file.write("something")

    monkeypatch.setitem(tasks.TASKS, "demo", full)
    assert tasks.run("demo", []) == 1
    said = capsys.readouterr().err
    assert said == "The disk is full: make room and run the same command again.\n"


def test_two_installing_at_once_is_one_sentence(folder):
    first = try_to_hold(folder / "var" / "installing")
    with first, pytest.raises(Trouble, match="Another make is installing"):
        install.ready(folder)


def test_an_installer_left_by_a_killed_make_keeps_the_next_one_waiting(folder):
    with try_to_hold(folder / "var" / "installing") as lock:
        orphan = subprocess.Popen(["sleep", "60"], pass_fds=[lock.fileno()])
    with orphan, pytest.raises(Trouble, match="Another make is installing"):
        try:
            install.ready(folder)
        finally:
            orphan.kill()


def test_an_installation_is_whole_only_for_its_lock_its_python_and_its_folder(folder, monkeypatch):
    before = install.fingerprint(folder)
    assert install.fingerprint(folder) == before
    (folder / "requirements.lock").write_text("other==1\n")
    assert install.fingerprint(folder) != before
    changed = install.fingerprint(folder)
    monkeypatch.setattr(sys, "version", "3.99")
    assert install.fingerprint(folder) != changed


def test_a_python_without_venv_is_told_what_to_install(folder, monkeypatch):
    poor = subprocess.CompletedProcess([], 1, "ensurepip is not available", "")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: poor)
    with pytest.raises(Trouble, match="apt install python3-venv"):
        install._make_venv(folder)


def test_the_installer_is_followed_line_by_line(folder):
    seen = []
    line = Line("Installing", clock=lambda: 0.0)
    line.reach = seen.append
    speak = "print('Collecting one\\nCollecting two\\nInstalling collected packages')"
    with try_to_hold(folder / "lock") as lock:
        install.follow([sys.executable, "-c", speak], folder / "log", lock, line, 2)
    assert seen == ["1 of 2", "2 of 2", "unpacking"]
    assert "Collecting two" in (folder / "log").read_text()


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("OSError: [Errno 28] No space left on device", "The disk is full"),
        ("[Errno -3] Temporary failure in name resolution", "there is no connection"),
        ("NewConnectionError(... [Errno 111] Connection refused)", "there is no connection"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES", "is not the one the lock names"),
        ("ERROR: No matching distribution found for typst==0.15", "There is no typst==0.15 for"),
        ("something nobody thought of", "could not be installed"),
    ],
)
def test_each_way_an_installer_fails_has_its_sentence(said, sentence):
    told = str(trouble.of_installing(said, Path("var/install.log")))
    assert sentence in told
    assert len(told.splitlines()) == 1


def test_a_chromium_on_the_path_is_used(tmp_path, monkeypatch):
    browser = tmp_path / "chromium"
    browser.write_text("#!/bin/sh\n")
    browser.chmod(0o755)
    monkeypatch.delenv("LOCALITY_CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert chromium.ready(tmp_path) == str(browser)


def test_without_any_chromium_it_says_what_to_install(tmp_path, monkeypatch):
    for name, stand_in in (
        ("found", lambda: None),
        ("apt_install", lambda *_: "no such package"),
        ("_playwright", lambda *_: "no download"),
    ):
        monkeypatch.setattr(chromium, name, stand_in)
    with pytest.raises(Trouble, match="install chromium or Google Chrome"):
        chromium.ready(tmp_path)
    assert (tmp_path / "var" / "chromium.log").read_text() in ("no such package", "no download")


def test_make_lists_what_it_can_do():
    listed = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for task in tasks.TASKS:
        assert f"make {task} " in listed
