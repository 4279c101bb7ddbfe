"""The pages about people, as somebody uses them: nothing hidden shows, nothing wrong is kept."""

import re
from uuid import uuid4

import pytest

from locality.people import reads, services
from locality.people.models import Record
from locality.people.tests.given import somebody
from locality.sharing import services as sharing
from locality.sharing.acting import acting
from locality.sharing.models import Consultation
from locality.sharing.words import Marking
from tests.world import World

NOBODY = "No record you may see matches what you typed."
# What people and attackers type: each is either refused with words or kept as plain text.
TYPED = {
    "control": "A\x00sh", "bell": "A\x07sh", "long": "A" * 6000, "right to left": "\u202eעדי",
    "emoji": "👩‍🏫 Ash", "script": "<script>alert(1)</script>", "sql": "'; DROP TABLE people; --",
    "percent": "%s%(x)d{{ form }}", "spaces": "   ",
}  # fmt: skip


@pytest.fixture(autouse=True)
def addresses(settings):
    settings.ROOT_URLCONF = "locality.people.tests.addresses"


def plain(answer) -> str:
    """A page without what differs every time: its keys for forms."""
    return re.sub(r'value="[A-Za-z0-9]{64}"', "", answer.content.decode())


def test_a_search_shows_sentences_with_reasons_and_leaves_the_name_out_of_the_address(world: World):
    made = somebody(world.teacher, postcode="WS1 1AB")
    answer = world.client("teacher").post(
        "/people/", {"given_names": "Ashe", "family_name": "Fielding", "postcode": "ws11ab"}
    )
    text = answer.content.decode()
    assert answer.status_code == 200
    assert f"/people/{made.person_id}/" in text and "the same postcode" in text
    assert "Aldermoor school" in text
    assert "Ashe" not in answer.wsgi_request.get_full_path()


def test_the_one_box_on_every_page_searches_only_by_post(world: World):
    made, client = somebody(world.teacher), world.client("teacher")
    found = client.post("/people/", {"q": "Ash Fielding"}).content.decode()
    assert f"/people/{made.person_id}/" in found and 'value="Fielding"' in found
    assert str(made.person_id) not in client.get("/people/?q=Ash+Fielding").content.decode()
    assert client.post("/people/", {"q": "A\x00"}).status_code == 422


def test_what_is_hidden_is_the_same_page_as_what_is_not_there(world: World):
    client, sought = world.client("officer"), {"given_names": "Ash", "family_name": "Fielding"}
    before = plain(client.post("/people/", sought))
    made = somebody(world.teacher)
    with acting(world.officer):
        sealed = somebody(world.officer, marking=Marking.SEALED)
    after = plain(client.post("/people/", sought))
    assert NOBODY in before and before == after
    unknown = uuid4()
    for hidden in (made, sealed):
        for address in ("/people/{}/", "/people/{}/own-record/"):
            answers = [client.get(address.format(one)) for one in (hidden.person_id, unknown)]
            assert [one.status_code for one in answers] == [404, 404]
            pages = [plain(one) for one in answers]
            assert pages[0].replace(str(hidden.person_id), "") == pages[1].replace(str(unknown), "")
        for address in ("correct", "contact", "same-as"):
            ids = (hidden.pk, unknown)
            answers = [client.get(f"/people/records/{one}/{address}/") for one in ids]
            assert [one.status_code for one in answers] == [404, 404]


def test_a_person_is_shown_side_by_side_as_far_as_it_shows(world: World):
    made = somebody(world.teacher, postcode="WS1 1AB")
    with acting(world.teacher):
        sharing.disclose(
            by=world.teacher, circle_id=world.front_door, items=[made],
            terms=sharing.Terms("children act 2004 s10", "So that help can be planned."),
        )  # fmt: skip
    services.add_contact(
        by=world.teacher, record_id=made.pk, kind="phone", value="01632 960001", safe=False
    )
    with acting(world.screener):
        services.add_record(
            by=world.screener, person_id=made.person_id, given_names="Ashley",
            family_name="Fielding",
        )  # fmt: skip
    text = world.client("screener").get(f"/people/{made.person_id}/").content.decode()
    assert "records differ" in text and "Ashley Fielding" in text and "WS1 1AB" in text
    assert "01632 960001" not in text and "Nothing you may see" in text
    own = world.client("teacher").get(f"/people/{made.person_id}/").content.decode()
    assert "01632 960001" in own and "Not safe to use" in own and "Ashley" not in own


def test_looking_somebody_up_is_written_down(world: World):
    made = somebody(world.teacher)
    world.client("teacher").get(f"/people/{made.person_id}/")
    with acting(world.teacher):
        looks = Consultation.objects.filter(post=world.teacher.post, route="people:person")
        assert looks.filter(records=[made.person_id]).exists()


