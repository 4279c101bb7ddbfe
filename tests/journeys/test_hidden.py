"""What is hidden from somebody answers as what does not exist: the same status, words, headers."""

from random import Random

import pytest
from psycopg.conninfo import conninfo_to_dict

from tests.hiding.comparing import ASKED, difference, everybody, said, table_of
from tests.journeys import addresses
from tests.journeys.area import STRANGER
from tests.journeys.caller import Caller
from tests.journeys.site import Site, environment

# What anybody who may act here sees: which places have a name, what agencies have agreed, that a
# panel sits and when it meets; not what it hears. Whoever asks to change it is refused, which says
# no more.
SHOWN = {
    "places:place", "panels:panel", "panels:plan", "panels:meeting", "panels:minutes",
    "panels:minutes-word", "panels:build", "panels:cancel", "panels:hold", "panels:present",
    "sharing:agreement",
}  # fmt: skip

# Of these everybody who may act here sees all; "" is no record.
NOT_HIDDEN = {
    "sharing_agreement",
    "sharing_post",
    "places_place",
    "panels_panel",
    "panels_meeting",
    "",
}


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


def _proof(caller: Caller) -> list[tuple[str, str]]:
    return [("csrfmiddlewaretoken", caller.cookies["csrftoken"])]


def test_whoever_asks_is_told_the_same_of_what_is_hidden_and_of_what_is_not_there(site: Site):
    database = conninfo_to_dict(site.administrator)["dbname"]
    found = everybody(site, environment(site.administrator, database, site.folder))
    random = Random(1)
    pairs = list(found.pairs(random))
    assert len({pair.who for pair in pairs}) > 20 and len({pair.name for pair in pairs}) > 95
    named = {table_of(name, one) for name, given in addresses.with_uuids() for one in given}
    assert named - {pair.kind for pair in pairs} <= NOT_HIDDEN
    apart = [
        difference(found.callers[pair.who], pair, random.choice(ASKED))
        for pair in random.sample(pairs, 400)
    ]
    assert not any(apart), "\n".join(filter(None, apart))
