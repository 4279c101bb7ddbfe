"""Who may be offered what, by whom, to whom; and what the provider is told by it."""

from dataclasses import replace

import pytest

from locality.cases import services as cases
from locality.cases.words import Closing, Grade
from locality.kit.dates import england_and_wales, is_working_day
from locality.kit.errors import NotHere, Refused
from locality.pathways import catalogue
from locality.people import services as people
from locality.people.models import Contact, Record
from locality.referrals import reads, services
from locality.referrals.models import Referral, Session, Step
from locality.referrals.tests.given import (
    a_case,
    a_contact,
    a_goal,
    a_person,
    a_session,
    an_offer,
    new_referral,
    under_way,
    years_ago,
)
from locality.sharing import reads as sharing
from locality.sharing import services as sharing_services
from locality.sharing.acting import acting
from locality.sharing.models import AuditEntry
from locality.sharing.words import Category, CircleKind, Gateway, Marking
from tests.world import World


def refused(world: World, code: str, by=None, case=None, heading="safe children", **changes):
    by = by or world.lead
    case = case or a_case(world.lead)
    goal = a_goal(world.lead, case, heading)
    with pytest.raises(Refused) as no:
        services.offer(by=by, referral=new_referral(world, case, goal, **changes))
    assert no.value.code == f"referrals.{code}"
    with acting(world.lead):
        assert not reads.of_case(case.pk).exists()
    return no.value.reason


def test_the_provider_sees_the_referral_and_who_it_is_and_never_the_case(world: World):
    one = an_offer(world)
    with acting(world.mentor):
        found = reads.referral(one.pk)
        assert found.why == "He asked for somebody to talk to."
        assert reads.whom(found).name == "Ash Fielding"
        assert reads.whom(found).born_year == years_ago(15).year
        assert not reads.case_shows(one.case_id)
        assert reads.goal_of(found) is None
        assert Record.objects.count() == 1


def test_nobody_else_sees_it_but_the_agency_that_made_it(world: World):
    one = an_offer(world)
    for other in (world.stranger, world.nurse, world.officer, world.landlord, world.governor):
        with acting(other):
            assert not Referral.objects.exists()
            with pytest.raises(NotHere):
                reads.referral(one.pk)
    with acting(world.lead):
        assert reads.goal_of(reads.referral(one.pk)).says == "Home by nine"


def test_a_provider_of_another_agency_never_sees_it(world: World):
    others = [world.new_actor(agency, "provider") for agency in ("stranger", "housing")]
    for begun in (an_offer, under_way):
        one = begun(world)
        for other in others:
            with acting(other):
                assert not Referral.objects.filter(pk=one.pk).exists()
                assert not Record.objects.exists()


def test_only_safe_contacts_that_were_chosen_are_told(world: World):
    person = a_person(world.lead)
    told = a_contact(world.lead, person)
    a_contact(world.lead, person, value="01632 960999")
    one = an_offer(world, case=a_case(world.lead, person), contacts=(told.pk,))
    with acting(world.mentor):
        assert [c.value for c in Contact.objects.all()] == ["01632 960123"]
        assert [c.value for c in reads.whom(reads.referral(one.pk)).contacts] == ["01632 960123"]


def test_a_contact_that_is_not_safe_is_never_told(world: World):
    person = a_person(world.lead)
    unsafe = a_contact(world.lead, person, safe=False)
    refused(world, "not_a_safe_contact", case=a_case(world.lead, person), contacts=(unsafe.pk,))


def test_the_clock_for_an_answer_ends_on_a_working_day(world: World):
    one = an_offer(world)
    assert is_working_day(one.answer_by.date(), england_and_wales())


def test_it_is_held_as_closely_as_its_case(world: World):
    case = a_case(world.specialist, a_person(world.specialist), marking=Marking.SEALED)
    goal = a_goal(world.specialist, case)
    with pytest.raises(Refused) as no:
        services.offer(by=world.specialist, referral=new_referral(world, case, goal))
    assert no.value.code == "referrals.cannot_be_told"
    assert an_offer(world).label_id == a_case(world.lead).label_id


