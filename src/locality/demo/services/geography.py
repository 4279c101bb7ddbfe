"""Where the area is: the real Walsall where open data is there, else codes of invented areas."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from django.conf import settings
from django.db import connections

from locality.demo.runs import INVENTED_AREAS
from locality.places import runs

BOROUGH = "E08000030"  # Walsall


def open_data() -> Path | None:
    """Find the folder of open data, by LOCALITY_OPEN_DATA or beside the project."""
    beside = Path(settings.HERE).parents[3] / "shared" / "data"
    folder = Path(os.environ.get("LOCALITY_OPEN_DATA", beside)) / "west_midlands"
    return folder if folder.is_dir() else None


def load(reach: Callable[[str], None]) -> Sequence[str]:
    """Load recorded crime and areas where there are any; give the codes of the small areas."""
    folder = open_data()
    if folder is None:
        return INVENTED_AREAS
    reach("areas and recorded crime")
    connection = connections["owner"]
    connection.ensure_connection()
    runs.load_crime(connection.connection, folder, lambda name, _: reach(f"reading {name}"))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT code FROM places_area WHERE kind = 'lsoa' AND lad = %s ORDER BY code",
            [BOROUGH],
        )
        return [code for (code,) in cursor.fetchall()] or INVENTED_AREAS
