"""`make lock`: choose the newest packages allowed, with hashes and without any host's name."""

import subprocess
import sys
from pathlib import Path

from scripts.install import ROOT

COMPILE = [
    "uv", "pip", "compile", "pyproject.toml", "--quiet", "--upgrade", "--universal",
    "--extra=dev", "--python-version=3.11", "--generate-hashes", "--no-header",
    "--no-emit-index-url", "--no-emit-find-links", "--output-file=requirements.lock",
]  # fmt: skip


def main() -> int:
    """Write requirements.lock and package-lock.json anew."""
    print("Choosing Python packages …", flush=True)
    uv = Path(sys.executable).parent / COMPILE[0]
    done = subprocess.run([str(uv), *COMPILE[1:]], cwd=ROOT, check=False)
    return done.returncode or _front_end()


def _front_end() -> int:
    from locality.ui import vendor

    print("Choosing front-end packages …", flush=True)
    update = ["update", "--package-lock-only", "--ignore-scripts", "--no-audit", "--no-fund"]
    done = subprocess.run([*vendor.npm(), *update], cwd=ROOT, check=False)
    vendor.without_hosts(ROOT / "package-lock.json")
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
