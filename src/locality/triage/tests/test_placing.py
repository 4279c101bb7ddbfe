"""A place in words becomes a named place, and the case is about it; or the concern is withdrawn."""

from uuid import uuid4

import pytest

from locality.cases import reads as cases
from locality.intake import reads as intake
from locality.intake import services as intake_services
from locality.intake.tests.given import raised
from locality.kit.errors import Refused
from locality.places import reads as places
from locality.places import services as place_services
from locality.places.models import Area, Place
from locality.sharing.acting import acting
from locality.triage import reads, services
from locality.triage.models import Looking
from locality.triage.tests.test_pages import SIGNPOST, TYPED, opening
from locality.triage.tests.test_services import decision
from locality.triage.words import Asked
from tests.world import World, as_owner


@pytest.fixture(autouse=True)
def addresses(settings):
    settings.ROOT_URLCONF = "locality.triage.tests.addresses"


@pytest.fixture
def client(world: World):
    return world.client("screener")


@pytest.fixture
def ward(world: World):
    """A ward that is loaded, and taken away afterwards."""
    area = {"kind": "ward", "name": "Thistledown", "vintage": 2021}
    with as_owner():
        Area.objects.using("owner").create(code="E05999999", **area)
    yield "E05999999"
    with as_owner():
        Area.objects.using("owner").filter(code="E05999999").delete()


def withdrawn(world: World):
    """A concern that its reporter took back."""
    made = raised(world.teacher)
    intake_services.withdraw(by=world.teacher, concern_id=made.pk, why="The wrong child.")
    return made


def test_a_place_in_words_is_looked_for_added_and_the_case_is_about_it(world: World, client):
    before = raised(world.nurse, people=(), place_says="Quarry Steps, after dark")
    made = raised(world.teacher, people=(), place_says="Quarry Steps")
    pane = client.get(f"/queue/{made.pk}/?sort=raised").content.decode()
    assert f"/queue/{made.pk}/place/?sort=raised" in pane
    assert f"/queue/{made.pk}/open/" not in pane
    address = f"/queue/{made.pk}/place/?sort=raised"
    assert 'value="Quarry Steps"' in client.get(address).content.decode()
    found = client.post(address, {"do": "find place", "words": "Quarry Steps"}).content.decode()
    assert "No named place" in found and "Add this place" in found
    added = client.post(address, {"do": "add place", "name": "Quarry Steps", "kind": "street"})
    assert added.headers["Location"] == f"/queue/{made.pk}/?sort=raised"
    with acting(world.screener):
        (place,) = places.find_places("quarry steps")
    again = client.post(f"/queue/{before.pk}/place/", {"do": "find place", "words": "quarry"})
    assert str(place.pk) in again.content.decode()
    client.post(f"/queue/{before.pk}/place/", {"do": "choose place", "place": str(place.pk)})
    pane = client.get(f"/queue/{made.pk}/").content.decode()
    assert f"/concerns/{before.pk}/read/" in pane and f"/queue/{made.pk}/open/" in pane
    assert client.post(f"/queue/{made.pk}/open/", opening(world)).status_code == 302
    with acting(world.lead):
        (case,) = cases.cases_about([], place.pk)
        assert made.pk in case.concerns
    linking = client.get(f"/queue/{before.pk}/link/").content.decode()
    assert case.reference in linking


def test_a_whole_neighbourhood_may_be_meant_and_is_named_once(world: World, client, ward):
    made, other = (raised(world.teacher, people=(), place_says="Everywhere") for _ in range(2))
    for one in (made, other):
        address = f"/queue/{one.pk}/place/"
        found = client.post(address, {"do": "find place", "words": "thistle"}).content.decode()
        assert "Thistledown" in found and "the whole ward" in found
        answer = client.post(address, {"do": "choose area", "area": ward})
        assert answer.status_code == 302
    with acting(world.screener):
        (place,) = Place.objects.filter(area_code=ward)
        assert intake.concern(made.pk).where == intake.concern(other.pk).where == place.pk


