"""Run one proof in this process, in a new database: for `proofs.__main__` alone."""

import importlib
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "locality.web.settings")
django.setup()

from psycopg.conninfo import make_conninfo  # noqa: E402

from proofs import SERVER, NotShown, Row  # noqa: E402
from scripts.figures import Page  # noqa: E402
from tests import database  # noqa: E402

PAGE = Page(
    "evidence.md",
    """# Evidence

Written by `make prove`; each section is of its last run and says with which numbers. A proof that
does not come out ends with an error, and its section with what was not shown.

{machine}
""",
)


def main(name: str, seed: int, long: bool, administrator: str) -> int:
    """Run it and write its section; the status is 3 when something in it was not shown."""
    database.make(administrator, "locality")
    os.environ[SERVER] = make_conninfo(administrator, dbname="locality")
    module = importlib.import_module(f"proofs.{name}")
    rows, status = list[Row](), 0
    try:
        rows.extend(module.run(long=long, seed=seed))
    except NotShown as missed:
        print(f"Not shown: {missed}", flush=True)
        rows.append(Row("**Not shown**", str(missed)))
        status = 3
    asked = f"--long {name}" if long else name
    PAGE.put(module, rows, f'make prove ARGS="--seed {seed} {asked}"')
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2]), sys.argv[3] == "1", sys.argv[4]))
