"""What triage does: look at a concern, and decide about it, with its audit entry."""

from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.utils import timezone

from locality.cases import reads as cases
from locality.cases import services as case_services
from locality.cases.words import NewCase, Subjects
from locality.intake import reads as intake
from locality.intake import services as intake_services
from locality.kit.errors import NotHere, Refused
from locality.kit.saying import say
from locality.places import services as places
from locality.sharing import audit, duties
from locality.sharing import reads as sharing
from locality.sharing.acting import Actor, acting
from locality.sharing.labels import labelled
from locality.sharing.services import Terms
from locality.sharing.words import Category, Duty, Gateway, Marking
from locality.triage import reads, rules
from locality.triage.models import Looking, Screening
from locality.triage.words import STAGE_OF, CaseToOpen, Decided, NewScreening

if TYPE_CHECKING:
    from locality.cases.models import Case
    from locality.intake.models import Concern


def start_looking(*, by: Actor, concern_id: UUID) -> None:
    """Let colleagues see that the actor has this concern open. Saying it again renews it."""
    with acting(by):
        duties.require(Duty.SCREEN)
        concern = reads.concern_to_decide(concern_id)
        if reads.screening_of(concern.pk) or intake.withdrawal_of(concern.pk):
            return
        now = timezone.now()
        if Looking.objects.filter(concern=concern, post=by.post).update(since=now):
            return
        looking = Looking(id=uuid4(), concern=concern, post_id=by.post, since=now)
        looking.save(force_insert=True)
        audit.record(by=by, did="triage.looking.started", to=concern)


def screen(*, by: Actor, concern_id: UUID, decision: NewScreening) -> Screening:
    """Decide what a concern becomes, do it, and tell its reporter: all or nothing.

    Refuses with `triage.already_decided` or `triage.withdrawn`, with what `rules.require_whole`
    finds missing, with `triage.not_your_front_door`, and with whatever opening or linking a case
    refuses.
    """
    with acting(by):
        duties.require(Duty.SCREEN)
        rules.require_whole(decision)
        concern = reads.concern_to_decide(concern_id)
        _require_undecided(concern)
        _require_member(by, concern)
        case = _case(by, concern, decision)
        made = _write(by, concern, decision, case)
        intake_services.tell_reporter(
            by=by, concern_id=concern.pk, stage=STAGE_OF[decision.decided],
            says=decision.told_reporter, helper=case.circle_id if case else None,
        )  # fmt: skip
        Looking.objects.filter(concern=concern, post=by.post).delete()
        audit.record(by=by, did="triage.screening.decided", to=made, why=decision.reason)
        return made


def name_place(*, by: Actor, concern_id: UUID, place_id: UUID) -> None:
    """Say which named place a concern means, while nobody has decided about it.

    Raises NotHere for a place that does not show. Refuses with `triage.already_decided`,
    `triage.withdrawn` and `intake.not_your_front_door`.
    """
    with acting(by):
        duties.require(Duty.SCREEN)
        _require_undecided(reads.concern_to_decide(concern_id))
        intake_services.name_place(by=by, concern_id=concern_id, place_id=place_id)


def name_area(*, by: Actor, concern_id: UUID, area_code: str) -> None:
    """Say that a concern means a whole ward or small area."""
    with acting(by):
        named = places.name_area(by=by, area_code=area_code)
        name_place(by=by, concern_id=concern_id, place_id=named.pk)


def add_place(*, by: Actor, concern_id: UUID, name: str, kind: str, street: str = "") -> None:
    """Add the public place that a concern means, and say so."""
    with acting(by):
        made = places.add_place(by=by, name=name, kind=kind, street=street)
        name_place(by=by, concern_id=concern_id, place_id=made.pk)


def _require_undecided(concern: "Concern") -> None:
    made = reads.screening_of(concern.pk)
    if made:
        raise Refused(
            "triage.already_decided",
            say(
                "{who} decided this at {at:%H:%M}: {decided}. Nothing was changed.",
                who=made.decided_by,
                at=timezone.localtime(made.decided_at),
                decided=say(made.decided),
            ),
        )
    back = intake.withdrawal_of(concern.pk)
    if back:
        raise Refused(
            "triage.withdrawn",
            say(
                "{who} withdrew this at {at:%H:%M}: “{why}”. Nothing was changed. If you think "
                "somebody is still at risk, ring {agency} and raise it yourself.",
                who=back.withdrawn_by,
                at=timezone.localtime(back.withdrawn_at),
                why=back.why,
                agency=back.withdrawn_by.agency,
            ),
        )


def _require_member(by: Actor, concern: "Concern") -> None:
    if not sharing.members(concern.circle_id).filter(post=by.post).exists():
        raise Refused(
            "triage.not_your_front_door",
            say(
                "{circle} decides about this concern, and your post is not part of it.",
                circle=concern.circle.name,
            ),
        )


def _case(by: Actor, concern: "Concern", decision: NewScreening) -> "Case | None":
    if decision.decided == Decided.OPEN:
        return _open(by, concern, decision.opening)
    if decision.decided == Decided.LINK:
        return _link(by, concern, decision)
    return None


def _open(by: Actor, concern: "Concern", opening: CaseToOpen) -> "Case":
    case = case_services.open_case(
        by=by,
        case=NewCase(
            title=opening.title,
            why=opening.why,
            own_words=opening.own_words,
            going_well=opening.going_well,
            lawful_basis=sharing.purpose(by.purpose).basis,
            category=Category(concern.category),
            marking=max(opening.marking, Marking(concern.marking)),
            subjects=Subjects(person_ids=tuple(concern.about), place_id=concern.where),
            lead_post=opening.lead_post,
            team_posts=opening.team_posts,
            concerns=(concern.pk,),
            gateway=opening.gateway,
            necessity=opening.necessity,
            review_on=opening.review_on,
            until=opening.until,
        ),
    )
    case_services.add_need(by=by, case_id=case.pk, heading=opening.need_heading, says=opening.need)
    return case


def _link(by: Actor, concern: "Concern", decision: NewScreening) -> "Case":
    """Give the case's team the screener's summary: the concern itself stays at the front door.

    Refuses with `triage.no_such_case` when the case does not show.
    """
    try:
        case = cases.case(decision.case_id)
    except NotHere:
        raise Refused("triage.no_such_case", "Choose one of the cases shown.") from None
    if concern.marking > case.marking:
        raise Refused(
            "triage.case_too_open",
            "This concern is held more closely than that case. Open a case of its own instead.",
        )
    given = cases.disclosure_of_case(case)
    case_services.write_note(
        by=by, case_id=case.pk, text=decision.summary, category=Category(concern.category),
        marking=Marking(concern.marking), happened_on=concern.noticed_on,
        share=Terms(
            gateway=Gateway(given.gateway) if given else Gateway.PUBLIC_TASK,
            necessity="So that the people who already help know what was noticed.",
        ),
    )  # fmt: skip
    return case


def _write(by: Actor, concern: "Concern", decision: NewScreening, case: "Case | None") -> Screening:
    now = timezone.now()
    made = Screening(
        id=uuid4(), concern=concern, circle_id=concern.circle_id, decided=decision.decided,
        reason=decision.reason, told_reporter=decision.told_reporter, route=decision.route,
        case=case, decided_by_id=by.post, decided_at=now,
        in_time=rules.is_in_time(now, concern.screen_by),
        **labelled(by.agency, Category(concern.category), Marking(concern.marking)),
    )  # fmt: skip
    made.save(force_insert=True)
    return made
