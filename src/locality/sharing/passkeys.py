"""Keep passkeys and the questions put to them, in the database, out of reach of any query's text.

Every call carries a code that only the web tier can make, over what it asks and when. A passkey's
seal is such a code, too, kept beside it: a key that somebody wrote into the table opens nothing.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connections
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
            key_id, user, public_key, count, _seal(key_id, user, public_key), name,
        )
    )  # fmt: skip


def known(key_id: bytes) -> Known | None:
    """Find a passkey by its identifier. None for one that the web tier did not keep itself."""
    rows = secret.ask("SELECT * FROM locality.passkey(%s, %s, %s)", "passkey", key_id)
    for user, public_key, seal in rows:
        if hmac.compare_digest(bytes(seal), _seal(key_id, user, bytes(public_key))):
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


def _seal(key_id: bytes, user: UUID, public_key: bytes) -> bytes:
    return secret.code(f"this passkey|{key_id.hex()}|{user}|{public_key.hex()}")


def _hash(of: bytes) -> bytes:
    return hashlib.sha256(of).digest()


def _one(sql: str, said: str, *values: object) -> object:
    ((answer,),) = secret.ask(sql, said, *values)
    return answer
