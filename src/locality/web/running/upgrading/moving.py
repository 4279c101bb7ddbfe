"""Move the embedded database from an older version of PostgreSQL to ours.

The old files are only read. The new ones are made in a folder of their own beside them and put in
place last, by two renames: whatever is cut short before, the old database starts as it did.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil
import psycopg

from locality.kit.errors import Refused
from locality.kit.saying import say
from locality.web.running import cluster as clusters
from locality.web.running.backup.drilling import compared
from locality.web.running.backup.restoring import without_archive
from locality.web.running.backup.words import Said
from locality.web.running.cluster import Cluster
from locality.web.running.embedded import processes, running, server, stop
from locality.web.running.locks import try_to_hold
from locality.web.running.upgrading import old as olds
from locality.web.running.upgrading.judging import Told, told, wrong

Reach = Callable[[str], None]
ROOM = 400_000_000  # bytes beside the tables: an empty database and the log that moving writes
SHOWN = 600  # characters of what a program says
NEW, WORK = "postgres.upgrade", "work"


@dataclass(frozen=True, slots=True)
class Moved:
    """What was moved, and where the old files are kept."""

    said: Said
    was: str  # the old version
    kept: Path


def upgrade(
    cluster: Cluster, database: str, binaries: Path | None, *, reach: Reach = lambda _: None
) -> Moved:
    """Move the files to our version, compare all that they hold, and set the old ones aside.

    An earlier upgrade that was cut short is taken back first. Refuses, and leaves the old files
    as they were, while a server uses them, when `binaries` are not those of the old version, when
    the disk has no room for a second copy, when PostgreSQL cannot move them, and when anything
    that is compared differs.
    """
    with _alone(cluster):
        _take_back(cluster)
        was = olds.version(cluster)
        kept = cluster.files.with_name(f"{cluster.files.name}.{was}")
        before = Cluster(cluster.home, olds.programs(binaries, was))
        _require_ready(cluster, kept)
        after = Cluster(cluster.home / NEW)
        try:
            found = _moved(before, after, database, reach)
            reach(say("putting the new files in place"))
            _put_in_place(cluster, after, kept)
        finally:
            _clear(after)
        return Moved(found, was, kept)


def take_back(cluster: Cluster) -> None:
    """Undo an upgrade that was cut short, so that the old database is where it was.

    Refuses with `web.upgrade_none` when there is none.
    """
    with _alone(cluster):
        if not _take_back(cluster):
            raise Refused("web.upgrade_none", "No upgrade was cut short: there is nothing to undo.")


@contextmanager
def _alone(cluster: Cluster) -> Iterator[None]:
    lock = try_to_hold(cluster.home / "postgres.users")
    if lock is None:
        raise _in_use()
    with lock:
        yield


def _take_back(cluster: Cluster) -> bool:
    half, kept = Cluster(cluster.home / NEW), clusters.set_aside(cluster)
    cut_short = half.home.exists()
    if cut_short:
        _end_orphans(half)
        stop(half)
        stop(cluster)
        _clear(half)
    if not cluster.files.exists() and kept:
        kept[-1].rename(cluster.files)
        return True
    return cut_short


def _end_orphans(half: Cluster) -> None:
    """End what a killed upgrade left at work in its folder."""
    for process in psutil.process_iter():
        with suppress(psutil.Error, OSError):
            if Path(process.cwd()).is_relative_to(half.home) and process.name() != "postgres":
                process.kill()
                process.wait(10)


def _require_ready(cluster: Cluster, kept: Path) -> None:
    if processes(cluster):
        raise _in_use()
    if kept.exists():
        raise Refused(
            "web.upgrade_kept",
            say("{kept} is there already: move it away, or remove it if it is not needed any "
                "more.", kept=kept),
        )  # fmt: skip
    files = (one for one in cluster.files.rglob("*") if one.is_file())
    log = cluster.files / "pg_wal"
    need = ROOM + sum(one.stat().st_size for one in files if log not in one.parents)
    require_room(need, shutil.disk_usage(cluster.home).free)


def require_room(need: int, free: int) -> None:
    """Refuse with `web.upgrade_no_room` when fewer bytes are free than are needed."""
    if free < need:
        raise Refused(
            "web.upgrade_no_room",
            say("The upgrade needs {need} MB beside the old files and the disk has {free} MB "
                "left: make room and run it again.",
                need=f"{need / 1e6:,.0f}", free=f"{free / 1e6:,.0f}"),
        )  # fmt: skip


def _in_use() -> Refused:
    return Refused(
        "web.database_in_use",
        "The database is in use: stop locality serve and whatever else uses it, then run this "
        "again.",
    )


def _moved(before: Cluster, after: Cluster, database: str, reach: Reach) -> Said:
    """Make the new files from the old ones, and say what they hold: all of it, or a refusal."""
    _make_folders(before, after)  # from here on it shows that an upgrade has begun
    reach(say("reading the old database"))
    with running(before):
        was = told(before.uri(database))
    checksums = olds.has_checksums(before)
    reach(say("making a new database"))
    clusters.lay(after, after.files, *([] if checksums else ["--no-data-checksums"]))
    clusters.shut_the_door(after)
    for said, check in (("looking whether it can be moved", ["--check"]), ("moving it", [])):
        reach(say(said))
        _pg_upgrade(before, after, *check)
    if not checksums:
        reach(say("adding checksums"))
        _run(after, "pg_checksums", "--enable", "-D", str(after.files))
    reach(say("comparing"))
    return _compared(after, database, was)


def _make_folders(before: Cluster, after: Cluster) -> None:
    """Make the new files' folders, for the account that the old server ran as."""
    who = clusters.account(before)
    after.home.mkdir(mode=0o711)
    for folder in (after.files, after.home / WORK):
        folder.mkdir(mode=0o700)
        os.chown(folder, who.pw_uid, who.pw_gid)
    clusters.prepare_folders(after, lambda _: None)


