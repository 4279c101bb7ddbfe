"""Type unlikely words into every form, as whoever it is shown to, and let some of it break."""

import socket
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from tests.canaries.breaking.middleware import HEADER, WAYS
from tests.canaries.searching import CANARY, NUMBER, found_in
from tests.journeys.caller import Answer, Caller, Fields
from tests.journeys.crawl import Chart, form_now, links
from tests.journeys.nasty import Form
from tests.journeys.site import Site

NAME = f"{CANARY} Zobrinek"
STORY = f"{CANARY} walks home alone; her number is {NUMBER}."
NUMBERS = {"phone", "number", "nhs", "reach", "contact", "email"}
ON_PAGES = {200, 422, 302, 303}  # answers in which what somebody typed may stand
GIVES_BACK = 403  # so does the page that says that a sign-in has ended, to whoever wrote it
NO_HTTP = (
    "GET /{word}/?q={number} HTTP/9.9\r\nHost: x\r\n\r\n",
    "GET /{word} {number}\r\n\r\n",
    "{word}\r\n\r\n",
    "{word}: /people/ HTTP/1.1\r\nHost: x\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: {word}\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: x\r\n{word} {number}\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: x\r\n{word}({number}: x\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: x\r\nX: {word}\x00\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: {word}\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: {word}\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n{word}\r\n",
)
ELSEWHERE = f"q={CANARY}&name={NUMBER}"


@dataclass
class Planted:
    """How often something was typed, how it was answered, and where it stood that it should not."""

    forms: set[tuple[str, ...]] = field(default_factory=set)
    statuses: Counter[int] = field(default_factory=Counter)
    broken: Counter[str] = field(default_factory=Counter)
    leaks: list[str] = field(default_factory=list)

    def note(self, said: str, answer: Answer) -> Answer:
        """Note an answer, and search it where nothing that was typed may stand."""
        self.statuses[answer.status] += 1
        if answer.status not in ON_PAGES and found_in(answer.body):
            self.leaks.append(f"the page {answer.status} after {said}")
        headers = "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
        if found_in(headers.encode()):
            self.leaks.append(f"the headers after {said}")
        if answer.is_page and answer.body and answer.status < 500:
            self.leaks += [f"the address {one} on the page after {said}"
                           for one in links("/", answer) if found_in(one.encode())]  # fmt: skip
        return answer


def plant(site: Site, people: list[str], chart: Chart) -> Planted:
    """Send every form with canaries in it: first to break, then to be kept; then send the rest."""
    callers = {who: Caller(site.address).sign_in(who) for who in people}
    planted, ways = Planted(), list(WAYS)
    for number, (key, pages) in enumerate(chart.forms.items()):
        for how in ("raise", ways[number % len(ways)], ""):
            seen, form = form_now(callers, pages, key)
            if form is not None:
                _send(planted, callers[seen.who], form, how)
    for who, caller in callers.items():
        for said, answer in _elsewhere(caller):
            planted.note(f"{said} by {who}", answer)
    for line, said in raw(site):
        planted.statuses[int((said.split() or [b"", b"0"])[1])] += 1
        if found_in(said):
            planted.leaks.append(f"the answer to {line!r}: {said[-300:]!r}")
    return planted


def _send(planted: Planted, caller: Caller, form: Form, how: str) -> None:
    token = ("csrfmiddlewaretoken", caller.cookies["csrftoken"])
    headers = {HEADER: how} if how else {}
    answer = caller.post(form.action, [token, *filled(form)], **headers)
    planted.note(f"the form sent to {form.action} {how}", answer)
    if not how:
        planted.forms.add(form.key)
        if answer.status in (302, 303):
            planted.note(f"the page after {form.action}", caller.get(answer.headers["location"]))
    elif answer.status == 500:
        planted.broken[how] += 1


def raw(site: Site) -> Iterator[tuple[str, bytes]]:
    """Lines that are no HTTP: what the server itself answers, before any of ours is asked."""
    host = urlsplit(site.address)
    for line in NO_HTTP:
        with socket.create_connection((host.hostname, host.port), timeout=30) as to:
            to.sendall(line.format(word=CANARY, number=NUMBER).encode())
            to.shutdown(socket.SHUT_WR)
            said = b"".join(iter(lambda: to.recv(65536), b""))  # noqa: B023
        yield line, said


def filled(form: Form) -> Fields:
    """What somebody types who has such a name."""
    return [
        (name, _typed(name) if what == "words" else likely) for name, what, likely in form.fields
    ] + ([form.button] if form.button else [])


def _typed(name: str) -> str:
    short = name.rpartition("-")[2]
    if "email" in short:
        return f"{CANARY}@example.org"
    if NUMBERS & set(short.split("_")):
        return NUMBER
    return NAME if "name" in short else STORY


def _elsewhere(caller: Caller) -> Iterator[tuple[str, Answer]]:
    """Everything else that somebody may send: addresses, headers, methods and bodies."""
    names = {"User-Agent": STORY, "Referer": f"http://{CANARY}/{NUMBER}", "X-Request-ID": NAME,
             "X-Forwarded-For": NUMBER, "Accept-Language": CANARY}  # fmt: skip
    yield "an address that is not here", caller.get(f"/{CANARY}/{NUMBER}/?{ELSEWHERE}", **names)
    for path in ("/people/", "/cases/", "/queue/", "/concerns/", "/account/login/", "/healthz"):
        yield f"{path} with headers", caller.get(path, **names)
        yield f"{path} by a method", caller.ask(CANARY.upper(), path, None, names)
        yield f"{path} without proof", caller.post(path, [("family_name", NAME)], **names)
        as_json = {"Content-Type": "application/json"} | names
        yield f"{path} as JSON", caller.ask("POST", path, f'{{"name": "{NAME}"'.encode(), as_json)
    signed_out = Caller(f"http://{caller.host}")
    token = Caller.token(signed_out.get("/account/login/").page().forms[-1])
    tried = [("csrfmiddlewaretoken", token), ("login", f"{CANARY}@example.org"), ("password", NAME)]
    for _ in range(2):
        yield "signing in", signed_out.post("/account/login/", tried)