@pytest.mark.parametrize(
    ("born", "heading", "changes", "says"),
    [
        (years_ago(18), "safe children", {}, "They are 18"),
        (years_ago(9), "safe children", {}, "They are 9"),
        (years_ago(15), "housing", {}, "It helps with"),
        (years_ago(15), "crime", {"known": frozenset({"safe_contact"})}, "place to meet"),
        (years_ago(15), "crime", {"agreed": None}, "nobody has recorded asking"),
        (years_ago(15), "crime", {"agreed": False}, "Write down what they said"),
        (
            years_ago(15), "crime",
            {"known": frozenset({"safe_contact", "safe_place", "harm"})}, "Call the police now",
        ),
    ],
)  # fmt: skip
def test_who_does_not_fit_is_refused_with_the_fact_it_rests_on(
    world: World, born, heading, changes, says
):
    case = a_case(world.lead, a_person(world.lead, born))
    assert says in refused(world, "does_not_fit", case=case, heading=heading, **changes)


def test_offering_the_same_twice_makes_one_offer(world: World):
    one = an_offer(world)
    with acting(world.lead):
        case = reads.visible().get(pk=one.pk)
    again = replace(
        new_referral(world, a_case(world.lead), None),
        case_id=case.case_id,
        person_id=case.person_id,
    )
    with pytest.raises(Refused) as no:
        services.offer(by=world.lead, referral=again)
    assert no.value.code == "referrals.offered_already" and one.reference in no.value.reason
    with acting(world.lead):
        assert reads.of_case(one.case_id).count() == 1


def test_a_closed_case_refers_nobody(world: World):
    case = a_case(world.lead)
    goal = a_goal(world.lead, case)
    cases.grade_goal(by=world.lead, goal_id=goal.pk, grade=Grade.REACHED, says="Yes.")
    cases.close_case(by=world.lead, case_id=case.pk, closing=Closing.GOALS_MET, says="Done.")
    with pytest.raises(Refused):
        services.offer(by=world.lead, referral=new_referral(world, case, None))


def test_nobody_offers_for_a_person_the_case_is_not_about(world: World):
    case = a_case(world.lead)
    other = a_person(world.lead, given="Robin")
    with pytest.raises(NotHere):
        services.offer(by=world.lead, referral=new_referral(world, case, None, person_id=other))


def test_a_stranger_cannot_offer_on_a_case_they_do_not_see(world: World):
    case = a_case(world.lead)
    with pytest.raises(NotHere):
        services.offer(by=world.stranger, referral=new_referral(world, case, None))


def test_an_agency_without_an_agreement_cannot_be_told(world: World):
    world.new_actor("stranger", "provider")
    says = refused(world, "cannot_be_told", provider=world.agencies["stranger"])
    assert "agreement" in says


def test_an_agency_not_cleared_for_the_case_cannot_be_told(world: World):
    case = a_case(world.lead, marking=Marking.RESTRICTED)
    assert "cleared" in refused(world, "cannot_be_told", case=case)


def test_an_agency_that_does_not_provide_it_cannot_be_chosen(world: World):
    refused(world, "not_a_provider", provider=world.agencies["police"])


def test_a_teacher_cannot_refer(world: World):
    case = a_case(world.lead)
    with pytest.raises(Refused) as no:
        services.offer(by=world.teacher, referral=new_referral(world, case, None))
    assert no.value.code == "sharing.not_your_duty"


def test_for_another_purpose_the_pathway_is_not_offered(world: World):
    by = replace(world.lead, purpose="oversight")
    case = a_case(by)
    with pytest.raises(Refused) as no:
        services.offer(by=by, referral=new_referral(world, case, a_goal(by, case)))
    assert no.value.code == "referrals.other_purpose"


def test_a_nurse_on_the_team_refers_and_the_lead_sees_it(world: World):
    case = a_case(world.lead, team_posts=(world.nurse.post,))
    goal = a_goal(world.lead, case)
    with pytest.raises(Refused) as no:
        services.offer(by=world.nurse, referral=new_referral(world, case, goal))
    assert no.value.code in ("referrals.not_known_to_you", "referrals.does_not_fit")
    own_record(world.nurse, case.about[0])
    one = services.offer(by=world.nurse, referral=new_referral(world, case, goal))
    assert one.owner_id == world.agencies["health"]
    for sees in (world.lead, world.nurse, world.mentor):
        with acting(sees):
            assert reads.referral(one.pk).reference == one.reference
    with acting(world.officer):
        assert not Referral.objects.exists()


