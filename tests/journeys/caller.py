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
        self.host = urlsplit(address).netloc
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
        return self.ask("GET", path, None, headers)

    def post(self, path: str, fields: Fields, **headers: str) -> Answer:
        """Send a form."""
        return self.ask("POST", path, urlencode(fields).encode(), {"Content-Type": FORM} | headers)

    def takes_post(self, path: str) -> bool:
        """Whether anything can be sent to this address."""
        allowed = self.ask("OPTIONS", path, None, {}).headers.get("allow", "")
        return "POST" in allowed

    @staticmethod
    def token(form: html.HtmlElement) -> str:
        """Read a form's proof that it came from us."""
        return form.fields.get("csrfmiddlewaretoken") or ""

    def ask(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Answer:
        """Send anything by any method."""
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        sent = {"Cookie": cookies, "Accept": "text/html"} | headers
        connection = http.client.HTTPConnection(self.host, timeout=120)
        try:
            connection.request(method, path, body, sent)
            got = connection.getresponse()
            answer = Answer(got.status, {k.lower(): v for k, v in got.getheaders()}, got.read())
        finally:
            connection.close()
        for line in got.headers.get_all("Set-Cookie", []):
            for morsel in SimpleCookie(line).values():
                self.cookies[morsel.key] = morsel.value
        return answer


def everybody(address: str) -> list[str]:
    """Whom the demonstration's sign-in page shows."""
    page = Caller(address).get("/account/login/").page()
    buttons = page.xpath("//form[contains(@action, '/demo/')]//button")
    return [button.text_content().split(",")[0].strip() for button in buttons]
