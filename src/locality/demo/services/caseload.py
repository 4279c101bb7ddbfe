"""Copy the caseload: concerns, screenings, cases with their plans, panel items, referrals.

Every row comes with the disclosure that lets its circle see it, as the services would have made.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import connections

from locality.demo import catalogue
from locality.demo.kernels.chance import named_id
from locality.demo.rules.dates import workday
from locality.demo.runs import Batch, Plan
from locality.demo.services.copying import LABEL, copy, derived, labelled
from locality.demo.services.partners import House
from locality.demo.words.area import DemoPanel
from locality.demo.words.caseload import MadeCase, MadeConcern, MadeReferral
from locality.intake.words import Stage
from locality.sharing.words import CircleKind, Gateway

CIRCLE, DISCLOSURE, ITEM, SECOND, NARRATIVE, ABOUT, REPLY, SUBJECT = range(1, 9)
MEMBER, FORWARD, PRESENT = 16, 64, 128


@dataclass
class Sheaf:
    """Rows for the tables of sharing, gathered while the others are written."""

    circles: list[tuple[Any, ...]] = field(default_factory=list)
    members: list[tuple[Any, ...]] = field(default_factory=list)
    acts: list[tuple[Any, ...]] = field(default_factory=list)
    items: list[tuple[Any, ...]] = field(default_factory=list)

    def give(  # noqa: PLR0913 - what a disclosure says
        self, of: UUID, *, who: UUID, circle: UUID, purpose: int, at: datetime, why: str,
        label: tuple[int, ...], items: list[tuple[UUID, str]],
    ) -> None:  # fmt: skip
        """Disclose some items to a circle, once and for as long as it is open."""
        act, day = derived(of, DISCLOSURE), at.date()
        self.acts.append(
            (*label, act, circle, purpose, Gateway.PUBLIC_TASK.value, why, "", who, at, day, "", [])
        )
        for place, (item, kind) in enumerate(items):
            self.items.append(
                (derived(of, ITEM + 8 * place), act, item, kind, label[1], label[0], circle,
                 purpose, day)
            )  # fmt: skip

    def write(self) -> None:
        """Copy circles, members and disclosures."""
        copy("sharing_circle", [*LABEL, "id", "kind", "name", "made_by_id", "purpose_id",
                                "closed_on"], self.circles)  # fmt: skip
        copy("sharing_member", ["id", "circle_id", "post_id", "part", "starts"], self.members)

    def write_disclosures(self) -> None:
        """Copy what was disclosed."""
        copy("sharing_disclosure", [*LABEL, "id", "circle_id", "purpose_id", "gateway",
             "necessity", "handling", "given_by_id", "given_at", "starts", "withdrawn_why",
             "conditions"],
             self.acts)  # fmt: skip
        copy("sharing_disclosed", ["id", "disclosure_id", "item", "kind", "category", "giver_id",
             "circle_id", "purpose_id", "starts"], self.items)  # fmt: skip


def meeting_days(panel: DemoPanel, today: date) -> list[date]:
    """The days on which a panel met or will meet: two years back, and the next one."""
    rounds = range(-(2 * 365 + 30) // panel.every_days, 1)
    return [
        workday(today + timedelta(days=panel.next_in_days + n * panel.every_days)) for n in rounds
    ]


def meeting_id(panel: str, day: date) -> UUID:
    """The meeting of a panel on a day."""
    return named_id(0, "meeting", panel, str(day))


def meetings(plan: Plan, house: House) -> None:
    """Copy the panels' meetings, with who was there."""
    held = [(panel, day) for panel in catalogue.panels().values()
            for day in meeting_days(panel, plan.today)]  # fmt: skip
    copy(
        "panels_meeting", ["id", "panel_id", "starts_at", "where", "state", "held_at"],
        ((meeting_id(panel.key, day), house.panels[panel.key],
          datetime.combine(day, time(9, 30), UTC), "Town hall, room 3", "planned", None)
         for panel, day in held),
    )  # fmt: skip
    copy(
        "panels_present", ["id", "meeting_id", "post_id", "agency_id"],
        ((named_id(0, "present", panel.key, str(day), key), meeting_id(panel.key, day),
          house.posts[key], house.agency_of[key])
         for panel, day in held if day < plan.today
         for key in dict.fromkeys([panel.chair, panel.coordinator, *panel.members])),
    )  # fmt: skip


