"""Codes by which the database knows that the web tier asks, not text smuggled into a query."""

import hmac

from django.conf import settings

BLOCK = 64  # bytes in one block of SHA-256


def code(said: str) -> bytes:
    """Make the code for one request. The database checks it and cannot make it for us."""
    return hmac.digest(_secret(), said.encode(), "sha256")


def pads() -> tuple[bytes, bytes]:
    """The two padded forms of the secret with which the database checks a code (RFC 2104)."""
    block = _secret().ljust(BLOCK, b"\0")
    return bytes(b ^ 0x36 for b in block), bytes(b ^ 0x5C for b in block)


def _secret() -> bytes:
    return hmac.digest(settings.SECRET_KEY.encode(), b"locality sessions", "sha256")
