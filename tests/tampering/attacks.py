"""The attacks: each is one way in which somebody with every power might rewrite the trail."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from uuid import UUID, uuid4

from django.conf import settings
from django.db.backends.utils import CursorWrapper

from locality.sharing.sealing import evidence, keys, witnesses
from locality.sharing.sealing.rules import rows
from locality.sharing.sealing.rules.notes import Checkpoint, Signer, read
from locality.sharing.sealing.rules.tree import Range
from locality.sharing.sealing.words import Row

TABLES = {"entry": "sharing_auditentry", "look": "sharing_consultation",
          "sign in": "sharing_signin"}  # fmt: skip
CHANGES = {
    "entry": ["person = gen_random_uuid()", "post = gen_random_uuid()", "agency = agency + 1",
              "purpose = purpose + 1", "did = did || 'x'", "kind = 'x.y'", "record = NULL",
              "why = why || ' or so'", "closes = ARRAY[gen_random_uuid()]"],
    "look": ["person = gen_random_uuid()", "agency = agency + 1", "purpose = purpose + 1",
             "kind = 'job'", "route = 'x'", "records = '{}'", "sought = 'x'", "turn = turn + 1",
             "closes = closes || gen_random_uuid()", "mac = sha256(mac)", "writer = 'other'"],
    "sign in": ['"user" = NULL', "what = 'refused'", "method = 'x'", "turn = turn + 1",
                "mac = sha256(mac)"],
}  # fmt: skip
RELEAF = """
    UPDATE {0} x SET detail_hash = n.hidden, leaf = sha256('\\x00'::bytea || convert_to(
        locality_private.said(y) || E'\\n' || (extract(epoch FROM y.at) * 1000000)::bigint || ' '
        || y.transaction || E'\\n', 'UTF8') || n.hidden || coalesce(y.mac, ''))
    FROM {0} y CROSS JOIN LATERAL (SELECT CASE WHEN y.salt IS NULL THEN y.detail_hash ELSE sha256(
        y.salt || convert_to(locality_private.detail(y), 'UTF8')) END AS hidden) n
    WHERE x.id = y.id
"""


@dataclass
class Attacker:
    """Somebody at the database with every power, and a choice of rows to do harm to."""

    sql: CursorWrapper
    random: Random
    rows: list[Row]
    upto: int  # transactions below it are sealed
    witnessed: int  # and below this, others hold copies of the seal

    def do(self, sql: str, *values: object) -> int:
        """Run one statement."""
        self.sql.execute(sql, values)
        return self.sql.rowcount

    def row(self, *, sealed: bool = True, kind: str = "", witnessed: bool = False) -> Row:
        """Choose a row."""
        upto = self.witnessed if witnessed else self.upto
        fitting = [one for one in self.rows if (one.transaction < upto) == sealed
                   and kind in ("", kind_of(one))]  # fmt: skip
        return self.random.choice(fitting)

    def count(self, upto: int) -> int:
        """How many rows there are below a transaction."""
        return sum(row.transaction < upto for row in self.rows)

    def change(self, row: Row, how: str = "") -> None:
        """Change one field of a row."""
        how = how or self.random.choice(CHANGES[kind_of(row)])
        assert self.do(f"UPDATE {TABLES[kind_of(row)]} SET {how} WHERE id = %s", row.id) == 1

    def delete(self, row: Row) -> None:
        """Remove a row."""
        assert self.do(f"DELETE FROM {TABLES[kind_of(row)]} WHERE id = %s", row.id) == 1

    def copy(self, row: Row, **values: object) -> UUID:
        """Add a row like this one, but for some values."""
        table, new = TABLES[kind_of(row)], uuid4()
        self.do(f"CREATE TEMP TABLE one ON COMMIT DROP AS SELECT * FROM {table} WHERE id = %s",
                row.id)  # fmt: skip
        for name, value in (values | {"id": new}).items():
            self.do(f'UPDATE one SET "{name}" = %s', value)
        self.do(f"INSERT INTO {table} SELECT * FROM one")
        self.do("DROP TABLE one")
        self.releaf()
        return new

    def releaf(self) -> None:
        """Make every leaf fit its row."""
        for table in TABLES.values():
            self.do(RELEAF.format(table))

    def rebuild(self, signer: Signer | None = None) -> None:
        """Make the whole tree and every checkpoint anew, with the stolen key or a given one."""
        self.releaf()
        signer = signer or keys.signing_key(evidence.log_id())
        was = evidence.checkpoints()
        self.do("DELETE FROM locality_private.checkpoint")
        for one in was:
            grown = Range()
            for _, leaf in evidence.leaves(one.upto):
                grown.add(bytes(leaf))
            note = signer.sign(
                Checkpoint(signer.name, grown.size, grown.root(), one.upto, read(one.note).at)
            )
            self.do("INSERT INTO locality_private.checkpoint (size, root, upto, parts, note)"
                    " VALUES (%s, %s, %s, %s, %s) ON CONFLICT DO NOTHING",
                    grown.size, grown.root(), one.upto, grown.roots, note)  # fmt: skip

    def cut(self, upto: int) -> None:
        """Remove all rows from a transaction on, and the checkpoints over them."""
        for table in TABLES.values():
            self.do(f"DELETE FROM {table} WHERE transaction >= %s", upto)
        self.do("DELETE FROM locality_private.checkpoint WHERE upto > %s", upto)

    def vouch_again(self) -> None:
        """Make every writer's chain anew with the stolen key of the writers."""
        chains: dict[str, bytes] = {}
        for row in list(evidence.all_rows()):
            if row.writer:
                hidden = row.detail_hash or b""  # what was erased stays as it was
                if row.salt is not None:
                    hidden = rows.detail_hash(row.salt, row.detail)
                before = chains.get(row.writer, b"") if row.turn else b""
                mac = rows.mac(keys.writers_key(), before, row.said, hidden)
                if row.turn:
                    chains[row.writer] = mac
                self.do(f"UPDATE {TABLES[kind_of(row)]} SET mac = %s WHERE id = %s", mac, row.id)