def hold_past_meetings() -> None:
    """Say that the meetings of the past were held, once the stories have been told."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "UPDATE panels_meeting SET state = 'held', held_at = starts_at + interval '2 hours'"
            " WHERE starts_at < now() AND state = 'planned'"
        )


def write(made: Batch, house: House, today: date) -> None:
    """Copy one neighbourhood's caseload."""
    sheaf = Sheaf()
    cases = {one.id: one for one in made.cases}
    records = {(one.person, one.agency): one.id for one in made.records}
    for case in cases.values():
        _gather_case(sheaf, case, house, records)
    for referral in made.referrals:
        _gather_referral(sheaf, referral, cases[referral.case], house, records)
    sheaf.write()
    _concerns(made, house, sheaf)
    _cases(made, house)
    _screenings(made, house)
    _plans(made, house, cases)
    _items(made, house, cases, sheaf, today)
    _referrals(made, house, cases)
    sheaf.write_disclosures()


def _label(case: MadeCase) -> tuple[int, int, int, int]:
    return labelled(case.agency, case.category, case.marking)


def _gather_case(sheaf: Sheaf, case: MadeCase, house: House, records: dict) -> None:
    circle, lead = derived(case.id, CIRCLE), house.posts[case.lead]
    purpose, day = house.purposes[case.purpose], case.opened_at.date()
    closed = case.closed_at.date() if case.closed_at else None
    sheaf.circles.append((*_label(case), circle, CircleKind.CASE.value, "", lead, purpose, closed))
    sheaf.members.append((derived(case.id, MEMBER), circle, lead, "lead", day))
    items = [(case.id, "cases.case")]
    if case.person and (own := records.get((case.person, case.agency))):
        items.append((own, "people.record"))
    sheaf.give(case.id, who=lead, circle=circle, purpose=purpose, at=case.opened_at,
               why="So that the team can plan help together.", label=_label(case),
               items=items)  # fmt: skip


def _gather_referral(
    sheaf: Sheaf, one: MadeReferral, case: MadeCase, house: House, records: dict
) -> None:
    circle, purpose = derived(one.id, CIRCLE), house.purposes[one.purpose]
    closed = _over_on(one, case)
    by, day = house.posts[one.offered_by], one.offered_at.date()
    sheaf.circles.append(
        (*_label(case), circle, CircleKind.REFERRAL.value, "", by, purpose, closed)
    )
    helpers = [
        key
        for key, somebody in catalogue.staff().items()
        if house.agency_of[key] == one.provider and "provide" in somebody.duties
    ]
    for place, key in enumerate(dict.fromkeys([one.offered_by, *helpers])):
        sheaf.members.append((derived(one.id, MEMBER + place), circle, house.posts[key], "", day))
    items = [(one.id, "referrals.referral")]
    if own := records.get((one.person, case.agency)):
        items.append((own, "people.record"))
    sheaf.give(one.id, who=by, circle=circle, purpose=purpose, at=one.offered_at,
               why="So that the provider can help.", label=_label(case), items=items)  # fmt: skip


def _concerns(made: Batch, house: House, sheaf: Sheaf) -> None:
    concerns = list(made.concerns)
    copy(
        "intake_concern",
        [*LABEL, "id", "reference", "purpose_id", "circle_id", "title", "about", "place_says",
         "noticed_on", "noticed_says", "urgency", "told", "told_says", "without_agreement",
         "raised_by_id", "raised_at", "screen_by"],
        (
            (*_of(one), one.id, one.reference, house.purposes[one.purpose],
             house.front_doors[one.purpose], one.title, [one.person] if one.person else [],
             one.place_says, one.noticed_on, "", one.urgency, one.told, "", one.without_agreement,
             house.posts[one.raised_by], one.raised_at, one.screen_by)
            for one in concerns
        ),
    )  # fmt: skip
    copy("intake_narrative", [*LABEL, "id", "concern_id", "text", "seen_by", "strengths"],
         ((*_of(one), derived(one.id, NARRATIVE), one.id, one.text, "", one.strengths)
          for one in concerns))  # fmt: skip
    copy("intake_about", [*LABEL, "id", "concern_id", "person_id", "record_id", "part"],
         ((*_of(one), derived(one.id, ABOUT), one.id, one.person, one.record, "")
          for one in concerns if one.person))  # fmt: skip
    copy("intake_receipt", ["concern_id", "post_id", "circle_id", "reference", "title",
                            "raised_at", "look_by"],
         ((one.id, house.posts[one.raised_by], house.front_doors[one.purpose], one.reference,
           one.title, one.raised_at, one.screen_by) for one in concerns))  # fmt: skip
    for one in concerns:
        items = [(one.id, "intake.concern")]
        if one.record:
            items.append((one.record, "people.record"))
        sheaf.give(one.id, who=house.posts[one.raised_by], circle=house.front_doors[one.purpose],
                   purpose=house.purposes[one.purpose], at=one.raised_at,
                   why="So that the front door can decide what to do.", label=_of(one),
                   items=items)  # fmt: skip


