"""Make `.venv` what requirements.lock says, whole or not at all, and once."""

import hashlib
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import IO

from locality.web.running.locks import try_to_hold
from locality.web.running.progress import Line, doing
from scripts.trouble import Trouble, of_installing

ROOT = Path(__file__).resolve().parents[1]
ONE_MORE = ("Collecting ", "Processing ", "Ignoring ")  # how pip begins with each package
ROOM = 2_000_000_000  # bytes: what the packages take, and some to work in


def python(root: Path = ROOT) -> Path:
    """Say where the Python that has the packages is."""
    return root / ".venv" / "bin" / "python"


def ready(root: Path = ROOT) -> None:
    """Install whatever of the lock and of the front end is not installed yet."""
    with _alone(root) as lock:
        stamp = root / ".venv" / "installed"
        wanted = fingerprint(root)
        if not (stamp.exists() and stamp.read_text() == wanted):
            _require_room(root)
            _make_venv(root)
            _install_packages(root, lock)
            _install_locality(root)
            stamp.write_text(wanted)
        _run_front_end(root, lock)


def fingerprint(root: Path) -> str:
    """Name what an installation depends on: the lock, this Python and this folder."""
    lock = (root / "requirements.lock").read_bytes()
    return f"{hashlib.sha256(lock).hexdigest()} {sys.version} {root}\n"


def _alone(root: Path) -> IO[str]:
    lock = try_to_hold(root / "var" / "installing")
    if lock is None:
        raise Trouble(
            "Another make is installing Locality in this folder: "
            "wait until it has finished, then run this again."
        )
    return lock


def _require_room(root: Path) -> None:
    free = shutil.disk_usage(root).free
    if free < ROOM:
        raise Trouble(
            f"The disk has {free / 1e9:.1f} GB left and installing needs {ROOM / 1e9:.0f} GB: "
            "make room and run the same command again."
        )


def _make_venv(root: Path) -> None:
    with doing("Making .venv"):
        made = subprocess.run(
            [sys.executable, "-m", "venv", "--clear", str(root / ".venv")],
            capture_output=True,
            text=True,
            check=False,
        )
    said = made.stdout + made.stderr
    if "ensurepip" in said:
        raise Trouble(
            "This Python cannot make a .venv: install the rest of it "
            "(on Debian or Ubuntu: apt install python3-venv) and run the same command again."
        )
    if made.returncode:
        raise of_installing(said, root / ".venv")


def _install_packages(root: Path, lock: IO[str]) -> None:
    locked = root / "requirements.lock"
    total = len(re.findall(r"^\S+==", locked.read_text(), re.MULTILINE))
    pip = [str(python(root)), "-m", "pip", "install", "--require-hashes", "--no-deps"]
    pip += [
        "--no-compile",
        "--no-input",
        "--progress-bar=off",
        "--retries=2",
        "--timeout=20",
        "-r",
        str(locked),
    ]
    with doing("Installing the packages (only the first time)") as line:
        follow(pip, root / "var" / "install.log", lock, line, total)


def follow(command: list[str], log: Path, lock: IO[str], line: Line, total: int) -> None:
    """Run an installer, keep what it says in `log`, and count on `line` what it has fetched.

    The installer holds `lock` too: when we are killed nobody installs beside it.
    """
    fetched, unpacking = 0, False
    with (
        log.open("w") as kept,
        subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            pass_fds=[lock.fileno()],
        ) as installer,
    ):
        assert installer.stdout is not None
        try:
            for said in installer.stdout:
                kept.write(said)
                fetched += said.startswith(ONE_MORE)
                unpacking = unpacking or said.startswith("Installing ")
                line.reach("unpacking" if unpacking else f"{min(fetched, total)} of {total}")
        except BaseException:
            installer.terminate()
            raise
    if installer.returncode:
        raise of_installing(log.read_text(), log)


def _install_locality(root: Path) -> None:
    """Let the packages' Python find the sources here, and make the command `locality`."""
    (folder,) = (root / ".venv" / "lib").glob("python3*/site-packages")
    (folder / "locality.pth").write_text(f"{root / 'src'}\n")
    command = root / ".venv" / "bin" / "locality"
    run = "from locality.cli import main; main(prog_name='locality')"
    command.write_text(f'#!/bin/sh\nexec {shlex.quote(str(python(root)))} -c "{run}" "$@"\n')
    command.chmod(0o755)


def _run_front_end(root: Path, lock: IO[str]) -> None:
    done = subprocess.run(
        [str(python(root)), "-m", "scripts.front_end"],
        cwd=root,
        check=False,
        stdin=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        pass_fds=[lock.fileno()],
    )
    if done.returncode:
        raise Trouble(done.stderr.strip())
