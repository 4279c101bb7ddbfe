"""What people and machines type into forms, and a form found on a page."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import html

from tests.journeys.addresses import name_of
from tests.journeys.caller import Fields

TYPED = {"text", "search", "tel", "email", "number", "url", "", "date", "time", "password"}
PLAIN = "A plain sentence."
NEVER = {"csrfmiddlewaretoken"}
SENT: dict[str, str] = {  # what stands in every box of words
    "too long": "x" * 30_000,
    "control characters": "a\x00b\x1b[31mc\x07",
    "right to left": "\u202eשלום مرحبا\u202c",
    "emoji": "👩‍👩‍👧‍👦🎉 ok",
    "script": "<script>alert(1)</script>",
    "sql": "'; DROP TABLE cases_case; --",
}
KINDS = ("missing", "wrong type", *SENT)


@dataclass(frozen=True, slots=True)
class Form:
    """One way to send one form: with one of its buttons."""

    action: str
    fields: tuple[tuple[str, str, str], ...]  # name, kind, a value that may do
    button: tuple[str, str] | None

    @property
    def key(self) -> tuple[str, ...]:
        """What makes two forms the same: where they go, what they ask, the button pressed."""
        to, names = name_of(self.action), sorted(name for name, *_ in self.fields)
        return (to, *names, *(self.button or ()))

    @property
    def asks(self) -> bool:
        """Whether anything at all is asked for."""
        return any(kind != "hidden" for _, kind, _ in self.fields)

    def filled(self, kind: str) -> Fields:
        """What is sent: sensible but for one kind of nonsense."""
        sent = [pair for field in self.fields for pair in _given(field, kind)]
        return sent + ([self.button] if self.button else [])


def forms(path: str, page: html.HtmlElement) -> Iterator[Form]:
    """Every form of a page that is sent by POST, once for each of its buttons."""
    for form in page.xpath("//main//form[@method='post']"):
        found: dict[str, tuple[str, str, str]] = {}
        for one in form.xpath(".//input | .//textarea | .//select"):
            if one.name and one.name not in NEVER:
                found.setdefault(one.name, (one.name, _kind(one), _likely(one)))
        buttons = [(b.get("name"), b.get("value", "")) for b in form.xpath(".//button[@name]")]
        for button in buttons or [None]:
            yield Form(form.get("action") or path, tuple(found.values()), button)
        if saving := form.get("data-draft-url"):  # as the page itself sends it while one writes
            yield Form(saving, tuple(found.values()), None)


def _kind(one: html.HtmlElement) -> str:
    if one.tag == "textarea":
        return "words"
    if one.tag == "select" or one.get("type") in ("radio", "checkbox"):
        return "choice"
    if one.get("type") == "hidden":
        return "hidden"
    if one.name.rpartition("-")[2] in ("day", "month", "year"):
        return "date"
    return "words" if one.get("type", "") in TYPED else "hidden"


def _likely(one: html.HtmlElement) -> str:
    if one.get("type") == "hidden":
        return one.get("value") or ""
    if one.tag == "select":
        return next((value for value in one.value_options if value), "")
    day = {"day": "1", "month": "6", "year": "2030"}
    return one.get("value") or day.get(one.name.rpartition("-")[2], PLAIN)


def _given(field: tuple[str, str, str], kind: str) -> Fields:
    name, what, likely = field
    if what == "hidden":
        return [(name, "not-a-choice" if kind == "wrong type" else likely)]
    if kind == "missing":
        return []
    if kind == "wrong type":
        return [(name, {"choice": "no-such-choice", "date": "99"}.get(what, likely))]
    return [(name, SENT[kind] if what == "words" else likely)]
