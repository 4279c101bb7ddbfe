"""The queue as a screener uses it: decide, hear why not, go on to the next."""

from uuid import uuid4

import pytest

from locality.cases import reads as cases
from locality.cases.tests.given import a_case
from locality.intake.tests.given import raised
from locality.intake.words import Matter, NewPerson, Told, Why
from locality.people import services as people_services
from locality.sharing.acting import acting
from locality.sharing.models import Member
from locality.triage import reads, services
from locality.triage.models import Looking
from locality.triage.words import Way
from tests.world import LEAVING, World, as_owner, today

SIGNPOST = {"route": "The school nurse, 01632 960002", "reason": "Enough for now.",
            "told_reporter": "Please speak to the school nurse."}  # fmt: skip
TYPED = {
    "control": "A\x00b", "bell": "A\x07b", "long": "A" * 11_000, "spaces": "  ", "missing": "",
    "right to left": "\u202eעדי", "emoji": "👩‍🏫 Ash", "script": "<script>alert(1)</script>",
    "sql": "'; DROP TABLE people; --", "percent": "%s%(x)d{{ form }}",
}  # fmt: skip


@pytest.fixture(autouse=True)
def addresses(settings):
    settings.ROOT_URLCONF = "locality.triage.tests.addresses"


@pytest.fixture
def client(world: World):
    return world.client("screener")


def opening(world: World, **more: str) -> dict[str, str]:
    """What somebody fills in to open a case."""
    return {
        "title": "Missing school", "why": "The school noticed, and we agree.",
        "need_heading": "education", "need": "To be in school.", "lead": str(world.lead.post),
        "team": [str(world.officer.post)], "gateway": "children act 2004 s10",
        "necessity": "So that help can be planned.", "marking": "1",
        "review_on": str(today().replace(year=today().year + 1, day=1)),
        "reason": "Two agencies can help.", "told_reporter": "A lead worker will ring you.", **more,
    }  # fmt: skip


def test_the_queue_is_one_line_a_concern_with_what_repeats(world: World, client):
    known = people_services.add_record(by=world.teacher, given_names="Bo", family_name="Oakes")
    first = raised(world.teacher, people=(NewPerson(record_id=known.pk),))
    raised(world.teacher, people=(NewPerson(record_id=known.pk),))
    text = client.get("/queue/").content.decode()
    assert text.count("data-queue-item") >= 2 and "data-queue>" in text
    assert "Bo Oakes" in text and "1 other concern about the same" in text
    assert first.reference in text and "loc-split--even" in text
    shown = client.get("/queue/", {"show": "repeats", "sort": "-raised"}).content.decode()
    assert shown.count("data-queue-item") == 2
    assert client.get("/queue/", {"show": "x", "kind": "x", "sort": "x"}).status_code == 200
    assert first.reference not in client.get("/queue/", {"kind": "7"}).content.decode()
    assert first.reference not in client.get("/queue/", {"show": "overdue"}).content.decode()


def test_the_queue_as_a_file_names_nobody(world: World, client):
    made = raised(world.teacher)
    file = client.post("/queue/?format=csv", LEAVING).content.decode()
    assert made.reference in file and "Fielding" not in file


def test_everything_needed_to_decide_is_beside_the_queue(world: World, client):
    known = people_services.add_record(by=world.teacher, given_names="Bo", family_name="Oakes")
    earlier = raised(world.teacher, people=(NewPerson(record_id=known.pk),))
    made = raised(
        world.teacher, people=(NewPerson(record_id=known.pk),), told=Told.NOT_TOLD,
        without_agreement=Why.CHILD_AT_RISK,
    )  # fmt: skip
    text = client.get(f"/queue/{made.pk}/").content.decode()
    assert "hungry when here" in text and "Loves football." in text and "Amrit Vale" in text
    assert f"/concerns/{earlier.pk}/read/" in text and "They have not been told" in text
    for way in Way:
        assert f"/queue/{made.pk}/{way}/" in text
    with acting(world.screener):
        assert Looking.objects.filter(concern=made.pk).count() == 1


def test_advice_given_opens_the_next_concern_and_keeps_the_filters(world: World, client):
    with acting(world.screener):
        waiting = list(reads.queue(world.front_door).values_list("pk", flat=True))
    one, two = raised(world.teacher), raised(world.teacher)
    address = f"/queue/{one.pk}/signpost/?sort=raised&q=Ash+Fielding"
    assert client.get(address).status_code == 200
    done = client.post(address, SIGNPOST)
    assert done.headers["Location"] == f"/queue/{two.pk}/?sort=raised"
    last = client.post(f"/queue/{two.pk}/signpost/", SIGNPOST)
    if not waiting:
        assert last.headers["Location"] == "/queue/"
    shown = client.get(f"/queue/{one.pk}/?show=decided").content.decode()
    assert "Decided: signpost" in shown and "Please speak to the school nurse." in shown
    assert "What happens now?" not in shown
    again = client.post(address, SIGNPOST)
    assert again.status_code == 409 and b"Joan Pellow" in again.content
    news = world.client("teacher").get(f"/concerns/{one.pk}/").content.decode()
    assert "Advice given" in news and "Please speak to the school nurse." in news


def test_what_was_decided_shows_newest_first_unless_asked_otherwise(world: World, client):
    made = [raised(world.teacher) for _ in range(2)]
    for one in made:
        client.post(f"/queue/{one.pk}/signpost/", SIGNPOST)
    for address, newest in (
        ("/queue/?show=decided", True),
        ("/queue/?show=decided&sort=raised", False),
    ):
        text = client.get(address).content.decode()
        first, second = (text.rfind(one.reference) for one in made)
        assert (second < first) == newest


