"""Notes, requests and answers: each agency's own until it shares them."""

from datetime import timedelta

import pytest

from locality.cases import reads, services
from locality.cases.models import Note, Request
from locality.cases.tests.given import TERMS, a_case
from locality.cases.words import Answer, Telling
from locality.kit.errors import NotHere, Refused
from locality.sharing import reads as sharing
from locality.sharing.acting import acting
from locality.sharing.services import Terms
from locality.sharing.words import Category, Marking
from tests.world import World, today


def a_note(by, case, share: Terms | None = None, **changes) -> Note:
    asked = {
        "text": "Seen at clinic.", "category": Category.MENTAL_HEALTH,
        "marking": Marking.STANDARD, "happened_on": today(),
    }  # fmt: skip
    return services.write_note(by=by, case_id=case.pk, share=share, **{**asked, **changes})


def a_request(by, case, agency: int, **changes) -> Request:
    asked = {
        "category": Category.OFFENDING, "question": "Any arrest this year?",
        "why": "To plan visits safely.", "answer_by": today() + timedelta(days=5),
    }  # fmt: skip
    return services.ask(by=by, case_id=case.pk, agency_id=agency, **{**asked, **changes})


def texts(by, case) -> list[str]:
    with acting(by):
        return [note.text for note in reads.notes(case.pk)]


def test_a_note_shows_to_the_team_only_once_it_is_shared(world: World):
    case = a_case(world.lead, team_posts=(world.nurse.post,))
    note = a_note(world.nurse, case)
    assert texts(world.nurse, case) and not texts(world.lead, case)
    services.share_note(by=world.nurse, note_id=note.pk, terms=TERMS)
    assert texts(world.lead, case) == ["Seen at clinic."]
    with pytest.raises(Refused) as again:
        services.share_note(by=world.nurse, note_id=note.pk, terms=TERMS)
    assert again.value.code == "cases.shared_already"


def test_the_lead_agencys_own_notes_are_not_shared_with_the_case(world: World):
    case = a_case(world.lead, team_posts=(world.nurse.post,))
    a_note(world.lead, case, category=Category.SOCIAL_CARE)
    assert texts(world.lead, case) and not texts(world.nurse, case)


def test_taken_back_it_is_gone_for_the_team_and_not_for_its_own_agency(world: World):
    case = a_case(world.lead, team_posts=(world.nurse.post,))
    a_note(world.nurse, case, share=TERMS)
    with acting(world.nurse):
        given = next(
            one for one in sharing.disclosures_to(case.circle_id)
            if one.owner_id == world.nurse.agency
        )  # fmt: skip
    services.withdraw_information(
        by=world.nurse, case_id=case.pk, disclosure_id=given.pk, why="A mistake."
    )
    assert texts(world.nurse, case) and not texts(world.lead, case)


def test_what_lets_the_team_see_the_case_is_not_taken_back(world: World):
    case = a_case(world.lead)
    with acting(world.lead):
        given = reads.disclosure_of_case(case)
    with pytest.raises(Refused) as refused:
        services.withdraw_information(
            by=world.lead, case_id=case.pk, disclosure_id=given.pk, why="No."
        )
    assert refused.value.code == "cases.team_needs_this"


def test_a_disclosure_is_taken_back_only_in_its_own_case(world: World):
    one, other = a_case(world.lead), a_case(world.lead)
    with acting(world.lead):
        given = reads.disclosure_of_case(other)
    with pytest.raises(NotHere):
        services.withdraw_information(
            by=world.lead, case_id=one.pk, disclosure_id=given.pk, why="No."
        )


def test_on_a_sealed_case_a_note_is_sealed_and_shared_or_not_written(world: World):
    case = a_case(
        world.specialist, marking=Marking.SEALED, category=Category.DOMESTIC_ABUSE,
        team_posts=(world.screener.post,),
    )  # fmt: skip
    with pytest.raises(Refused):
        a_note(world.specialist, case, category=Category.DOMESTIC_ABUSE)
    a_note(world.specialist, case, share=TERMS, category=Category.DOMESTIC_ABUSE)
    assert texts(world.screener, case) and not texts(world.lead, case)
    with pytest.raises(Refused) as refused:
        a_request(world.specialist, case, world.officer.agency)
    assert refused.value.code == "cases.sealed_asks_nobody"


def test_an_answer_reaches_the_team_and_nobody_else(world: World):
    case = a_case(world.lead, team_posts=(world.specialist.post,))
    request = a_request(world.lead, case, world.officer.agency)
    with acting(world.officer):
        (asked,) = reads.requests_to(world.officer.agency)
        assert asked.whom == "Ash Fielding"
        with pytest.raises(NotHere):
            reads.case(case.pk)
    services.answer_request(
        by=world.officer, request_id=request.pk, answer=Answer.GIVEN, text="None.", terms=TERMS
    )
    assert texts(world.specialist, case) == ["None."]  # the lead is not cleared for offending
    assert not texts(world.lead, case) and not texts(world.nurse, case)


