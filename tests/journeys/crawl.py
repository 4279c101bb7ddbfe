"""Visit every address as every role: by every link the pages offer, and by every name."""

from collections import defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urljoin, urlsplit

from django.urls import Resolver404, resolve

from tests.journeys.caller import Answer, Caller

EACH = 2  # addresses of one name that one person visits
AWAY = {"account_logout", "web:demo-sign-in"}  # where a crawler must not go
DEAD = {400, 403, 404, 405, 409, 410}


@dataclass(frozen=True, slots=True)
class Seen:
    """One page that somebody reached."""

    name: str
    path: str
    who: str


@dataclass
class Chart:
    """Everything the crawl found."""

    pages: list[Seen] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def by_name(self) -> dict[str, list[Seen]]:
        """The pages, by the name of their address."""
        found: dict[str, list[Seen]] = defaultdict(list)
        for page in self.pages:
            found[page.name].append(page)
        return found


def follow_everything(caller: Caller, chart: Chart) -> None:
    """Follow every link from home; note each page, and each link that leads nowhere."""
    waiting, known = deque([("/", "the first page")]), {"/"}
    visited: dict[tuple[str, ...], int] = defaultdict(int)
    while waiting:
        path, came_from = waiting.popleft()
        name = name_of(path)
        kind = (name, *sorted(key for key, _ in parse_qsl(urlsplit(path).query)))
        if visited[kind] >= EACH or name in AWAY:
            continue
        visited[kind] += 1
        answer = caller.get(path)
        if fault := _fault(answer):
            chart.faults.append(f"{caller.name}: {came_from} links to {path}: {fault}")
        for link in links(path, answer):
            if link not in known:
                known.add(link)
                waiting.append((link, path))
        if answer.status == 200 and answer.is_page:
            chart.pages.append(Seen(name, path, caller.name))


def links(path: str, answer: Answer) -> Iterator[str]:
    """Every address of ours that a page leads to: links, parts to load, and where it redirects."""
    if "location" in answer.headers:
        yield _whole(path, answer.headers["location"])
    if not (answer.is_page and answer.body):
        return
    page = answer.page()
    for wanted in page.xpath("//a/@href | //@hx-get | //form[@method='get']/@action"):
        target = urlsplit(wanted)
        if target.scheme in ("", "http", "https") and not target.netloc and wanted[:1] != "#":
            yield _whole(path, wanted)


def name_of(path: str) -> str:
    """The name of an address, or the address itself where it has none here."""
    try:
        return resolve(urlsplit(path).path).view_name or path
    except Resolver404:
        return urlsplit(path).path


def _whole(path: str, wanted: str) -> str:
    target = urlsplit(urljoin(path, wanted))
    return target.path + (f"?{target.query}" if target.query else "")


def _fault(answer: Answer) -> str:
    if answer.status >= 500 or answer.status in DEAD:
        return f"answered {answer.status}"
    if "/account/login/" in answer.headers.get("location", ""):
        return "sent them to sign in"
    return ""
