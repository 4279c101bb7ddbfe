"""What each kind of event asks the services to do."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import connections
from django.utils import timezone

from locality.cases import services as cases
from locality.cases.words import ActionState, Answer, Closing, Grade, NewCase, Subjects
from locality.demo import catalogue
from locality.demo.rules.dates import on
from locality.demo.services.caseload import meeting_id
from locality.demo.services.stage import Stage
from locality.demo.words import stories as told
from locality.intake import services as intake
from locality.intake.words import Matter, NewConcern, NewPerson, Told, Urgency, Why
from locality.kit.errors import NotHere
from locality.panels import reads as panel_reads
from locality.panels import services as panels
from locality.panels.words import Held, Listed, NewAction, Outcome
from locality.people import reads as people_reads
from locality.people import services as people
from locality.places import services as places
from locality.places.words import PlaceKind
from locality.referrals import reads as referral_reads
from locality.referrals import services as referrals
from locality.referrals.words import Attendance, Declined, NewReferral, StepState
from locality.sharing.acting import acting
from locality.sharing.services import Terms
from locality.sharing.words import Category, Gateway, Marking
from locality.triage import services as triage
from locality.triage.words import Decided, NewScreening


def _category(name: str) -> Category:
    return Category[name.upper()]


def _day() -> Any:
    return timezone.localdate()


def _in(days: int) -> Any:
    return _day() + timedelta(days=days)


def raise_concern(stage: Stage, event: told.RaiseConcern) -> None:
    """Somebody raises a concern."""
    by = stage.actor(event.who, event.purpose)
    mine = _agency_key(stage, event.who)
    who = []
    for key, part in event.about.items():
        known = stage.person(key).records.get(mine)
        named = next(p for p in _story(stage).people if p.key == key)
        who.append(
            NewPerson(record_id=known, part=part) if known else NewPerson(
                given_names=named.given_names, family_name=named.family_name,
                born=stage.person(key).born, part=part)
        )  # fmt: skip
    made = intake.raise_concern(
        by=by,
        concern=NewConcern(
            urgency=Urgency(event.urgency),
            matter=Matter(event.matter),
            text=event.text.strip(), noticed_on=_in(-event.noticed_days_before),
            told=Told(event.told), people=tuple(who), place=_place(stage, event.place, by),
            place_says=event.place_says, noticed_says=event.noticed_says, seen_by=event.seen_by,
            strengths=event.strengths.strip(), told_says=event.told_says,
            without_agreement=Why(event.without_agreement) if event.without_agreement else None,
        ),
    )  # fmt: skip
    stage.keep(event.key, made.pk, event.purpose)


def screen(stage: Stage, event: told.Screen) -> None:
    """The front door decides."""
    purpose = stage.purpose(event.concern)
    by, opens = stage.actor(event.who, purpose), event.opens
    said = {"reason": event.reason.strip(), "told_reporter": event.told_reporter.strip()}
    if opens:  # the front door opens it with its subjects as the story has them, and links
        case = _open(stage, by, event, opens)
        decision = NewScreening(
            decided=Decided.LINK, case_id=case, summary=opens.why.strip(), **said
        )
    else:
        linked = stage.of(event.case) if event.case else None
        decision = NewScreening(
            decided=Decided(event.decided), route=event.route, case_id=linked,
            summary=event.reason.strip(), **said,
        )  # fmt: skip
    made = triage.screen(by=by, concern_id=stage.of(event.concern), decision=decision)
    if opens:
        with connections["owner"].cursor() as cursor:
            cursor.execute(
                "UPDATE triage_screening SET decided = %s WHERE id = %s", [Decided.OPEN, made.pk]
            )


def _team(stage: Stage, by: Any, new: told.NewCase) -> tuple[UUID, list[UUID]]:
    """Only the agency that opens a case leads it; a lead elsewhere works in its team."""
    own = stage.house.agency_of[new.lead] == by.agency
    names = new.team if own else (new.lead, *new.team)
    return stage.post(new.lead) if own else by.post, [stage.post(name) for name in names]


def _open(stage: Stage, by: Any, event: told.Screen, new: told.NewCase) -> UUID:
    """Open the case a screening asks for, with its subjects as the story has them."""
    purpose = stage.purpose(event.concern)
    lead, team = _team(stage, by, new)
    with acting(by):
        persons = tuple(stage.person(key).person for key in new.people if _shows(stage, key))
        home = None
        if new.home:
            name = next(one.name for one in _story(stage).homes if one.key == new.home)
            family = [one for one in _story(stage).people if one.home == new.home]
            living = [stage.person(one.key).person for one in family if _shows(stage, one.key)]
            home = people.make_household(by=by, name=name, person_ids=living).pk
        made = cases.open_case(
            by=by,
            case=NewCase(
                title=new.title, why=new.why.strip(), lawful_basis=new.lawful_basis,
                category=_category(new.category), marking=Marking(new.marking),
                subjects=Subjects(persons, home, _place(stage, new.place, by)),
                lead_post=lead, team_posts=tuple(team),
                gateway=Gateway(new.gateway), necessity=new.necessity,
                own_words=new.own_words.strip(), going_well=new.going_well.strip(),
                review_on=_in(new.review_in_days), until=stage.until(_in(new.until_in_days)),
                concerns=(stage.of(event.concern),),
            ),
        )  # fmt: skip
    stage.keep(new.key, made.pk, purpose)
    stage.openers[stage.story, new.key] = event.who
    return made.pk


def join_team(stage: Stage, event: told.JoinTeam) -> None:
    """Somebody joins a team."""
    cases.add_team_member(
        by=_lead(stage, event, event.case), case_id=stage.of(event.case),
        post_id=stage.post(event.post), part=event.part,
    )  # fmt: skip


def leave_team(stage: Stage, event: told.LeaveTeam) -> None:
    """Somebody leaves a team."""
    cases.remove_team_member(
        by=_lead(stage, event, event.case), case_id=stage.of(event.case),
        post_id=stage.post(event.post), why=event.why,
    )  # fmt: skip


def add_need(stage: Stage, event: told.AddNeed) -> None:
    """A need is named."""
    made = cases.add_need(
        by=_by(stage, event, event.case), case_id=stage.of(event.case),
        heading=event.heading, says=event.says.strip(),
    )  # fmt: skip
    stage.keep(event.key, made.pk, stage.purpose(event.case))


def add_goal(stage: Stage, event: told.AddGoal) -> None:
    """A goal is set."""
    made = cases.add_goal(
        by=_by(stage, event, event.need), need_id=stage.of(event.need), says=event.says.strip(),
        measure=event.measure.strip(), due=_in(event.in_days),
    )  # fmt: skip
    stage.keep(event.key, made.pk, stage.purpose(event.need))


def add_action(stage: Stage, event: told.AddAction) -> None:
    """An action is agreed."""
    made = cases.add_action(
        by=_by(stage, event, event.case), case_id=stage.of(event.case), says=event.says.strip(),
        who=stage.post(event.post), due=_in(event.in_days),
        goal_id=stage.of(event.goal) if event.goal else None,
    )  # fmt: skip
    stage.keep(event.key, made.pk, stage.purpose(event.case))


def end_action(stage: Stage, event: told.EndAction) -> None:
    """An action ends."""
    cases.end_action(
        by=_by(stage, event, event.action), action_id=stage.of(event.action),
        state=ActionState(event.state), result=event.result.strip(),
    )  # fmt: skip


def write_note(stage: Stage, event: told.WriteNote) -> None:
    """A note is written, and perhaps shared."""
    cases.write_note(
        by=_by(stage, event, event.case), case_id=stage.of(event.case), text=event.text.strip(),
        category=_category(event.category), marking=Marking(event.marking), happened_on=_day(),
        share=_terms(event) if event.necessity else None,
    )  # fmt: skip


def ask(stage: Stage, event: told.Ask) -> None:
    """An agency is asked for information."""
    made = cases.ask(
        by=_lead(stage, event, event.case), case_id=stage.of(event.case),
        agency_id=stage.house.agencies[event.agency], category=_category(event.category),
        question=event.question.strip(), why=event.why.strip(), answer_by=_in(event.in_days),
    )  # fmt: skip
    stage.keep(event.key, made.pk, stage.purpose(event.case))


def answer_request(stage: Stage, event: told.AnswerRequest) -> None:
    """An agency answers."""
    cases.answer_request(
        by=_by(stage, event, event.request), request_id=stage.of(event.request),
        answer=Answer(event.answer), text=event.text.strip(),
        category=_category(event.category) if event.category else None,
        marking=Marking(event.marking), terms=_terms(event) if event.necessity else None,
        refused_why=event.refused_why.strip(),
    )  # fmt: skip


def hold_review(stage: Stage, event: told.HoldReview) -> None:
    """The plan is looked at together."""
    cases.hold_review(
        by=_by(stage, event, event.case), case_id=stage.of(event.case), held_on=_day(),
        says=event.says.strip(), their_view=event.their_view.strip(),
        next_on=_in(event.next_in_days) if event.next_in_days else None,
    )  # fmt: skip


def grade_goal(stage: Stage, event: told.GradeGoal) -> None:
    """A goal is graded."""
    cases.grade_goal(
        by=_by(stage, event, event.goal), goal_id=stage.of(event.goal), grade=Grade(event.grade),
        says=event.says.strip(),
    )  # fmt: skip


def close_case(stage: Stage, event: told.CloseCase) -> None:
    """A case ends."""
    cases.close_case(
        by=_lead(stage, event, event.case), case_id=stage.of(event.case),
        closing=Closing(event.closing), says=event.says.strip(),
    )  # fmt: skip


def reopen_case(stage: Stage, event: told.ReopenCase) -> None:
    """A closed case starts again as a new episode."""
    made = cases.reopen_case(
        by=_lead(stage, event, event.case), case_id=stage.of(event.case), why=event.why.strip()
    )
    stage.keep(event.key, made.pk, stage.purpose(event.case))
    stage.openers[stage.story, event.key] = stage.openers[stage.story, event.case]


def put_forward(stage: Stage, event: told.PutForward) -> None:
    """A case is put forward to a meeting."""
    made = panels.put_forward(
        by=_by(stage, event, event.case), case_id=stage.of(event.case),
        meeting_id=meeting_id(event.panel, on(stage.today, event.meeting)),
        question=event.question.strip(), terms=_terms(event),
    )  # fmt: skip
    stage.keep(event.key, made.pk, stage.purpose(event.case))
    coordinator = stage.actor(catalogue.panels()[event.panel].coordinator, stage.purpose(event.key))
    panels.build_agenda(by=coordinator, meeting_id=made.meeting_id)
    panels.ask_research(by=coordinator, item_id=made.pk)


def choose(stage: Stage, event: told.Choose) -> None:
    """The coordinator places an item by hand."""
    panels.choose(
        by=_by(stage, event, event.item), item_id=stage.of(event.item),
        listed=Listed(event.listed), why=event.why.strip(),
    )  # fmt: skip


def return_research(stage: Stage, event: told.ReturnResearch) -> None:
    """An agency answers the panel."""
    by = _by(stage, event, event.item)
    with acting(by):
        asked = panel_reads.research_for(by.agency).filter(item=stage.of(event.item)).first()
    if asked is None:
        raise NotHere("research")
    panels.return_research(
        by=by, research_id=asked.pk, held=Held(event.held), text=event.text.strip(),
        strengths=event.strengths.strip(),
        category=_category(event.category) if event.category else Category.SOCIAL_CARE,
        refused_why=event.refused_why.strip(),
    )  # fmt: skip


def declare_interest(stage: Stage, event: told.DeclareInterest) -> None:
    """Somebody says that they know the family."""
    by = _by(stage, event, event.item)
    panels.declare_interest(by=by, item_id=stage.of(event.item), post_id=by.post, why=event.why)


def decide(stage: Stage, event: told.Decide) -> None:
    """The panel decides."""
    by = _by(stage, event, event.item)
    with acting(by):
        meeting = panel_reads.item(stage.of(event.item)).meeting_id
        here = {one.post_id for one in panel_reads.present(meeting)}
    panels.mark_present(
        by=by, meeting_id=meeting, post_ids=list(here | set(map(stage.post, event.present)))
    )
    panels.decide(
        by=by, item_id=stage.of(event.item), outcome=Outcome(event.outcome),
        reasons=event.reasons.strip(), dissent=event.dissent.strip(),
        actions=[NewAction(one.says.strip(), stage.post(one.post), _in(one.in_days))
                 for one in event.actions],
    )  # fmt: skip
    _keep_actions(stage, by, event)


def _keep_actions(stage: Stage, by: Any, event: told.Decide) -> None:
    """Remember the decision's actions by their keys, so that later events can end them."""
    with acting(by):
        decided = panel_reads.decided(stage.of(event.item)).first()
        agreed = {one.action.says: one.action_id for one in decided.actions.all()}
    for one in event.actions:
        stage.keep(one.key, agreed[one.says.strip()], stage.purpose(event.item))


