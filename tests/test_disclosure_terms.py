"""On what terms something is shared: named recipients, conditions beside it, proof of receipt."""

import pytest
from django.urls import reverse

from locality.cases import reads as cases
from locality.cases import services
from locality.cases.models import Case, Note, Request
from locality.cases.tests.given import TERMS, a_case
from locality.cases.words import Answer, RefusedOn
from locality.kit.errors import NotHere, Refused
from locality.sharing import services as sharing_services
from locality.sharing.acting import Actor, acting
from locality.sharing.models import AuditEntry, Disclosure, Received
from locality.sharing.reads import handling_conditions
from locality.sharing.services import Terms
from locality.sharing.words import Category, Marking
from tests.world import World, today

KEPT = ("do not tell them", "ask first")


@pytest.fixture(autouse=True)
def addresses(settings):
    settings.ROOT_URLCONF = "locality.web.urls"


@pytest.fixture
def officer(world: World) -> Actor:
    """Who joins the team later."""
    return world.new_actor("police", "officer")


@pytest.fixture
def case(world: World) -> Case:
    return a_case(world.lead, team_posts=(world.nurse.post, world.landlord.post))


def note_by(by: Actor, case: Case, terms: Terms) -> Note:
    return services.write_note(
        by=by, case_id=case.pk, text="He is moving on Friday.", category=Category.SOCIAL_CARE,
        marking=Marking.STANDARD, happened_on=today(), share=terms,
    )  # fmt: skip


def terms(**more: object) -> Terms:
    return Terms(gateway=TERMS.gateway, necessity="To keep him safe on the day.", **more)


def reads_note(by: Actor, note: Note) -> bool:
    with acting(by):
        return Note.objects.filter(pk=note.pk).exists()


def knows_of_it(by: Actor) -> bool:
    with acting(by):
        return Disclosure.objects.filter(necessity="To keep him safe on the day.").exists()


def test_it_shows_to_those_who_were_named_and_to_nobody_else_on_the_team(
    world: World, case: Case, officer: Actor
):
    note = note_by(world.lead, case, terms(recipients=(world.nurse.post,)))
    services.add_team_member(by=world.lead, case_id=case.pk, post_id=officer.post)
    assert reads_note(world.nurse, note) and knows_of_it(world.nurse)
    assert reads_note(world.lead, note)
    for somebody in (world.landlord, officer):
        with acting(somebody):
            assert cases.case(case.pk)
        assert not reads_note(somebody, note) and not knows_of_it(somebody)


def test_named_or_not_it_ends_with_the_team(world: World, case: Case):
    note = note_by(world.lead, case, terms(recipients=(world.nurse.post,)))
    services.remove_team_member(
        by=world.lead, case_id=case.pk, post_id=world.nurse.post, why="She moves on."
    )
    assert not reads_note(world.nurse, note)


def test_nobody_is_named_who_is_not_on_the_team(world: World, case: Case, officer: Actor):
    with pytest.raises(Refused) as refused:
        note_by(world.lead, case, terms(recipients=(officer.post,)))
    assert refused.value.code == "sharing.not_in_circle"


def test_a_condition_is_one_that_everybody_can_read(world: World, case: Case):
    with pytest.raises(Refused) as refused:
        note_by(world.lead, case, terms(conditions=("whatever",)))
    assert refused.value.code == "sharing.no_such_condition"


def test_what_to_keep_to_stands_beside_the_information(world: World, case: Case):
    note_by(world.lead, case, terms(conditions=KEPT, handling="Ring Marek first."))
    for name in ("cases:notes", "cases:knows"):
        html = world.client("nurse").get(reverse(name, args=[case.pk])).content.decode()
        for words in (*(handling_conditions()[key] for key in KEPT), "Ring Marek first."):
            assert words in html
        assert "handling code C" in html and "I have read it and will keep to this" in html
        assert (
            "I have read it"
            not in world.client("lead").get(reverse(name, args=[case.pk])).content.decode()
        )


