"""Every form, with whatever is typed: refused with a sentence and nothing stored, or harmless."""

from collections import Counter
from collections.abc import Iterator

import psycopg
import pytest

from tests.journeys import addresses, held, nasty
from tests.journeys.caller import Answer, Caller
from tests.journeys.crawl import Chart, form_now
from tests.journeys.site import Site

SAYS = "//*[contains(@class, 'govuk-error-message')] | //*[contains(@class, 'error-summary')]//li"


@pytest.fixture(scope="module")
def looking(site: Site) -> Iterator[psycopg.Connection]:
    """A look into the database with every power."""
    with psycopg.connect(site.administrator, autocommit=True) as connection:
        yield connection


@pytest.fixture(scope="module")
def callers(site: Site, people: list[str]) -> dict[str, Caller]:
    """Everybody, signed in."""
    return {who: Caller(site.address).sign_in(who) for who in people}


def test_every_form_there_is_was_found(site: Site, chart: Chart, callers: dict[str, Caller]):
    caller = next(iter(callers.values()))
    named = {name: addresses.filled(name, given, site.administrator)
             for name, given in addresses.ours() if name not in addresses.NOT_RECORDS}  # fmt: skip
    sent_to = {name for name, path in named.items() if path and caller.takes_post(path)}
    assert len(sent_to) > 50
    missing = sorted(sent_to - chart.sent_to())
    assert not missing, f"The crawl never found a form sent to {', '.join(missing)}"


def test_no_form_breaks_or_keeps_what_it_refuses(
    chart: Chart, callers: dict[str, Caller], looking: psycopg.Connection
):
    tables, wrong, tried = held.tables(looking), list[str](), Counter[tuple[str, ...]]()
    for kind in nasty.KINDS:  # what is refused comes first, so that there is a form left to send
        for key, pages in chart.forms.items():
            seen, form = form_now(callers, pages, key)
            if form is None:
                continue
            tried[key] += 1
            before = held.fingerprint(looking, tables)
            answer = send(callers[seen.who], form, kind)
            if fault := wrong_with(answer, before != held.fingerprint(looking, tables)):
                wrong.append(f"{seen.name} ({form.action}, {seen.who}), {kind}: {fault}")
    assert not wrong, "\n".join(wrong)
    assert held.with_words(looking, "[\\x01-\\x08\\x0b\\x0c\\x0e-\\x1f]") == []
    assert held.with_words(looking, "(x{250}){100}") == []
    # What was kept may have ended what a form is about; each was there at least once.
    assert chart.forms.keys() == tried.keys()
    assert tried.total() > 0.75 * len(chart.forms) * len(nasty.KINDS)


def send(caller: Caller, form: nasty.Form, kind: str) -> Answer:
    """Send a form as its page would."""
    token = ("csrfmiddlewaretoken", caller.cookies["csrftoken"])
    answer = caller.post(form.action, [token, *form.filled(kind)])
    if answer.status in (302, 303):
        followed = caller.get(answer.headers["location"])
        return followed if followed.status >= 500 or followed.is_page else answer
    return answer


def wrong_with(answer: Answer, changed: bool) -> str:
    """Say what is wrong with an answer, if anything."""
    if answer.status >= 500:
        return f"broke: {answer.status}"
    if answer.is_page and nasty.SENT["script"].encode() in answer.body:
        return "the script stands on the page"
    if answer.status >= 400:
        if changed:
            return f"refused with {answer.status}, and yet something is stored"
        words = answer.page().xpath(SAYS if answer.status == 422 else "//main//p")
        return "" if any((one.text_content() or "").strip() for one in words) else "says nothing"
    return ""
