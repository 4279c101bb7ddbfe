"""What the journeys' area holds half done, so that every form is there to be seen."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from locality.cases import services as cases
from locality.cases.models import Case
from locality.cases.words import ActionState, Answer, Closing, Grade, NewCase, Subjects
from locality.impact import services as impact
from locality.intake import services as intake
from locality.intake.words import Matter, NewConcern, Told, Urgency
from locality.kit.dates import Period, month_of
from locality.panels import services as panels
from locality.panels.models import Item, Meeting, Panel
from locality.panels.words import Listed, NewAction, Outcome
from locality.people import services as people
from locality.people.emergency.services import take as take_emergency_access
from locality.people.models import Record
from locality.referrals import services as referrals
from locality.referrals.models import Referral
from locality.referrals.words import NewReferral
from locality.sharing import sessions
from locality.sharing.acting import Actor, acting, looking
from locality.sharing.agreements import services as agreeing
from locality.sharing.conflicts.services import keep_apart, keep_from
from locality.sharing.consents import services as consents
from locality.sharing.models import Agency, Circle, Post, User
from locality.sharing.partners.words import AgreementEntry
from locality.sharing.retention import queueing
from locality.sharing.retention.services import hold, set_schedule
from locality.sharing.retention.words import NewSchedule
from locality.sharing.services import Terms
from locality.sharing.subjects import answering, correcting
from locality.sharing.subjects import services as subjects
from locality.sharing.subjects.words import NewCorrection, NewRequest
from locality.sharing.words import (
    Action,
    AnsweredBy,
    Category,
    ConsentAnswer,
    ConsentKind,
    Gateway,
    Handled,
    Marking,
    Nature,
    Step,
    SubjectKind,
)

LAW = Gateway.CHILDREN_ACT_2004_S10
TERMS = Terms(gateway=LAW, necessity="So that we help together.")
PANEL = ["Owen Marsh", "Priya Lantern", "Ngozi Tarrant", "Marek Oldacre", "Gethin Sparrow"]
TO_PLAN = "To plan his way home."


def leave_everything() -> None:
    """Begin one of each thing, and finish it or not, as its next form needs."""
    draft()
    raised()
    report()
    lead = actor("Marek Oldacre")
    people_linked(lead)
    looked_at_a_stranger(lead)
    kept_away(lead)
    emergency()
    agreements()
    requests_from_people(lead)
    being_helped = case(lead, "A walk home")
    plan(lead, being_helped)
    asked(lead, being_helped)
    offered(lead, being_helped)
    somebody_joins("Stepping Stones Mentoring")
    before_panel(lead, being_helped)
    ready_to_close(lead)
    closed(lead)
    over(lead)
    told(lead)


def looked_at_a_stranger(by: Actor) -> None:
    """A look that stands out, for a governance lead to ask about."""
    record = people.add_record(
        by=actor("Joan Pellow"), given_names="Rowan", family_name="Larkfield"
    )
    with looking(by, kind="page", route="people:person", records=[record.person_id]):
        pass


def kept_away(by: Actor) -> None:
    """Somebody kept from a person, for a governance lead to lift."""
    record = people.add_record(by=by, given_names="Linden", family_name="Marwood")
    keep_from(by=by, subject=record.person_id, post_id=actor("Amrit Vale").post, why="A cousin.")
    feared = people.add_record(by=by, given_names="Rowan", family_name="Marwood")
    keep_apart(by=by, protected=record.person_id, feared=feared.person_id, why="She is afraid.")
    hold(by=by, subject=record.person_id, why="The coroner asked for it.")


def emergency() -> None:
    """Emergency access that lasts still, and that nobody has looked at."""
    take_emergency_access(
        by=actor("Joan Pellow"), given_names="Rowan", family_name="Larkfield",
        born=date(1990, 2, 3), reason="She may come to harm before we can ask anybody.",
    )  # fmt: skip


def agreements() -> None:
    """One draft that may be changed, and one that waits for the yes of another lead."""
    ivor, police = actor("Ivor Penrose", "oversight"), actor("Imogen Ashdale", "oversight")
    terms = AgreementEntry(
        name="Town centre at night", purpose="crime prevention", gateway=Gateway.PUBLIC_TASK,
        starts=soon(0), until=soon(300), review_by=soon(200), covers={"incident": "restricted"},
        parties=(ivor.agency, police.agency),
    )  # fmt: skip
    agreeing.write(by=ivor, terms=terms)
    asked = agreeing.write(by=ivor, terms=replace(terms, name="Town centre by day"))
    agreeing.take(by=ivor, agreement_id=asked.pk, step=Step.ASKED, why="It is time.", seen=1)


def requests_from_people(lead: Actor) -> None:
    """Requests at every stage: no proof, stopped, a complaint, two read for, one answered."""
    ivor, joan = actor("Ivor Penrose", "oversight"), actor("Priya Lantern")
    record = people.add_record(by=lead, given_names="Merrin", family_name="Holt")
    asked = NewRequest(
        kind=SubjectKind.ACCESS, name="Merrin Holt", reach="By hand, at the library.",
        wants="Everything you hold about me.", received_on=soon(-20),
    )  # fmt: skip
    subjects.log(by=ivor, asked=asked)
    subjects.log(by=ivor, asked=replace(asked, kind=SubjectKind.COMPLAINT))
    seen = replace(asked, checked="Passport.")
    stopped = subjects.log(by=ivor, asked=seen)
    subjects.take(
        by=ivor, request_id=stopped.pk, step=Handled.STOPPED, on=soon(-2), why="Which years?"
    )
    subjects.ask_to_read(by=ivor, request_id=stopped.pk, post_id=lead.post)
    wrong = subjects.log(by=ivor, asked=replace(seen, kind=SubjectKind.CORRECTION))
    subjects.ask_to_read(by=ivor, request_id=wrong.pk, post_id=lead.post)
    answering.say_who(by=lead, request_id=wrong.pk, people=[record.person_id])
    correcting.correct(
        by=lead, request_id=wrong.pk, kind="people.record", item=record.pk,
        said=NewCorrection("sex", Nature.FACT, "female"),
    )  # fmt: skip
    for done in (0, 1, 2):
        row = subjects.log(by=ivor, asked=seen)
        for reader in (lead, joan):
            subjects.ask_to_read(by=ivor, request_id=row.pk, post_id=reader.post)
        answering.say_who(by=lead, request_id=row.pk, people=[record.person_id])
        if done:
            keys = [f"people.record:{record.pk}"]
            answering.give_in_full(by=lead, request_id=row.pk, keys=keys)
            answering.sign(by=joan, request_id=row.pk, keys=keys)
            answering.finish(by=lead, request_id=row.pk)
        if done == 2:
            answering.finish(by=joan, request_id=row.pk)


def actor(name: str, purpose: str = "early help") -> Actor:
    """Let somebody act."""
    post = Post.objects.get(name=name)
    key = sessions.start(user=post.user_id, post=post.pk)
    return Actor(post=post.pk, person=post.user_id, agency=post.agency_id, purpose=purpose, key=key)


def soon(days: int = 5) -> date:
    """A day to come."""
    return timezone.localdate() + timedelta(days=days)


def draft() -> None:
    """Leave a concern written, and not raised."""
    noticed = {"text": "Tired.", "matter": Matter.LEARNING, "noticed_on": soon(-1).isoformat()}
    answers = {
        "danger": "soon", "people": [{"given_names": "Ash", "family_name": "Fielding"}],
        "noticed": noticed, "agreed": {"told": Told.AGREED},
    }  # fmt: skip
    intake.save_draft(by=actor("Amrit Vale"), answers=answers)


def raised() -> None:
    """Leave a concern undecided, about a place that nobody has named yet."""
    concern = NewConcern(
        urgency=Urgency.TODAY, matter=Matter.PLACE, text="Broken glass.", noticed_on=soon(-1),
        told=Told.NOBODY, place_says="The steps behind the shops",
    )  # fmt: skip
    intake.raise_concern(by=actor("Amrit Vale"), concern=concern)


def report() -> None:
    """Leave a board report begun, one of its blocks written twice."""
    last = month_of(timezone.localdate()) + -1
    by = actor("Grace Holloway", "oversight")
    made = impact.start_report(by=by, area="Walsall", period=Period(last + -11, last))
    for seen, text in enumerate(("First words.", "Better words.")):
        impact.edit_block(by=by, report_id=made.pk, key="purpose", text=text, seen=seen)


def known(lead: Actor) -> list[Record]:
    """Some young people whom the lead's own agency has on record."""
    born = (soon(-17 * 365), soon(-11 * 365))
    with acting(lead):
        return list(Record.objects.filter(owner=lead.agency, born__range=born).order_by("id")[:4])