def _of(one: MadeConcern) -> tuple[int, int, int, int]:
    return labelled(one.agency, one.category, one.marking)


def _screenings(made: Batch, house: House) -> None:
    concerns = {one.id: one for one in made.concerns}
    council = house.agencies["council"]
    screenings = list(made.screenings)
    copy(
        "triage_screening",
        [*LABEL, "id", "concern_id", "circle_id", "decided", "reason", "told_reporter", "route",
         "case_id", "decided_by_id", "decided_at", "in_time"],
        (
            (*labelled(council, concerns[one.concern].category, concerns[one.concern].marking),
             one.id, one.concern, house.front_doors[concerns[one.concern].purpose], one.decided,
             one.reason, one.told_reporter, one.route, one.case, house.posts[one.decided_by],
             one.decided_at, one.in_time)
            for one in screenings
        ),
    )  # fmt: skip
    copy(
        "intake_reply", ["id", "receipt_id", "stage", "says", "told_by_id", "told_at"],
        (
            (derived(one.concern, REPLY), one.concern, concerns[one.concern].stage,
             one.told_reporter, house.posts[one.decided_by], one.decided_at)
            for one in screenings if concerns[one.concern].stage != Stage.WAITING
        ),
    )  # fmt: skip


def _cases(made: Batch, house: House) -> None:
    linked: dict[UUID, list[UUID]] = {}
    for one in made.screenings:
        if one.case:
            linked.setdefault(one.case, []).append(one.concern)
    copy(
        "cases_case",
        [*LABEL, "id", "reference", "title", "circle_id", "purpose_id", "lawful_basis", "why",
         "own_words", "going_well", "lead_id", "about", "concerns", "state", "opened_by_id",
         "opened_at", "review_on", "closed_at", "closed_by_id", "closing", "closing_says",
         "version"],
        (
            (*_label(one), one.id, one.reference, one.title, derived(one.id, CIRCLE),
             house.purposes[one.purpose], one.lawful_basis, one.why, one.own_words,
             one.going_well, house.posts[one.lead], [one.person] if one.person else [],
             linked.get(one.id, []), one.state, house.posts[one.lead], one.opened_at,
             one.review_on, one.closed_at, house.posts[one.lead] if one.closed_at else None,
             one.closing, one.closing_says, 1)
            for one in made.cases
        ),
    )  # fmt: skip
    copy("cases_subject", [*LABEL, "id", "case_id", "kind", "person_id", "part"],
         ((*_label(one), derived(one.id, SUBJECT), one.id, "person", one.person, "")
          for one in made.cases if one.person))  # fmt: skip


def _plans(made: Batch, house: House, cases: dict[UUID, MadeCase]) -> None:
    posts = house.posts
    copy("cases_need", [*LABEL, "id", "case_id", "heading", "says", "met_at", "made_by_id",
                        "made_at"],
         ((*_label(cases[one.case]), one.id, one.case, one.heading, one.says, one.met_at,
           posts[one.made_by], one.made_at) for one in made.needs))  # fmt: skip
    copy("cases_goal", [*LABEL, "id", "case_id", "need_id", "says", "measure", "by", "grade",
                        "grade_says", "graded_at", "graded_by_id", "made_by_id", "made_at"],
         ((*_label(cases[one.case]), one.id, one.case, one.need, one.says, one.measure, one.by,
           one.grade, one.grade_says, one.graded_at,
           posts[cases[one.case].lead] if one.graded_at else None, posts[cases[one.case].lead],
           one.made_at) for one in made.goals))  # fmt: skip
    copy("cases_action", [*LABEL, "id", "case_id", "goal_id", "says", "who_id", "due", "state",
                          "result", "ended_at", "ended_by_id", "made_by_id", "made_at"],
         ((*_label(cases[one.case]), one.id, one.case, one.goal, one.says, posts[one.who], one.due,
           one.state, one.result, one.ended_at, posts[one.who] if one.ended_at else None,
           posts[one.made_by], one.made_at) for one in made.actions))  # fmt: skip
    copy("cases_review", [*LABEL, "id", "case_id", "held_on", "says", "their_view", "next_on",
                          "made_by_id", "made_at"],
         ((*_label(cases[one.case]), one.id, one.case, one.held_on, one.says, one.their_view,
           one.next_on, posts[one.made_by], one.made_at) for one in made.reviews))  # fmt: skip


