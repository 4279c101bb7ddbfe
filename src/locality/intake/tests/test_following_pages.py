"""Pages for adding to a concern, withdrawing it and saying where it was."""

from uuid import UUID, uuid4

import pytest

from locality.intake import reads, services
from locality.intake.models import Addition, Withdrawal
from locality.intake.tests.given import answers, raised
from locality.intake.tests.test_pages import REFUSED, TYPED, begun
from locality.intake.words import Stage
from locality.places import services as places
from locality.sharing.acting import acting
from tests.world import World


@pytest.fixture(autouse=True)
def addresses(settings):
    settings.ROOT_URLCONF = "locality.intake.tests.addresses"


def test_a_reporter_adds_to_a_concern_and_then_withdraws_it(world: World):
    made, client = raised(world.teacher), world.client("teacher")
    receipt = client.get(f"/concerns/{made.pk}/").content.decode()
    assert f"/concerns/{made.pk}/add/" in receipt and f"/concerns/{made.pk}/withdraw/" in receipt
    assert b"call 999" in client.get(f"/concerns/{made.pk}/add/").content
    done = client.post(f"/concerns/{made.pk}/add/", {"text": "And a cough."})
    assert done.headers["Location"] == f"/concerns/{made.pk}/"
    assert b"And a cough." in client.get(f"/concerns/{made.pk}/read/").content
    assert b"Nothing is deleted" in client.get(f"/concerns/{made.pk}/withdraw/").content
    client.post(f"/concerns/{made.pk}/withdraw/", {"why": "The wrong child."})
    receipt = client.get(f"/concerns/{made.pk}/").content.decode()
    assert "Withdrawn." in receipt and "The wrong child." in receipt
    assert f"/concerns/{made.pk}/withdraw/" not in receipt
    read = world.client("screener").get(f"/concerns/{made.pk}/read/").content.decode()
    assert "Withdrawn by Amrit Vale" in read and "And a cough." in read


@pytest.mark.parametrize("name", ["add", "withdraw"])
def test_once_it_is_decided_the_page_says_why_not_and_whom_to_ring(world: World, name):
    made, client = raised(world.teacher), world.client("teacher")
    services.tell_reporter(by=world.screener, concern_id=made.pk, stage=Stage.SIGNPOSTED)
    said = client.get(f"/concerns/{made.pk}/{name}/").content.decode()
    assert "can no longer be" in said and "01632 960000" in said and "<textarea" not in said
    late = client.post(f"/concerns/{made.pk}/{name}/", {"why": "Twice.", "text": "More."})
    assert late.status_code == 409 and b"01632 960000" in late.content
    assert "01632 960000" in client.get(f"/concerns/{made.pk}/").content.decode()


@pytest.mark.parametrize("name", ["add", "withdraw"])
def test_nobody_else_finds_these_pages(world: World, name):
    made = raised(world.teacher)
    for other in ("screener", "nurse", "stranger"):
        client = world.client(other)
        for method in (client.get, client.post):
            pages = [method(f"/concerns/{one}/{name}/") for one in (made.pk, uuid4())]
            assert [one.status_code for one in pages] == [404, 404]
            assert pages[0].content == pages[1].content


@pytest.mark.parametrize(("name", "box"), [("add", "text"), ("withdraw", "why")])
@pytest.mark.parametrize("kind", [*REFUSED, "spaces"])
def test_what_cannot_be_read_is_refused_in_words_and_nothing_is_kept(world: World, name, box, kind):
    made = raised(world.teacher)
    answer = world.client("teacher").post(f"/concerns/{made.pk}/{name}/", {box: TYPED[kind]})
    assert answer.status_code == 422 and b"There is a problem" in answer.content
    with acting(world.teacher):
        assert not Addition.objects.filter(concern=made.pk).exists()
        assert not Withdrawal.objects.filter(receipt=made.pk).exists()