@pytest.mark.parametrize("do", ["find place", "add place", "choose place", "choose area"])
def test_whatever_is_typed_about_a_place_is_refused_in_words_or_kept_as_text(
    world: World, client, do
):
    made = raised(world.teacher, people=(), place_says="Alder Row")
    for kind, typed in TYPED.items():
        boxes = {"words": typed, "name": typed, "place": typed, "area": typed, "kind": "park"}
        answer = client.post(f"/queue/{made.pk}/place/", {"do": do, **boxes})
        assert answer.status_code in (200, 302, 404, 422), kind
        assert b"<script>alert" not in answer.content
        if do.startswith("choose"):
            assert answer.status_code == 404, kind
        elif kind in ("control", "bell", "long", "spaces", "missing"):
            assert answer.status_code == 422 and b"There is a problem" in answer.content, kind
    wrong = client.post(f"/queue/{made.pk}/place/", {"do": "add place", "name": "x", "kind": "y"})
    assert wrong.status_code == 422


def test_nobody_else_finds_the_page_that_names_a_place(world: World):
    made = raised(world.teacher, people=(), place_says="Alder Row")
    for name in ("teacher", "lead", "nurse", "stranger"):
        other = world.client(name)
        pages = [other.get(f"/queue/{one}/place/") for one in (made.pk, uuid4())]
        assert [one.status_code for one in pages] == [404, 404]
        assert pages[0].content == pages[1].content


def test_once_decided_or_withdrawn_its_place_is_named_no_more(world: World):
    place = place_services.add_place(by=world.nurse, name="Alder Park", kind="park")
    made = raised(world.teacher, place_says="The park")
    services.screen(by=world.screener, concern_id=made.pk, decision=decision())
    for one in (made, withdrawn(world)):
        with pytest.raises(Refused, match="Nothing was changed"):
            services.name_place(by=world.screener, concern_id=one.pk, place_id=place.pk)


def test_a_withdrawn_concern_leaves_the_queue_and_shows_with_its_reason(world: World, client):
    made = withdrawn(world)
    assert made.reference not in client.get("/queue/").content.decode()
    shown = client.get("/queue/?show=withdrawn").content.decode()
    assert made.reference in shown
    pane = client.get(f"/queue/{made.pk}/?show=withdrawn").content.decode()
    assert "Withdrawn by Amrit Vale" in pane and "The wrong child." in pane
    assert "What happens now?" not in pane
    late = client.post(f"/queue/{made.pk}/signpost/", SIGNPOST)
    assert late.status_code == 409 and "withdrew this" in late.content.decode()
    with acting(world.screener):
        assert made.pk not in [one.url_args[0] for one in reads.to_do(world.screener)]
        assert not Looking.objects.filter(concern=made.pk).exists()
        for asked in (Asked.WAITING, Asked.OVERDUE, Asked.REPEATS, Asked.DECIDED):
            assert made not in reads.queue(world.front_door, asked)


def test_what_a_reporter_adds_meanwhile_is_read_before_anybody_decides(world: World, client):
    made = raised(world.teacher)
    client.get(f"/queue/{made.pk}/signpost/")
    intake_services.add_more(by=world.teacher, concern_id=made.pk, text="Now a bruise as well.")
    late = client.post(f"/queue/{made.pk}/signpost/", {**SIGNPOST, "seen": "0"})
    text = late.content.decode()
    assert late.status_code == 422 and "has added to this" in text
    assert "Now a bruise as well." in text and 'name="seen" value="1"' in text
    assert client.post(f"/queue/{made.pk}/signpost/", {**SIGNPOST, "seen": "1"}).status_code == 302


def test_the_queue_remembers_its_filters_and_says_so_until_they_are_taken_away(
    world: World, client
):
    made = raised(world.teacher)
    client.get("/queue/?show=overdue&sort=-raised&page=1&q=Fielding")
    back = client.get("/queue/")
    assert back.headers["Location"] == "/queue/?show=overdue&sort=-raised"
    shown = client.get("/queue/?show=overdue&sort=-raised").content.decode()
    assert "Showing only" in shown and "/queue/?sort=-raised" in shown
    assert "No concern you may see is like that." in shown
    assert made.reference in client.get("/queue/?show=waiting").content.decode()
    assert "Showing only" not in client.get("/queue/?show=waiting").content.decode()


def test_a_withdrawal_of_the_last_days_is_said_on_the_queue(world: World, client):
    with acting(world.screener):
        before = reads.withdrawn_lately(world.front_door)
    withdrawn(world)
    with acting(world.screener):
        assert reads.withdrawn_lately(world.front_door) == before + 1
    assert "in the last seven days: read why" in client.get("/queue/").content.decode()
