"""Each panel page: right for whoever sits there, for other partners, and for strangers."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from locality.panels import reads, services
from locality.panels.models import Decision, Interest, Item, Meeting, Present, Research, Return
from locality.panels.tests.given import a_case, decide, forward, on_agenda, sees, sit
from locality.panels.words import Held, Listed, MeetingState
from locality.sharing.acting import acting
from locality.sharing.words import Marking
from tests.world import World, today

GATEWAY = {"gateway": "children act 2004 s10", "necessity": "So that the panel can decide."}
OUTCOME = {"outcome": "agree the plan", "reasons": "It fits what they asked for."}
ABOUT_CASE = ("item", "choose", "interest", "return", "of-case", "forward", "agree", "ask")
RUNNERS = ("plan", "present", "hold", "cancel", "choose", "agree", "minutes-word")


def day(name: str, ahead: int) -> dict[str, int]:
    when = today() + timedelta(days=ahead)
    return {f"{name}-day": when.day, f"{name}-month": when.month, f"{name}-year": when.year}


@pytest.fixture
def item(world: World, meeting: Meeting) -> Item:
    """A case on the agenda."""
    return on_agenda(world, meeting)


@pytest.fixture
def pages(world: World, meeting: Meeting, item: Item) -> dict[str, str]:
    """The address of every page, for a panel in the midst of its work."""
    sit(world, meeting, "coordinator", "chair", "nurse")
    decision = decide(world.coordinator, item)
    asked = services.ask_research(by=world.coordinator, item_id=item.pk)
    health = next(one for one in asked if one.agency_id == world.nurse.agency)
    of = {
        "index": [], "panel": [meeting.panel_id], "plan": [meeting.panel_id],
        "return": [health.pk], "of-case": [item.case_id], "forward": [item.case_id],
        "agree": [decision.pk],
    }  # fmt: skip
    for name in ("meeting", "build", "present", "hold", "cancel", "minutes", "minutes-word"):
        of[name] = [meeting.pk]
    for name in ("item", "choose", "ask", "interest"):
        of[name] = [item.pk]
    return {name: reverse(f"panels:{name}", args=args) for name, args in of.items()}


def text(answer) -> str:
    return " ".join(answer.content.decode().split())


def test_every_page_opens_for_the_coordinator_with_one_heading(world: World, pages: dict):
    client = world.client("coordinator")
    for name, address in pages.items():
        answer = client.get(address)
        assert answer.status_code == (405 if name in ("build", "ask") else 200), name
        if answer.status_code == 200:
            html = answer.content.decode()
            assert html.count("<h1") == 1 and " style=" not in html, name
            main = html.split("<main", 1)[1].split("</main>")[0]
            primary = main.count('class="govuk-button"') + main.count('govuk-button--warning"')
            assert primary <= 1, name


def test_whoever_sits_there_sees_the_case_and_runs_nothing(world: World, pages: dict):
    client = world.client("nurse")
    for name, address in pages.items():
        answer = client.get(address)
        expected = 405 if name in ("build", "ask") else 409 if name in RUNNERS else 200
        assert answer.status_code == expected, name
    assert "Record the decision" not in text(client.get(pages["item"]))
    assert "Mark who is here" not in text(client.get(pages["meeting"]))
    assert "Aldermoor council leads this case" in text(client.get(pages["forward"]))
    for name in ("build", "hold", "cancel", "ask"):
        assert client.post(pages[name]).status_code == 409, name
    assert client.post(pages["item"], OUTCOME).status_code == 409


def test_a_stranger_and_another_partner_find_no_case(world: World, pages: dict):
    for name in ("stranger", "officer", "teacher"):
        client = world.client(name)
        absent = client.get(reverse("panels:item", args=[uuid4()]))
        assert absent.status_code == 404
        for page in ABOUT_CASE:
            if page != "ask":
                hidden = client.get(pages[page])
                assert (hidden.status_code, hidden.content) == (404, absent.content), page
            if page != "of-case":
                sent = client.post(pages[page], {**OUTCOME, "why": "x", "held": "nothing held"})
                assert (sent.status_code, sent.content) == (404, absent.content), page


def test_other_partners_see_when_a_panel_meets_and_nothing_of_what_is_said(
    world: World, pages: dict
):
    for name in ("stranger", "officer"):
        client = world.client(name)
        for page in ("index", "panel", "meeting", "minutes"):
            shown = text(client.get(pages[page]))
            assert "Locality panel" in shown and "Missing school" not in shown
            assert page == "panel" or "Ngozi Tarrant" not in shown, page
        assert "Only those who sit on the panel see who came" in text(client.get(pages["minutes"]))


def test_a_meeting_is_planned_from_its_form(world: World, panel):
    client = world.client("coordinator")
    address = reverse("panels:plan", args=[panel.pk])
    sent = client.post(address, {**day("on", 9), "at": "2:30pm", "where": "Town hall"})
    made = reads.meetings(panel.pk)
    with acting(world.coordinator):
        (one,) = made
        assert sent["Location"] == reverse("panels:meeting", args=[one.pk])
        assert one.where == "Town hall"
    shown = text(client.get(sent["Location"]))
    assert "14:30" in shown and "The meeting is planned for" in shown
    for said in (
        {**day("on", -1), "at": "9:30"}, {**day("on", 0), "at": "0:00"}, {"at": "late"}, {},
    ):  # fmt: skip
        answer = client.post(address, said)
        assert answer.status_code == 422 and b"There is a problem" in answer.content
    with acting(world.coordinator):
        assert made.count() == 1


def test_a_case_is_put_forward_on_terms_that_end(world: World, meeting: Meeting):
    case, client = a_case(world.lead), world.client("lead")
    address = reverse("panels:forward", args=[case.pk])
    assert "Locality panel" in text(client.get(address))
    said = {"meeting": str(meeting.pk), "question": "Is the plan right?", **GATEWAY}
    early = client.post(address, {**said, **day("until", 1)})
    assert early.status_code == 422 and "the day of the meeting, or a later day" in text(early)
    assert client.post(address, said | {"meeting": str(uuid4())}).status_code == 422
    assert not sees(world.nurse, case.pk)
    sent = client.post(address, {**said, **day("until", 30)})
    assert sent.status_code == 302 and "Is the plan right?" in text(client.get(sent["Location"]))
    assert sees(world.nurse, case.pk)


def test_a_closed_or_sealed_case_says_what_putting_it_forward_would_mean(
    world: World, meeting: Meeting
):
    sealed = a_case(world.specialist, marking=Marking.SEALED)
    client = world.client("specialist")
    assert "This case is sealed" in text(client.get(reverse("panels:forward", args=[sealed.pk])))
    from locality.cases import services as cases
    from locality.cases.words import Closing

    case = a_case(world.lead)
    cases.close_case(by=world.lead, case_id=case.pk, closing=Closing.MOVED, says="Moved away.")
    client, address = world.client("lead"), reverse("panels:forward", args=[case.pk])
    assert "This case is closed" in text(client.get(address))
    said = {"meeting": str(meeting.pk), "question": "?", **GATEWAY, **day("until", 30)}
    assert client.post(address, said).status_code == 409


def test_the_agenda_is_built_and_says_what_did_not_fit(world: World, meeting: Meeting):
    for days in (30, 1, 2):
        forward(world.lead, a_case(world.lead, review_on=today() + timedelta(days=days)), meeting)
    client = world.client("coordinator")
    sent = client.post(reverse("panels:build", args=[meeting.pk]))
    shown = text(client.get(sent["Location"]))
    assert (
        "2 cases are on the agenda. Added: K-" in shown and "Left out, each with why: K-" in shown
    )
    assert "0 of 2 cases decided" in shown and "The agenda holds 2 cases" in shown


def test_a_case_is_left_off_and_put_back_by_hand(world: World, item: Item):
    client, address = world.client("chair"), reverse("panels:choose", args=[item.pk])
    assert client.post(address, {"listed": "not selected"}).status_code == 422
    client.post(address, {"listed": "not selected", "why": "Not ready yet."})
    assert "Not ready yet." in text(client.get(reverse("panels:meeting", args=[item.meeting_id])))
    client.post(address, {"listed": "on the agenda", "why": "It is ready now."})
    with acting(world.chair):
        assert reads.item(item.pk).listed == Listed.ON_AGENDA


def test_the_agenda_says_who_has_not_answered(world: World, item: Item):
    client = world.client("coordinator")
    ask, page = reverse("panels:ask", args=[item.pk]), reverse("panels:item", args=[item.pk])
    client.post(ask)
    assert "4 agencies are asked now" in text(client.get(page))
    client.post(ask)
    assert "has been asked already" in text(client.get(page))
    with acting(world.nurse):
        (asked,) = reads.research_for(world.nurse.agency)
    services.return_research(by=world.nurse, research_id=asked.pk, held=Held.NOTHING)
    agenda = text(client.get(reverse("panels:meeting", args=[item.meeting_id])))
    assert "1 of 4 agencies have answered" in agenda
    waits = agenda.split("Still to answer:")[1].split("</li>")[0]
    assert "Aldermoor police" in waits and "Aldermoor health" not in waits


def test_an_agency_answers_once_with_the_words_that_go_with_its_answer(world: World, item: Item):
    services.ask_research(by=world.coordinator, item_id=item.pk)
    client = world.client("nurse")
    with acting(world.nurse):
        (asked,) = reads.research_for(world.nurse.agency)
    address = reverse("panels:return", args=[asked.pk])
    assert address in text(client.get(reverse("panels:index")))
    for said, sentence in (
        ({}, "Select what your agency holds"),
        ({"held": "information returned"}, "Enter what the panel should know"),
        ({"held": "information returned", "text": "x"}, "Select what kind of information"),
        ({"held": "cannot share"}, "Enter why you cannot share it"),
        ({"held": "waiting"}, "Select"),
        ({"held": "information returned", "text": "x", "category": "10"}, "Select"),  # not cleared
    ):
        answer = client.post(address, said)
        assert answer.status_code == 422 and sentence in text(answer), said
    said = {"held": "information returned", "text": "Seen twice.", "strengths": "Sings.",
            "category": "8", "refused_why": "kept by mistake"}  # fmt: skip
    assert client.post(address, said).status_code == 302
    shown = text(world.client("chair").get(reverse("panels:item", args=[item.pk])))
    assert "Seen twice." in shown and "Sings." in shown and "kept by mistake" not in shown
    assert "an answer is not changed" in text(client.get(address))
    assert client.post(address, said).status_code == 409
    assert "so only somebody who works there" in text(world.client("chair").get(address))


def test_who_is_here_is_marked_and_only_members_are_offered(world: World, meeting: Meeting):
    client, address = world.client("chair"), reverse("panels:present", args=[meeting.pk])
    form = text(client.get(address))
    assert "Ngozi Tarrant" in form and "Dev Harrow" not in form
    for wrong in ([], [str(world.officer.post)], ["not a uuid"]):
        assert client.post(address, {"post_ids": wrong}).status_code == 422
    client.post(address, {"post_ids": [str(world.nurse.post), str(world.chair.post)]})
    client.post(address, {"post_ids": [str(world.nurse.post)]})
    with acting(world.chair):
        assert [one.post_id for one in reads.present(meeting.pk)] == [world.nurse.post]


def test_the_page_says_what_is_missing_before_a_decision_is_written(world: World, item: Item):
    page = reverse("panels:item", args=[item.pk])
    client = world.client("coordinator")
    shown = text(client.get(page))
    assert "Aldermoor council and Aldermoor police must be there" in shown
    assert "Record the decision" not in shown
    sit(world, item.meeting, "coordinator", "chair", "nurse")
    assert "Record the decision" in text(client.get(page))


def test_a_decision_is_recorded_with_its_actions_and_only_added_to(world: World, item: Item):
    sit(world, item.meeting, "coordinator", "chair", "nurse")
    client, page = world.client("chair"), reverse("panels:item", args=[item.pk])
    for said, sentence in (
        ({}, "Select what the panel decided"),
        ({**OUTCOME, "reasons": " "}, "Enter the panel’s reasons"),
        ({**OUTCOME, "says": "Visit."}, "Select who will do it"),
        ({**OUTCOME, "who": str(world.nurse.post), **day("due", 3)}, "Enter what will be done"),
        ({**OUTCOME, "says": "x", "who": str(world.officer.post), **day("due", 3)}, "Select"),
        ({**OUTCOME, "says": "x", "who": str(world.nurse.post), **day("due", -3)}, "future"),
    ):
        answer = client.post(page, said)
        assert answer.status_code == 422 and sentence in text(answer), said
    action = {"says": "Visit.", "who": str(world.nurse.post), **day("due", 3)}
    assert client.post(page, {**OUTCOME, "dissent": "Housing.", **action}).status_code == 302
    shown = text(client.get(page))
    assert "Visit." in shown and "Ngozi Tarrant, Aldermoor health, by" in shown
    assert "The panel has changed its mind" in shown
    with acting(world.chair):
        decision = reads.decided(item.pk).get()
    add = reverse("panels:agree", args=[decision.pk])
    assert client.post(add, {}).status_code == 422
    assert client.post(add, {**action, "says": "Ring the school."}).status_code == 302
    assert "Ring the school." in text(client.get(page))


def test_a_conflict_hides_the_case_at_once_even_from_whoever_declares_it(world: World, item: Item):
    page = reverse("panels:interest", args=[item.pk])
    client = world.client("nurse")
    assert "Ruth Sallow" not in text(client.get(page))
    assert client.post(page, {"post_id": str(world.landlord.post), "why": "x"}).status_code == 422
    assert client.post(page, {"post_id": str(world.nurse.post)}).status_code == 422
    sent = client.post(page, {"post_id": str(world.nurse.post), "why": "A cousin."})
    assert sent["Location"] == reverse("panels:meeting", args=[item.meeting_id])
    assert "Missing school" not in text(client.get(sent["Location"]))
    assert client.get(reverse("panels:item", args=[item.pk])).status_code == 404
    with acting(world.coordinator):
        assert Interest.objects.count() == 1
    coordinator = world.client("coordinator")
    assert "Ruth Sallow" in text(coordinator.get(page))
    coordinator.post(page, {"post_id": str(world.landlord.post), "why": "Their landlord."})
    shown = text(world.client("chair").get(reverse("panels:item", args=[item.pk])))
    assert "Ruth Sallow" in shown and not sees(world.landlord, item.case_id)
    assert "You do not sit on this panel" in text(_lead_outside(world).get(page))


def _lead_outside(world: World):
    """A case lead of the council who does not sit on the panel."""
    world.actors["outside"] = world.new_actor("council", "case_lead")
    return world.client("outside")


@pytest.mark.parametrize(("name", "state"), [("hold", "held"), ("cancel", "cancelled")])
def test_an_end_is_asked_about_once_more(world: World, item: Item, name: str, state: str):
    client, address = world.client("coordinator"), reverse(f"panels:{name}", args=[item.meeting_id])
    asks = text(client.get(address))
    assert "Cancel" in asks and ("1 case on the agenda has no decision" in asks) == (name == "hold")
    with acting(world.coordinator):
        assert reads.meeting(item.meeting_id).state == MeetingState.PLANNED
    assert client.post(address).status_code == 302
    with acting(world.coordinator):
        assert reads.meeting(item.meeting_id).state == state
    assert client.get(address).status_code == client.post(address).status_code == 409
    assert client.get(reverse("panels:present", args=[item.meeting_id])).status_code == 409
    shown = text(client.get(reverse("panels:item", args=[item.pk])))
    assert "Record the decision" not in shown


def test_the_case_shows_what_its_panels_decided(world: World, pages: dict):
    lead = world.client("lead")
    whole = lead.get(pages["of-case"])
    part = lead.get(pages["of-case"], headers={"HX-Request": "true"})
    for answer in (whole, part):
        assert "The plan fits what they asked for." in text(answer)
    assert "<h1" not in text(part)


def test_next_and_before_lead_through_the_agenda(world: World, meeting: Meeting):
    first, second = (on_agenda(world, meeting) for _ in range(2))
    client = world.client("chair")
    assert 'rel="next"' in text(client.get(reverse("panels:item", args=[first.pk])))
    shown = text(client.get(reverse("panels:item", args=[second.pk])))
    assert 'rel="prev"' in shown and 'rel="next"' not in shown


def test_whatever_is_refused_stores_nothing(world: World, pages: dict):
    tables = (Decision, Interest, Item, Meeting, Present, Research, Return)
    nurse = world.client("nurse")
    with acting(world.coordinator):
        before = [list(table.objects.order_by("pk").values()) for table in tables]
    for name in (*RUNNERS, "item", "build", "ask"):
        said = {**OUTCOME, "listed": "not selected", "why": "x", "says": "x", "at": "9:30",
                "who": str(world.nurse.post), **day("due", 3), **day("on", 9),
                "post_ids": [str(world.nurse.post)]}  # fmt: skip
        assert nurse.post(pages[name], said).status_code == 409, name
    with acting(world.coordinator):
        assert before == [list(table.objects.order_by("pk").values()) for table in tables]
