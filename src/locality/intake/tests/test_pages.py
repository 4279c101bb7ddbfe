"""The pages on which a concern is raised, as a tired teacher with a telephone uses them."""

import re
from uuid import UUID, uuid4

import pytest
from django.template.loader import render_to_string
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from locality.intake import reads, services
from locality.intake.models import Concern, Draft, Receipt
from locality.intake.tests.given import answers, raised
from locality.intake.words import AboutPerson, Matter, NewPerson, Stage, Told, Why
from locality.people import services as people_services
from locality.sharing.acting import acting
from locality.sharing.models import Consultation
from tests.world import World, today

TYPED = {
    "control": "A\x00b", "bell": "A\x07b", "long": "A" * 11_000, "spaces": "   ",
    "right to left": "\u202eעדי", "emoji": "👩‍🏫 Ash", "script": "<script>alert(1)</script>",
    "sql": "'; DROP TABLE people; --", "percent": "%s%(x)d{{ form }}",
}  # fmt: skip
REFUSED = ("control", "bell", "long")
NOTICED = {
    "text": "Came without a coat again.", "matter": Matter.FAMILY.value, "noticed_on": "2026-03-01",
}  # fmt: skip
AGREED = {"told": Told.AGREED.value}


@pytest.fixture(autouse=True)
def addresses(settings):
    settings.ROOT_URLCONF = "locality.intake.tests.addresses"


def begun(client) -> UUID:
    """A draft begun on the first page."""
    answer = client.post("/concerns/raise/", {"danger": "soon"})
    return UUID(answer.headers["Location"].split("/")[3])


def plain(answer) -> str:
    """A page without what differs every time: its keys for forms."""
    return re.sub(r'value="[A-Za-z0-9]{64}"', "", answer.content.decode())


def test_a_teacher_raises_a_concern_in_four_short_pages(world: World):
    client = world.client("teacher")
    assert b"call 999" in client.get("/concerns/raise/").content
    draft = f"/concerns/drafts/{begun(client)}"
    found = client.post(f"{draft}/who/", {"do": "find", "family_name": "Fielding"})
    assert b"No record you may see matches" in found.content
    named = {"do": "name", "given_names": "Ash", "family_name": "Fielding", "part": "child"}
    assert client.post(f"{draft}/who/", named).headers["Location"] == f"{draft}/who/"
    where = client.post(f"{draft}/who/", {"place_says": "Alder Row"})
    assert where.headers["Location"] == f"{draft}/noticed/"
    assert client.post(f"{draft}/noticed/", NOTICED).headers["Location"] == f"{draft}/agreed/"
    assert client.post(f"{draft}/agreed/", AGREED).headers["Location"] == f"{draft}/check/"
    check = client.get(f"{draft}/check/").content.decode()
    assert "Ash Fielding" in check and "Raise this concern" in check and "1 March 2026" in check
    done = client.post(f"{draft}/check/", follow=True).content.decode()
    assert "Concern raised" in done and "Early help front door" in done and "C-" in done
    with acting(world.screener):
        concern = Concern.objects.get(place_says="Alder Row")
        assert reads.people_of(concern)[0].part == "child"
    again = client.post(f"{draft}/check/")
    assert again.headers["Location"] == f"/concerns/{concern.pk}/"
    with acting(world.teacher):
        assert Receipt.objects.filter(pk=concern.pk).count() == 1


def test_a_changed_answer_goes_back_to_the_check(world: World):
    draft = services.save_draft(by=world.teacher, answers=answers())
    client, address = world.client("teacher"), f"/concerns/drafts/{draft.pk}"
    assert f"{address}/noticed/?from=check" in client.get(f"{address}/check/").content.decode()
    for name, said in (("danger", {"danger": "now"}), ("noticed", NOTICED), ("agreed", AGREED)):
        changed = client.post(f"{address}/{name}/?from=check", said)
        assert changed.headers["Location"] == f"{address}/check/"
    assert b"Have you called 999?" in client.get(f"{address}/check/").content


def test_somebody_is_searched_for_and_chosen_or_not_found_in_the_same_words(world: World):
    client = world.client("teacher")
    known = people_services.add_record(by=world.teacher, given_names="Bo", family_name="Oakes")
    address = f"/concerns/drafts/{begun(client)}/who/"
    found = client.post(address, {"do": "find", "family_name": "Oakes"}).content.decode()
    assert "This is them" in found and str(known.pk) in found
    client.post(address, {"do": "choose", "record": str(known.pk)})
    assert b"Bo Oakes" in client.get(address).content
    client.post(address, {"do": "describe", "known_as": "a boy with a red coat"})
    assert b"a boy with a red coat" in client.get(address).content
    for number in ("0", "0", "9", "x", "", "999999999999"):
        client.post(address, {"do": "take out", "number": number})
    assert b"It is about" not in client.get(address).content
    with acting(world.teacher):
        looks = Consultation.objects.filter(post=world.teacher.post, kind="search")
        assert looks.filter(sought="Oakes").exists()


