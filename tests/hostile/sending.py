"""Send requests as they are, byte for byte, and see what each leaves in the database."""

import socket
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from random import Random
from urllib.parse import urlsplit

import psycopg

from tests.hostile.requests import SAFE, Request, Target, spoilt
from tests.journeys import held
from tests.journeys.addresses import filled, ours
from tests.journeys.caller import Caller
from tests.journeys.crawl import Chart, form_now
from tests.journeys.nasty import Form
from tests.journeys.site import Site

PATIENCE = 60  # seconds for an answer
NO_ANSWER = 0
KEPT = {422}  # a page that shows a form again: it may keep what the form is about, not what it asks


@dataclass
class Outcome:
    """What came of many requests."""

    statuses: Counter[int] = field(default_factory=Counter)
    ways: Counter[str] = field(default_factory=Counter)
    names: set[str] = field(default_factory=set)
    broke: list[str] = field(default_factory=list)
    partial: list[str] = field(default_factory=list)

    @property
    def sent(self) -> int:
        """How many there were."""
        return self.statuses.total()

    @property
    def refused(self) -> int:
        """How many were refused."""
        return sum(many for status, many in self.statuses.items() if status >= 400)


def targets(site: Site, chart: Chart, callers: dict[str, Caller]) -> list[Target]:
    """Every address with records that are there, and every form with what would do."""
    named = [
        Target(name, path)
        for name, given in ours()
        if (path := filled(name, given, site.administrator))
    ]
    forms = []
    for key, pages in chart.forms.items():
        seen, form = form_now(callers, pages, key)
        if form is not None:
            forms.append(Target(f"{key[0]} form", form.action, _likely(form), seen.who))
    return named + forms


def _likely(form: Form) -> tuple[tuple[str, str], ...]:
    return (
        *((name, value) for name, _, value in form.fields),
        *((form.button,) if form.button else ()),
    )


class Attack:
    """Some people of a site who send what no browser does."""

    def __init__(self, site: Site, people: Iterable[str]) -> None:
        self.site, self.outcome = site, Outcome()
        self.callers = {who: Caller(site.address).sign_in(who) for who in people}
        self.callers[""] = Caller(site.address)  # somebody who is signed out
        self.callers[""].get("/account/login/")
        self._looking = psycopg.connect(site.administrator, autocommit=True)
        self._tables = held.tables(self._looking)

    def send_many(self, random: Random, targets: list[Target], times: int) -> Outcome:
        """Send so many, to every address in turn."""
        people = list(self.callers)
        for number in range(times):
            target = targets[number % len(targets)]
            who = target.who if target.who and random.random() < 0.8 else random.choice(people)
            self.send(who, spoilt(random, target, self._token(who)), target.name)
        return self.outcome

    def send(self, who: str, request: Request, name: str) -> int:
        """Send one; note how it was answered, and whether what was refused left anything."""
        caller, outcome = self.callers[who], self.outcome
        # Taken anew: a page that was read since may have noted that it was.
        before = held.fingerprint(self._looking, self._tables) if _may_change(request) else {}
        status, location = exchange(self.site.address, caller, request)
        outcome.statuses[status] += 1
        outcome.ways.update(request.spoilt.split())
        outcome.names.add(name)
        if status >= 500 or status == NO_ANSWER:
            outcome.broke.append(f"{status} for {who or 'nobody'}, {name}: {request.says()}")
        if _may_change(request):
            after = held.fingerprint(self._looking, self._tables)
            changed = [one for one in after if after[one] != before.get(one)]
            if status >= 400 and changed:
                outcome.partial.append(
                    f"{status} and {changed} for {who}, {name}: {request.says()}"
                )
        if who and (b"/account/" in location or "demo-sign-in" in name or "account" in name):
            self.callers[who] = Caller(self.site.address).sign_in(who)
        return status

    def _token(self, who: str) -> str:
        return self.callers[who].cookies.get("csrftoken", "")

    def close(self) -> None:
        """Let go of the database."""
        self._looking.close()


def _may_change(request: Request) -> bool:
    return request.method not in SAFE


def exchange(address: str, caller: Caller, request: Request) -> tuple[int, bytes]:
    """Send one request over a connection of its own; give the status and where it leads."""
    to = urlsplit(address)
    cookies = "; ".join(f"{name}={value}" for name, value in caller.cookies.items())
    lines = [request.method.encode() + b" " + request.path + b" HTTP/1.1", b"Connection: close"]
    given = {name.lower() for name, _ in request.headers}
    lines += [b"Host: " + to.netloc.encode()] if b"host" not in given else []
    lines += [b"Cookie: " + cookies.encode(), b"Content-Length: %d" % len(request.body)]
    lines += [name + b": " + value for name, value in request.headers]
    with socket.create_connection((to.hostname, to.port), timeout=PATIENCE) as over:
        # It may be refused before all of it was sent: then the answer is there to be read.
        with suppress(BrokenPipeError, ConnectionResetError):
            over.sendall(b"\r\n".join(lines) + b"\r\n\r\n" + request.body)
        return _answer(over)


def _answer(over: socket.socket) -> tuple[int, bytes]:
    said = b""
    with suppress(ConnectionResetError):
        while chunk := over.recv(65536):
            said += chunk if len(said) < 65536 else b""
    head = said.partition(b"\r\n\r\n")[0]
    status = head.split()[1:2]
    location = [one for one in head.split(b"\r\n") if one.lower().startswith(b"location:")]
    return (int(status[0]) if status and status[0].isdigit() else NO_ANSWER), b"".join(location)
