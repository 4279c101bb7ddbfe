"""How it ends when it does not go well: once, for every view and every command."""

import click
import pytest
from click.testing import CliRunner
from django.core.exceptions import RequestDataTooBig
from django.test import Client, RequestFactory, override_settings

from locality.kit.errors import BadInput, NotHere, Refused
from locality.ui import endings
from locality.ui.terminal import Endings


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False)


def test_a_refusal_says_the_reason_the_rule_and_that_nothing_changed(client):
    answer = client.get("/refused")
    assert answer.status_code == 409
    for words in ("Two core agencies are not present.", "panels.not_quorate", "Nothing has been"):
        assert words in answer.content.decode()


def test_a_refusal_to_htmx_is_only_the_part(client):
    answer = client.get("/refused", headers={"HX-Request": "true"})
    assert answer.status_code == 409
    assert b"<html" not in answer.content


def test_going_back_never_leads_to_another_site(client):
    evil = client.get("/refused", headers={"Referer": "https://evil.example/x"})
    ours = client.get("/refused", headers={"Referer": "http://testserver/queue"})
    assert b"evil.example" not in evil.content
    assert b'href="http://testserver/queue"' in ours.content


def test_hidden_and_unknown_are_the_same_bytes_and_the_same_headers(client):
    hidden, unknown = client.get("/hidden"), client.get("/nothing/at/all")
    assert (hidden.status_code, unknown.status_code) == (404, 404)
    assert hidden.content == unknown.content
    assert dict(hidden.headers) == dict(unknown.headers)


@pytest.mark.parametrize(
    ("path", "status", "says"),
    [
        ("/unreadable", 400, "This could not be read"),
        ("/bug", 500, "something went wrong"),
        ("/too-big", 413, "That is too big"),
        ("/csrf", 403, "Send that again"),
    ],
)
def test_each_ending_has_its_page_and_knows_nobody(client, path, status, says):
    answer = client.get(path)
    assert answer.status_code == status
    assert says in answer.content.decode()
    assert "Amina" not in answer.content.decode()


@override_settings(LOCALITY_HELP="the Aldermoor team, 01632 960001")
def test_what_goes_wrong_says_whom_to_ring():
    for ending in (endings.broken, endings.csrf_failure, endings.bad_request):
        said = ending(RequestFactory().get("/")).content.decode()
        assert "tell the Aldermoor team, 01632 960001." in said


def test_a_form_without_its_key_gets_the_friendly_page():
    answer = Client(enforce_csrf_checks=True).post("/shortcuts", {})
    assert answer.status_code == 403
    assert "Send that again" in answer.content.decode()


def test_too_much_data_is_413_even_when_the_framework_refuses_it():
    answer = endings.bad_request(RequestFactory().get("/"), RequestDataTooBig())
    assert answer.status_code == 413


@pytest.mark.parametrize(
    ("ending", "status", "says"),
    [
        (BadInput("line 3 has no date"), 2, "line 3 has no date"),
        (Refused("x.y", "Not without a chair."), 3, "Not without a chair."),
        (NotHere(), 4, "There is no such record"),
    ],
)
def test_a_command_ends_with_the_status_of_its_ending_and_one_line(ending, status, says):
    @click.group(cls=Endings)
    def group() -> None:
        """A group."""

    @group.command()
    def act() -> None:
        raise ending

    done = CliRunner().invoke(group, ["act"])
    assert done.exit_code == status
    assert says in done.output
    assert len(done.output.strip().splitlines()) == 1
