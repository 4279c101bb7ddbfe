"""Whether what Locality says to other machines, and they to it, travels where nobody reads it."""

import ipaddress
import os
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from psycopg.conninfo import conninfo_to_dict

from locality.kit.errors import Refused
from locality.kit.saying import say

CHECKED = "verify-full"  # encrypted, and with a certificate of that very machine


def require_closed_lines() -> None:
    """Refuse with `web.open_line` when something would travel unencrypted to another machine."""
    if wrong := list(open_lines()):
        raise Refused("web.open_line", "\n".join(wrong))


def require_closed_line(uri: str) -> None:
    """Refuse with `web.open_line` unless a database's address is one that is safe to speak to."""
    given = conninfo_to_dict(uri)
    if not is_closed({"HOST": given.pop("host", ""), "OPTIONS": given}):
        raise Refused(
            "web.open_line",
            say("That database is on another machine: add sslmode={mode} to it.", mode=CHECKED),
        )


def open_lines() -> Iterator[str]:
    """Yield each setting by which others could read along, or answer in a machine's place."""
    for alias, variable in (("default", "LOCALITY_DATABASE_URL"), ("owner", "LOCALITY_OWNER_URL")):
        if not is_closed(settings.DATABASES[alias]):
            yield (
                f"{variable} names a database on another machine: add sslmode={CHECKED} to it "
                "(and sslrootcert, if its certificate is your own), so that nobody reads along."
            )
    encrypts = settings.EMAIL_USE_TLS or settings.EMAIL_USE_SSL
    if settings.EMAIL_HOST and not encrypts and not is_here(settings.EMAIL_HOST):
        yield (
            f"LOCALITY_EMAIL_PORT is {settings.EMAIL_PORT}, and mail to {settings.EMAIL_HOST} "
            "would travel unencrypted: set it to 587 (STARTTLS) or 465 (TLS)."
        )
    provider = urlsplit(settings.OIDC_URL)
    if settings.OIDC_URL and provider.scheme != "https" and not is_here(provider.hostname or ""):
        yield "LOCALITY_OIDC_URL does not begin with https://: ask the partner for one that does."


def is_closed(database: dict[str, Any]) -> bool:
    """Whether a connection stays on this machine, or is encrypted to a machine that is checked."""
    given = database["OPTIONS"]
    hosts = [database["HOST"], given.get("hostaddr") or os.environ.get("PGHOSTADDR", "")]
    named = [one for host in hosts for one in str(host).split(",") if one]
    mode = given.get("sslmode") or os.environ.get("PGSSLMODE")
    return mode == CHECKED or ("service" not in given and all(is_here(one) for one in named))


def is_here(host: str) -> bool:
    """Whether a host is this machine: a socket's folder, or an address that never leaves it."""
    if host.startswith(("/", "@")) or host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
