"""Whatever a request says of its own encoding, it is answered."""

import io

import pytest

from locality.web.application import Application

FORM = "application/x-www-form-urlencoded"


def answered(kind: str, query: str, path: str = "/account/login/") -> str:
    """The status that a server is given for a request with this content type and query."""
    told: list[str] = []
    environ = {
        "REQUEST_METHOD": "POST", "PATH_INFO": path, "QUERY_STRING": query, "CONTENT_TYPE": kind,
        "CONTENT_LENGTH": "3", "wsgi.input": io.BytesIO(b"a=b"), "wsgi.url_scheme": "http",
        "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "80", "HTTP_HOST": "127.0.0.1",
    }  # fmt: skip
    for _ in Application()(environ, lambda status, headers: told.append(status)):
        pass
    return told[0][:3]


@pytest.mark.parametrize("kind", [
    FORM, f"{FORM}; charset=base64", f"{FORM}; charset=idna", f"{FORM}; charset=utf-7",
    f"{FORM}; charset=\x80", "text/plain; a*=no-such''x", "application/json; charset=rot13", ";;=",
])  # fmt: skip
@pytest.mark.parametrize("query", ["", "a=%ff", "&".join(f"x{n}=" for n in range(600))])
def test_no_encoding_breaks_a_request_before_anything_can_answer(db, kind: str, query: str):
    assert answered(kind, query) in {"400", "403"}