def people_linked(lead: Actor) -> None:
    """Decide that two records are of one person."""
    first, second, *_ = known(lead)
    people.link_records(
        by=lead, record_id=first.pk, person_id=second.person_id, why="The same address."
    )


def case(lead: Actor, title: str) -> Case:
    """Open a case about somebody; it is looked at soonest of all, so it heads every list."""
    return cases.open_case(
        by=lead,
        case=NewCase(
            title=title, why="Older people wait at the gate.", lawful_basis="public task",
            category=Category.SOCIAL_CARE, subjects=Subjects((known(lead)[1].person_id,)),
            lead_post=lead.post, gateway=LAW, necessity=TERMS.necessity, review_on=soon(1),
        ),
    )  # fmt: skip


def goal(lead: Actor, case_id: UUID) -> UUID:
    """Set a goal."""
    need = cases.add_need(by=lead, case_id=case_id, heading="safe children", says="Misses lessons.")
    return cases.add_goal(
        by=lead, need_id=need.pk, says="In school all week.", measure="The register.", due=soon(30)
    ).pk


def plan(lead: Actor, one: Case) -> None:
    """Leave one action open, one done, a need met a moment ago, a note not shared yet, a yes."""
    for_goal = goal(lead, one.pk)
    for says in ("Ask him who could meet him.", "Ring the school."):
        action = cases.add_action(
            by=lead, case_id=one.pk, says=says, who=lead.post, due=soon(), goal_id=for_goal
        )
    cases.end_action(by=lead, action_id=action.pk, state=ActionState.DONE, result="Rang.")
    met = cases.add_need(by=lead, case_id=one.pk, heading="health", says="Needs glasses.")
    cases.meet_need(by=lead, need_id=met.pk)
    cases.write_note(
        by=lead, case_id=one.pk, text="Rang; nobody in.", category=Category.SOCIAL_CARE,
        marking=Marking.STANDARD, happened_on=timezone.localdate(), share=None,
    )  # fmt: skip
    consents.write_down(by=lead, person_id=one.about[0], said=consents.Said(
        kind=ConsentKind.SERVICE, answer=ConsentAnswer.AGREED, until=soon(90),
        answered_by=AnsweredBy.THEMSELVES, words="He was told what mentoring is, and said yes.",
    ))  # fmt: skip


