"""Opening a case: one disclosure to its team, or nothing at all."""

from uuid import uuid4

import pytest

from locality.cases import reads, services
from locality.cases.models import Case, Subject
from locality.cases.tests.given import a_case, a_person, new_case
from locality.cases.words import Subjects
from locality.kit.errors import NotHere, Refused
from locality.people import reads as people
from locality.people import services as people_services
from locality.sharing import reads as sharing
from locality.sharing.acting import acting
from locality.sharing.models import AuditEntry, Circle, Disclosed, Disclosure, Member
from locality.sharing.words import Category, Marking
from tests.world import World


def test_a_case_is_opened_with_one_disclosure_of_itself_and_who_it_is_about(world: World):
    case = a_case(world.lead, team_posts=(world.nurse.post,))
    with acting(world.lead):
        (given,) = sharing.disclosures_to(case.circle_id)
        assert {item.kind for item in given.items.all()} == {"cases.case", "people.record"}
        assert len(reads.subjects(case.pk)) == 1


def test_its_team_sees_it_and_who_it_is_about(world: World):
    case = a_case(world.lead, team_posts=(world.nurse.post,))
    with acting(world.nurse):
        assert reads.case(case.pk).why == case.why
        assert people.names(case.about) == {case.about[0]: "Ash Fielding"}
        assert [one.pk for one in reads.my_cases(world.nurse.post)] == [case.pk]


def test_the_screener_may_open_it_for_a_colleague_who_leads(world: World):
    case = a_case(world.screener, lead_post=world.lead.post)
    with acting(world.lead):
        assert reads.case(case.pk).lead_id == world.lead.post
        posts = {member.post_id for member in sharing.members(case.circle_id)}
    assert posts == {world.screener.post, world.lead.post}


def test_of_somebody_known_by_another_agency_the_lead_agency_makes_its_own_record(world: World):
    with acting(world.nurse):
        person = a_person(world.nurse, "Robin", "Ashdown")
        record = people.my_record_of(person, world.nurse.agency)
        theirs = services.open_case(
            by=world.nurse,
            case=new_case(world.nurse, subjects=Subjects((person,)), team_posts=(world.lead.post,)),
        )
    case = a_case(world.lead, subjects=Subjects((person,)))
    with acting(world.lead):
        own = people.my_record_of(person, world.lead.agency)
        assert own.full_name == record.full_name and own.pk != record.pk
        items = {item.item for item in sharing.items_disclosed_to(case.circle_id, "people.record")}
        assert items == {own.pk} and theirs.pk != case.pk


def test_a_household_brings_everybody_who_lives_in_it(world: World):
    with acting(world.lead):
        both = [a_person(world.lead, "Ash"), a_person(world.lead, "Bo")]
        home = people_services.make_household(
            by=world.lead, name="Fielding, Mill Lane", person_ids=both
        )
    case = a_case(
        world.lead, subjects=Subjects(household_id=home.pk), team_posts=(world.nurse.post,)
    )
    assert sorted(case.about) == sorted(both)
    with acting(world.nurse):
        assert "Name not shown to you" not in people.names(both).values()
        assert people.household(home.pk).name == "Fielding, Mill Lane"


def test_a_place_is_enough(world: World):
    place = uuid4()
    case = a_case(world.lead, subjects=Subjects(place_id=place), category=Category.COMMUNITY)
    with acting(world.lead):
        assert [one.pk for one in reads.cases_about([], place)] == [case.pk]


@pytest.mark.parametrize(
    "who, changes, code",
    [
        ("lead", {"subjects": Subjects()}, "cases.about_nothing"),
        ("lead", {"lead_post": "nurse"}, "cases.cannot_lead"),
        ("lead", {"team_posts": "stranger"}, "cases.no_agreement"),
        ("lead", {"team_posts": "mentor", "category": Category.HOUSING}, "cases.not_cleared"),
        ("lead", {"marking": Marking.SEALED}, "cases.not_cleared"),
        ("lead", {"category": Category.PREVENT}, "cases.must_be_sealed"),
        ("teacher", {}, "sharing.not_your_duty"),
    ],
)
def test_what_may_not_be_opened_leaves_nothing(world: World, who: str, changes: dict, code: str):
    by = world.actors[who]
    if "lead_post" in changes:
        changes = {**changes, "lead_post": world.actors[changes["lead_post"]].post}
    if "team_posts" in changes:
        changes = {**changes, "team_posts": (world.actors[changes["team_posts"]].post,)}
    asked = new_case(by, **changes)
    before = _rows(by)
    with pytest.raises(Refused) as refused:
        services.open_case(by=by, case=asked)
    assert refused.value.code == code
    assert _rows(by) == before


def test_a_person_nobody_showed_us_is_not_here(world: World):
    hidden = a_person(world.nurse)
    with pytest.raises(NotHere):
        a_case(world.lead, subjects=Subjects((hidden,)))


def test_what_is_missing_is_named(world: World):
    with pytest.raises(Refused, match="Aldermoor council share social care .* Aldermoor stranger"):
        a_case(world.lead, team_posts=(world.stranger.post,))


def test_editing_keeps_what_it_said_before_and_who_changed_it(world: World):
    case = a_case(world.lead)
    new = {"title": case.title, "why": "More is known now.", "review_on": case.review_on}
    services.edit_case(
        by=world.lead, case_id=case.pk, version=1, own_words=case.own_words,
        going_well=case.going_well, **new,
    )  # fmt: skip
    with acting(world.lead):
        assert reads.case(case.pk).why == "More is known now."
        assert case.edits.get().was == {"why": case.why}
    with pytest.raises(Refused) as refused:
        services.edit_case(by=world.lead, case_id=case.pk, version=1, **new)
    assert refused.value.code == "cases.changed"


def _rows(by) -> list[int]:
    with acting(by):
        tables = (Case, Subject, Circle, Member, Disclosure, Disclosed, AuditEntry)
        return [one.objects.count() for one in tables]
