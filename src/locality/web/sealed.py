"""Secrets that have to be read again, such as an app's: how they are sealed, and move on.

What is sealed begins with the name of the way it was sealed. A stronger way is added to `WAYS` and
named in `NEWEST`: what was sealed before is read as before, until `locality account reseal` has
sealed it anew. The same goes for keys: the newest seals, those in `OLD_SECRET_KEYS` still read.
"""

import base64
import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings


class Unreadable(ValueError):
    """No key that is known here opens this."""


@dataclass(frozen=True, slots=True)
class Way:
    """A way to seal: both take a secret key; `unseal` raises ValueError when it is not the one."""

    seal: Callable[[str, str], str]
    unseal: Callable[[str, str], str]


def seal(text: str) -> str:
    """Seal a secret in the newest way, with the newest key."""
    return f"{NEWEST}:{WAYS[NEWEST].seal(settings.SECRET_KEY, text)}"


def unseal(sealed: str) -> str:
    """Open what was sealed in any way, with any key, that is known. Raises Unreadable."""
    for key in (settings.SECRET_KEY, *settings.OLD_SECRET_KEYS):
        if (text := _opened(key, sealed)) is not None:
            return text
    raise Unreadable("no secret key that is set here opens it")


def is_newest(sealed: str) -> bool:
    """Whether this is sealed in the newest way with the newest key already."""
    named = sealed.startswith(f"{NEWEST}:")
    return named and _opened(settings.SECRET_KEY, sealed) is not None


def _opened(key: str, sealed: str) -> str | None:
    name, colon, body = sealed.partition(":")
    if not colon:  # before ways had names there was one
        name, body = "fernet", sealed
    try:
        return WAYS[name].unseal(key, body)
    except (KeyError, ValueError):
        return None


def _seal_with_fernet(key: str, text: str) -> str:
    return _fernet(key).encrypt(text.encode()).decode()


def _unseal_with_fernet(key: str, body: str) -> str:
    try:
        return _fernet(key).decrypt(body.encode()).decode()
    except InvalidToken:
        raise Unreadable from None


def _fernet(key: str) -> Fernet:
    made = hashlib.sha256(b"second factors" + key.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(made))


# Fernet is AES-128-CBC with HMAC-SHA-256.
WAYS = {"fernet": Way(_seal_with_fernet, _unseal_with_fernet)}
NEWEST = "fernet"
