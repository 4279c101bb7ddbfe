"""Run the benchmarks and write docs/benchmarks.md: `make bench`, or some: ARGS="demo_start"."""

import importlib
import sys

from locality.web.running.progress import doing
from scripts.figures import Page

MODULES = ("demo_start", "places", "pages")
PAGE = Page(
    "benchmarks.md",
    """# Benchmarks

Written by `make bench`; each section is of its last run. {machine}

The figures are of this machine: take the proportions elsewhere, not the seconds.
""",
)


def main(names: list[str]) -> None:
    """Run the named benchmarks, or all, and put each one's section on the page."""
    for name in names or MODULES:
        module = importlib.import_module(f"benchmarks.{name}")
        print(f"Measuring {name}", flush=True)
        with doing(f"Measuring {name}"):
            rows = module.run()
        # After each: a long run that is stopped keeps what it has.
        PAGE.put(module, rows, f'make bench ARGS="{name}"')


if __name__ == "__main__":
    main(sys.argv[1:])