def test_a_refusal_says_why_and_an_answer_stands(world: World):
    case = a_case(world.lead)
    request = a_request(world.lead, case, world.officer.agency)
    with pytest.raises(Refused) as silent:
        services.answer_request(by=world.officer, request_id=request.pk, answer=Answer.REFUSED)
    assert silent.value.code == "cases.refusal_says_why"
    answer = {"by": world.officer, "request_id": request.pk}
    services.answer_request(**answer, answer=Answer.REFUSED, refused_why="A live investigation.")
    with pytest.raises(Refused) as twice:
        services.answer_request(**answer, answer=Answer.NOTHING_HELD)
    assert twice.value.code == "cases.answered_already"
    with acting(world.officer):  # not even by a page that forgot to ask
        assert Request.objects.filter(pk=request.pk).update(answer=Answer.NOTHING_HELD) == 0


def test_only_whoever_was_asked_answers(world: World):
    case = a_case(world.lead, team_posts=(world.nurse.post,))
    request = a_request(world.lead, case, world.officer.agency)
    for by in (world.lead, world.nurse):
        with pytest.raises((Refused, NotHere)):
            services.answer_request(by=by, request_id=request.pk, answer=Answer.NOTHING_HELD)
    with acting(world.landlord), pytest.raises(NotHere):
        reads.request(request.pk)


def test_a_colleague_who_is_not_cleared_does_not_see_what_was_asked(world: World):
    request = a_request(world.lead, a_case(world.lead), world.officer.agency)
    clerk = world.new_actor("police", "practitioner")
    with acting(clerk):
        assert not reads.requests_to(clerk.agency)
        with pytest.raises(NotHere):
            reads.request(request.pk)


def test_whoever_is_kept_from_them_does_not_see_what_was_asked(world: World):
    from locality.sharing import services as sharing_services

    case = a_case(world.lead)
    for subject in (case.pk, case.about[0]):
        request = a_request(world.lead, case, world.officer.agency)
        kept = world.new_actor("police", "officer")
        with acting(kept):
            assert reads.request(request.pk)
        sharing_services.declare_conflict(by=kept, subject=subject, why="My cousin.")
        with acting(kept), pytest.raises(NotHere):
            reads.request(request.pk)


def test_asking_needs_an_agreement_both_ways_and_somebody_to_answer(world: World):
    case = a_case(world.lead)
    with pytest.raises(Refused) as none:
        a_request(world.lead, case, world.stranger.agency)
    assert none.value.code == "cases.no_agreement"
    with pytest.raises(Refused) as nobody:
        a_request(world.lead, case, world.teacher.agency)
    assert nobody.value.code == "cases.nobody_to_answer"
    with pytest.raises(Refused):
        a_request(world.lead, case, world.lead.agency)


def test_called_off_it_needs_no_answer(world: World):
    case = a_case(world.lead)
    request = a_request(world.lead, case, world.officer.agency)
    with pytest.raises((Refused, NotHere)):
        services.call_off_request(by=world.officer, request_id=request.pk, why="No.")
    services.call_off_request(by=world.lead, request_id=request.pk, why="We know now.")
    with acting(world.officer):
        assert not [one for one in reads.to_do(world.officer) if one.kind == "request"]


def test_who_knows_what_says_given_asked_refused_and_ends_soon(world: World):
    case = a_case(world.lead, team_posts=(world.nurse.post,))
    a_request(world.lead, case, world.officer.agency)
    soon = Terms(TERMS.gateway, TERMS.necessity, until=today() + timedelta(days=3))
    a_note(world.nurse, case, share=soon)
    with acting(world.lead):
        table = reads.who_knows_what(reads.case(case.pk))
    cells = {
        (agency.pk, kind): cell.telling
        for agency, row in table.rows
        for kind, cell in zip(table.columns, row, strict=True)
    }
    assert cells[world.lead.agency, Category.SOCIAL_CARE] == Telling.GIVEN
    assert cells[world.lead.agency, Category.IDENTITY] == Telling.GIVEN
    assert cells[world.nurse.agency, Category.MENTAL_HEALTH] == Telling.EXPIRING
    assert cells[world.officer.agency, Category.OFFENDING] == Telling.ASKED
    assert cells[world.nurse.agency, Category.OFFENDING] is None


def test_a_panel_shown_a_case_sees_its_plan_and_not_its_team_or_notes(world: World):
    from locality.sharing import services as sharing_services
    from locality.sharing.words import CircleKind

    case = a_case(world.lead, team_posts=(world.nurse.post,))
    a_note(world.nurse, case, share=TERMS)
    with acting(world.lead):
        room = sharing_services.make_circle(
            by=world.lead, kind=CircleKind.REFERRAL, category=Category.COMMUNITY,
            marking=Marking.OPEN,
        )  # fmt: skip
        sharing_services.add_member(by=world.lead, circle_id=room.pk, post_id=world.chair.post)
    show = {"by": world.lead, "case_id": case.pk, "circle_id": room.pk, "terms": TERMS}
    first = services.disclose_case(**show)
    assert services.disclose_case(**show).pk == first.pk
    with acting(world.chair):
        assert reads.case(case.pk)
        assert not reads.notes(case.pk) and not sharing.members(case.circle_id)
        services.add_action(
            by=world.chair, case_id=case.pk, says="Visit", who=world.chair.post, due=today()
        )
        assert [one.kind for one in reads.to_do(world.chair)] == ["action"]