def asked(lead: Actor, one: Case) -> None:
    """Ask the police one thing they have not answered, and one they share with a condition."""
    police = Agency.objects.get(name="Aldermoor Police")
    for question in ("Has he been met at night?", "Who waits at the gate?"):
        last = cases.ask(
            by=lead, case_id=one.pk, agency_id=police.pk, category=Category.INCIDENT,
            question=question, why=TO_PLAN, answer_by=soon(),
        )  # fmt: skip
    cases.answer_request(
        by=actor("Owen Marsh"), request_id=last.pk, answer=Answer.GIVEN, text="Two older boys.",
        terms=replace(TERMS, conditions=("ask first",)),
    )  # fmt: skip


def offered(lead: Actor, one: Case) -> Referral:
    """Offer a mentor, who has not answered."""
    return referrals.offer(
        by=lead,
        referral=NewReferral(
            case_id=one.pk, person_id=one.about[0], pathway="mentoring",
            provider=Agency.objects.get(name="Stepping Stones Mentoring").pk,
            why="Somebody to talk to.", agreed=True, agreed_says="Said yes.",
            known=frozenset({"safe_contact", "safe_place"}), necessity=TERMS.necessity, gateway=LAW,
        ),
    )  # fmt: skip


@transaction.atomic(using="owner")
def somebody_joins(agency: str) -> None:
    """Let somebody join a provider after it was asked."""
    user = User.objects.using("owner").create(
        id=uuid4(), email="newcomer@example.org", name="Wynn Newcomer"
    )
    Post.objects.using("owner").create(
        id=uuid4(), user=user, agency=Agency.objects.using("owner").get(name=agency),
        role_id="provider", title="Mentor", name=user.name, purposes=[1, 2, 3, 4],
        starts=soon(-1),
    )  # fmt: skip


