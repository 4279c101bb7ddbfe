"""The one way out: what Locality asks of other machines, and of none that is not named.

Only what `settings.OUTBOUND` names is asked, over the connection that was judged: an address that
turns out to lie within our own network, a redirect, or an endless answer is refused.
"""

import ipaddress
import socket
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

import requests
from django.conf import settings
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection

SECONDS = (5.0, 10.0)  # to connect, and between two pieces of an answer
LARGEST = 1_000_000  # bytes of an answer
CHUNK = 65_536
Resolve = Callable[..., list[tuple[Any, ...]]]
Failed = requests.RequestException  # what whoever asks gets in place of an answer


class NotAllowed(Failed):
    """Something was to be asked that may not be: to whoever asks, an answer that failed."""


def require_named(address: str) -> None:
    """Raise NotAllowed unless the origin of an address is one that settings name."""
    try:
        found = origin(address)
    except ValueError as wrong:
        raise NotAllowed(f"an address that cannot be read: {wrong}") from wrong
    if found not in settings.OUTBOUND:
        raise NotAllowed(f"{found} is not named in LOCALITY_OUTBOUND")


def origin(address: str) -> str:
    """Scheme, host and port of an address, in small letters, without what is usual."""
    parts = urlsplit(address)
    usual = {"https": 443, "http": 80}.get(parts.scheme)
    port = "" if parts.port in (None, usual) else f":{parts.port}"
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    return f"{parts.scheme}://{host}{port}"


def judged(host: str, port: int | None, resolve: Resolve = socket.getaddrinfo) -> str:
    """Give the address to connect to for a host that may be asked.

    A name must not lead into a private network, unless LOCALITY_OUTBOUND_PRIVATE says that it may;
    an address that is itself named is taken as it is. Raises NotAllowed.
    """
    bare = host.strip("[]")
    if _is_address(bare):
        return bare
    found = [str(one[4][0]) for one in resolve(bare, port, type=socket.SOCK_STREAM)]
    if not settings.OUTBOUND_PRIVATE and (inside := [one for one in found if is_inside(one)]):
        raise NotAllowed(f"{bare} leads to {inside[0]}, which is within a private network")
    return found[0]


def is_inside(address: str) -> bool:
    """Whether an address is of a private network, of this machine, or of none."""
    one = ipaddress.ip_address(address.partition("%")[0])
    mapped = getattr(one, "ipv4_mapped", None)
    return not (mapped or one).is_global or one.is_multicast


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


class _Judged:
    """A connection that goes where its name was judged to lead, and not where it leads next.

    The name stays its name: by that its certificate is checked.
    """

    def _new_conn(self: Any) -> socket.socket:
        name = self._dns_host
        self._dns_host = judged(name, self.port)
        try:
            return super()._new_conn()  # type: ignore[misc]
        finally:
            self._dns_host = name


class _Plain(_Judged, HTTPConnection):
    pass


class _Secure(_Judged, HTTPSConnection):
    pass


class _PlainPool(HTTPConnectionPool):
    ConnectionCls = _Plain


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _Secure


class _Adapter(HTTPAdapter):
    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {"http": _PlainPool, "https": _SecurePool}


class Outbound(requests.Session):
    """What everything here asks with. It reads no proxies or passwords from its surroundings."""

    def __init__(self) -> None:
        super().__init__()
        self.trust_env = False
        self.mount("https://", _Adapter())
        self.mount("http://", _Adapter())

    def request(self, method: str, url: str, **given: Any) -> requests.Response:  # type: ignore[override]
        """Ask, within some seconds, for an answer that is not too long and leads nowhere else."""
        require_named(url)
        fixed: Mapping[str, Any] = {"timeout": SECONDS, "allow_redirects": False, "stream": True}
        response = super().request(method, url, **(given | fixed))
        if response.is_redirect:
            response.close()
            raise NotAllowed(f"{origin(url)} answered with another address")
        response._content = _within(response)
        return response


def _within(response: requests.Response) -> bytes:
    """The whole answer, if it is not too long."""
    read = b""
    for part in response.iter_content(CHUNK):
        read += part
        if len(read) > LARGEST:
            response.close()
            raise NotAllowed(f"the answer is longer than {LARGEST:,} bytes")
    return read
