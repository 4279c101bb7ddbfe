"""Keep passkeys and the questions put to them, in the database, out of reach of any query's text.

Every call carries a code that only the web tier can make, over what it asks and when. A passkey's
seal is such a code, too, kept beside it: a key that somebody wrote into the table opens nothing.
"""

import hashlib
import hmac
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from uuid import UUID

from django.db import connections, transaction
from django.utils import timezone

from locality.sharing import secret

LASTS = timedelta(minutes=5)  # how long somebody has to answer


@dataclass(frozen=True, slots=True)
class Passkey:
    """One passkey as its owner sees it. `handle` names it in addresses."""

    handle: UUID
    id: bytes
    name: str
    added: datetime
    last_used: datetime | None


@dataclass(frozen=True, slots=True)
class Known:
    """Whose a passkey is, and the public key that its proofs are checked with."""

    user: UUID
    public_key: bytes


class Resealed(Enum):
    """What became of one sealed thing when all were to be sealed anew."""

    ANEW = "sealed anew"
    NEW_ALREADY = "new already"
    UNREADABLE = "opened by no key that is set"


def put_challenge(*, browser: str, wanted: str, user: UUID | None = None) -> bytes:
    """Make a question for a device, for one browser to do one thing, and remember its hash."""
    challenge = secrets.token_bytes(32)
    until = timezone.now().replace(microsecond=0) + LASTS
    _one(
        "SELECT locality.keep_challenge(%s, %s, %s, %s, %s, %s, %s)",
        "keep challenge", _hash(challenge), _hash(browser.encode()), wanted, user, until,
    )  # fmt: skip
    return challenge


def take_challenge(challenge: bytes, *, browser: str, wanted: str, user: UUID | None) -> bool:
    """Whether this was asked of this browser, for this, a moment ago. True once, never again."""
    return bool(
        _one(
            "SELECT locality.take_challenge(%s, %s, %s, %s, %s, %s)",
            "take challenge", _hash(challenge), _hash(browser.encode()), wanted, user,
        )
    )  # fmt: skip


def add(*, user: UUID, key_id: bytes, public_key: bytes, count: int, name: str) -> bool:
    """Keep a new passkey of somebody. False when it is known already, whoever's it is."""
    return bool(
        _one(
            "SELECT locality.add_passkey(%s, %s, %s, %s, %s, %s, %s, %s)", "add passkey",
            key_id, user, public_key, count, secret.code(_said(key_id, user, public_key)), name,
        )
    )  # fmt: skip


def known(key_id: bytes) -> Known | None:
    """Find a passkey by its identifier. None for one that the web tier did not keep itself."""
    rows = secret.ask("SELECT * FROM locality.passkey(%s, %s, %s)", "passkey", key_id)
    for user, public_key, seal in rows:
        if _is_sealed(bytes(seal), key_id, user, bytes(public_key)):
            return Known(user, bytes(public_key))
    return None


def use(key_id: bytes, count: int) -> bool:
    """Note that a passkey was used. False when its counter did not move on: it may be a copy."""
    sql = "SELECT locality.use_passkey(%s, %s, %s, %s)"
    return bool(_one(sql, "use passkey", key_id, count))


def of_user(user: UUID) -> list[Passkey]:
    """Somebody's passkeys, the oldest first."""
    rows = secret.ask("SELECT * FROM locality.passkeys_of(%s, %s, %s)", "passkeys of", user)
    return [Passkey(handle, bytes(key_id), *rest) for handle, key_id, *rest in rows]


def remove(user: UUID, handle: UUID) -> str:
    """Take a passkey away: `removed`, `last` when nothing else lets them in, or `absent`."""
    sql = "SELECT locality.remove_passkey(%s, %s, %s, %s)"
    return str(_one(sql, "remove passkey", user, handle))


def remove_all(user: UUID, using: str = "owner") -> int:
    """Take all of somebody's passkeys away, as the operator; say how many there were."""
    with connections[using].cursor() as cursor:
        cursor.execute("DELETE FROM locality_private.passkey WHERE user_id = %s", [user])
        return int(cursor.rowcount)


def reseal(using: str = "owner", batch: int = 200) -> Iterator[Resealed]:
    """Seal each passkey that an old key vouches for with the newest, as the operator."""
    after = b""
    while listed := _ids_after(after, using, batch):
        for after in listed:
            yield _reseal(after, using)


def _ids_after(after: bytes, using: str, batch: int) -> list[bytes]:
    sql = "SELECT id FROM locality_private.passkey WHERE id > %s ORDER BY id LIMIT %s"
    with connections[using].cursor() as cursor:
        cursor.execute(sql, [after, batch])
        return [bytes(key_id) for (key_id,) in cursor.fetchall()]


def _reseal(key_id: bytes, using: str) -> Resealed:
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT user_id, public_key, seal FROM locality_private.passkey"
            " WHERE id = %s FOR UPDATE",
            [key_id],
        )
        for user, public_key, seal in cursor.fetchall():
            newest = secret.code(_said(key_id, user, bytes(public_key)))
            if hmac.compare_digest(bytes(seal), newest):
                return Resealed.NEW_ALREADY
            if not _is_sealed(bytes(seal), key_id, user, bytes(public_key)):
                return Resealed.UNREADABLE
            cursor.execute(
                "UPDATE locality_private.passkey SET seal = %s WHERE id = %s", [newest, key_id]
            )
            return Resealed.ANEW
    return Resealed.NEW_ALREADY  # taken away meanwhile


def _is_sealed(seal: bytes, key_id: bytes, user: UUID, public_key: bytes) -> bool:
    """Whether the newest key or one that may still be read with made this seal."""
    said = _said(key_id, user, public_key)
    ours = [secret.code(said), *secret.old_codes(said)]
    return any(hmac.compare_digest(seal, one) for one in ours)


def _said(key_id: bytes, user: UUID, public_key: bytes) -> str:
    return f"this passkey|{key_id.hex()}|{user}|{public_key.hex()}"


def _hash(of: bytes) -> bytes:
    return hashlib.sha256(of).digest()


def _one(sql: str, said: str, *values: object) -> object:
    ((answer,),) = secret.ask(sql, said, *values)
    return answer
