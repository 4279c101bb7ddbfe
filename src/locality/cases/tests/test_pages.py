"""The pages of cases: each opens for who may, and is not there for who may not."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.urls import reverse

from locality.cases import reads, services
from locality.cases.reads import sealed_kinds
from locality.cases.tests.given import TERMS, a_case, a_goal, an_action, graded
from locality.cases.words import Closing, SealedKind, Subjects
from locality.kit.errors import NotHere
from locality.people import services as people
from locality.sharing.acting import acting
from locality.sharing.models import Consultation
from locality.sharing.words import Category, Gateway, Marking
from tests.world import LEAVING, World, today

pytestmark = pytest.mark.usefixtures("site")

OF_CASE = [
    "case", "edit", "close", "reopen", "plan", "add-need", "add-action", "reviews", "hold-review",
    "knows", "ask", "notes", "add-note", "timeline", "team", "add-member", "hand-over",
]  # fmt: skip


@pytest.fixture
def full(world: World) -> dict:
    """A case with something on every page, and the address of every page."""
    by = world.lead
    case = a_case(by, team_posts=(world.nurse.post,))
    goal = a_goal(by, case)
    action = an_action(by, case, goal_id=goal.pk)
    an_action(by, case)
    note = services.write_note(
        by=by, case_id=case.pk, text="Rang the school.", category=Category.EDUCATION,
        marking=Marking.STANDARD, happened_on=today(), share=None,
    )  # fmt: skip
    services.hold_review(by=by, case_id=case.pk, held_on=today(), says="Steady.", their_view="Ok")
    asked = services.ask(
        by=by, case_id=case.pk, agency_id=world.officer.agency, category=Category.OFFENDING,
        question="Anything?", why="To plan.", answer_by=today() + timedelta(days=3),
    )  # fmt: skip
    given = services.write_note(
        by=by, case_id=case.pk, text="Seen at home.", category=Category.SOCIAL_CARE,
        marking=Marking.STANDARD, happened_on=today(), share=TERMS,
    )  # fmt: skip
    with acting(by):
        shared = reads.who_knows_what(case).disclosures[0]
    pages = [reverse(f"cases:{name}", args=[case.pk]) for name in OF_CASE]
    pages += [
        reverse("cases:edit-need", args=[goal.need_id]),
        reverse("cases:edit-goal", args=[goal.pk]),
        reverse("cases:add-goal", args=[goal.need_id]),
        reverse("cases:add-action-for", args=[goal.pk]),
        reverse("cases:grade-goal", args=[goal.pk]),
        reverse("cases:edit-action", args=[action.pk]),
        reverse("cases:end-action", args=[action.pk]),
        reverse("cases:share-note", args=[note.pk]),
        reverse("cases:call-off", args=[asked.pk]),
        reverse("cases:answer", args=[asked.pk]),
        reverse("cases:withdraw", args=[case.pk, shared.pk]),
        reverse("cases:remove-member", args=[case.pk, world.nurse.post]),
        reverse("cases:open-about", args=[case.about[0]]),
    ]
    return {
        "case": case, "goal": goal, "action": action, "note": note, "asked": asked,
        "given": given, "pages": pages,
    }  # fmt: skip


def posted(by, name: str, *args: object, **said: object):
    return by.post(reverse(f"cases:{name}", args=args), said)


def test_every_page_opens_for_the_lead_with_one_heading(world: World, full: dict):
    client = world.client("lead")
    for address in [*full["pages"], reverse("cases:mine"), reverse("cases:asked")]:
        answer = client.get(address)
        assert answer.status_code == 200, address
        html = answer.content.decode()
        assert html.count("<h1") == 1, address
        assert " style=" not in html and "onclick" not in html, address
        main = html.split("<main", 1)[1].split("</main>")[0]
        buttons = main.count('class="govuk-button"') + main.count('class="govuk-button ')
        secondary = main.count("govuk-button--secondary")
        assert buttons - secondary <= 1, address


def test_hidden_is_the_same_as_absent(world: World, full: dict):
    for name in ("stranger", "officer", "teacher"):
        client = world.client(name)
        absent = client.get(reverse("cases:case", args=[uuid4()]))
        assert absent.status_code == 404
        for address in full["pages"]:
            if name == "officer" and address == reverse("cases:answer", args=[full["asked"].pk]):
                continue
            hidden = client.get(address)
            assert (hidden.status_code, hidden.content) == (404, absent.content), address
            if "/open/" not in address:
                sent = client.post(address, {"why": "x", "says": "x"})
                assert sent.status_code == 405 or sent.content == absent.content, address


def test_who_is_safe_to_reach_comes_first(world: World, full: dict):
    from locality.people import reads as people
    from locality.people import services as people_services

    case = full["case"]
    with acting(world.lead):
        record = people.my_record_of(case.about[0], world.lead.agency)
        people_services.add_contact(
            by=world.lead, record_id=record.pk, kind="phone", value="01632 960001", safe=False
        )
    html = world.client("lead").get(reverse("cases:case", args=[case.pk])).content.decode()
    body = html[html.index("loc-identity") :]
    assert body.index("Do NOT use: phone 01632 960001") < body.index("loc-identity__name")
    other = world.client("nurse").get(reverse("cases:case", args=[case.pk])).content.decode()
    assert "01632 960001" not in other and "no safe way to reach them is shown to you" in other


def test_a_case_leads_to_what_is_on_record_about_its_people(world: World, full: dict):
    case = full["case"]
    for name in ("lead", "nurse"):
        client, person = world.client(name), reverse("people:person", args=[case.about[0]])
        assert person in client.get(reverse("cases:case", args=[case.pk])).text
        assert client.get(person).status_code == 200
    with acting(world.lead):  # nobody who does not show has a link
        assert reads.pages_of(type(case)(about=[uuid4()])) == []


def test_everybody_in_a_case_stands_beside_their_own_age(world: World):
    with acting(world.lead):
        ids = [
            people.add_record(
                by=world.lead, given_names=given, family_name="Fielding",
                born=today().replace(year=today().year - years, day=1, month=1),
            ).person_id
            for given, years in (("Ash", 44), ("Bryn", 12), ("Cai", 9))
        ]  # fmt: skip
    for order in (ids, ids[::-1]):
        case = a_case(world.lead, subjects=Subjects(tuple(order)))
        with acting(world.lead):
            bar = reads.identity(case)
        for said in ("Ash Fielding, 44 years old", "Bryn Fielding, 12 years", "Cai Fielding, 9 y"):
            assert said in bar.name
        assert bar.says == ""


def test_a_case_says_their_own_words_before_ours(world: World, full: dict):
    html = world.client("lead").get(reverse("cases:case", args=[full["case"].pk])).content.decode()
    assert html.index("I want to sleep in my own room.") < html.index("Two agencies noticed")


def test_the_list_narrows_sorts_and_leaves_as_a_file(world: World, full: dict):
    client, mine = world.client("lead"), reverse("cases:mine")
    assert "Ash Fielding" in client.get(mine).content.decode()
    with acting(world.lead):
        looks = Consultation.objects.filter(route="cases:mine", records__contains=[full["case"].pk])
        assert looks.count() == 1
    assert "no case" in client.get(mine, {"state": "closed"}).content.decode().lower()
    for query in ("sort=-opened", "sort=nonsense", "whose=all&page=9", "review=zzz", "state=any"):
        assert client.get(f"{mine}?{query}").status_code == 200
    file = client.post(f"{mine}?format=csv", LEAVING).content.decode()
    assert "Missing school and hungry,Ash Fielding,open" in file
    nobody = world.client("stranger").get(mine).content.decode()
    assert "You are on the team of no open case." in nobody


def test_an_action_done_by_mistake_is_undone(world: World, full: dict):
    client, action = world.client("nurse"), full["action"]
    plan = reverse("cases:plan", args=[full["case"].pk])
    sent = posted(client, "end-action", action.pk, state="done", result="They will ring back.")
    assert sent.status_code == 302 and sent["Location"] == plan
    assert reverse("cases:undo-action", args=[action.pk]) in client.get(plan).content.decode()
    posted(client, "undo-action", action.pk)
    assert reverse("cases:end-action", args=[action.pk]) in client.get(plan).content.decode()


def test_two_people_typing_see_each_other(world: World, full: dict):
    case, client = full["case"], world.client("lead")
    said = {"title": "T", "why": "Mine", "version": 1}
    assert posted(client, "edit", case.pk, **said, own_words="").status_code == 302
    late = posted(client, "edit", case.pk, **{**said, "why": "Theirs"})
    html = late.content.decode()
    assert late.status_code == 422 and "Your text is kept below" in html
    assert "Theirs" in html and "Mine" in html  # what they typed, and what it says now
    assert 'name="version" value="2"' in html
    assert posted(client, "edit", case.pk, **{**said, "why": "Theirs", "version": 2}).url


def test_grading_then_closing_then_starting_again(world: World, full: dict):
    case, client = full["case"], world.client("lead")
    close = reverse("cases:close", args=[case.pk])
    assert "Not graded yet" in client.get(close).content.decode()
    ending = {"closing": Closing.GOALS_MET, "says": "All is well.", "tell": ""}
    assert client.post(close, ending).status_code == 409
    posted(client, "grade-goal", full["goal"].pk, grade="reached", says="")
    assert client.post(close, ending).status_code == 302
    page = client.get(reverse("cases:case", args=[case.pk])).content.decode()
    assert "Start again as a new episode" in page
    again = posted(client, "reopen", case.pk, why="It began again.")
    assert again.status_code == 302
    assert case.reference in client.get(again.url).content.decode()


def test_a_request_is_answered_by_whoever_was_asked(world: World, full: dict):
    officer, asked = world.client("officer"), full["asked"]
    listed = officer.get(reverse("cases:asked")).content.decode()
    assert reverse("cases:answer", args=[asked.pk]) in listed
    assert (
        "One request for information waits" in officer.get(reverse("cases:mine")).content.decode()
    )
    page = officer.get(reverse("cases:answer", args=[asked.pk])).content.decode()
    for words in ("Ash Fielding", "Anything?", "To plan.", "What the law allows", "Marek Oldacre"):
        assert words in page
    assert "Missing school and hungry" not in page
    silent = posted(officer, "answer", asked.pk, answer="refused")
    assert silent.status_code == 422
    sent = posted(officer, "answer", asked.pk, answer="refused", refused_on="not lawful",
                  refused_why="A live case.")  # fmt: skip
    assert sent.status_code == 302
    knows = world.client("lead").get(reverse("cases:knows", args=[full["case"].pk]))
    assert "A live case." in knows.content.decode()


def test_a_note_is_shared_with_its_reason(world: World, full: dict):
    nurse, case = world.client("nurse"), full["case"]
    note = {
        "happened_on": today().isoformat(), "text": "Seen at clinic.", "share": "team",
        "category": Category.MENTAL_HEALTH.value, "marking": Marking.STANDARD.value,
    }  # fmt: skip
    assert posted(nurse, "add-note", case.pk, **note).status_code == 422
    note |= {"gateway": Gateway.CONSENT, "necessity": "So that all know."}
    assert posted(nurse, "add-note", case.pk, **note).status_code == 302
    lead = world.client("lead").get(reverse("cases:notes", args=[case.pk])).content.decode()
    assert "Seen at clinic." in lead


def test_the_team_is_only_ever_offered_people_who_would_see_the_case(world: World, full: dict):
    page = world.client("lead").get(reverse("cases:add-member", args=[full["case"].pk]))
    html = page.content.decode()
    assert "Dev Harrow" in html and "Sam Nowhere" not in html
    sent = posted(world.client("lead"), "add-member", full["case"].pk, post_id=world.stranger.post)
    assert sent.status_code == 422


def test_about_somebody_it_says_the_same_when_nothing_is_and_nothing_is_shown(
    world: World, full: dict
):
    person = full["case"].about[0]
    officer = world.client("officer")
    htmx = {"HX-Request": "true"}
    hidden = officer.get(reverse("cases:about-person", args=[person]), headers=htmx)
    nobody = uuid4()
    absent = officer.get(reverse("cases:about-person", args=[nobody]), headers=htmx)
    same = absent.content.replace(str(nobody).encode(), str(person).encode())
    assert hidden.content == same and b"No case is shown to you." in same
    shown = world.client("lead").get(reverse("cases:about-person", args=[person]), headers=htmx)
    assert b"Missing school and hungry" in shown.content and b"<html" not in shown.content


def test_a_closed_case_offers_nothing_to_change(world: World, full: dict):
    case = full["case"]
    graded(world.lead, full["goal"])
    services.close_case(by=world.lead, case_id=case.pk, closing=Closing.MOVED, says="Gone.")
    client = world.client("lead")
    for name in ("case", "plan", "knows", "notes", "reviews", "team"):
        html = client.get(reverse(f"cases:{name}", args=[case.pk])).content.decode()
        main = html[html.index("<main") : html.index("</main>")]
        assert "/add/" not in main and "/edit/" not in main and "/end/" not in main, name


def test_opened_from_a_persons_page_it_is_led_by_whoever_opens_it(world: World, full: dict):
    client, person = world.client("lead"), full["case"].about[0]
    said = {
        "title": "Rent owed", "why": "Letter came.", "category": Category.HOUSING.value,
        "review_on": (today() + timedelta(days=9)).isoformat(), "gateway": Gateway.CONSENT,
        "necessity": "They asked us.", "sealed": "no",
    }  # fmt: skip
    sent = posted(client, "open-about", person, **said)
    assert sent.status_code == 302
    assert "Rent owed" in client.get(sent.url).content.decode()


@pytest.mark.parametrize("kind", sealed_kinds().values(), ids=lambda one: one.key)
def test_a_case_of_a_sealed_kind_shows_to_its_live_team_alone(
    world: World, full: dict, kind: SealedKind
):
    leads, person = world.new_actor("council", "specialist"), full["case"].about[0]
    said = {
        "title": "To be kept close", "why": "She asked us.", "sealed": kind.key, "category": "",
        "review_on": (today() + timedelta(days=9)).isoformat(), "gateway": Gateway.CONSENT,
        "necessity": "They asked us.",
    }  # fmt: skip
    sent = posted(world.client_of(leads), "open-about", person, **said)
    assert sent.status_code == 302
    opened = UUID(sent.url.rstrip("/").rsplit("/", 1)[-1])
    with acting(leads):
        case = reads.case(opened)
        assert (case.marking, case.category) == (Marking.SEALED, kind.category)
    with acting(world.new_actor("council", "specialist")), pytest.raises(NotHere):
        reads.case(opened)
