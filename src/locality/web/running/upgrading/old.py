"""The older version: what its files say of themselves, and the programs that can read them."""

import re
import subprocess
from pathlib import Path

from locality.kit.errors import NotHere, Refused
from locality.kit.saying import say
from locality.web.running import cluster as clusters
from locality.web.running.cluster import VERSION, Cluster

NEEDED = ("postgres", "pg_ctl", "pg_controldata", "pg_resetwal")  # what pg_upgrade asks for
OLDEST = 15
MAJOR = re.compile(r"\(PostgreSQL\) (\d+)")
CHECKSUMS = re.compile(r"^Data page checksum version:\s+0$", re.MULTILINE)


def version(cluster: Cluster) -> str:
    """The version that made the files. Refuses what there is no upgrade from."""
    written = cluster.files / "PG_VERSION"
    if not written.exists():
        raise NotHere(f"a database in {cluster.files}")
    found = written.read_text().strip()
    if found == VERSION:
        raise Refused(
            "web.upgrade_done",
            say("{files} is of PostgreSQL {found} already.", files=cluster.files, found=found),
        )
    if not found.isdigit() or not OLDEST <= int(found) < int(VERSION):
        raise Refused(
            "web.upgrade_from",
            say(
                "{files} is of PostgreSQL {found}: only {oldest} to {before} can be upgraded "
                "to {version}.",
                files=cluster.files, found=found, oldest=OLDEST, before=int(VERSION) - 1,
                version=VERSION,
            ),
        )  # fmt: skip
    return found


def programs(folder: Path | None, of_version: str) -> Path:
    """The folder of an older version's programs, given itself or by the folder above.

    Refuses with `web.old_binaries` when none is given, when one is missing or when they are of
    another version than the files.
    """
    if folder is None:
        raise _refused(
            "say with --old-binaries FOLDER, or LOCALITY_OLD_BINARIES, where the programs of "
            "PostgreSQL {of_version} are", of_version=of_version,
        )  # fmt: skip
    where = folder.resolve()
    where = where / "bin" if (where / "bin").is_dir() else where
    missing = [name for name in NEEDED if not (where / name).is_file()]
    if missing:
        raise _refused("{where} has no program {name}", where=where, name=missing[0])
    found = _version_of(where / "postgres")
    if found != of_version:
        raise _refused(
            "{where} has PostgreSQL {found} and the database is of PostgreSQL {of_version}",
            where=where, found=found, of_version=of_version,
        )  # fmt: skip
    return where


def has_checksums(old: Cluster) -> bool:
    """Whether each page of the old files carries a checksum."""
    told = clusters.run(old, old.program("pg_controldata"), "-D", str(old.files))
    if told.returncode:
        raise Refused("web.old_files", clusters.why(told.stderr, "The old files cannot be read"))
    return not CHECKSUMS.search(told.stdout)


def _version_of(postgres: Path) -> str:
    try:
        asked = subprocess.run(
            [postgres, "--version"], capture_output=True, text=True, check=False
        ).stdout  # fmt: skip
    except OSError as wrong:
        raise _refused("{postgres} cannot be run", postgres=postgres) from wrong
    found = MAJOR.search(asked)
    return found[1] if found else say("an unknown version")


def _refused(reason: str, **values: object) -> Refused:
    return Refused(
        "web.old_binaries",
        say("The old database cannot be read: {reason}.", reason=say(reason, **values)),
    )
