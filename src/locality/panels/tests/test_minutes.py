"""Minutes as a page and as a Word file: the same facts, and only what their reader may see."""

from io import BytesIO

import pytest
from django.urls import reverse
from docx import Document
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st

from locality.panels import runs, services
from locality.panels.tests.given import a_case, decide, forward, on_agenda, sit
from locality.panels.words import Listed, NewAction
from locality.sharing.acting import acting
from locality.sharing.models import Consultation
from locality.sharing.words import Look
from tests.world import LEAVING, World, today

ODD = "Плохо � ‮עדי 👩‍🏫 <b>&amp; \uffff end"


@pytest.fixture
def over(world: World, meeting) -> dict:
    """A meeting that is over: one case decided with dissent, one left off, one conflict."""
    item = on_agenda(world, meeting)
    left = forward(world.lead, a_case(world.lead, title="Quiet street"), meeting)
    services.choose(
        by=world.chair, item_id=left.pk, listed=Listed.NOT_SELECTED, why="Housing is not here."
    )
    sit(world, meeting, "coordinator", "chair", "nurse", "landlord")
    services.declare_interest(
        by=world.chair, item_id=item.pk, post_id=world.landlord.post, why="Their landlord."
    )
    action = NewAction("Visit with the family.", world.nurse.post, today())
    decide(world.chair, item, reasons=ODD, dissent="Health would wait.", actions=[action])
    services.hold_meeting(by=world.coordinator, meeting_id=meeting.pk)
    return {"meeting": meeting, "item": item}


def word(world: World, name: str, meeting) -> Document:
    answer = world.client(name).post(reverse("panels:minutes-word", args=[meeting.pk]), LEAVING)
    assert answer.status_code == 200 and answer["Content-Disposition"].endswith('"minutes.docx"')
    return Document(BytesIO(answer.content))


def said(document: Document) -> str:
    """Everything a Word file says, tables and all."""
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


def test_the_word_file_says_what_the_page_says(world: World, over: dict):
    document = word(world, "coordinator", over["meeting"])
    page = world.client("coordinator").get(reverse("panels:minutes", args=[over["meeting"].pk]))
    html, file = " ".join(page.content.decode().split()), said(document)
    for fact in (
        "Locality panel", "Missing school", "Is the plan right?", "Health would wait.",
        "Visit with the family.", "Ngozi Tarrant", "Quiet street", "Housing is not here.",
        "Ruth Sallow declared a conflict of interest on", "Recorded by Owen Marsh", "Плохо",
    ):  # fmt: skip
        assert fact in html and fact in file, fact
    assert "Their landlord." not in html and "Their landlord." not in file
    assert "👩‍🏫 <b>&amp; \ufffd end" in file and "&lt;b&gt;" in html
    assert "Draft" not in html and "Draft" not in file


def test_the_word_file_can_be_walked_by_its_headings(world: World, over: dict):
    document = word(world, "chair", over["meeting"])
    heads = [(p.style.name, p.text) for p in document.paragraphs if "Heading" in p.style.name]
    item = over["item"].case
    assert heads == [
        ("Heading 1", "Present"), ("Heading 1", "What was decided"),
        ("Heading 1", f"1. Missing school ({item.reference})"),
        ("Heading 2", "Decision: agree the plan"),
        ("Heading 1", "Who does what, soonest first"),
        ("Heading 1", "Not discussed at this meeting, and why"),
    ]  # fmt: skip
    for table in document.tables:
        head = table.rows[0]._tr.trPr
        assert head is not None and head.find(qn("w:tblHeader")) is not None
    assert "PAGE" in document.sections[0].footer._element.xml
    assert document.paragraphs[0].style.name == "Title"
    assert document.core_properties.title.startswith("Locality panel")
    assert document.core_properties.author == "Owen Marsh, Aldermoor police"
    assert "Made for Owen Marsh, Aldermoor police" in said(document)


def test_minutes_name_who_was_not_there_and_who_has_not_answered(world: World, meeting):
    item = on_agenda(world, meeting)
    services.ask_research(by=world.coordinator, item_id=item.pk)
    sit(world, meeting, "coordinator", "chair", "nurse")
    page = world.client("chair").get(reverse("panels:minutes", args=[meeting.pk]))
    html, file = " ".join(page.text.split()), said(word(world, "chair", meeting))
    assert "Not there: Aldermoor housing" in file
    assert "Not there:</strong> Aldermoor housing" in html
    for fact in ("Have not answered: Aldermoor council", "Enough agencies were there"):
        assert fact in file and fact in html
    sit(world, meeting, "nurse")
    assert "The panel cannot decide" in said(word(world, "chair", meeting))


def test_minutes_hold_only_what_their_reader_may_see(world: World, over: dict):
    address = reverse("panels:minutes", args=[over["meeting"].pk])
    pages = {
        name: world.client(name).get(address).content.decode()
        for name in ("stranger", "officer", "landlord")
    }
    for page in pages.values():
        assert "Missing school" not in page and "Health would wait." not in page
    assert "Only those who sit on the panel see who came." in pages["stranger"]
    assert "Quiet street" in pages["landlord"]


def test_minutes_are_a_draft_until_the_meeting_is_over(world: World, meeting):
    client = world.client("chair")
    assert (
        b"Draft: this meeting" in client.get(reverse("panels:minutes", args=[meeting.pk])).content
    )
    assert "Draft: this meeting" in said(word(world, "chair", meeting))
    services.cancel_meeting(by=world.chair, meeting_id=meeting.pk)
    assert "This meeting was called off." in said(word(world, "chair", meeting))


@given(st.text())
def test_any_text_can_be_written_into_a_word_file(text: str):
    document = Document()
    document.add_paragraph(runs.writable(text))
    document.save(BytesIO())


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"])))
def test_what_people_write_is_written_as_they_wrote_it(text: str):
    assert runs.writable(text) == text


def test_minutes_taken_away_as_a_file_are_an_export(world: World, over: dict):
    word(world, "coordinator", over["meeting"])
    with acting(world.coordinator):
        looks = Consultation.objects.filter(
            route="panels:minutes-word", post=world.coordinator.post
        )
        kinds = {look.kind for look in looks.filter(records=[over["meeting"].pk])}
    assert kinds == {Look.PAGE, Look.EXPORT}