def refer(stage: Stage, event: told.Refer) -> None:
    """A pathway is offered."""
    made = referrals.offer(
        by=_by(stage, event, event.case),
        referral=NewReferral(
            case_id=stage.of(event.case), person_id=stage.person(event.person).person,
            pathway=event.pathway, provider=stage.house.agencies[event.provider],
            why=event.why.strip(), agreed=event.agreed, agreed_says=event.agreed_says.strip(),
            goal_id=stage.of(event.goal) if event.goal else None, known=frozenset(event.known),
            necessity=event.necessity, gateway=Gateway(event.gateway),
        ),
    )  # fmt: skip
    stage.keep(event.key, made.pk, stage.purpose(event.case))


def accept(stage: Stage, event: told.AcceptReferral) -> None:
    """The provider says yes."""
    referrals.accept(
        by=_by(stage, event, event.referral), referral_id=stage.of(event.referral),
        worker=stage.post(event.worker),
    )  # fmt: skip


def decline(stage: Stage, event: told.DeclineReferral) -> None:
    """The provider says no."""
    referrals.decline(
        by=_by(stage, event, event.referral), referral_id=stage.of(event.referral),
        declined=Declined(event.declined), says=event.says.strip(),
    )  # fmt: skip


def withdraw(stage: Stage, event: told.WithdrawReferral) -> None:
    """The offer is taken back."""
    referrals.withdraw(
        by=_by(stage, event, event.referral), referral_id=stage.of(event.referral), why=event.why
    )


