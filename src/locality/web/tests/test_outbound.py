"""Nothing is asked of a machine that is not named, nor of one's own network by a detour."""

import ipaddress
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st

from locality.web.outbound import LARGEST, NotAllowed, Outbound, is_inside, judged, origin

PUBLIC, INSIDE = "93.184.215.14", "10.1.2.3"


class _Answers(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        """Answer as the path says."""
        if self.path == "/away":
            self.send_response(302)
            self.send_header("Location", "http://169.254.169.254/latest")
            self.end_headers()
            return
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"x" * (LARGEST + 1) if self.path == "/long" else b"here")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def machine() -> Iterator[str]:
    """A machine that answers."""
    with HTTPServer(("127.0.0.1", 0), _Answers) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def leads_to(*addresses: str):
    """A name server that answers so."""
    return lambda host, port, **_: [(0, 0, 0, "", (one, port)) for one in addresses]


def test_what_is_named_is_asked_and_nothing_else(machine: str, settings):
    with pytest.raises(NotAllowed):
        Outbound().get(f"{machine}/")
    settings.OUTBOUND = {machine}
    assert Outbound().get(f"{machine}/").content == b"here"
    for other in ("http://127.0.0.1/", f"{machine}1/", machine.replace("http", "https")):
        with pytest.raises(NotAllowed):
            Outbound().get(other)


@pytest.mark.parametrize("path", ["/away", "/long"])
def test_neither_another_address_nor_an_endless_answer_is_taken(machine: str, settings, path: str):
    settings.OUTBOUND = {machine}
    with pytest.raises(NotAllowed):
        Outbound().get(machine + path, allow_redirects=True)


def test_a_name_that_leads_inside_is_refused_unless_an_operator_says_otherwise(settings):
    with pytest.raises(NotAllowed):
        judged("id.example.org", 443, leads_to(PUBLIC, INSIDE))
    assert judged("id.example.org", 443, leads_to(PUBLIC)) == PUBLIC
    settings.OUTBOUND_PRIVATE = True
    assert judged("id.example.org", 443, leads_to(INSIDE)) == INSIDE


def test_a_name_of_this_machine_is_refused_when_it_is_connected_to(settings):
    settings.OUTBOUND = {"http://localhost:9"}
    with pytest.raises(requests.ConnectionError, match="within a private network"):
        Outbound().get("http://localhost:9/")


@given(st.ip_addresses())
def test_no_address_outside_the_public_network_is_public(address: ipaddress.IPv4Address):
    mapped = getattr(address, "ipv4_mapped", None)
    public = (mapped or address).is_global and not address.is_multicast
    assert is_inside(str(address)) == (not public)


@pytest.mark.parametrize("address", [
    "127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "224.0.0.1",
    "::1", "fe80::1%eth0", "fc00::1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "ff02::1",
])  # fmt: skip
def test_these_are_inside(address: str):
    assert is_inside(address)


@pytest.mark.parametrize("address, expected", [
    ("https://ID.example.org/x?y", "https://id.example.org"),
    ("https://id.example.org:443/", "https://id.example.org"),
    ("https://id.example.org:8443/", "https://id.example.org:8443"),
    ("http://[::1]:80/", "http://[::1]"),
    ("https://good.example.org@bad.example.org/", "https://bad.example.org"),
])  # fmt: skip
def test_an_origin_is_read_as_a_browser_would(address: str, expected: str):
    assert origin(address) == expected


def test_it_reads_nothing_from_its_surroundings(monkeypatch, machine: str, settings):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    settings.OUTBOUND = {machine}
    assert Outbound().get(f"{machine}/").content == b"here"
    with pytest.raises(requests.RequestException):
        requests.get(f"{machine}/", timeout=5)