def test_whom_a_reporter_may_not_see_is_not_there(world: World):
    client = world.client("teacher")
    address = f"/concerns/drafts/{begun(client)}/who/"
    before = plain(client.post(address, {"do": "find", "family_name": "Oakes"}))
    hidden = people_services.add_record(by=world.nurse, given_names="Bo", family_name="Oakes")
    assert plain(client.post(address, {"do": "find", "family_name": "Oakes"})) == before
    for record in (hidden.pk, uuid4(), "x"):
        assert client.post(address, {"do": "choose", "record": record}).status_code == 404


@given(
    st.sets(st.sampled_from(["danger", "who", "noticed", "agreed"])),
    st.sampled_from([{}, {"told": Told.NOT_TOLD}, {"told": "x"}]),
)
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_part_of_the_answers_raises_once_or_says_what_to_do(world: World, pages, agreed):
    whole = answers(agreed=agreed or answers()["agreed"])
    some = {name: value for name, value in whole.items() if name in pages}
    if "who" in pages:
        some["place_says"] = "Alder Row"
    draft = services.save_draft(by=world.teacher, answers=some)
    client = world.client("teacher")
    results = [client.post(f"/concerns/drafts/{draft.pk}/check/") for _ in range(2)]
    with acting(world.teacher):
        made = Receipt.objects.filter(pk=draft.pk).count()
        kept = Draft.objects.filter(pk=draft.pk).count()
    if len(pages) == 4 and not agreed:
        assert [one.status_code for one in results] == [302, 302] and (made, kept) == (1, 0)
    else:
        assert [one.status_code for one in results] == [422, 422] and (made, kept) == (0, 1)
        assert b"Before you can raise this" in results[0].content


def test_what_is_still_being_written_is_kept_and_comes_back(world: World):
    client = world.client("teacher")
    draft = f"/concerns/drafts/{begun(client)}"
    typed = {"text": "He was cold and\x00 hun", "noticed_on-day": "31", "noticed_on-month": "2",
             "noticed_on-year": ""}  # fmt: skip
    saved = client.post(f"{draft}/save/noticed/", typed)
    assert (saved.status_code, saved.content) == (204, b"")
    page = client.get(f"{draft}/noticed/").content.decode()
    assert "He was cold and hun" in page and 'value="31"' in page
    client.post(f"{draft}/noticed/", NOTICED)
    assert "hun" not in client.get(f"{draft}/noticed/").content.decode().split("<form")[1]
    assert client.post(f"{draft}/save/nonsense/", typed).status_code == 404
    assert client.get(f"{draft}/save/noticed/").status_code == 405


def test_a_draft_is_nobody_elses_and_can_be_thrown_away(world: World):
    draft = services.save_draft(by=world.teacher, answers=answers())
    stranger = world.client("screener")
    names = ("danger", "who", "noticed", "agreed", "check", "throw-away")
    for name in names:
        for method in (stranger.get, stranger.post):
            hidden, unknown = (method(f"/concerns/drafts/{one}/{name}/") for one in
                               (draft.pk, uuid4()))  # fmt: skip
            assert hidden.status_code == unknown.status_code == 404
    client = world.client("teacher")
    assert b"Finish it" in client.get("/concerns/").content
    assert b"gone for good" in client.get(f"/concerns/drafts/{draft.pk}/throw-away/").content
    client.post(f"/concerns/drafts/{draft.pk}/throw-away/")
    assert client.get(f"/concerns/drafts/{draft.pk}/check/").status_code == 404


def test_the_reporter_reads_what_became_of_it_and_a_stranger_the_same_as_nothing(world: World):
    made = raised(world.teacher, matter=Matter.FGM)
    services.tell_reporter(
        by=world.screener, concern_id=made.pk, stage=Stage.HELPING, says="Thank you, Amrit."
    )
    client = world.client("teacher")
    page = client.get(f"/concerns/{made.pk}/").content.decode()
    assert "Help is being planned" in page and "Thank you, Amrit." in page
    assert "tell the police yourself" in page and "Read what you wrote" not in page
    assert made.reference in client.get("/concerns/").content.decode()
    assert client.get(f"/concerns/{made.pk}/read/").status_code == 404
    for address in ("/concerns/{}/", "/concerns/{}/read/"):
        pages = [world.client("officer").get(address.format(one)) for one in (made.pk, uuid4())]
        assert [one.status_code for one in pages] == [404, 404]


