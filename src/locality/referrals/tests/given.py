"""What the tests of referrals start from: a boy of 15, a case with a need and a goal, an offer."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from locality.cases import services as cases
from locality.cases.models import Case, Goal
from locality.cases.words import Grade, NewCase, Subjects
from locality.pathways import catalogue
from locality.people import reads as people_reads
from locality.people import services as people
from locality.people.models import Contact
from locality.people.words import ContactKind
from locality.referrals import services
from locality.referrals.models import Referral
from locality.referrals.words import Attendance, NewReferral
from locality.sharing.acting import Actor, acting
from locality.sharing.words import Category, Gateway, Marking
from tests.world import World, today

WHY = "So that the mentor knows whom to meet and why."


def years_ago(years: int) -> date:
    """A first of January so many whole years ago."""
    return date(today().year - years, 1, 1)


def a_person(by: Actor, born: date | None = None, given: str = "Ash") -> UUID:
    """Somebody invented, 15 years old unless told otherwise."""
    with acting(by):
        record = people.add_record(
            by=by, given_names=given, family_name="Fielding", born=born or years_ago(15)
        )
        return record.person_id


def a_contact(by: Actor, person: UUID, safe: bool = True, value: str = "01632 960123") -> Contact:
    """A telephone number of theirs."""
    with acting(by):
        record = people_reads.my_record_of(person, by.agency)
        return people.add_contact(
            by=by, record_id=record.pk, kind=ContactKind.PHONE, value=value, safe=safe
        )


def a_case(by: Actor, person: UUID | None = None, **changes: object) -> Case:
    """An open case about somebody, led by the actor, with no plan yet."""
    asked = NewCase(
        title="Out late with older boys", why="Two agencies noticed the same.",
        lawful_basis="UK GDPR Article 6(1)(e) public task", category=Category.SOCIAL_CARE,
        marking=Marking.STANDARD, subjects=Subjects(person_ids=(person or a_person(by),)),
        lead_post=by.post, gateway=Gateway.CHILDREN_ACT_2004_S10,
        necessity="So that help can be planned.",
    )  # fmt: skip
    with acting(by):
        return cases.open_case(by=by, case=replace(asked, **changes))


def a_goal(by: Actor, case: Case, heading: str = "safe children") -> Goal:
    """A need under a heading, and a goal for it."""
    with acting(by):
        need = cases.add_need(
            by=by, case_id=case.pk, heading=heading, says="Is given things by older boys."
        )
        return cases.add_goal(by=by, need_id=need.pk, says="Home by nine", measure="He says so")


def new_referral(world: World, case: Case, goal: Goal | None, **changes: object) -> NewReferral:
    """A mentor for the person of a case, ready to offer."""
    asked = NewReferral(
        case_id=case.pk, person_id=case.about[0], pathway="mentoring",
        provider=world.agencies["mentors"], why="He asked for somebody to talk to.", agreed=True,
        agreed_says="He and his mother said yes on Monday.", necessity=WHY,
        gateway=Gateway.CHILDREN_ACT_2004_S10, goal_id=goal.pk if goal else None,
        known=frozenset({"safe_contact", "safe_place"}),
    )  # fmt: skip
    return replace(asked, **changes)


def an_offer(world: World, by: Actor | None = None, **changes: object) -> Referral:
    """An offer of a mentor, by the council's case lead."""
    by = by or world.lead
    case = changes.pop("case", None) or a_case(by)
    goal = a_goal(by, case)
    return services.offer(by=by, referral=new_referral(world, case, goal, **changes))


def under_way(world: World, **changes: object) -> Referral:
    """The same, accepted."""
    one = an_offer(world, **changes)
    return services.accept(by=world.mentor, referral_id=one.pk, worker=world.mentor.post)


def a_report(pathway: str = "mentoring") -> dict[str, str]:
    """Something under every heading."""
    return {heading: "As told." for heading in catalogue.get(pathway).report_headings}


def over(world: World, one: Referral, **changes: object) -> Referral:
    """The same, ended well."""
    asked = {
        "how": "completed", "grade": Grade.MOSTLY, "end_report": a_report(),
        "their_view": "He turned up.", **changes,
    }  # fmt: skip
    return services.end(by=world.mentor, referral_id=one.pk, **asked)


def a_session(world: World, one: Referral, **changes: object):
    """A session today that he came to."""
    asked = {"held_on": today(), "attendance": Attendance.ATTENDED, "says": "Football.", **changes}
    return services.record_session(by=world.mentor, referral_id=one.pk, **asked)
