"""Restore a backup into a folder of its own, and the log after it up to a moment."""

import json
import os
import shutil
import tarfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg

from locality.kit.errors import NotHere, Refused
from locality.kit.saying import say
from locality.web.running import cluster as clusters
from locality.web.running.backup.crypt import decrypting, identities
from locality.web.running.backup.manifest import faults
from locality.web.running.backup.words import SAID, SUFFIX, Copy, Said, read_name
from locality.web.running.cluster import Cluster
from locality.web.running.embedded import server

Reach = Callable[[str], None]
SHOWN = 20  # faults that are written out


def restore(
    file: Path, to: Path, *, key: Path, at: datetime | None = None, archive: Path | None = None,
    reach: Reach = lambda _: None,
) -> Said:  # fmt: skip
    """Restore a backup so that `to` can be used as LOCALITY_VAR; give what it said of itself.

    With `at`, the log kept in `archive` is read on up to that moment. Every file is checked
    against PostgreSQL's manifest before anything starts. What goes wrong leaves nothing behind.
    Refuses with `web.restore_there` where a database is already, with `web.backup_damaged` when
    a byte is wrong, and with `web.backup_chain` when an earlier backup it needs is not there.
    """
    cluster, keys = Cluster(to.resolve()), identities(key)
    if cluster.files.exists():
        raise Refused(
            "web.restore_there",
            say("{to} holds a database already: restore into another folder.", to=to),
        )
    to.mkdir(parents=True, exist_ok=True, mode=0o700)
    half = cluster.home / "postgres.restored"
    try:
        clusters.prepare_folders(cluster, lambda _: None)
        _unpack_chain(cluster, chain(file), half, keys, reach)
        told = Said(**json.loads((half / SAID).read_text(encoding="utf-8")))
        (half / SAID).unlink()
        half.rename(cluster.files)
        _lay_log(cluster, at, archive, keys, reach)
        _bring_up(cluster)
    except BaseException:
        for folder in (half, cluster.files, cluster.home / "wal"):
            shutil.rmtree(folder, ignore_errors=True)
        raise
    return told


def chain(file: Path) -> list[Copy]:
    """The backups that are needed to restore one, the full one first."""
    copy = read_name(file)
    if copy is None or not file.exists():
        raise NotHere(f"backup {file}")
    if copy.after is None:
        return [copy]
    others = (read_name(one) for one in file.parent.iterdir())
    before = next((one for one in others if one and one.taken == copy.after), None)
    if before is None:
        raise Refused(
            "web.backup_chain",
            say("{file} goes on from the backup of {taken}, which is not beside it.",
                file=file.name, taken=copy.after),
        )  # fmt: skip
    return [*chain(before.file), copy]


def _unpack_chain(
    cluster: Cluster, copies: list[Copy], into: Path, keys: Sequence[Any], reach: Reach
) -> None:
    parts = [into] if len(copies) == 1 else [
        cluster.home / f"postgres.part{number}" for number in range(len(copies))
    ]  # fmt: skip
    try:
        for copy, part in zip(copies, parts, strict=True):
            _unpack(copy.file, part, keys, reach)
            _own(cluster, part)
        if len(parts) > 1:
            reach(say("putting {parts} backups together", parts=len(parts)))
            _combine(cluster, parts, into)
    finally:
        for part in parts:
            if part != into:
                shutil.rmtree(part, ignore_errors=True)


def _unpack(file: Path, into: Path, keys: Sequence[Any], reach: Reach) -> None:
    """Decrypt and unpack one backup and check every byte of it."""
    into.mkdir(mode=0o700)
    with (
        file.open("rb") as source,
        decrypting(source, keys) as stream,
        tarfile.open(fileobj=stream, mode="r|") as archive,
    ):
        done = 0
        for one in archive:
            archive.extract(one, into, filter="data")
            done += one.size
            reach(say("{done} MB", done=done // 1_000_000))
    if wrong := list(faults(into)):
        raise Refused("web.backup_damaged", "\n".join(wrong[:SHOWN]))


def _combine(cluster: Cluster, parts: list[Path], into: Path) -> None:
    last = (parts[-1] / SAID).read_bytes()
    for part in parts:
        (part / SAID).unlink()
    into.mkdir(mode=0o700)
    _own_file(cluster, into)
    made = clusters.run(
        cluster, clusters.program("pg_combinebackup"), *map(str, parts), "-o", str(into)
    )
    if made.returncode:
        raise Refused("web.backup_chain", clusters.why(made.stderr, "The backups do not fit"))
    (into / SAID).write_bytes(last)


def _own(cluster: Cluster, folder: Path) -> None:
    """Give the server's account what was unpacked, and nobody else."""
    who = clusters.account(cluster)
    for one in (folder, *folder.rglob("*")):
        os.chown(one, who.pw_uid, who.pw_gid)
        one.chmod(0o700 if one.is_dir() else 0o600)


def _lay_log(
    cluster: Cluster, at: datetime | None, archive: Path | None, keys: Sequence[Any], reach: Reach
) -> None:
    """Say up to when the log is read, and lay ready what was kept of it after the backup.

    The copy always goes on in a timeline of its own, so that what it writes is never taken for
    a part of the log it was restored from.
    """
    until, fetch = "recovery_target = 'immediate'", "false"
    if at:
        pieces = _fetched(cluster, archive, keys, reach)
        until = f"recovery_target_time = '{at.astimezone(UTC).isoformat(sep=' ')}'"
        fetch = f'cp "{pieces}/%f" "%p"'
    with (cluster.files / "postgresql.auto.conf").open("a") as settings:
        settings.write(
            f"restore_command = '{fetch}'\n{until}\nrecovery_target_action = 'promote'\n"
        )
    (cluster.files / "recovery.signal").touch()
    _own_file(cluster, cluster.files / "recovery.signal")


def _fetched(cluster: Cluster, archive: Path | None, keys: Sequence[Any], reach: Reach) -> Path:
    if archive is None or not archive.is_dir():
        raise Refused(
            "web.restorewithout_archive",
            "A moment can be restored only from the log: say where it is kept with --archive.",
        )
    pieces = cluster.home / "wal"
    pieces.mkdir(mode=0o700)
    for file in sorted(archive.glob(f"*{SUFFIX}")):
        with file.open("rb") as source, decrypting(source, keys) as stream:
            (pieces / file.name.removesuffix(SUFFIX)).write_bytes(stream.read())
        reach(file.name)
    _own(cluster, pieces)
    return pieces


def _own_file(cluster: Cluster, file: Path) -> None:
    who = clusters.account(cluster)
    os.chown(file, who.pw_uid, who.pw_gid)


def _bring_up(cluster: Cluster) -> None:
    """Start it once, so that it reads its log; then forget how it was restored."""
    names = ("restore_command", "recovery_target", "recovery_target_time", "recovery_target_action")
    with (
        without_archive(),
        server(cluster.home) as address,
        psycopg.connect(address, autocommit=True) as admin,
    ):
        while admin.execute("SELECT pg_is_in_recovery()").fetchone() == (True,):
            time.sleep(0.1)
        for name in names:
            admin.execute(f"ALTER SYSTEM RESET {name}")
        admin.execute("CHECKPOINT")
    shutil.rmtree(cluster.home / "wal", ignore_errors=True)


@contextmanager
def without_archive() -> Iterator[None]:
    """Without keeping its log: what a restored copy writes is not the database's own."""
    kept = os.environ.pop("LOCALITY_ARCHIVE", None)
    try:
        yield
    finally:
        if kept is not None:
            os.environ["LOCALITY_ARCHIVE"] = kept