def test_somebody_new_is_recorded_after_a_search_and_corrected_later(world: World):
    client = world.client("teacher")
    assert client.get("/people/new/").headers["Location"] == "/people/"
    started = client.post("/people/new/", {"start": "1", "given_names": "Bo", "born": "2010-03-01"})
    assert b'value="Bo"' in started.content and b'value="2010"' in started.content
    kept = client.post("/people/new/", {"given_names": "Bo", "family_name": "Oakes",
                                        "sex": "not known"})  # fmt: skip
    assert kept.status_code == 302
    with acting(world.teacher):
        record = Record.objects.get(family_key="OAKES")
    correct = {"given_names": "Beau", "family_name": "Oakes", "sex": "male", "version": "1",
               "why": "His passport."}  # fmt: skip
    address = f"/people/records/{record.pk}/correct/"
    assert client.post(address, correct).status_code == 302
    late = client.post(address, {**correct, "given_names": "Bow"})
    assert late.status_code == 422 and b"just corrected" in late.content
    assert b'value="Bow"' in late.content and b'name="version" value="2"' in late.content


def test_records_are_linked_and_the_link_is_taken_back(world: World):
    one, other = somebody(world.teacher), somebody(world.teacher, "Ashley")
    client = world.client("teacher")
    found = client.post(f"/people/records/{one.pk}/same-as/", {"given_names": "Ashley"})
    address = f"/people/records/{one.pk}/same-as/{other.person_id}/"
    assert address in found.content.decode()
    assert client.get(address).status_code == 200
    assert client.post(address, {"why": ""}).status_code == 422
    linked = client.post(address, {"why": "Same mother."}, follow=True)
    assert b"Take this back" in linked.content and b"Same mother." in linked.content
    with acting(world.teacher):
        link = reads.links_of(other.person_id).get()
    assert client.get(f"/people/links/{link.pk}/take-back/").status_code == 200
    client.post(f"/people/links/{link.pk}/take-back/", {"why": "Different birthdays."})
    with acting(world.teacher):
        assert reads.record(one.pk).person_id == one.person_id


FORMS = {
    "search": ("/people/", {"family_name": "Oakes", "given_names": "Bo"}),
    "new": ("/people/new/", {"given_names": "Bo", "family_name": "Oakes", "sex": "male"}),
    "contact": ("/people/records/{record}/contact/", {"kind": "phone", "value": "01632 960001"}),
    "correct": (
        "/people/records/{record}/correct/",
        {"given_names": "Bo", "family_name": "O", "sex": "male", "why": "x", "version": "1"},
    ),
    "link": ("/people/records/{record}/same-as/{person}/", {"why": "x"}),
}  # fmt: skip
CHOSEN = {"sex", "kind", "version"}


@pytest.mark.parametrize("form", FORMS)
def test_whatever_is_typed_is_kept_as_text_or_refused_in_words(world: World, form):
    one, other = somebody(world.teacher), somebody(world.teacher, "Cy")
    address, whole = FORMS[form]
    address = address.format(record=one.pk, person=other.person_id)
    client = world.client("teacher")
    for kind, typed in TYPED.items():
        text_boxes = dict.fromkeys(set(whole) - CHOSEN, typed)
        answer = client.post(address, {**whole, **text_boxes})
        page = answer.content.decode()
        assert answer.status_code in (200, 302, 422), kind
        assert "<script>alert" not in page
        if kind in ("control", "bell", "long", "spaces"):
            assert answer.status_code == 422 and "There is a problem" in page, kind
        for field in CHOSEN & set(whole):
            assert client.post(address, {**whole, field: typed}).status_code == 422, kind
        if answer.status_code == 302 and form in ("link", "correct"):
            break  # done once: the second time is another story
    with acting(world.teacher):
        assert not Record.objects.filter(given_names__contains="\x07").exists()


@pytest.mark.parametrize("form", FORMS)
def test_nothing_at_all_is_refused_in_words_and_nothing_is_kept(world: World, form):
    one, other = somebody(world.teacher), somebody(world.teacher, "Cy")
    with acting(world.teacher):
        before = Record.objects.count()
    address = FORMS[form][0].format(record=one.pk, person=other.person_id)
    answer = world.client("teacher").post(address, {"csrf": "x"})
    assert answer.status_code == 422 and b"There is a problem" in answer.content
    with acting(world.teacher):
        assert Record.objects.count() == before


@pytest.mark.parametrize("born", ["31-2-2010", "x-y-z", "1-1-3000", "0-0-0", "1-1-10"])
def test_a_date_that_is_none_says_how_to_write_it(world: World, born):
    day, month, year = born.split("-")
    answer = world.client("teacher").post(
        "/people/", {"family_name": "Oakes", "born-day": day, "born-month": month,
                     "born-year": year},
    )  # fmt: skip
    assert answer.status_code == 422 and b"Date of birth must" in answer.content
