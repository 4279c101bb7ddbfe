"""What is hidden from somebody answers as what does not exist: the same status, words, headers."""

import re

import pytest

from tests.journeys import addresses
from tests.journeys.area import STRANGER
from tests.journeys.caller import Answer, Caller
from tests.journeys.site import Site

# What anybody who may act here sees: which places have a name, that a panel sits and when it
# meets; not what it hears. Whoever asks to change it is refused, which says no more.
SHOWN = {
    "places:place", "panels:panel", "panels:plan", "panels:meeting", "panels:minutes",
    "panels:minutes-word", "panels:build", "panels:cancel", "panels:hold", "panels:present",
}  # fmt: skip
NOT_SAID = {"date", "set-cookie", "x-request-id"}  # differ between any two answers
ITS_OWN = re.compile(
    rb'[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|name="csrfmiddlewaretoken" '
    rb'value="\w+"|\d\d:\d\d'
)


@pytest.fixture(scope="module")
def stranger(site: Site) -> Caller:
    """Somebody with whom nothing is shared."""
    return Caller(site.address).sign_in(STRANGER)


def _named(value: object) -> str:
    return value if isinstance(value, str) else ""


@pytest.mark.parametrize(("name", "given"), addresses.with_uuids(), ids=_named)
def test_hidden_is_absent(site: Site, stranger: Caller, name: str, given: dict[str, object]):
    hidden = addresses.filled(name, given, site.administrator)
    absent = addresses.filled(name, given, site.administrator, absent=True)
    assert hidden, f"The area has no record to hide for {name}"
    if name in SHOWN:
        assert stranger.get(absent).status in (404, 405)
        return
    for ask in (stranger.get, lambda path: stranger.post(path, _proof(stranger))):
        assert said(ask(hidden)) == said(ask(absent))


def said(answer: Answer) -> tuple[int, dict[str, str], bytes]:
    """Everything an answer says, but for what names itself."""
    headers = {name: value for name, value in answer.headers.items() if name not in NOT_SAID}
    body = ITS_OWN.sub(b"...", answer.body)
    return answer.status, headers, body


def _proof(caller: Caller) -> list[tuple[str, str]]:
    return [("csrfmiddlewaretoken", caller.cookies["csrftoken"])]