def test_a_concern_shows_on_a_persons_page_to_those_who_may_see_it(world: World):
    known = people_services.add_record(by=world.teacher, given_names="Bo", family_name="Oakes")
    made = raised(world.teacher, people=(NewPerson(record_id=known.pk),))
    address = f"/concerns/about/{known.person_id}/"
    page = world.client("teacher").get(f"/people/{known.person_id}/").content.decode()
    assert f'hx-get="{address}"' in page and f'href="{address}"' in page
    whole = world.client("teacher").get(address).content.decode()
    part = world.client("teacher").get(address, headers={"HX-Request": "true"}).content.decode()
    assert made.reference in whole and made.reference in part
    assert "<html" in whole and "<html" not in part
    shown = world.client("screener").get(f"/concerns/{made.pk}/read/").content.decode()
    assert "hungry when here" in shown
    assert world.client("officer").get(address).status_code == 404


def test_a_concern_leads_to_who_its_people_are_today_and_nowhere_for_the_hidden(world: World):
    was, now = (
        people_services.add_record(by=world.teacher, given_names=given, family_name="Oakes")
        for given in ("Bo", "Bob")
    )
    made = raised(world.teacher, people=(NewPerson(record_id=was.pk),))
    people_services.link_records(
        by=world.teacher, record_id=was.pk, person_id=now.person_id, why="The same child."
    )
    page = world.client("teacher").get(f"/concerns/{made.pk}/read/").content.decode()
    assert f'href="/people/{now.person_id}/"' in page and str(was.person_id) not in page
    hidden = AboutPerson(None, "Name not shown to you", "child")
    part = render_to_string("intake/_concern.html", {"people": [hidden]})
    assert "Name not shown to you" in part and "href" not in part


def test_a_matter_nobody_may_see_is_refused_where_it_is_chosen(world: World):
    client = world.client("teacher")
    draft = f"/concerns/drafts/{begun(client)}"
    answer = client.post(f"{draft}/noticed/", {**NOTICED, "matter": Matter.EXTREMISM.value})
    assert answer.status_code == 422 and b"01632 960000" in answer.content
    assert b"Came without a coat" in answer.content


FORMS: dict[str, tuple[dict[str, str], set[str]]] = {
    "danger": ({"danger": "soon"}, {"danger"}),
    "who": ({"place_says": "Alder Row"}, set()),
    "who find": ({"do": "find", "family_name": "Oakes", "part": "x"}, {"do"}),
    "who name": ({"do": "name", "family_name": "Oakes"}, {"do"}),
    "who describe": ({"do": "describe", "known_as": "a boy"}, {"do"}),
    "noticed": (NOTICED, {"matter", "noticed_on"}),
    "agreed": ({"told": Told.NOT_TOLD, "without_agreement": Why.CRIME, "told_says": "Yes."},
               {"told", "without_agreement"}),
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_whatever_is_typed_is_kept_as_text_or_refused_in_words(world: World, form):
    client = world.client("teacher")
    whole, chosen = FORMS[form]
    address = f"/concerns/drafts/{begun(client)}/{form.split()[0]}/"
    for kind, typed in TYPED.items():
        boxes = {name: typed for name in whole if name not in chosen}
        answer = client.post(address, {**whole, **boxes})
        assert answer.status_code in (200, 302, 422), kind
        assert b"<script>alert" not in answer.content
        if boxes and kind in REFUSED:
            assert answer.status_code == 422 and b"There is a problem" in answer.content, kind
        for name in chosen - {"do"}:
            wrong = client.post(address, {**whole, name: typed})
            assert wrong.status_code == 422 and b"There is a problem" in wrong.content, kind
    with acting(world.teacher):
        text = str(reads.drafts(world.teacher.post)[0].answers)
        assert "\x07" not in text and "\x00" not in text and len(text) < 5000


@pytest.mark.parametrize("form", ["danger", "who", "noticed", "agreed"])
def test_nothing_at_all_is_refused_in_words_and_nothing_is_kept(world: World, form):
    client = world.client("teacher")
    draft_id = begun(client)
    answer = client.post(f"/concerns/drafts/{draft_id}/{form}/", {"other": "x"})
    assert answer.status_code == 422 and b"There is a problem" in answer.content
    with acting(world.teacher):
        assert reads.draft(draft_id).answers == {"danger": "soon"}


def test_a_day_to_come_is_refused(world: World):
    client = world.client("teacher")
    late = {**NOTICED, "noticed_on": str(today().replace(year=today().year + 1))}
    answer = client.post(f"/concerns/drafts/{begun(client)}/noticed/", late)
    assert answer.status_code == 422 and b"today or in the past" in answer.content


def test_whoever_may_not_raise_is_told_who_can_change_that(world: World):
    client = world.client("analyst")
    draft = services.save_draft(by=world.analyst, answers=answers())
    answer = client.post(f"/concerns/drafts/{draft.pk}/check/")
    assert answer.status_code == 409 and b"raise concerns" in answer.content
