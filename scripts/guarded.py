"""Whether a new database guards what it should: migrate one, and lint its catalogue."""

import os
import sys
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "locality.web.settings")
django.setup()

from django.db import connections  # noqa: E402

from locality.kit.errors import Refused  # noqa: E402
from locality.sharing.checking import rules  # noqa: E402
from locality.web.running.embedded import server  # noqa: E402
from scripts.install import ROOT  # noqa: E402
from tests import database  # noqa: E402

HOME = Path(os.environ.get("LOCALITY_TEST_VAR", ROOT / "var" / "test"))
NAME = "locality_check"


def main() -> int:
    """Say what is wrong; the status says whether anything is."""
    with server(HOME, durable=False) as administrator:
        try:
            database.make(administrator, NAME)  # which ends with the lint
        except Refused as wrong:
            print(wrong)
            return 1
        finally:
            connections.close_all()
            database.drop(administrator, NAME)
    print(f"{len(rules())} rules hold.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
