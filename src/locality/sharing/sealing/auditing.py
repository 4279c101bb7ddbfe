"""Audit the trail: read it once through, and compare it with what others hold of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import connections, transaction

from locality.sharing.sealing import evidence, keys, state, witnesses
from locality.sharing.sealing.rules.judging import Judge
from locality.sharing.sealing.state import State
from locality.sharing.sealing.words import Promise, Report

NO_LIMIT = 1 << 63


def verify(remembered: Path, verifier: str | None = None) -> Report:
    """Check rows, tree, signatures, writers and witnesses; remember how far all was well.

    `verifier` is the log's public key, if the auditor has it from elsewhere.
    """
    log = evidence.log_id()
    before = state.load(remembered)
    report = Report()
    heads = evidence.heads(report, log)  # before the rows: told of after those are committed
    key = verifier or (before.verifier if before else "") or known_key(log)
    _judge_key(report, log, key, before)
    promised = list(evidence.elsewhere(report, log, key))
    with one_moment():
        found = evidence.checkpoints()
        promised += evidence.here(report, found, key)
        judge = _judge(promised, heads, before)
        report = _read(judge, report, [one for one, _ in promised] + _remembered(before))
    _judge_copies(report, log, found)
    _judge_forgotten(report, promised)
    _remark(report, judge)
    if not report.found:
        first = min((one.size for one, _ in promised), default=0)
        state.save(State(str(log), first, report.size, report.root.hex(), key, _now()), remembered)
    return report


def fsck() -> Report:
    """Check what is here by itself: every leaf, chain, root and signature."""
    report, log = Report(), evidence.log_id()
    with one_moment():
        found = evidence.checkpoints()
        promised = list(evidence.here(report, found, known_key(log)))
        judge = _judge(promised, [], None)
        return _read(judge, report, [one for one, _ in promised])


def known_key(log: UUID) -> str:
    """The public key that this machine, or else a witness, holds, if any."""
    if (keys.folder_of(log) / "signing.key").exists():
        return keys.signing_key(log).verifier()
    for folder in settings.WITNESSES.values():
        file = folder / str(log) / "key.txt"
        if file.exists():
            return file.read_text(encoding="utf-8").strip()
    return ""


@contextmanager
def one_moment() -> Iterator[None]:
    """Read everything as it was at one moment, or as the transaction sees it that we are in."""
    here = connections[evidence.USING]
    begun = here.in_atomic_block
    with transaction.atomic(using=evidence.USING):
        if not begun:
            with here.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def _judge(promised: list[tuple[Promise, int]], heads: list, before: State | None) -> Judge:
    sizes = {one.size for one, _ in promised} | ({before.size} if before else set())
    first = before.first if before else min(sizes, default=NO_LIMIT)
    return Judge(
        upto=max((upto for _, upto in promised), default=0),
        first=first,
        key=keys.writers_key() if (settings.AUDIT / "writers.key").exists() else None,
        erased=evidence.erased(),
        wanted=sizes,
        heads=heads,
    )


def _read(judge: Judge, report: Report, promises: list[Promise]) -> Report:
    for row in evidence.all_rows():
        judge.see(row)
    done = judge.finish(promises)
    done.found[:0] = report.found
    done.remarks[:0] = report.remarks
    return done


def _remembered(before: State | None) -> list[Promise]:
    if before is None:
        return []
    return [Promise(before.size, bytes.fromhex(before.root), "this auditor", before.at)]


def _judge_key(report: Report, log: UUID, key: str, before: State | None) -> None:
    if before and before.log != str(log):
        report.wrong(
            "other log",
            f"This is another log than at {before.at}: the database was made anew. If that was "
            "meant, begin a new state with --state.",
        )
    if not key:
        report.wrong("no key", "Nothing has been sealed yet, or the log’s public key is lost.")
    for name, folder in settings.WITNESSES.items():
        file = folder / str(log) / "key.txt"
        if file.exists() and file.read_text(encoding="utf-8").strip() != key:
            report.wrong("other key", f"The public key held by {name} is another than the log’s.")


def _judge_copies(report: Report, log: UUID, found: list[evidence.Sealed]) -> None:
    for name, folder in settings.WITNESSES.items():
        if found and not any(witnesses.notes(folder, log)):
            report.wrong("no copy", f"The folder of {name} holds no checkpoint of this log.")
        elif found and not witnesses.holds(name, log, found[-1].note):
            report.remarks.append(f"The newest checkpoint has not reached {name} yet.")


def _judge_forgotten(report: Report, promised: list[tuple[Promise, int]]) -> None:
    here = {one.size for one, _ in promised if one.by == evidence.HERE}
    forgotten = {one.size for one, _ in promised} - here
    if forgotten:
        report.wrong(
            "forgotten",
            f"{len(forgotten)} checkpoints that witnesses hold are gone from the database, the "
            f"first of {min(forgotten)} rows.",
        )


def _remark(report: Report, judge: Judge) -> None:
    if judge.waiting:
        since = datetime.fromtimestamp(judge.waiting_since / 1_000_000, UTC)
        report.remarks.append(
            f"{judge.waiting} rows since {since:%Y-%m-%d %H:%M:%S} UTC are not sealed yet: the "
            "worker seals them, twice a minute while it runs."
        )
    if not (settings.AUDIT / "writers.key").exists():
        report.remarks.append("The writers’ key is not here, so what they vouch for is unchecked.")


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