def end_step(stage: Stage, event: told.EndStep) -> None:
    """The step that is still to do ends."""
    by = _by(stage, event, event.referral)
    with acting(by):
        steps = referral_reads.steps(stage.of(event.referral))
        waiting = next((one for one in steps if one.state == StepState.TO_DO), None)
    if waiting is None:
        raise NotHere("step")
    referrals.end_step(
        by=by,
        step_id=waiting.pk,
        state=StepState(event.state),
        says=event.says.strip(),
        then=event.then,
    )


def record_session(stage: Stage, event: told.RecordSession) -> None:
    """The worker and the person met, or did not."""
    referrals.record_session(
        by=_by(stage, event, event.referral), referral_id=stage.of(event.referral), held_on=_day(),
        attendance=Attendance(event.attendance), says=event.says.strip(),
    )  # fmt: skip


def end_referral(stage: Stage, event: told.EndReferral) -> None:
    """The referral ends."""
    referrals.end(
        by=_by(stage, event, event.referral), referral_id=stage.of(event.referral), how=event.how,
        grade=Grade(event.grade), end_report=event.end_report,
        their_view=event.their_view.strip(),
    )  # fmt: skip


def _shows(stage: Stage, key: str) -> bool:
    """Whether the one who acts sees any record of somebody in this story."""
    return bool(list(people_reads.records_of(stage.person(key).person)))