def kind_of(row: Row) -> str:
    """Entry, look or sign-in."""
    return row.said.split('"')[1]


def uptos() -> list[int]:
    """Up to which transaction each checkpoint reaches."""
    return [one.upto for one in evidence.checkpoints()]


def held() -> list[int]:
    """The same, of those that some witness holds."""
    log = evidence.log_id()
    return [
        one.upto for one in evidence.checkpoints()
        if any(witnesses.holds(name, log, one.note) for name in settings.WITNESSES)
    ]  # fmt: skip


def _swap(a: Attacker, columns: str) -> None:
    kind = a.random.choice(list(TABLES))
    one, other = a.random.sample(
        [row for row in a.rows if row.transaction < a.witnessed and kind_of(row) == kind], 2
    )
    a.do(f"UPDATE {TABLES[kind]} x SET ({columns}) = (SELECT {columns} FROM {TABLES[kind]} y"
         " WHERE y.id = CASE x.id WHEN %s THEN %s::uuid ELSE %s::uuid END) WHERE x.id IN (%s, %s)",
         one.id, other.id, one.id, one.id, other.id)  # fmt: skip


def _last_of_a_writer(a: Attacker) -> Row:
    chains = {row.writer: row for row in a.rows if row.turn and row.transaction >= a.upto}
    return a.random.choice(list(chains.values()))


def _middle_of_a_writer(a: Attacker) -> Row:
    last = {row.writer: row.turn for row in a.rows if row.turn}
    return a.random.choice([row for row in a.rows if row.transaction >= a.upto and row.turn
                            and row.turn < last[row.writer]])  # fmt: skip


def _all(*steps: Callable[[Attacker], object]) -> Callable[[Attacker], None]:
    def run(a: Attacker) -> None:
        for step in steps:
            step(a)

    return run


def _unwitnessed_entry(a: Attacker) -> Row:
    return a.random.choice([row for row in a.rows if kind_of(row) == "entry"
                            and a.witnessed <= row.transaction < a.upto])  # fmt: skip


def _sealed(a: Attacker) -> None:
    a.change(a.row())


def _gone(a: Attacker) -> None:
    a.delete(a.row())


def _backdated(a: Attacker) -> None:
    a.copy(a.row(kind="entry"), person=uuid4())


def _erased(a: Attacker) -> Row:
    row = a.row(kind="entry")
    a.change(row, "why = '', salt = NULL")
    return row


def _erased_with_a_forged_entry(a: Attacker) -> None:
    row = _erased(a)
    a.copy(a.row(sealed=False, kind="entry"), did="sharing.detail.erased", record=row.id)


def _unvouched(a: Attacker) -> None:
    a.change(a.row(), "writer = NULL, turn = NULL, closes = NULL, mac = NULL")


def _forked(a: Attacker) -> None:
    """Sign a second root for a part of what is sealed already."""
    signer, size = keys.signing_key(evidence.log_id()), a.random.randrange(1, a.count(a.witnessed))
    root = a.random.randbytes(32)
    note = signer.sign(Checkpoint(signer.name, size, root, a.witnessed - 1, "2026-11-26T00:00:00Z"))
    a.do("INSERT INTO locality_private.checkpoint (size, root, upto, parts, note)"
         " VALUES (%s, %s, %s, '{}', %s) ON CONFLICT (size) DO UPDATE"
         " SET root = excluded.root, upto = excluded.upto, note = excluded.note",
         size, root, a.witnessed - 1, note)  # fmt: skip