def test_whoever_has_it_says_so_once_and_the_giver_can_show_it(world: World, case: Case):
    note_by(world.lead, case, terms(conditions=KEPT))
    with acting(world.nurse):
        given = Disclosure.objects.get(necessity="To keep him safe on the day.")
    nurse = world.client("nurse")
    for _ in range(2):
        sent = nurse.post(reverse("cases:receive", args=[case.pk, given.pk]))
        assert sent.url == reverse("cases:knows", args=[case.pk])
    with acting(world.lead):
        (proof,) = Received.objects.filter(disclosure=given)
        assert proof.post_id == world.nurse.post
    with acting(world.nurse):
        assert AuditEntry.objects.filter(did="sharing.disclosure.received").count() == 1
    html = world.client("lead").get(reverse("cases:knows", args=[case.pk])).content.decode()
    assert "They have said that they have it:" in html and "Ngozi Tarrant" in html


def test_nobody_says_that_they_have_what_is_their_own_is_withdrawn_or_does_not_show(
    world: World, case: Case
):
    note_by(world.lead, case, terms(recipients=(world.nurse.post,)))
    with acting(world.lead):
        given = Disclosure.objects.get(necessity="To keep him safe on the day.")
    with pytest.raises(Refused, match="own agency"):
        sharing_services.receive(by=world.lead, disclosure_id=given.pk)
    with pytest.raises(NotHere):
        sharing_services.receive(by=world.landlord, disclosure_id=given.pk)
    services.withdraw_information(
        by=world.lead, case_id=case.pk, disclosure_id=given.pk, why="It was wrong."
    )
    with pytest.raises(Refused, match="withdrawn"):
        sharing_services.receive(by=world.nurse, disclosure_id=given.pk)


def test_by_the_form_of_a_note_its_terms_are_chosen(world: World, case: Case):
    client, new = world.client("lead"), reverse("cases:add-note", args=[case.pk])
    assert "Ngozi Tarrant" in client.get(new).content.decode()
    day = today()
    sent = client.post(new, {
        "happened_on-day": day.day, "happened_on-month": day.month, "happened_on-year": day.year,
        "text": "He is moving on Friday.", "category": int(Category.SOCIAL_CARE), "marking": "1",
        "share": "team", "gateway": TERMS.gateway.value, "necessity": "To keep him safe.",
        "recipients": [str(world.nurse.post)], "conditions": list(KEPT),
    })  # fmt: skip
    assert sent.status_code == 302
    with acting(world.nurse):
        given = Disclosure.objects.get(necessity="To keep him safe.")
        assert (given.recipients, given.conditions) == ([world.nurse.post], list(KEPT))


@pytest.mark.parametrize(
    ("ground", "did"),
    [
        (RefusedOn.MORE_DETRIMENTAL, "cases.request.withheld"),
        (RefusedOn.NOT_LAWFUL, "cases.request.answered"),
    ],
)
def test_that_it_would_harm_a_child_more_stands_in_the_trail_by_itself(
    world: World, case: Case, ground: RefusedOn, did: str
):
    asked = services.ask(
        by=world.lead, case_id=case.pk, agency_id=world.agencies["police"],
        category=Category.OFFENDING, question="Anything?", why="To plan.", answer_by=today(),
    )  # fmt: skip
    services.answer_request(
        by=world.officer,
        request_id=asked.pk,
        answer=Answer.REFUSED,
        refused_on=ground,
        refused_why="He would learn where she goes to school.",
    )
    with acting(world.officer):
        assert Request.objects.get(pk=asked.pk).refused_on == ground
        assert AuditEntry.objects.filter(record=asked.pk, did=did).count() == 1


def test_whoever_is_asked_about_a_child_is_told_of_the_duty(world: World):
    lead = world.new_actor("council", "case_lead", purpose="safeguarding children")
    police = world.new_actor("police", "officer", purpose="safeguarding children")
    asked = services.ask(
        by=lead, case_id=a_case(lead).pk, agency_id=police.agency, category=Category.OFFENDING,
        question="Anything?", why="To plan.", answer_by=today(),
    )  # fmt: skip
    html = world.client_of(police).get(reverse("cases:answer", args=[asked.pk])).content.decode()
    assert "You may have a duty to share this." in html
    assert "It would harm a child more than not sharing it" in html
