"""What somebody types is in records and on their own pages: in no log, error, job or address."""

import json

import psycopg
import pytest

from tests.canaries import searching
from tests.canaries.breaking.middleware import WAYS
from tests.canaries.searching import CANARY, found_in
from tests.canaries.trying import Tried, found_errors, try_everything
from tests.journeys import held
from tests.journeys.caller import Caller
from tests.journeys.crawl import Chart
from tests.journeys.site import Site

WORDS_BY_GET = (
    "//form[@method='get' or not(@method)]"
    "//*[self::textarea or self::input[not(@type) or @type='text' or @type='search']"
    "[not(@inputmode='numeric')]]"
)
KEYS = {"at", "level", "from", "process", "status", "method", "page", "task", "job", "error",
        "where"}  # fmt: skip


@pytest.fixture(scope="module")
def tried(site: Site, people: list[str], chart: Chart) -> Tried:
    """Canaries through every form, errors by every way, and a search of all that was written."""
    return try_everything(site, people, chart)


def test_no_canary_is_in_logs_errors_jobs_or_addresses(tried: Tried):
    assert tried.said["site and worker"] and tried.said["database"]
    assert not tried.leaks, "\n".join(tried.leaks[:20])


def test_the_canaries_were_kept_where_records_are(tried: Tried, site: Site):
    assert len(tried.planted.forms) > 40
    with psycopg.connect(site.administrator) as looking:
        assert len(held.with_words(looking, CANARY)) > 20


def test_pages_and_jobs_broke_and_the_log_says_which_and_where(tried: Tried, site: Site):
    assert {400, 403, 404, 409, 422, 500} <= set(tried.planted.statuses)
    assert tried.planted.broken["raise"] > 40 and tried.jobs["failed"] == 1
    lines = [json.loads(one) for one in found_errors(site) if one.startswith("{")]
    assert all(set(one) <= KEYS for one in lines)
    kinds = {one.get("error", one["from"]) for one in lines}
    assert kinds >= {
        "builtins.ValueError", "django.db.utils.DataError", "django.db.utils.IntegrityError",
        "django.db.utils.ProgrammingError", "py.warnings", "tests.new", "root",
    }  # fmt: skip
    assert len(WAYS) == 9


def test_only_the_search_for_public_places_puts_words_into_an_address(site: Site, chart: Chart):
    callers = {who: Caller(site.address).sign_in(who) for who in {one.who for one in chart.pages}}
    asking = set()
    for name, pages in chart.by_name().items():
        answer = callers[pages[0].who].get(pages[0].path)
        if answer.is_page and answer.page().xpath(WORDS_BY_GET):
            asking.add(name)
    assert asking == {"places:named"}


@pytest.mark.parametrize("shown", [
    "Quillarth", "QUILLARTH Z", "x=quillarth%20z", "07904172583",
    *("TWlhIFF1aWxsYXJ0aCB6", "IFF1aWxsYXJ0aCA=", "UXVpbGxhcnRoIHo="),
])  # fmt: skip
def test_the_search_finds_a_canary_however_it_is_written(shown: str):
    assert found_in(f"a line with {shown} in it".encode())
    assert not found_in(b"a line with Quill and 0790 in it")
    assert len(searching.FORMS) > 10
