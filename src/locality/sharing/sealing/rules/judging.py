"""Judge every row of the trail by itself, in its writer's chain and in the tree. Pure.

Feed the rows in the order of the tree, then ask what was promised of it.
"""

import hmac
from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime

from locality.sharing.sealing.rules import rows
from locality.sharing.sealing.rules.tree import EMPTY, Range
from locality.sharing.sealing.words import Head, Promise, Report, Row


class Judge:
    """Goes once through the trail. `key` is the writers' key, where the auditor may have it.

    upto    transactions below this number were sealed; nothing may be added to them
    first   the size of the first checkpoint: rows in it may be older than vouching
    erased  rows whose personal detail somebody has put on record as erased
    """

    def __init__(
        self, *, upto: int, first: int, key: bytes | None, erased: Collection[str],
        wanted: Collection[int], heads: Sequence[Head],
    ) -> None:  # fmt: skip
        self.report = Report()
        self.roots: dict[int, bytes] = {0: EMPTY}
        self.waiting = 0
        self.waiting_since = 0
        self._upto, self._first, self._key, self._erased = upto, first, key, set(erased)
        self._wanted = set(wanted)
        self._heads = heads
        self._expected = {entry for head in heads for entry in head.entries}
        self._tree = Range()
        self._chains: dict[str, tuple[int, bytes]] = {}
        self._open: set[str] = set()

    def see(self, row: Row) -> None:
        """Judge one row and put it into the tree."""
        self.report.rows += 1
        hidden = self._hidden(row)
        leaf = rows.leaf(row.said, rows.stamp(row.at, row.transaction), hidden, row.mac)
        if leaf != row.leaf:
            self.report.wrong("changed", f"{_name(row)} was changed after it was written.")
        self._judge_writer(row, hidden)
        if row.transaction < self._upto:
            self._tree.add(leaf)
            if self._tree.size in self._wanted:
                self.roots[self._tree.size] = self._tree.root()
        else:
            self.waiting += 1
            self.waiting_since = self.waiting_since or row.at
        if self._expected:
            self._expected.discard(row.id)

    def _hidden(self, row: Row) -> bytes:
        """What stands for the personal detail; if that was erased, somebody must have said so."""
        if row.salt is not None:
            return rows.detail_hash(row.salt, row.detail)
        if row.detail or row.id not in self._erased:
            self.report.wrong(
                "detail gone",
                f"The personal detail of {_name(row, False)} is gone, and no entry says who "
                "erased it.",
            )
        return row.detail_hash or b""

    def _judge_writer(self, row: Row, hidden: bytes) -> None:
        if not row.writer:
            if self._tree.size >= self._first:
                self.report.wrong("unvouched", f"{_name(row)} was not written by Locality.")
            return
        before = b""
        if row.turn:
            turn, before = self._chains.get(row.writer, (0, b""))
            self._chains[row.writer] = row.turn, row.mac
            if row.turn != turn + 1:
                self._gap(row, turn)
                return
            self._close(row)
        else:
            self._open.add(row.id)
        if self._key is not None:
            mac = rows.mac(self._key, before, row.said, hidden)
            if not hmac.compare_digest(mac, row.mac):
                self.report.wrong(
                    "forged", f"{_name(row)} is not as the process wrote it that is named in it."
                )

    def _gap(self, row: Row, turn: int) -> None:
        self.report.wrong(
            "gap",
            f"{_name(row)} is number {row.turn} of writer {row.writer}, but follows number {turn}: "
            "looks or sign-ins were removed, added or moved.",
        )

    def _close(self, row: Row) -> None:
        for entry in row.closes.split():
            if entry in self._open:
                self._open.discard(entry)
            else:
                self.report.wrong(
                    "entry gone",
                    f"Entry {entry} is gone: {_name(row, False)} vouches for it.",
                )

    def finish(self, promises: Iterable[Promise]) -> Report:
        """Compare the whole with what was promised of it and how far its writers had come."""
        report = self.report
        report.size, report.root = self._tree.size, self._tree.root()
        self._judge_heads()
        kept = [one for one in promises if self.roots.get(one.size) == one.root]
        broken = sorted((one for one in promises if one not in kept), key=lambda one: one.size)
        if broken:
            report.wrong("rewritten", self._rewritten(broken, kept))
        largest = max((one.size for one in promises), default=0)
        if report.size > largest:
            report.wrong(
                "slipped in",
                f"{report.size - largest} rows more than were sealed stand among the sealed ones.",
            )
        if report.size < largest:
            report.wrong(
                "shorter",
                f"{largest} rows were sealed and only {report.size} of them are here: rows were "
                "removed, or an older backup was restored.",
            )
        return report

    def _rewritten(self, broken: Sequence[Promise], kept: Sequence[Promise]) -> str:
        first = broken[0]
        before = max((one for one in kept if one.size < first.size), default=None,
                     key=lambda one: one.size)  # fmt: skip
        since = f"between {before.at} and {first.at}" if before else f"before {first.at}"
        holders = sorted({one.by for one in broken})
        return (
            f"What was sealed {since} is not what is here: rows were changed, removed, added or "
            f"moved. {len(broken)} checkpoints do not agree, held by {', '.join(holders)}."
        )

    def _judge_heads(self) -> None:
        for head in self._heads:
            turn, mac = self._chains.get(head.writer, (0, b""))
            if turn < head.turn or (turn == head.turn and mac.hex() != head.mac):
                self.report.wrong(
                    "tail gone",
                    f"Writer {head.writer} had come to number {head.turn}; here it ends at number "
                    f"{turn}: its last looks or sign-ins were removed or replaced.",
                )
        for entry in sorted(self._expected):
            self.report.wrong("entry gone", f"Entry {entry} is gone: its writer committed it.")


def _name(row: Row, capital: bool = True) -> str:
    kind = row.said[2 : row.said.index('"', 2)]
    when = datetime.fromtimestamp(row.at / 1_000_000, UTC).strftime("%Y-%m-%d %H:%M:%S")
    return f"{kind.capitalize() if capital else kind} {row.id} of {when} UTC"