def test_a_case_is_opened_and_its_lead_sees_whom_it_is_about(world: World, client):
    made = raised(world.teacher)
    page = client.get(f"/queue/{made.pk}/open/").content.decode()
    assert "Marek Oldacre" in page and "Children Act 2004, section 10" in page
    assert "Lena Frost" not in page and "Sam Nowhere" not in page
    assert client.post(f"/queue/{made.pk}/open/", opening(world)).status_code == 302
    with acting(world.lead):
        (case,) = [one for one in cases.my_cases(world.lead.post) if made.pk in one.concerns]
    case_page = world.client("lead").get(f"/cases/{case.pk}/").content.decode()
    assert "Missing school" in case_page


def test_a_sealed_concern_offers_only_a_sealed_case(world: World, client):
    made = raised(world.teacher, matter=Matter.HONOUR)
    page = client.get(f"/queue/{made.pk}/open/").content.decode()
    assert "Sealed: its live team alone" in page and "Standard: everybody" not in page
    assert "Tessa Quill" in page and "Marek Oldacre" not in page
    assert b"Do not contact the family" in client.get(f"/queue/{made.pk}/").content


def test_a_concern_is_linked_to_a_case_and_to_none_that_does_not_show(world: World, client):
    case, made = a_case(world.lead), raised(world.screener)
    services_page = client.get(f"/queue/{made.pk}/link/").content.decode()
    assert "There is no open case you may see." in services_page
    known = people_services.add_record(by=world.lead, given_names="Bo", family_name="Oakes")
    from locality.cases.words import Subjects

    own = a_case(world.lead, subjects=Subjects(person_ids=(known.person_id,)))
    about = raised(world.lead, people=(NewPerson(record_id=known.pk),))
    page = client.get(f"/queue/{about.pk}/link/").content.decode()
    assert own.reference in page and case.reference not in page
    said = {"summary": "Missing again.", "reason": "The same worry.", "told_reporter": ""}
    for wrong in (case.pk, uuid4(), "x"):
        answer = client.post(f"/queue/{about.pk}/link/", {**said, "case": str(wrong)})
        assert answer.status_code == 422
    assert client.post(f"/queue/{about.pk}/link/", {**said, "case": str(own.pk)}).status_code == 302


def test_nobody_but_the_front_door_finds_a_queue_or_what_is_in_it(world: World):
    made, unknown = raised(world.teacher), uuid4()
    for name in ("teacher", "lead", "nurse", "governor", "stranger"):
        other = world.client(name)
        for address in ("/queue/", f"/queue/{made.pk}/", f"/queue/{made.pk}/open/"):
            hidden = other.get(address)
            gone = other.get(address.replace(str(made.pk), str(unknown)))
            assert hidden.status_code == gone.status_code == 404
            assert hidden.content == gone.content
    assert world.client("screener").get(f"/queue/{made.pk}/nonsense/").status_code == 404


def test_whoever_may_read_a_concern_of_their_own_agency_does_not_decide_about_it(world: World):
    made = raised(world.lead)
    client = world.client("lead")
    assert client.get(f"/concerns/{made.pk}/read/").status_code == 200
    for address in (f"/queue/{made.pk}/", f"/queue/{made.pk}/signpost/"):
        assert client.get(address).status_code == 404
    assert client.post(address, SIGNPOST).status_code == 404


def test_somebody_else_looking_is_said(world: World, client):
    colleague = world.new_actor("council", "screener", "Ada Finch")
    with as_owner():
        Member.objects.using("owner").create(
            circle_id=world.front_door, post_id=colleague.post, starts=today()
        )
    made = raised(world.teacher)
    services.start_looking(by=colleague, concern_id=made.pk)
    assert b"Ada Finch is looking at this" in client.get("/queue/").content
    assert b"Ask them before you decide" in client.get(f"/queue/{made.pk}/").content
    own = world.client("screener").get("/queue/").content
    assert b"Joan Pellow is looking" not in own


CHOSEN = {"lead", "team", "need_heading", "gateway", "marking", "review_on"}


@pytest.mark.parametrize("way", list(Way))
def test_whatever_is_typed_is_refused_in_words_or_decided(world: World, client, way):
    wholes = {Way.SIGNPOST: SIGNPOST, Way.URGENT: SIGNPOST, Way.OPEN: opening(world)}
    whole = wholes.get(way, {"summary": "x", "reason": "x"})
    made = raised(world.teacher)
    a_case(world.screener)
    for kind, typed in TYPED.items():
        boxes = {name: typed for name in whole if name not in CHOSEN}
        answer = client.post(f"/queue/{made.pk}/{way}/", {**whole, **boxes})
        assert answer.status_code in (302, 422), kind
        assert b"<script>alert" not in answer.content
        if kind in ("control", "bell", "long", "spaces", "missing"):
            assert answer.status_code == 422 and b"There is a problem" in answer.content, kind
        for name in CHOSEN & set(whole):
            if (name, kind) not in {("team", "missing")}:
                wrong = client.post(f"/queue/{made.pk}/{way}/", {**whole, name: typed})
                assert wrong.status_code == 422, (kind, name)
        if answer.status_code == 302:
            break  # decided once
    with acting(world.screener):
        decided = reads.screening_of(made.pk)
        assert (decided is not None) == (way != Way.LINK)
