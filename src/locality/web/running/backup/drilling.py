"""Show that what is backed up can be restored: take one, restore it aside, compare."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pyrage
from django.conf import settings

from locality.sharing.sealing import witnesses
from locality.web.running.backup.comparing import differences, said
from locality.web.running.backup.restoring import restore, without_archive
from locality.web.running.backup.taking import take
from locality.web.running.backup.words import Said, Source
from locality.web.running.cluster import Cluster
from locality.web.running.embedded import server

Reach = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Drilled:
    """What a drill restored, and everything in which it differs."""

    restored: Said
    wrong: list[str]
    size: int  # bytes of the encrypted backup


def drill(
    source: Source, *, now: datetime, reach: Reach = lambda _: None
) -> Drilled:  # fmt: skip
    """Back up, restore into a folder that is thrown away, and compare the two.

    Compared are every table's rows, what guards them (policies, grants, functions, roles), the
    sealed trail row by row against its root, and that root with what the witnesses hold.
    """
    with TemporaryDirectory(prefix="locality-drill-", dir=source.cluster.home) as folder:
        aside = Path(folder)
        aside.chmod(0o711)
        key, public = _key(aside)
        copy, before, after = take(source, aside / "backups", to=[public], now=now, reach=reach)
        restore(copy.file, aside / "var", key=key, reach=reach)
        restored, wrong = compared(aside / "var", source.database, before, after)
        return Drilled(restored, wrong, copy.file.stat().st_size)


def compared(var: Path, database: str, before: Said, after: Said) -> tuple[Said, list[str]]:
    """Hold the copy in `var` against what was said before and after; give what it says of itself
    and everything in which it differs.
    """
    with without_archive(), server(var):
        copy = said(Source(Cluster(var), database).address)
        wrong = [*differences(before, after, copy), *_trail(var)]
    wrong += [
        f"the witness {name} does not hold the trail’s last checkpoint"
        for name in settings.WITNESSES
        if copy.note and not witnesses.holds(name, copy.log, copy.note)
    ]
    return copy, wrong


def _key(folder: Path) -> tuple[Path, str]:
    """A key for this drill alone."""
    made, file = pyrage.x25519.Identity.generate(), folder / "key.txt"
    file.touch(mode=0o600)
    file.write_text(str(made), encoding="utf-8")
    return file, str(made.to_public())


def _trail(var: Path) -> Iterator[str]:
    """Have the restored trail checked row by row, with this machine's keys."""
    # An address of another database would be asked instead of the restored one.
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("LOCALITY_")}
    here = {
        "LOCALITY_VAR": str(var), "LOCALITY_AUDIT": str(settings.AUDIT),
        "LOCALITY_SECRET_KEY": settings.SECRET_KEY,
    }  # fmt: skip
    asked = subprocess.run(
        [sys.executable, "-c", "from locality.cli import main; main(['audit', 'fsck'])"],
        env=inherited | here, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if asked.returncode:
        yield f"the trail: {(asked.stderr or asked.stdout).strip()}"
