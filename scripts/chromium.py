"""Have a Chromium for the tests that need a browser, wherever this runs."""

import os
import shutil
import subprocess
from pathlib import Path

from locality.web.running.progress import doing
from scripts.install import ROOT, python
from scripts.trouble import Trouble

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
ON_A_MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")


def found() -> str | None:
    """Say where the system's own Chromium or Chrome is."""
    here = [path for name in NAMES if (path := shutil.which(name))]
    here += [str(ON_A_MAC)] if ON_A_MAC.exists() else []
    return os.environ.get("LOCALITY_CHROMIUM") or next(iter(here), None)


def ready(root: Path = ROOT) -> str:
    """Give the path of a Chromium, installing one the way this system does it."""
    if here := found():
        return here
    with doing("Installing Chromium"):
        if os.geteuid() == 0 and shutil.which("apt-get"):
            said = apt_install("chromium")
            here = found()
        else:
            said = _playwright(root, "-m", "playwright", "install", "chromium")
            here = _playwrights_own(root)
    if here is None:
        (root / "var").mkdir(exist_ok=True)
        (root / "var" / "chromium.log").write_text(said)
        raise Trouble(
            "The tests need Chromium and it could not be installed (details: "
            "var/chromium.log): install chromium or Google Chrome so that it is on PATH, "
            "or set LOCALITY_CHROMIUM to its path."
        )
    return here


def apt_install(*packages: str) -> str:
    """Install Debian packages as root, without a question; give what apt said."""
    said = ""
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    for command in (["apt-get", "update"], install):
        done = subprocess.run(
            command,
            env=quiet,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        said += done.stdout
    return said


PATH_OF_IT = """
from playwright.sync_api import sync_playwright
with sync_playwright() as browsers:
    print(browsers.chromium.executable_path)
"""


def _playwrights_own(root: Path) -> str | None:
    path = _playwright(root, "-c", PATH_OF_IT).strip()
    return path if Path(path).is_file() else None


def _playwright(root: Path, *arguments: str) -> str:
    done = subprocess.run(
        [str(python(root)), *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return done.stdout
