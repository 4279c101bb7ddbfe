"""Where one message ends and the next begins is never in doubt: what is ambiguous ends the talk.

Each message hides a second request where two servers could disagree about the first one's length.
"""

import socket
from urllib.parse import urlsplit

import pytest

from tests.journeys.site import Site

SECOND = b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Key: smuggled\r\n\r\n"
FIRST = b"POST /account/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\n"
CHUNKED = b"Transfer-Encoding: chunked\r\n"
LENGTH = b"Content-Length: %d\r\n" % len(b"0\r\n\r\n" + SECOND)
EMPTY = b"\r\n0\r\n\r\n"  # the end of the headers, and of what is sent in chunks
AMBIGUOUS = {
    "length and chunks": LENGTH + CHUNKED + EMPTY,
    "chunks and length": CHUNKED + LENGTH + EMPTY,
    "two lengths": b"Content-Length: 0\r\n" + LENGTH + EMPTY,
    "two lengths in one": b"Content-Length: 0, 64\r\n\r\n",
    "a length with a sign": b"Content-Length: +0\r\n\r\n",
    "a negative length": b"Content-Length: -1\r\n\r\n",
    "a length in other numbers": b"Content-Length: 0x0\r\n\r\n",
    "a length in letters": "Content-Length: \N{ARABIC-INDIC DIGIT ZERO}\r\n\r\n".encode(),
    "a space before the colon": b"Content-Length : 0\r\n\r\n",
    "a header on two lines": b"X-Any: a\r\n Content-Length: 0\r\n\r\n",
    "chunks in words of one's own": LENGTH + b"Transfer-Encoding: xchunked\r\n" + EMPTY,
    "chunks and then something": LENGTH + b"Transfer-Encoding: chunked, identity\r\n" + EMPTY,
    "chunks twice": LENGTH + CHUNKED + CHUNKED + EMPTY,
    "chunks after a tab": LENGTH + b"Transfer-Encoding:\x0bchunked\r\n" + EMPTY,
    "a chunk without a number": CHUNKED + b"\r\nz\r\n\r\n",
    "a chunk with a sign": CHUNKED + b"\r\n-1\r\n\r\n",
    "a chunk with a space": CHUNKED + b"\r\n 0\r\n\r\n",
    "a chunk that goes on": CHUNKED + b"\r\n1\r\nabc\r\n0\r\n\r\n",
    "a nought in a header": b"X-Any: a\0b\r\nContent-Length: 0\r\n\r\n",
    "a lone return in a header": b"X-Any: a\rContent-Length: 64\r\n\r\n",
    "a name that is none": b"Content Length: 0\r\n\r\n",
}  # fmt: skip


def talk(site: Site, *messages: bytes) -> bytes:
    """Send some bytes at once; give all that comes back until nothing more does."""
    with socket.create_connection(("127.0.0.1", urlsplit(site.address).port), timeout=10) as line:
        line.sendall(b"".join(messages))
        line.shutdown(socket.SHUT_WR)
        answer = b""
        while piece := line.recv(65536):
            answer += piece
    return answer


def answers(said: bytes) -> list[int]:
    """The status of each answer."""
    return [int(part[:3]) for part in said.split(b"HTTP/1.1 ")[1:]]


def test_two_requests_that_are_plain_get_two_answers(site: Site):
    plain = FIRST.replace(b"POST", b"GET") + b"\r\n"
    assert answers(talk(site, plain, SECOND)) == [200, 200]
    chunked = FIRST + CHUNKED + b"X-Any: a\r\n" + EMPTY
    assert answers(talk(site, chunked, SECOND)) == [403, 200]


@pytest.mark.parametrize("message", AMBIGUOUS)
def test_what_hides_behind_an_ambiguous_request_is_never_answered(site: Site, message: str):
    said = talk(site, FIRST, AMBIGUOUS[message], SECOND)
    assert answers(said) and not set(answers(said)) - {400, 403, 501}, said
    assert b"well" not in said and b"smuggled" not in said
    assert said.count(b"; charset=utf-8\r\n") == len(answers(said))
