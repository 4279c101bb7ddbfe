"""Fetch the style sheets and scripts that pages need, with the Python that has the packages."""

import sys

from locality.kit.errors import Refused
from locality.ui import vendor
from locality.web.running.progress import doing


def main() -> int:
    """Install them; a second run with the same lock does nothing."""
    with doing("Front-end packages") as line:
        try:
            vendor.install(line.reach)
        except Refused as refused:
            sys.stderr.write(f"{refused.reason}\n")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
