"""Codes by which the database knows that the web tier asks, not text smuggled into a query."""

import hmac
from datetime import datetime

from django.conf import settings
from django.db import connections
from django.utils import timezone

BLOCK = 64  # bytes in one block of SHA-256


def code(said: str) -> bytes:
    """Make the code for one request. The database checks it and cannot make it for us."""
    return hmac.digest(_secret(settings.SECRET_KEY), said.encode(), "sha256")


def old_codes(said: str) -> list[bytes]:
    """The codes that would have been made before, with each key that may still be read with."""
    return [hmac.digest(_secret(key), said.encode(), "sha256") for key in settings.OLD_SECRET_KEYS]


def ask(sql: str, said: str, *values: object) -> list[tuple[object, ...]]:
    """Ask the database with a code over what is asked and when, which it believes for two minutes.

    `sql` takes the values, the moment and the code. What it does stays: its transaction is its own.
    """
    asked = timezone.now().replace(microsecond=0)
    proof = code("|".join([said, *map(_text, values), _text(asked)]))
    with connections["log"].cursor() as cursor:
        cursor.execute(sql, [*values, asked, proof])
        return cursor.fetchall()


def pads() -> tuple[bytes, bytes]:
    """The two padded forms of the secret with which the database checks a code (RFC 2104)."""
    block = _secret(settings.SECRET_KEY).ljust(BLOCK, b"\0")
    return bytes(b ^ 0x36 for b in block), bytes(b ^ 0x5C for b in block)


def _secret(key: str) -> bytes:
    return hmac.digest(key.encode(), b"locality sessions", "sha256")


def _text(value: object) -> str:
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, datetime):
        return str(int(value.timestamp()))
    return "" if value is None else str(value)