def _items(
    made: Batch, house: House, cases: dict[UUID, MadeCase], sheaf: Sheaf, today: date
) -> None:
    items = list(made.items)
    for one in items:
        sheaf.give(derived(one.id, FORWARD), who=house.posts[one.put_forward_by],
                   circle=house.panel_circles[one.panel],
                   purpose=house.purposes[cases[one.case].purpose], at=one.put_forward_at,
                   why="So that the panel can decide.", label=_label(cases[one.case]),
                   items=[(one.case, "cases.case")])  # fmt: skip
    copy("panels_item", [*LABEL, "id", "meeting_id", "case_id", "listed", "order", "question",
                         "not_selected_why", "put_forward_by_id", "put_forward_at"],
         ((*_label(cases[one.case]), one.id, meeting_id(one.panel, one.meeting_on), one.case,
           "on the agenda" if one.meeting_on < today else "put forward", 0, one.question, "",
           house.posts[one.put_forward_by], one.put_forward_at) for one in items))  # fmt: skip
    panels = catalogue.panels()
    copy("panels_decision", [*LABEL, "id", "item_id", "case_id", "outcome", "reasons", "dissent",
                             "decided_by_id", "decided_at"],
         ((*_label(cases[one.case]), one.decision, one.id, one.case, one.outcome, one.reasons,
           one.dissent, house.posts[panels[one.panel].coordinator],
           datetime.combine(one.meeting_on, time(10, 30), UTC))
          for one in items if one.decision))  # fmt: skip


def _referrals(made: Batch, house: House, cases: dict[UUID, MadeCase]) -> None:
    posts = house.posts
    copy(
        "referrals_referral",
        [*LABEL, "id", "reference", "case_id", "goal_id", "circle_id", "purpose_id", "person_id",
         "about", "pathway", "pathway_version", "provider_id", "why", "needs", "agreed",
         "agreed_says", "known", "state", "offered_by_id", "offered_at", "answer_by",
         "answered_at", "worker_id", "declined", "declined_says", "withdrawn_why", "ended_at",
         "ended_how", "grade", "end_report", "their_view", "access_until"],
        (
            (*_label(cases[one.case]), one.id, one.reference, one.case, one.goal,
             derived(one.id, CIRCLE), house.purposes[one.purpose], one.person, [one.person],
             one.pathway, one.pathway_version, one.provider, one.why, list(one.needs), True,
             "They said yes.", list(one.known), one.state, posts[one.offered_by], one.offered_at,
             one.answer_by, one.answered_at, posts.get(one.worker), one.declined,
             one.declined_says, one.withdrawn_why, one.ended_at, one.ended_how, one.grade,
             _report(one.end_report), one.their_view, _over_on(one, cases[one.case]))
            for one in made.referrals
        ),
    )  # fmt: skip
    label = {one.id: _label(cases[one.case]) for one in made.referrals}
    started = {one.id: one.answered_at or one.offered_at for one in made.referrals}
    copy("referrals_step", [*LABEL, "id", "referral_id", "key", "order", "state", "due", "made_at",
                            "ended_at", "says", "done_by_id"],
         ((*label[one.referral], one.id, one.referral, one.key, one.order, one.state, one.due,
           started[one.referral], one.ended_at, one.says, posts.get(one.done_by))
          for one in made.steps))  # fmt: skip
    copy("referrals_session", [*LABEL, "id", "referral_id", "held_on", "attendance", "says",
                               "made_by_id", "made_at"],
         ((*label[one.referral], one.id, one.referral, one.held_on, one.attendance, one.says,
           posts[one.made_by], one.made_at) for one in made.sessions))  # fmt: skip


def _over_on(one: MadeReferral, case: MadeCase) -> date | None:
    """The last day on which the provider reads a referral that is over."""
    over = one.ended_at or (one.answered_at if one.state == "declined" else None)
    if one.state == "withdrawn":
        over = case.closed_at or one.offered_at
    return over.date() if over else None


def _report(parts: Iterable[tuple[str, str]]) -> str:
    return json.dumps([{"heading": heading, "says": says} for heading, says in parts])
