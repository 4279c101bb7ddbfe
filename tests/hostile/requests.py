"""Requests that no browser sends: made from every address and every form, and then spoilt."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from random import Random
from urllib.parse import quote, quote_from_bytes, urlencode
from uuid import uuid4

Pairs = list[tuple[bytes, bytes]]
FORM = b"application/x-www-form-urlencoded"
SAFE = ("GET", "HEAD", "OPTIONS", "TRACE")
METHODS = ("GET", "POST", "POST", "POST", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE",
           "PROPFIND", "get")  # fmt: skip
# What stands where a value should: as bytes, because much of it is no text.
VALUES: tuple[bytes, ...] = (
    b"", b" ", b"\x00", b"a\x00b", b"\xff\xfe", b"\xc3\x28", b"\xed\xa0\x80", b"\xf0\x9f\x92\xa9" * 3,
    b"x" * 6_000, b"x" * 200_000, b"-1", b"0", b"1", b"99999999999999999999999", b"1e999", b"NaN", b"inf",
    b"1.5", "\u0663\u0664".encode(), b"\xe2\x80\xae", b"00000000-0000-0000-0000-000000000000",
    b"zzzzzzzz-zzzz-zzzz-zzzz-zzzzzzzzzzzz", str(uuid4()).encode(), str(uuid4()).upper().encode(),
    b"{" + str(uuid4()).encode() + b"}", str(uuid4()).encode() + b"\n", b"2026-02-30", b"0000-00-00",
    b"9999-12-31", b"2026-13-01T25:61:00Z", b"31", b"13", b"10000", b"-0001", b"true", b"null", b"[]", b"{}",
    b"[1,2]", b'{"a":1}', b"' OR 1=1 --", b"%s%s%n", b"{{7*7}}", b"${7*7}", b"../../etc/passwd", b"\r\n\r\n",
    b"http://x.example/", b"//x.example/", b"javascript:alert(1)", b"<script>", b"a:b", b"a|b|c", b"on", b"yes",
    b"people.record:" + str(uuid4()).encode(), b"people.record:x", b":", b"people.record:", b"\xef\xbf\xbf",
)  # fmt: skip
QUERY = (b"page", b"sort", b"format", b"q", b"next", b"of", b"from", b"to", b"kind", b"show", b"who", b"on",
         b"months", b"area", b"agency", b"purpose", b"state", b"till", b"since", b"place", b"measure")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Target:
    """An address that is there, who may use it, and what its form asks for, if it is known."""

    name: str
    path: str
    fields: tuple[tuple[str, str], ...] = ()
    who: str = ""


@dataclass(frozen=True, slots=True)
class Request:
    """What is sent."""

    method: str
    path: bytes
    headers: Pairs = field(default_factory=list)
    body: bytes = b""
    spoilt: str = ""  # how, to say so

    def says(self) -> str:
        """Name it in a line."""
        return f"{self.method} {self.path[:160]!r} {self.headers!r:.200} {self.body[:300]!r} ({self.spoilt})"


def spoilt(random: Random, target: Target, token: str) -> Request:
    """Make one request for this address and spoil it in one or two ways."""
    method = "POST" if target.fields and random.random() < 0.8 else random.choice(METHODS)
    fields = [(name.encode(), value.encode()) for name, value in target.fields]
    fields = [*fields, (b"csrfmiddlewaretoken", token.encode())]
    request = Request(method, quote(target.path).encode(), [(b"X-CSRFToken", token.encode())])
    if method not in SAFE:
        request = replace(
            request, headers=[*request.headers, (b"Content-Type", FORM)], body=encoded(fields)
        )
    ways = (IN_BODY if method not in SAFE else ()) + ANYWHERE
    for _ in range(random.choice([1, 1, 2])):
        way = random.choice(ways)
        request = replace(way(random, request, fields), spoilt=f"{request.spoilt} {way.__name__}")
    return request


def encoded(fields: Pairs) -> bytes:
    """As a form is sent, whatever is in it."""
    return b"&".join(
        quote_from_bytes(n).encode() + b"=" + quote_from_bytes(v).encode() for n, v in fields
    )


def _value(random: Random, request: Request, fields: Pairs) -> Request:
    """Some fields hold what they never should."""
    for _ in range(random.randint(1, 3)):
        at = random.randrange(len(fields))
        fields[at] = (fields[at][0], random.choice(VALUES))
    return replace(request, body=encoded(fields))


def _value_but_proof(random: Random, request: Request, fields: Pairs) -> Request:
    for at in random.sample(range(len(fields) - 1), min(len(fields) - 1, random.randint(1, 4))):
        fields[at] = (fields[at][0], random.choice(VALUES))
    return replace(request, body=encoded(fields))


def _missing(random: Random, request: Request, fields: Pairs) -> Request:
    if len(fields) > 1:
        fields.pop(random.randrange(len(fields) - 1))
    return replace(request, body=encoded(fields))


def _twice(random: Random, request: Request, fields: Pairs) -> Request:
    """A field is there more than once, with different values."""
    more = [(random.choice(fields)[0], random.choice(VALUES)) for _ in range(random.randint(1, 5))]
    fields[:0] = random.choice([more, more[:1] * 30])
    return replace(request, body=encoded(fields))


def _renamed(random: Random, request: Request, fields: Pairs) -> Request:
    at = random.randrange(len(fields))
    name, value = fields[at]
    fields[at] = (random.choice([name + b"[]", name + b"-0", name.upper(), name + b"\x00", b"", b"\xff", b"__class__",
                                 name + b"-day", name * 200, b"form-TOTAL_FORMS"]), value)  # fmt: skip
    return replace(request, body=encoded(fields))


def _too_many(random: Random, request: Request, fields: Pairs) -> Request:
    return replace(
        request,
        body=encoded(fields + [(b"x%d" % n, b"1") for n in range(random.choice([499, 600, 5000]))]),
    )


def _raw_body(random: Random, request: Request, fields: Pairs) -> Request:
    """A body that is no form, called one."""
    body = random.choice([
        b"", b"&&&&", b"=", b"%", b"%zz=%", b"a=%ff%fe", b"\x00", b"\xff" * 50, b"a" * 100_000, b"=" * 5000,
        b"x" * (3 << 20), random.randbytes(300), b"csrfmiddlewaretoken", b"a;b;c", b"[1]", encoded(fields)[:-9] + b"%",
    ])  # fmt: skip
    return replace(request, body=body)


def _json(random: Random, request: Request, fields: Pairs) -> Request:
    given = {
        name.decode(errors="replace"): value.decode(errors="replace") for name, value in fields
    }
    body = random.choice([
        json.dumps(given).encode(), b"{", b"null", b"NaN", b"[" * 20_000, b'{"a":' * 5_000, b"1" * 5000, b'"\\ud800"',
        b"\xef\xbb\xbf{}", json.dumps([given] * 3).encode(), b'{"a":1,"a":2}', json.dumps(given).encode("utf-16"),
    ])  # fmt: skip
    return _typed(
        request, random.choice([b"application/json", b"application/json; charset=utf-7"]), body
    )


def _multipart(random: Random, request: Request, fields: Pairs) -> Request:
    """A form in parts: whole, cut, without its borders, with parts that lie about themselves."""
    head = b'--b\r\nContent-Disposition: form-data; name="%s"%s\r\n'
    parts = [head % (name, b"") + b"\r\n" + value + b"\r\n" for name, value in fields]
    odd = random.choice([
        head % (b"f", b'; filename="../../a.csv"') + b"\r\nx\r\n", head % (b"f", b'; filename=""') + b"\r\n\r\n",
        head % (b"f", b"; filename*=utf-9''%ff%00") + b"\r\nx\r\n", head % (b"", b"") + b"\r\nx\r\n",
        head % (b"a", b"") + b"Content-Transfer-Encoding: base64\r\n\r\n!!!\r\n", b"--b\r\n\r\nx\r\n", b"--b\r\n" * 300,
        head % (b"a", b"") + b"Content-Type: text/plain; charset=no-such\r\n\r\n\xff\r\n", head % (b"n" * 3000, b""),
        b"--b\r\nContent-Disposition: attachment\r\n\r\nx\r\n", b"--b\r\n" + b"A: b\r\n" * 3000 + b"\r\nx\r\n",
        head % (b"a\x00", b"") + b"\r\n\x00\r\n", head % (b"f", b'; filename="a\x00.csv"') + b"\r\nx\r\n",
    ])  # fmt: skip
    parts.insert(random.randrange(len(parts) + 1), odd)
    body = b"".join(parts) + b"--b--\r\n"
    kind = random.choice([b"multipart/form-data; boundary=b", b"multipart/form-data; boundary=b",
                          b"multipart/form-data", b"multipart/form-data; boundary=", b"multipart/form-data; boundary=c",
                          b"multipart/form-data; boundary=\xff", b"multipart/mixed; boundary=b",
                          b"multipart/form-data; boundary=b; charset=no-such"])  # fmt: skip
    return _typed(
        request, kind, body[: random.choice([len(body), len(body), random.randrange(1, len(body))])]
    )


def _content_type(random: Random, request: Request, fields: Pairs) -> Request:
    kind = random.choice([
        b"", b"text/plain", b"text/xml", b"application/octet-stream", b"nonsense", b"\xff/\xff", b"a" * 5000,
        FORM + b"; charset=utf-16", FORM + b"; charset=utf-7", FORM + b"; charset=no-such", FORM + b"; charset=\x80",
        FORM + b"; charset=base64", FORM + b"; charset=idna", FORM + b"; charset=rot13", FORM + b";;;=", FORM + b", " + FORM,
    ])  # fmt: skip
    return _typed(request, kind, request.body)


def _typed(request: Request, kind: bytes, body: bytes) -> Request:
    others = [pair for pair in request.headers if pair[0] != b"Content-Type"]
    return replace(request, headers=[*others, (b"Content-Type", kind)], body=body)


def _query(random: Random, request: Request, fields: Pairs) -> Request:
    """Something is asked for that no page offers."""
    names = [*QUERY, *(name for name, _ in fields)]
    asked = [
        (random.choice(names), random.choice(VALUES)[:3000])
        for _ in range(random.choice([1, 1, 2, 4]))
    ]
    raw = random.choice([encoded(asked), encoded(asked), encoded(asked), b"%", b"&=&=", b"page=%ff", b"a" * 3000,
                         b"page=1&page=2&page=x", b"format=csv&page=-1", b"format=pdf", b"sort=-", b"sort=__class__",
                         b"next=//x.example", b"next=http:///x", encoded([(b"x%d" % n, b"") for n in range(600)])])  # fmt: skip
    return replace(request, path=request.path.partition(b"?")[0] + b"?" + raw)


def _path(random: Random, request: Request, fields: Pairs) -> Request:
    """The address itself is spoilt: an identifier that is none, too much, too little, no text."""
    parts = request.path.partition(b"?")[0].split(b"/")
    at = random.randrange(1, len(parts)) if len(parts) > 1 else 0
    odd = [b"", b".", b"..", b"%2e%2e", b"%00", b"%ff", b"%", b"%0a", b"%2f", b"%25", b"-1", b"99999999999999999999", b"x" * 500,
           b"00000000-0000-0000-0000-000000000000", str(uuid4()).encode(), str(uuid4()).upper().encode(),
           str(uuid4()).encode()[:-1], b"%e2%80%ae", b";a=b", b"%c0%ae", b"%5c", b"*", b"~", b"%ed%a0%80", b"nothing", b"1"]  # fmt: skip
    parts[at] = random.choice([random.choice(odd), parts[at] + random.choice(odd)])
    return replace(request, path=b"/".join(parts) or b"/")


def _header(random: Random, request: Request, fields: Pairs) -> Request:
    """A header that no browser sends, or not so."""
    return replace(request, headers=[*request.headers, *random.choice([
        [(b"HX-Request", b"true"), (b"HX-Target", random.choice(VALUES)[:200].replace(b"\r\n", b""))],
        [(b"HX-Request", b"true"), (b"HX-Boosted", b"true")], [(b"HX-Current-URL", b"http://[::1"), (b"HX-Request", b"true")],
        [(b"HX-Request-URI-AutoEncoded", b"true"), (b"HX-Current-URL", b"%ff")], [(b"HX-Prompt", b"\xff"), (b"HX-Prompt-URI-AutoEncoded", b"true")],
        [(b"Accept-Language", b"\xff")], [(b"Accept-Language", b"a" * 4000)], [(b"Accept-Language", b"en;q=9e9,*;q=x")],
        [(b"Accept-Language", b"en-" * 900)], [(b"Accept", b"\x80")], [(b"Accept-Encoding", b"gzip;q=nan")],
        [(b"X-Forwarded-For", b"not an address, ::1, 999.1.1.1")], [(b"X-Forwarded-Host", b"x.example")],
        [(b"X-Forwarded-Proto", b"gopher")], [(b"Referer", b"http://[")], [(b"Referer", b"\xff" * 20)], [(b"Origin", b"null")],
        [(b"Origin", b"http://[")], [(b"Range", b"bytes=9-1,-,x")], [(b"If-Modified-Since", b"Thu, 99 Foo 99999 99:99:99 GMT")],
        [(b"If-None-Match", b'"\xff')], [(b"If-Unmodified-Since", b"-1")], [(b"Cookie", b"\xff=\xff; ; =; a")],
        [(b"Cookie", b"sessionid=" + b"x" * 4000)], [(b"Cookie", b"messages=" + random.choice(VALUES)[:99].replace(b"\r\n", b""))],
        [(b"Cookie", b"django_language=\xff")], [(b"Content-Encoding", b"gzip")], [(b"Authorization", b"Basic \xff")],
        [(b"X-HTTP-Method-Override", b"DELETE")], [(b"User-Agent", b"")], [(b"User-Agent", b"\x80" * 2000)], [(b"X", b"y" * 9000)],
        [(b"X-%d" % n, b"y") for n in range(120)], [(b"Expect", b"nothing")], [(b"Upgrade", b"websocket"), (b"Connection", b"upgrade")],
        [(b"X_CSRFToken", b"x")], [(b"Host", b"x.example")], [(b"Transfer-Encoding", b"gzip, chunked")],
    ])])  # fmt: skip


def _unproved(random: Random, request: Request, fields: Pairs) -> Request:
    """The proof that it came from a page of ours is wrong or missing."""
    proof = random.choice([b"", b"x", b"\xff", b"a" * 64, b"a" * 32, b"\x00" * 32])
    fields[-1] = (b"csrfmiddlewaretoken", proof)
    return replace(
        request,
        headers=[(n, v) for n, v in request.headers if n != b"X-CSRFToken"],
        body=encoded(fields),
    )


Way = Callable[[Random, Request, Pairs], Request]
IN_BODY: tuple[Way, ...] = (_value, _value_but_proof, _value_but_proof, _value_but_proof, _missing, _twice, _renamed,
                            _too_many, _raw_body, _json, _multipart, _content_type, _unproved)  # fmt: skip
ANYWHERE: tuple[Way, ...] = (_query, _path, _header)


def as_form(pairs: list[tuple[str, str]]) -> bytes:
    """A whole form, well made."""
    return urlencode(pairs).encode()