def _by(stage: Stage, event: told.Event, key: str) -> Any:
    """Whoever acts, for the purpose of what they act on."""
    return stage.actor(event.who, stage.purpose(key))


def _lead(stage: Stage, event: told.Event, case: str) -> Any:
    """Whoever acts if their agency leads the case, else whoever opened it there."""
    who = event.who
    if stage.house.agency_of[who] != stage.house.agency_of[stage.openers[stage.story, case]]:
        who = stage.openers[stage.story, case]
    return stage.actor(who, stage.purpose(case))


def _terms(event: Any) -> Terms:
    return Terms(gateway=Gateway(event.gateway or "public task"), necessity=event.necessity)


def _story(stage: Stage) -> told.Story:
    return next(one for one in catalogue.stories() if one.key == stage.story)


def _agency_key(stage: Stage, who: str) -> str:
    return catalogue.staff()[who].agency


def _place(stage: Stage, key: str, by: Any) -> UUID | None:
    """A landmark of the area, added the first time somebody names it."""
    if not key:
        return None
    known = stage.made.get(("places", key))
    if known is None:
        landmark = next(one for one in catalogue.place().landmarks if one.key == key)
        kind = landmark.kind if landmark.kind in list(PlaceKind) else PlaceKind.OTHER
        known = places.add_place(by=by, name=landmark.name, kind=kind).pk
        stage.made["places", key] = known
    return known


ACTS: dict[str, Callable[[Stage, Any], None]] = {
    "RaiseConcern": raise_concern, "Screen": screen, "JoinTeam": join_team,
    "LeaveTeam": leave_team, "AddNeed": add_need, "AddGoal": add_goal, "AddAction": add_action,
    "EndAction": end_action, "WriteNote": write_note, "Ask": ask, "AnswerRequest": answer_request,
    "HoldReview": hold_review, "GradeGoal": grade_goal, "CloseCase": close_case,
    "ReopenCase": reopen_case, "PutForward": put_forward, "Choose": choose,
    "ReturnResearch": return_research, "DeclareInterest": declare_interest, "Decide": decide,
    "Refer": refer, "AcceptReferral": accept, "DeclineReferral": decline,
    "WithdrawReferral": withdraw, "EndStep": end_step, "RecordSession": record_session,
    "EndReferral": end_referral,
}  # fmt: skip
