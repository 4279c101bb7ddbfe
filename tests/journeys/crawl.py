"""Visit every address as every role: by every link the pages offer, and by every name."""

from collections import Counter, defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urljoin, urlsplit

from tests.journeys.addresses import arguments_of, name_of
from tests.journeys.caller import Answer, Caller
from tests.journeys.nasty import Form, forms

EACH = 2  # addresses of one kind that one person visits without seeing anything new
MOST = 12  # and at the very most
ELSEWHERE = 6  # pages on which a form is looked for
WAYS = ("way", "key")  # arguments that make another page of the same record
SOUGHT = "Khan"  # a family name of which the area has several
# From which most else is reached: all of MOST are visited.
HUBS = {"cases:case", "cases:notes", "people:person", "people:consents", "sharing:agreement",
        "sharing:subject-request"}  # fmt: skip
# Forms that store nothing: what they answer has forms and links of its own.
SEARCHES = {("people:search", None), ("people:link", None), ("people:add", "start"),
            ("people:keep-apart", None)}  # fmt: skip
# Where a crawler must not go: out, in as somebody else, or to change how they sign in.
AWAY = {"account_logout", "web:demo-sign-in", "mfa_index"}
DEAD = {400, 403, 404, 405, 409, 410}


@dataclass(frozen=True, slots=True)
class Seen:
    """One page that somebody reached."""

    name: str
    path: str
    who: str
    sent: tuple[tuple[str, str], ...] = ()  # what was sent to get it, if it answers a search


@dataclass
class Chart:
    """Everything the crawl found."""

    pages: list[Seen] = field(default_factory=list)
    forms: dict[tuple[str, ...], list[Seen]] = field(default_factory=lambda: defaultdict(list))
    buttons: set[str] = field(default_factory=set)
    takes_post: dict[str, bool] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def note(self, seen: Seen, answer: Answer) -> bool:
        """Note a page and the forms on it; say whether any of them was not known."""
        if not seen.sent:
            self.pages.append(seen)
        known = len(self.forms) + len(self.buttons)
        for form in forms(seen.path, answer.page()):
            if form.key[0] not in AWAY:
                if form.asks:
                    self.forms[form.key].append(seen)
                else:
                    self.buttons.add(form.key[0])
        return len(self.forms) + len(self.buttons) > known

    def patience(self, seen: Seen, caller: Caller) -> int:
        """How many visits that show nothing new are enough: more where a form is yet to be seen."""
        if seen.name not in self.takes_post:
            self.takes_post[seen.name] = caller.takes_post(seen.path)
        to_be_seen = self.takes_post[seen.name] and seen.name not in self.sent_to()
        return MOST if to_be_seen or seen.name in HUBS else EACH

    def sent_to(self) -> set[str]:
        """The names of all addresses that a form found here is sent to."""
        return {key[0] for key in self.forms} | self.buttons

    def by_name(self) -> dict[str, list[Seen]]:
        """The pages, by the name of their address."""
        found: dict[str, list[Seen]] = defaultdict(list)
        for page in self.pages:
            found[page.name].append(page)
        return found


def follow_everything(caller: Caller, chart: Chart) -> None:
    """Follow every link from home; note each page, and each link that leads nowhere."""
    waiting = deque([(Seen("web:home", "/", caller.name), "the first page")])
    known, visits, dull = {"/"}, Counter[tuple[str, ...]](), Counter[tuple[str, ...]]()
    while waiting:
        seen, came_from = waiting.popleft()
        kind = _kind(seen)
        if dull[kind] >= chart.patience(seen, caller) or visits[kind] >= MOST or kind[0] in AWAY:
            continue
        visits[kind] += 1
        answer = fetched(caller, seen)
        if fault := _fault(answer):
            chart.faults.append(f"{caller.name}: {came_from} links to {seen.path}: {fault}")
        for link in links(seen.path, answer):
            if link not in known:
                known.add(link)
                waiting.append((Seen(name_of(link), link, caller.name), seen.path))
        waiting += [(one, seen.path) for one in searches(seen, answer)]
        shown = answer.status in (200, 422) and answer.is_page
        if not (shown and chart.note(seen, answer)):
            dull[kind] += 1


def fetched(caller: Caller, seen: Seen) -> Answer:
    """Get a page, by a link or as the answer to a search."""
    if not seen.sent:
        return caller.get(seen.path)
    return caller.post(
        seen.path, [("csrfmiddlewaretoken", caller.cookies["csrftoken"]), *seen.sent]
    )


def form_now(
    callers: dict[str, Caller], pages: list[Seen], key: tuple[str, ...]
) -> tuple[Seen, Form | None]:
    """A form as it stands on a page now; what was sent before may have ended what it is about."""
    for seen in pages[:ELSEWHERE]:
        answer = fetched(callers[seen.who], seen)
        if answer.status in (200, 422):
            for form in forms(seen.path, answer.page()):
                if form.key == key:
                    return seen, form
    return pages[0], None


def searches(seen: Seen, answer: Answer) -> Iterator[Seen]:
    """The pages that the searches on a page answer with."""
    if not (answer.is_page and answer.body):
        return
    for form in forms(seen.path, answer.page()):
        name, button = name_of(form.action), form.button[0] if form.button else None
        if (name, button) in SEARCHES:
            sent = [(field, SOUGHT) for field, *_ in form.fields if field == "family_name"]
            yield Seen(name, form.action, seen.who, (*sent, *((form.button,) if button else ())))


def _kind(seen: Seen) -> tuple[str, ...]:
    """What two addresses share that show the same page of different records."""
    given = arguments_of(seen.path)
    ways = [str(given[name]) for name in WAYS if name in given]
    asked = [key for key, _ in (*parse_qsl(urlsplit(seen.path).query), *seen.sent)]
    return (seen.name, *ways, *sorted(asked))


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


def _whole(path: str, wanted: str) -> str:
    target = urlsplit(urljoin(path, wanted))
    return target.path + (f"?{target.query}" if target.query else "")


def _fault(answer: Answer) -> str:
    if answer.status >= 500 or answer.status in DEAD:
        return f"answered {answer.status}"
    if "/account/login/" in answer.headers.get("location", ""):
        return "sent them to sign in"
    return ""