def test_a_place_is_looked_for_and_chosen_and_may_be_taken_out(world: World):
    park = places.add_place(by=world.nurse, name="Alder Park", kind="park", street="Alder Lane")
    client = world.client("teacher")
    draft = f"/concerns/drafts/{begun(client)}"
    found = client.post(f"{draft}/who/", {"do": "find place", "place_words": "alder"})
    assert "Alder Park, Alder Lane" in found.content.decode()
    assert "alder" not in found.headers.get("Location", "")
    chosen = client.post(f"{draft}/who/", {"do": "choose place", "place": str(park.pk)})
    assert chosen.headers["Location"] == f"{draft}/who/"
    assert "Alder Park, Alder Lane" in client.get(f"{draft}/check/").content.decode()
    onward = client.post(f"{draft}/who/", {"place_says": ""})
    assert onward.headers["Location"] == f"{draft}/noticed/"
    client.post(f"{draft}/who/", {"do": "leave place"})
    assert client.post(f"{draft}/who/", {"place_says": ""}).status_code == 422
    for place in (uuid4(), "x", ""):
        answer = client.post(f"{draft}/who/", {"do": "choose place", "place": str(place)})
        assert answer.status_code == 404
    for area in ("E1", "", "'; --"):
        answer = client.post(f"{draft}/who/", {"do": "choose area", "area": area})
        assert answer.status_code == 404


@pytest.mark.parametrize("words", ["", "a", " - ", "\x00\x07", "A" * 11_000])
def test_too_little_or_unreadable_words_for_a_place_are_refused(world: World, words):
    client = world.client("teacher")
    address = f"/concerns/drafts/{begun(client)}/who/"
    answer = client.post(address, {"do": "find place", "place_words": words})
    assert answer.status_code == 422 and b"There is a problem" in answer.content


def test_a_place_that_is_not_found_is_said_in_words_which_come_along(world: World):
    client = world.client("teacher")
    address = f"/concerns/drafts/{begun(client)}/who/"
    answer = client.post(address, {"do": "find place", "place_words": "Quarry Steps"})
    text = answer.content.decode()
    assert "No named place or neighbourhood" in text and 'value="Quarry Steps"' in text


def test_a_raised_concern_about_a_chosen_place_is_about_that_place(world: World):
    park = places.add_place(by=world.nurse, name="Alder Park", kind="park")
    draft = services.save_draft(by=world.teacher, answers=answers(people=[], place=str(park.pk)))
    done = world.client("teacher").post(f"/concerns/drafts/{draft.pk}/check/")
    made = UUID(done.headers["Location"].split("/")[2])
    with acting(world.screener):
        assert reads.concern(made).where == park.pk


def test_somebody_new_is_named_only_after_looking_for_exactly_them(world: World):
    client = world.client("teacher")
    draft_id = begun(client)
    address, new = f"/concerns/drafts/{draft_id}/who/", {"family_name": "Oakes"}
    first = client.post(address, {"do": "name", **new})
    assert first.status_code == 200 and b"Is it one of these?" in first.content
    other = client.post(address, {"do": "name", "family_name": "Elmes"})
    assert other.status_code == 200 and b"Is it one of these?" in other.content
    assert client.post(address, {"do": "name", "family_name": "Elmes"}).status_code == 302
    with acting(world.teacher):
        assert [one["family_name"] for one in reads.draft(draft_id).answers["people"]] == ["Elmes"]


def test_each_part_of_the_page_is_kept_as_it_is_written_and_one_empties_no_other(world: World):
    client = world.client("teacher")
    draft = f"/concerns/drafts/{begun(client)}"
    client.post(f"{draft}/save/who/", {"family_name": "Oak", "born-day": "3"})
    client.post(f"{draft}/save/who/", {"known_as": "a boy"})
    client.post(f"{draft}/save/who/", {"place_says": "By the bins"})
    page = client.get(f"{draft}/who/").content.decode()
    for said in ("Oak", "a boy", "By the bins"):
        assert f'value="{said}"' in page
    client.post(f"{draft}/who/", {"do": "describe", "known_as": "a boy"})
    page = client.get(f"{draft}/who/").content.decode()
    assert 'value="By the bins"' in page and 'value="Oak"' not in page