Attack = Callable[[Attacker], object]
rebuild, releaf, vouch_again = Attacker.rebuild, Attacker.releaf, Attacker.vouch_again
CAUGHT: dict[str, Attack] = {
    "change a sealed row": _sealed,
    "change a sealed row and its leaf": _all(_sealed, releaf),
    "change a sealed row and sign a new tree with another key": _all(
        _sealed, lambda a: a.rebuild(Signer(keys.signing_key(evidence.log_id()).name,
                                            secrets.token_bytes(32)))),
    "change a sealed row and sign a new tree with the stolen key": _all(_sealed, rebuild),
    "change a sealed row with every key stolen": _all(
        lambda a: a.change(a.row(witnessed=True, kind="entry")), vouch_again, rebuild),
    "change when a sealed row was written": _all(
        lambda a: a.change(a.row(), "at = at + interval '1 second'"), releaf),
    "change when a sealed row was written, with the stolen key": _all(
        lambda a: a.change(a.row(witnessed=True), "at = at - interval '1 hour'"), rebuild),
    "delete a sealed row": _gone,
    "delete a sealed row and sign a new tree with the stolen key": _all(_gone, rebuild),
    "delete a sealed row with every key stolen": _all(
        lambda a: a.delete(a.row(witnessed=True)), vouch_again, rebuild),
    "cut off a sealed tail with its checkpoints": lambda a: a.cut(a.random.choice(uptos()[:-1])),
    "cut off only what no witness has seen": lambda a: a.cut(uptos()[-2]),
    "cut off only what is not sealed": lambda a: a.cut(uptos()[-1]),
    "empty the whole log": lambda a: a.cut(0),
    "begin another log": _all(lambda a: a.cut(0), lambda a: a.do(
        "UPDATE locality_private.log SET id = gen_random_uuid()")),
    "swap the places of two rows": _all(lambda a: _swap(a, "transaction"), releaf),
    "swap the places of two rows, with the stolen key": _all(
        lambda a: _swap(a, "transaction"), rebuild),
    "swap what stands for two rows": lambda a: _swap(a, "salt, mac, leaf"),
    "slip in a backdated row": _backdated,
    "slip in a backdated row, with the stolen key": _all(_backdated, rebuild),
    "slip in a backdated row, with every key stolen": _all(
        lambda a: a.copy(a.row(kind="entry", witnessed=True), person=uuid4()),
        vouch_again, rebuild),
    "change the root of a checkpoint": lambda a: a.do(
        "UPDATE locality_private.checkpoint SET root = sha256(root) WHERE upto = %s",
        a.random.choice(uptos())),
    "change the note of a checkpoint": lambda a: a.do(
        "UPDATE locality_private.checkpoint SET note = replace(note, 'upto ', 'upto 1')"),
    "forget one checkpoint that a witness holds": lambda a: a.do(
        "DELETE FROM locality_private.checkpoint WHERE upto = %s", a.random.choice(held())),
    "sign a second root for what is sealed, with the stolen key": _forked,
    "forget the checkpoints": lambda a: a.do("DELETE FROM locality_private.checkpoint"),
    "change a row that is not sealed": lambda a: a.change(a.row(sealed=False)),
    "change a row that is not sealed, and its leaf": _all(
        lambda a: a.change(a.row(sealed=False)), releaf),
    "delete a look that is not sealed": lambda a: a.delete(_middle_of_a_writer(a)),
    "delete the last look of a writer": lambda a: a.delete(_last_of_a_writer(a)),
    "delete an entry that is not sealed": lambda a: a.delete(a.row(sealed=False, kind="entry")),
    "forge an entry at the end": lambda a: a.copy(
        a.row(sealed=False, kind="entry"), person=uuid4()),
    "forge a look at the end": lambda a: a.copy(_last_of_a_writer(a), turn=99),
    "replay a genuine row": lambda a: a.copy(a.row(sealed=False)),
    "add a writer nobody knows": lambda a: a.copy(
        a.row(sealed=False, kind="look"), writer="stranger", turn=1),
    "add a row that nobody vouched for": lambda a: a.copy(
        a.row(sealed=False), writer=None, turn=None, closes=None, mac=None),
    "take the vouching off a sealed row": _all(_unvouched, rebuild),
    "erase a personal detail in silence": _all(_erased, rebuild),
    "erase a personal detail and forge who did so": _all(_erased_with_a_forged_entry, rebuild),
    "take over another's salt": _all(lambda a: _swap(a, "salt"), rebuild),
}  # fmt: skip
# What is declared not to show: only until witnesses hold the next seal, and only these.
WINDOW: dict[str, Attack] = {
    "change when an unsealed row was written": _all(
        lambda a: a.change(a.row(sealed=False), "at = at + interval '1 second'"), releaf),
    "change an unsealed entry with the writers' key stolen": _all(
        lambda a: a.change(a.row(sealed=False, kind="entry"), "why = 'x'"), vouch_again, releaf),
    "change an entry whose seal no witness holds yet, with every key stolen": _all(
        lambda a: a.change(_unwitnessed_entry(a), "why = 'x'"), vouch_again, rebuild),
}  # fmt: skip
