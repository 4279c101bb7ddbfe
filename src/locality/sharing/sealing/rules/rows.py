"""What a row of the trail is hashed and vouched for by: the same bytes here and in SQL."""

import hmac
import json
from collections.abc import Sequence
from hashlib import sha256
from uuid import UUID

from locality.sharing.sealing.rules import tree

ENTRY, LOOK, SIGN_IN = "entry", "look", "sign in"
Value = str | int | UUID | Sequence[UUID] | None


def said(kind: str, row: UUID, writer: str, turn: int, closes: Sequence[UUID], *own: Value) -> str:
    """Everything a row says but when and its personal detail, as one line of JSON.

    `own` is: of an entry person, post, agency, purpose, did, kind, record; of a look person,
    post, agency, purpose, kind, route, records; of a sign-in what and method.
    """
    values = [kind, row, writer, turn, closes, *own]
    return json.dumps([_plain(value) for value in values], ensure_ascii=False)


def stamp(at: int, transaction: int) -> str:
    """When the database wrote it, in microseconds since 1970, and in which transaction."""
    return f"{at} {transaction}"


def detail_hash(salt: bytes, detail: str) -> bytes:
    """Stand for a personal detail, which can then be erased with its salt."""
    return sha256(salt + detail.encode()).digest()


def leaf(of_said: str, of_stamp: str, of_detail: bytes, mac: bytes) -> bytes:
    """The row's leaf in the tree."""
    return tree.leaf(f"{of_said}\n{of_stamp}\n".encode() + of_detail + mac)


def mac(key: bytes, before: bytes, of_said: str, of_detail: bytes) -> bytes:
    """Vouch for a row. `before` is the mac of the row before it in its writer's chain, if any."""
    return hmac.digest(key, before + f"{of_said}\n".encode() + of_detail, "sha256")


def _plain(value: Value) -> str | int | None:
    if value is None or isinstance(value, str | int):
        return value
    return str(value) if isinstance(value, UUID) else " ".join(str(one) for one in value)
