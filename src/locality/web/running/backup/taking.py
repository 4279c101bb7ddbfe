"""Take a backup of the embedded database while it works."""

import json
import os
import subprocess
import tarfile
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import IO

from locality.kit.errors import Refused
from locality.kit.saying import say
from locality.web.running import cluster as clusters
from locality.web.running.backup.comparing import said
from locality.web.running.backup.crypt import CHUNK, encrypting, recipients
from locality.web.running.backup.words import (
    MANIFEST,
    SAID,
    Copy,
    Said,
    Source,
    named,
    read_name,
    stamp,
)
from locality.web.running.cluster import Cluster

Reach = Callable[[str], None]


def take(
    source: Source, folder: Path, *, to: Sequence[str], now: datetime, incremental: bool = False,
    reach: Reach = lambda _: None,
) -> tuple[Copy, Said, Said]:  # fmt: skip
    """Write one encrypted backup into `folder`, whole or not at all; say what was in it.

    Gives the backup and what the database said of itself before and after. Refuses with
    `web.backup_failed` when PostgreSQL cannot make it, and with `web.backup_no_full` an
    incremental one when there is none to go on from.
    """
    keys = recipients(to)
    folder.mkdir(parents=True, exist_ok=True)
    last = latest(folder) if incremental else None
    if incremental and last is None:
        raise Refused(
            "web.backup_no_full",
            say("{folder} holds no backup to go on from: take a full one first.", folder=folder),
        )
    copy = named(folder, stamp(now), last.taken if last else None)
    if copy.file.exists():
        raise Refused("web.backup_there", "A backup of this very second is there. Try again.")
    before = said(source.address)
    part = copy.file.with_suffix(".part")
    try:
        with part.open("wb") as file:
            with encrypting(file, keys) as stream:
                manifest = _stream(source.cluster, last, stream, before, reach)
            file.flush()
            os.fsync(file.fileno())
        copy.manifest.write_bytes(manifest)
        part.rename(copy.file)
    finally:
        part.unlink(missing_ok=True)
    return copy, before, said(source.address)


def latest(folder: Path) -> Copy | None:
    """The newest backup in a folder that another can be taken after."""
    copies = [read_name(file) for file in folder.iterdir()]
    found = [one for one in copies if one and one.manifest.exists()]
    return max(found, key=lambda one: one.taken, default=None)


def _stream(
    cluster: Cluster, last: Copy | None, stream: IO[bytes], before: Said, reach: Reach
) -> bytes:
    """Pass PostgreSQL's own copy on, with what the database said of itself; give its manifest."""
    command = [
        clusters.program("pg_basebackup"), "-d", cluster.uri(), "-D", "-", "-F", "t", "-X",
        "fetch", "--checkpoint=fast", "--manifest-checksums=SHA256", "--no-password",
    ]  # fmt: skip
    with _readable(cluster, last) as incremental:
        making = subprocess.Popen(
            [*command, *incremental],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd="/",
            **clusters.as_account(cluster),
        )  # fmt: skip
        with making, tarfile.open(fileobj=stream, mode="w|") as out:
            manifest = _pass_on(making.stdout, out, reach)
            text = json.dumps(asdict(before)).encode()
            _add(out, SAID, text)
            wrong = making.stderr.read().decode(errors="replace")
            if making.wait() or manifest is None:
                raise Refused("web.backup_failed", clusters.why(wrong, "No backup was made"))
    return manifest


class _readable:  # noqa: N801 - used as a function
    """The option that names the manifest to go on from, where the server's account can read it."""

    def __init__(self, cluster: Cluster, last: Copy | None) -> None:
        self._copy = cluster.home / "backup.manifest" if last else None
        if last and self._copy:
            self._copy.write_bytes(last.manifest.read_bytes())
            who = clusters.account(cluster)
            os.chown(self._copy, who.pw_uid, who.pw_gid)

    def __enter__(self) -> list[str]:
        return [f"--incremental={self._copy}"] if self._copy else []

    def __exit__(self, *_: object) -> None:
        if self._copy:
            self._copy.unlink(missing_ok=True)


def _pass_on(source: IO[bytes] | None, out: tarfile.TarFile, reach: Reach) -> bytes | None:
    manifest, done = None, 0
    with tarfile.open(fileobj=source, mode="r|") as files:
        for one in files:
            data = files.extractfile(one) if one.isreg() else None
            if one.name == MANIFEST and data:
                manifest = data.read()
                data = BytesIO(manifest)
            out.addfile(one, data)
            done += one.size
            reach(say("{done} MB", done=done // 1_000_000))
    while source and source.read(CHUNK):  # what follows the end of the archive
        pass
    return manifest


def _add(out: tarfile.TarFile, name: str, text: bytes) -> None:
    info = tarfile.TarInfo(name)
    info.size, info.mode = len(text), 0o600
    out.addfile(info, BytesIO(text))