def _pg_upgrade(before: Cluster, after: Cluster, *more: str) -> None:
    """Have PostgreSQL copy the tables' files and make the catalogue anew.

    The numbers of transactions, and what became of each, are carried over with it.
    """
    _run(
        after, "pg_upgrade", "--copy", "--username=postgres",
        f"--old-bindir={before.programs}", f"--new-bindir={Path(after.program('postgres')).parent}",
        f"--old-datadir={before.files}", f"--new-datadir={after.files}",
        f"--socketdir={after.socket}", "--old-port=5432", "--new-port=5432", *more,
    )  # fmt: skip


def _run(after: Cluster, name: str, *options: str) -> None:
    done = clusters.run(after, after.program(name), *options, within=after.home / WORK)
    if done.returncode:
        kept = after.home.with_suffix(".upgrade.log")
        logs = sorted(one for one in after.files.glob("pg_upgrade_output.d/**/*") if one.is_file())
        parts = [done.stdout, done.stderr, *(one.read_text(errors="replace") for one in logs)]
        kept.write_text("\n".join(parts), encoding="utf-8")
        kept.chmod(0o600)
        raise Refused(
            "web.upgrade_failed",
            say("{name}: {why} All that was said is in {kept}. The old database is as it was.",
                name=name, why=_why(done.stdout, done.stderr), kept=kept),
        )  # fmt: skip


def _why(out: str, wrong: str) -> str:
    """What a program found that it ends for: pg_upgrade says it after the word fatal."""
    if "No space left" in out + wrong:
        return say("the disk is full.")
    said = out.rpartition("fatal")[2] if "fatal" in out else wrong or out
    return " ".join(said.replace("Failure, exiting", "").split())[:SHOWN]


def _compared(after: Cluster, database: str, was: Told) -> Said:
    with without_archive(), server(after.home):
        found, differs = compared(after.home, database, was.said, was.said)
        is_now = told(after.uri(database))
        differs += wrong(was, is_now)
        if differs:
            raise Refused(
                "web.upgrade_differs",
                say("The moved database is not as it was, and the old one is kept: {differs}",
                    differs="; ".join(differs)),
            )  # fmt: skip
        with psycopg.connect(after.uri(database), autocommit=True) as admin:
            admin.execute("ANALYZE")
    return found


def _put_in_place(cluster: Cluster, after: Cluster, kept: Path) -> None:
    cluster.files.rename(kept)
    try:
        after.files.rename(cluster.files)
    except BaseException:
        kept.rename(cluster.files)
        raise
    folder = os.open(cluster.home, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


def _clear(half: Cluster) -> None:
    for folder in {half.home, half.socket}:
        shutil.rmtree(folder, ignore_errors=True)