def before_panel(lead: Actor, one: Case) -> None:
    """Put the case forward to the next two meetings: the first has decided, the second waits for
    what agencies know, whatever day it is in the invented stories.
    """
    coordinator = actor("Priya Lantern")
    with acting(coordinator):
        panel = Panel.objects.get(name="Aldermoor locality panel")
    later = timezone.now() + timedelta(days=60)
    first, second = (
        panels.plan_meeting(by=coordinator, panel_id=panel.pk, starts_at=later + timedelta(days=n))
        for n in (0, 30)
    )
    for meeting in (first, second):
        item = panels.put_forward(
            by=lead, case_id=one.pk, meeting_id=meeting.pk, question="Who meets him?", terms=TERMS
        )
        panels.choose(by=coordinator, item_id=item.pk, listed=Listed.ON_AGENDA, why="Due.")
        if meeting == first:
            decide(coordinator, meeting, item)
        else:
            panels.ask_research(by=coordinator, item_id=item.pk)


def decide(coordinator: Actor, meeting: Meeting, item: Item) -> None:
    """Decide, everybody present."""
    here = Post.objects.filter(name__in=PANEL).values_list("pk", flat=True)
    panels.mark_present(by=coordinator, meeting_id=meeting.pk, post_ids=list(here))
    panels.decide(
        by=coordinator, item_id=item.pk, outcome=Outcome.SUPPORT, reasons="He agrees.", dissent="",
        actions=[NewAction("Be near the gate at three.", here[0], soon(14))],
    )  # fmt: skip


def ready_to_close(lead: Actor) -> None:
    """Leave a case whose every goal is graded."""
    one = case(lead, "Back at school")
    cases.grade_goal(by=lead, goal_id=goal(lead, one.pk), grade=Grade.REACHED)


def closed(lead: Actor) -> None:
    """Leave a case that may be opened again."""
    one = case(lead, "A quiet year")
    cases.close_case(by=lead, case_id=one.pk, closing=Closing.GOALS_MET, says="All is well.")


def over(lead: Actor) -> None:
    """Leave a case whose time is over, for governance leads to say that it may go."""
    one = case(lead, "Long ago")
    cases.close_case(by=lead, case_id=one.pk, closing=Closing.GOALS_MET, says="All is well.")
    long_ago = timezone.now() - timedelta(days=365 * 30)
    with transaction.atomic(using="owner"):
        Case.objects.using("owner").filter(pk=one.pk).update(closed_at=long_ago)
        Circle.objects.using("owner").filter(pk=one.circle_id).update(closed_on=long_ago.date())
    six_years = NewSchedule(6, None, Action.SLIM, "Retention schedule 2026, 4.2", soon(300))
    set_schedule(by=actor("Ivor Penrose", "oversight"), kind="cases.case", asked=six_years)
    assert queueing.refresh(soon(0)).added


def told(lead: Actor) -> None:
    """Tell a nurse about somebody outside any case, and leave it unread."""
    record = people.add_record(by=lead, given_names="Sorrel", family_name="Marwood")
    cases.tell(
        by=lead, person_id=record.person_id, post_id=actor("Ngozi Tarrant").post,
        text="He sleeps at his aunt's since Sunday.", category=Category.SOCIAL_CARE,
        marking=Marking.STANDARD, also=(), terms=replace(TERMS, until=soon(30)),
    )  # fmt: skip
