"""The log says what went wrong and where, and nothing that anybody typed."""

import json
import logging
import sys

import pytest
from django.db import connections
from django.test import RequestFactory
from django.urls import resolve
from hypothesis import given
from hypothesis import strategies as st

from locality.sharing.roles import QUIET
from locality.web.running.logs import Allowed
from tests.world import World

KEYS = {"at", "level", "from", "process", "status", "method", "page", "task", "job", "error",
        "where"}  # fmt: skip
SECRET = "Kittiwake"


def line(message: str, *args: object, error: Exception | None = None, **extra: object) -> str:
    """What the log says of one record."""
    raised = None
    if error is not None:
        try:
            raise error
        except Exception:
            raised = sys.exc_info()
    record = logging.LogRecord("django.request", logging.ERROR, "x.py", 1, message, args, raised)
    record.__dict__.update(extra)
    return Allowed().format(record)


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=30))
def test_whatever_was_typed_is_in_no_line(typed: str):
    marked = f"{SECRET}{typed}"
    request = RequestFactory().post(f"/people/?q={SECRET}", {"family_name": marked})
    request.resolver_match = resolve("/people/")
    said = line(
        f"{marked} %s", marked, error=ValueError(marked), request=request, status_code=500,
        job={"task_name": "intake.clear_drafts", "id": 7, "task_kwargs": {"name": marked}},
        name_of_somebody=marked,
    )  # fmt: skip
    assert SECRET not in said and "\n" not in said
    assert set(json.loads(said)) <= KEYS


def test_what_cannot_be_known_beforehand_is_left_out():
    request = RequestFactory().generic(SECRET.upper(), "/people/")
    job = {"task_name": f"{SECRET} x", "id": SECRET}
    said = line("x", request=request, status_code={SECRET}, job=job)
    assert SECRET.lower() not in said.lower()


def test_it_says_which_page_failed_how_and_where():
    request = RequestFactory().get("/people/")
    request.resolver_match = resolve("/people/")
    said = json.loads(line("x", error=KeyError("x"), request=request, status_code=500))
    assert (said["page"], said["status"], said["method"]) == ("people:search", 500, "GET")
    assert said["error"] == "builtins.KeyError" and said["where"][-1].startswith("test_logs.py:")
    assert (
        json.loads(line("x", job={"task_name": "sharing.seal", "id": 3}))["task"] == "sharing.seal"
    )


REFUSED = {  # what no page of ours sends, or a rule forbids: the page it is sent to, and the answer
    "/people/": ("people:search", 422),
    "/people/new/": ("people:add", 422),
    "/partners/requests/new/": ("sharing:log-subject-request", 409),
    "/people/nobody/": (None, 404),
    "/partners/holds/": ("sharing:holds", 405),
}


@pytest.mark.parametrize("path", REFUSED)
def test_input_that_was_refused_is_an_event_without_its_words(world: World, caplog, path: str):
    name, status = REFUSED[path]
    assert world.client("lead").post(path, {"q": f"{SECRET}\x01"}).status_code == status
    lines = [json.loads(Allowed().format(record)) for record in caplog.records]
    (event,) = [one for one in lines if one.get("status") == status]
    assert (event.get("page"), event["method"], event["level"]) == (name, "POST", "warning")
    assert set(event) <= KEYS and SECRET not in json.dumps(lines)


@pytest.mark.parametrize("alias", ["default", "log", "owner"])
def test_the_server_writes_neither_what_failed_nor_its_values(world: World, alias: str):
    with connections[alias].cursor() as cursor:
        for name, value in QUIET.items():
            cursor.execute(f"SHOW {name}")
            assert cursor.fetchone() == (value,), name