def test_the_team_of_the_case_sees_how_it_goes_whoever_they_work_for(world: World):
    case = a_case(world.lead, team_posts=(world.nurse.post,))
    one = under_way(world, case=case)
    a_session(world, one)
    with acting(world.nurse):
        assert reads.of_case(case.pk).get() == one
        assert reads.steps(one.pk).exists() and reads.sessions(one.pk).exists()
        assert reads.work_shows(one, world.nurse)
    with acting(world.officer):
        assert not Referral.objects.exists()


def test_a_panel_that_is_shown_the_case_sees_the_outcome_and_not_what_was_written(world: World):
    case = a_case(world.lead)
    one = under_way(world, case=case)
    a_session(world, one)
    with acting(world.lead):
        shown_to = sharing_services.make_circle(
            by=world.lead, kind=CircleKind.CASE, category=Category(case.category),
            marking=Marking(case.marking),
        )  # fmt: skip
        sharing_services.add_member(by=world.lead, circle_id=shown_to.pk, post_id=world.chair.post)
        terms = sharing_services.Terms(Gateway.CHILDREN_ACT_2004_S10, "To decide together.")
        cases.disclose_case(by=world.lead, case_id=case.pk, circle_id=shown_to.pk, terms=terms)
    with acting(world.chair):
        assert reads.of_case(case.pk).get() == one
        assert not reads.steps(one.pk).exists() and not reads.sessions(one.pk).exists()
        assert not reads.work_shows(one, world.chair)
    asked = new_referral(world, case, None, pathway="early_help")
    with pytest.raises(Refused) as no:
        services.offer(by=world.chair, referral=asked)
    assert no.value.code == "referrals.not_on_the_team"


def own_record(by, person):
    with acting(by):
        return people.add_record(
            by=by, person_id=person, given_names="Ash", family_name="Fielding", born=years_ago(15)
        )


def test_somebody_kept_from_the_person_sees_no_part_of_it(world: World):
    one = under_way(world)
    a_session(world, one)
    sharing_services.declare_conflict(by=world.mentor, subject=one.person_id, why="My cousin.")
    with acting(world.mentor):
        assert not Referral.objects.exists()
        assert not Step.objects.exists() and not Session.objects.exists()


def test_every_offer_leaves_an_audit_entry_that_says_why(world: World):
    one = an_offer(world)
    with acting(world.lead):
        entry = AuditEntry.objects.get(did="referrals.referral.offered", record=one.pk)
        assert entry.why and entry.post == world.lead.post


def test_when_the_audit_fails_nothing_is_left(world: World, monkeypatch):
    case = a_case(world.lead)
    goal = a_goal(world.lead, case)

    def breaks(**_):
        raise RuntimeError("no audit")

    monkeypatch.setattr("locality.referrals.services.offering.audit.record", breaks)
    with pytest.raises(RuntimeError):
        services.offer(by=world.lead, referral=new_referral(world, case, goal))
    monkeypatch.undo()
    with acting(world.lead):
        assert not reads.of_case(case.pk).exists()


def test_a_pathway_without_agreement_needed_is_offered_without(world: World, monkeypatch):
    whole = catalogue.get("mentoring")
    free = replace(whole, agreement=replace(whole.agreement, required=False))
    monkeypatch.setattr(catalogue, "get", lambda key, version="": free)
    one = an_offer(world, agreed=False)
    assert one.agreed is False


def test_the_gateway_and_the_reason_are_on_the_disclosure(world: World):
    one = an_offer(world, gateway=Gateway.CRIME_AND_DISORDER_ACT_S115)
    with acting(world.lead):
        given = sharing.disclosures_to(one.circle_id).get()
    assert given.gateway == Gateway.CRIME_AND_DISORDER_ACT_S115
    assert given.necessity.startswith("So that the mentor")
