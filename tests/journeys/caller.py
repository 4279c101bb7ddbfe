"""Somebody who speaks HTTP without a browser: quick, and sees every status and header."""

import http.client
from dataclasses import dataclass
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

from lxml import html

Fields = list[tuple[str, str]]
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server said."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def is_page(self) -> bool:
        """Whether it is HTML."""
        return self.headers.get("content-type", "").startswith("text/html")

    def page(self) -> html.HtmlElement:
        """The HTML, read."""
        return html.fromstring(self.body.decode() or "<html></html>")


class Caller:
    """One person's session."""

    def __init__(self, address: str) -> None:
        self._host = urlsplit(address).netloc
        self._connection = http.client.HTTPConnection(self._host, timeout=120)
        self.cookies: dict[str, str] = {}
        self.name = ""

    def sign_in(self, name: str) -> "Caller":
        """Sign in as one of the story's people, by the button that the demonstration shows."""
        login = self.get("/account/login/").page()
        (form,) = (f for f in login.forms if name in (f.text_content() or ""))
        self.post(form.get("action"), [("csrfmiddlewaretoken", self.token(form))])
        self.name = name
        return self

    def get(self, path: str, **headers: str) -> Answer:
        """Ask for a page."""
        return self._ask("GET", path, None, headers)

    def post(self, path: str, fields: Fields) -> Answer:
        """Send a form."""
        return self._ask("POST", path, urlencode(fields).encode(), {"Content-Type": FORM})

    @staticmethod
    def token(form: html.HtmlElement) -> str:
        """Read a form's proof that it came from us."""
        return form.fields.get("csrfmiddlewaretoken") or ""

    def _ask(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Answer:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        sent = {"Cookie": cookies, "Accept": "text/html"} | headers
        try:
            self._connection.request(method, path, body, sent)
            got = self._connection.getresponse()
        except (http.client.RemoteDisconnected, ConnectionError):
            self._connection.close()  # an idle connection was shut: once more
            self._connection.request(method, path, body, sent)
            got = self._connection.getresponse()
        answer = Answer(got.status, {k.lower(): v for k, v in got.getheaders()}, got.read())
        for line in got.headers.get_all("Set-Cookie", []):
            for morsel in SimpleCookie(line).values():
                self.cookies[morsel.key] = morsel.value
        return answer
