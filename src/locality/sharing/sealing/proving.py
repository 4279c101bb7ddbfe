"""Prove that one row is in the log, so that anybody can check it without Locality."""

from uuid import UUID

from locality.kit.errors import NotHere, Refused
from locality.kit.saying import say
from locality.sharing.sealing import auditing, evidence
from locality.sharing.sealing.rules import tree
from locality.sharing.sealing.rules.rows import detail_hash, stamp
from locality.sharing.sealing.words import Row


def prove(wanted: UUID, *, with_detail: bool = False) -> dict[str, object]:
    """Make the proof that a row of the trail is under the last checkpoint.

    Its personal detail is left out, and stands there as a hash, unless `with_detail`.
    Raises NotHere when there is no such row; refuses with `sharing.not_sealed` before it is sealed.
    """
    log = evidence.log_id()
    with auditing.one_moment():
        # To the end: a copy that is broken off breaks the transaction it is read in.
        rows = [row for row in evidence.all_rows() if row.id == str(wanted)]
        if not rows:
            raise NotHere(str(wanted))
        (row,) = rows
        last = evidence.checkpoints()[-1:]
        if not last or row.transaction >= last[0].upto:
            raise Refused("sharing.not_sealed", say("This row is not sealed yet: wait a minute."))
        found = list(evidence.leaves(last[0].upto))
    position = next(place for place, (row_id, _) in enumerate(found) if row_id == wanted)
    path = tree.inclusion(position, tree.levels([bytes(leaf) for _, leaf in found]))
    return {
        "said": row.said,
        "stamp": stamp(row.at, row.transaction),
        **_detail(row, with_detail),
        "mac": row.mac.hex(),
        "position": position,
        "path": [one.hex() for one in path],
        "checkpoint": last[0].note,
        "key": auditing.known_key(log),
    }


def _detail(row: Row, with_detail: bool) -> dict[str, str]:
    if with_detail and row.salt is not None:
        return {"salt": row.salt.hex(), "detail": row.detail}
    hidden = row.detail_hash if row.salt is None else detail_hash(row.salt, row.detail)
    return {"detail_hash": (hidden or b"").hex()}
