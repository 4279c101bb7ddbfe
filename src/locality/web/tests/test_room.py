"""When the disk runs full people go on reading, writes are refused clearly, and nothing is lost."""

import os
import re
import sys
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from locality.sharing.models import Consultation
from locality.web.running import serving
from locality.web.running.cluster import Cluster
from locality.web.running.room import FLOOR, Room, measure, tend
from tests.filling.disk import live, small_disk
from tests.world import World

WORDS = "They came without a coat again, and the lights at home were off when we rang."
TOO_LARGE = 10**18  # a reserve so large that any disk is low
sizes = st.integers(0, 10 * FLOOR)
rooms = st.builds(Room, sizes, sizes, st.integers(FLOOR, 10 * FLOOR))


@pytest.fixture
def low(settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A disk that is nearly full: this machine's, measured against a reserve larger than it."""
    monkeypatch.delenv("LOCALITY_DATABASE_URL", raising=False)
    settings.RESERVE, settings.VAR = TOO_LARGE, tmp_path


@given(rooms)
def test_letting_the_reserve_go_lets_nobody_write_more(room: Room):
    gone = Room(room.free + room.held, 0, room.reserve)
    assert (gone.is_low, gone.is_none) == (room.is_low, room.is_none)
    assert not (room.must_let_go and room.may_be_held)
    assert room.is_low or not room.is_none


@given(rooms)
def test_while_the_reserve_is_let_go_nothing_else_is_written(room: Room):
    held = Room(room.free, room.reserve, room.reserve)
    assert held.is_low or not held.must_let_go


def test_the_reserve_takes_up_room_and_gives_it_back(tmp_path):
    made = Cluster(tmp_path)
    made.files.mkdir()
    size = FLOOR
    held = tend(made, size)
    assert held.held >= size and (tmp_path / "reserve").stat().st_blocks * 512 >= size
    assert tend(made, size).held == held.held
    assert measure(made, TOO_LARGE).is_low
    assert tend(made, TOO_LARGE).held == 0, "it is needed, and still held"
    assert tend(made, TOO_LARGE).held == 0, "it is held again with no room for it"


def test_what_is_refused_comes_back_in_a_form(world: World, low: None):
    client = world.client("teacher")
    hidden = {"password": "never shown to anybody", "passphrase": "three herons by the old weir"}
    sent = {"danger": "no", "said": f"{WORDS} <b>&", **hidden}
    before = Consultation.objects.using("owner").count()
    answer = client.post("/concerns/raise/", sent)
    says = answer.content.decode()
    assert answer.status_code == 507
    assert "nothing that was saved before is lost" in says and "call 999" in says
    (given_back,) = re.findall(r'<textarea[^>]*name="said"[^>]*>(.*?)</textarea>', says, re.DOTALL)
    assert unescape(given_back).strip() == sent["said"]
    assert '<input type="hidden" name="danger" value="no">' in says
    assert 'action="/concerns/raise/"' in says and not any(one in says for one in hidden.values())
    assert Consultation.objects.using("owner").count() == before


def test_another_sites_words_never_stand_in_a_form_of_ours(world: World, low: None):
    client = world.client("teacher", enforce_csrf_checks=True)
    answer = client.post("/concerns/raise/", {"said": WORDS})
    assert answer.status_code == 507
    says = answer.content.decode()
    assert "Nothing of this was saved" in says
    assert not any(one in says for one in (WORDS, "<textarea", "What you wrote is still here"))


def test_reading_searching_and_emergencies_go_on(world: World, low: None):
    client = world.client_of(world.new_actor("health", "clinician", "Wanda Fell"))
    assert client.get("/").status_code == 200
    assert client.post("/people/", {"family_name": "Nobody"}).status_code in (200, 422)
    asked = {
        "given_names": "No", "family_name": "Body", "born-day": "1", "born-month": "2",
        "born-year": "1990",
        "reason": "She rang and said that he is at the door with a knife.",
    }  # fmt: skip
    assert client.post("/people/emergency/", asked).status_code == 302
    assert client.post("/no/such/page/").status_code == 404
    assert client.post("/concerns/raise/", {"danger": "no"}).status_code == 507


@pytest.mark.django_db
def test_the_health_page_says_how_much_is_left(low: None):
    answer = Client().get("/healthz")
    assert answer.status_code == 200
    assert re.search(r"nearly full: [\d,]+ MB are left", answer.content.decode())


def test_the_operator_is_told_once_and_again_when_there_is_room(
    low: None, settings: Any, capsys: pytest.CaptureFixture[str]
):
    said = serving._say_room("")
    assert "The disk is nearly full" in capsys.readouterr().err
    assert serving._say_room(said) and not capsys.readouterr().err
    settings.RESERVE = FLOOR
    assert serving._say_room(said) == ""
    assert "The disk has room again" in capsys.readouterr().err


if os.geteuid() == 0 and sys.platform == "linux":  # only root can make a disk to fill

    @pytest.fixture(scope="module")
    def steps() -> dict[str, dict[str, Any]]:
        """What somebody was answered while a disk of their own ran full."""
        with small_disk(900) as disk:
            return {one["step"]: one for one in live(disk, "steps", reserve=100)}

    @pytest.mark.parametrize(
        ("step", "read", "looks", "sent", "well"),
        [
            ("plenty", 200, 1, 302, 200), ("low", 200, 1, 507, 200), ("reserve", 200, 1, 507, 200),
            ("none", 507, 0, 507, 503), ("room again", 200, 1, 302, 200),
        ],
    )  # fmt: skip
    def test_nothing_is_read_without_its_look_nor_written_by_half(
        steps: dict[str, dict[str, Any]], step: str, read: int, looks: int, sent: int, well: int
    ):
        found = steps[step]
        assert (found["read"], found["looked"], found["sent"]) == (read, looks, sent)
        assert found["well"][0] == well
        assert bool(found["written"]) == (sent == 302), found["written"]
        assert (WORDS in found["says"]) == (sent == 507)

    def test_the_reserve_is_let_go_and_held_again(steps: dict[str, dict[str, Any]]):
        held = {name: one["room"][1] for name, one in steps.items() if "room" in one}
        assert held["plenty"] == held["low"] == held["room again"] >= 100_000_000
        assert held["reserve"] == held["none"] == 0

    def test_postgresqls_own_word_that_the_disk_is_full_is_answered_the_same(
        steps: dict[str, dict[str, Any]],
    ):
        found = steps["bluntly"]
        assert found["last"] == 507 and WORDS in found["says"]
        assert found["kept"] == found["done"], "something refused was kept, or kept was refused"
        assert found["again"] == 302 and not found["crashed"] and found["found"] == []
