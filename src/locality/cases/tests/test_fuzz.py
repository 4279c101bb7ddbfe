"""Whatever is sent to a form, the answer says how to fix it: never a 500, and nothing is kept."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from locality.cases.models import Action, Case, Goal, Need, Note, Request, Review
from locality.cases.tests.test_pages import full  # noqa: F401 - a fixture
from locality.sharing.acting import acting
from locality.sharing.models import Disclosure, Member
from tests.world import World

pytestmark = pytest.mark.usefixtures("site")

NASTY = st.one_of(
    st.sampled_from([
        "", " ", "\x00", "a\x00b", "\x1b[31m", "‮evil", "🙂" * 300, "x" * 20_000, "-1", "0",
        "99999999999999999999", "<script>alert(1)</script>", "'; DROP TABLE cases_case; --",
        "{{ 7*7 }}", "null", "[]", "2026-13-45", "\ud7ff", "NaN", "1e999", "../../etc",
    ]),
    st.text(max_size=40),
)  # fmt: skip
FIELDS = [
    "title", "why", "own_words", "version", "says", "heading", "measure", "due", "due-day", "who",
    "due-month", "due-year", "state", "result", "grade", "held_on", "next_on-year", "text",
    "category", "marking", "share", "gateway", "necessity", "until", "agency_id", "question",
    "answer", "answer_by", "refused_why", "post_id", "part", "closing", "tell", "review_on",
]  # fmt: skip
ONE_REASON = ("/reopen/", "/call-off/", "/remove/", "/withdraw/")  # any text is a reason
TABLES = (Case, Need, Goal, Action, Note, Request, Review, Disclosure, Member)


@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(said=st.dictionaries(st.sampled_from(FIELDS), NASTY, max_size=8))
def test_nonsense_is_answered_with_a_sentence(world: World, full: dict, said: dict):  # noqa: F811
    client = world.client("lead")
    with acting(world.lead):
        before = [list(table.objects.order_by("pk").values()) for table in TABLES]
    for address in full["pages"]:
        reasons = ("why",) if any(one in address for one in ONE_REASON) else ("says", "result")
        sent = {name: text for name, text in said.items() if name not in reasons}
        answer = client.post(address, sent)
        assert 400 <= answer.status_code < 500, (address, answer.status_code)
        if answer.status_code == 422:
            assert b"There is a problem" in answer.content, address
    with acting(world.lead):
        assert before == [list(table.objects.order_by("pk").values()) for table in TABLES]


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(said=st.dictionaries(
    st.sampled_from(["whose", "state", "review", "sort", "page", "kind", "format"]), NASTY,
    max_size=5,
))  # fmt: skip
def test_nonsense_in_the_address_narrows_nothing(world: World, full: dict, said: dict):  # noqa: F811
    client = world.client("lead")
    for address in ("/cases/", "/cases/asked/", f"/cases/{full['case'].pk}/timeline/"):
        assert client.get(address, said).status_code == 200
