"""Declare a conflict of interest, record a decision, agree the actions that follow from it."""

from collections.abc import Sequence
from uuid import UUID

from locality.cases import reads as cases
from locality.cases import services as case_services
from locality.kit.errors import Refused
from locality.panels import reads, rules
from locality.panels.models import AgreedAction, Decision, Interest
from locality.panels.services.allowed import meeting_to_run, require_runs
from locality.panels.words import Listed, NewAction, Outcome
from locality.sharing import audit
from locality.sharing import reads as sharing
from locality.sharing import services as sharing_services
from locality.sharing.acting import Actor, acting
from locality.sharing.labels import as_labelled


def declare_interest(*, by: Actor, item_id: UUID, post_id: UUID, why: str) -> Interest:
    """Declare a conflict of interest in one case: from now on that person never sees it.

    Anybody on the panel declares their own; whoever runs it declares anybody's.
    """
    with acting(by):
        item = reads.item_to_change(item_id)
        panel = item.meeting.panel
        if post_id != by.post:
            require_runs(by=by, panel=panel)
        if not reads.is_member(panel, post_id):
            raise Refused("panels.not_a_member", "Whoever has it must sit on the panel.")
        already = reads.interests(item_id).filter(post=post_id).first()
        if already:
            return already
        interest = Interest.objects.create(
            item=item, case_id=item.case_id, post_id=post_id, why=why, **as_labelled(item)
        )
        audit.record(by=by, did="panels.interest.declared", to=interest, why=why)
        sharing_services.declare_conflict(by=by, subject=item.case_id, why=why, post_id=post_id)
        return interest


def decide(  # noqa: PLR0913 - a decision says what, why, who disagreed and who does what
    *,
    by: Actor,
    item_id: UUID,
    outcome: Outcome,
    reasons: str,
    dissent: str = "",
    actions: Sequence[NewAction] = (),
) -> Decision:
    """Record what the panel decided on one case; its actions land on people's home pages.

    Refuses when the case is not on the agenda, when the panel is not quorate without those who
    have an interest, or is over. The same decision sent twice is one decision.
    """
    with acting(by):
        meeting_to_run(by=by, meeting_id=reads.item(item_id).meeting_id)
        item = reads.item_to_change(item_id)
        rules.require_listed(Listed(item.listed))
        panel, interested = item.meeting.panel, reads.interested(item_id)
        rules.require_no_interest(by.post, interested)
        rules.require_quorum(
            reads.agencies_present(item.meeting_id, without=interested),
            core=reads.core(panel),
            quorum=panel.quorum,
        )
        last = reads.decided(item_id).first()
        if last and (last.outcome, last.reasons, last.dissent) == (outcome, reasons, dissent):
            return last
        decision = Decision.objects.create(
            item=item, case_id=item.case_id, outcome=outcome, reasons=reasons, dissent=dissent,
            decided_by_id=by.post, **as_labelled(item),
        )  # fmt: skip
        for one in actions:
            _agree(by, decision, one)
        audit.record(by=by, did="panels.decision.recorded", to=decision, why=reasons)
        return decision


def agree_action(*, by: Actor, decision_id: UUID, action: NewAction) -> AgreedAction:
    """Add one more action to a decision, until the meeting is over."""
    with acting(by):
        decision = reads.decision(decision_id)
        meeting_to_run(by=by, meeting_id=decision.item.meeting_id)
        for already in decision.actions.select_related("action"):
            same = (already.action.says, already.action.who_id, already.action.due)
            if same == (action.says, action.who, action.due):
                return already
        agreed = _agree(by, decision, action)
        audit.record(by=by, did="panels.action.agreed", to=agreed)
        return agreed


def _agree(by: Actor, decision: Decision, wanted: NewAction) -> AgreedAction:
    """Agree one action; whoever is to do it joins the team first, or could not see it."""
    case = cases.case(decision.case_id)
    on_team = sharing.members(case.circle_id).filter(post=wanted.who).exists()
    if not on_team and case.owner_id == by.agency:
        case_services.add_team_member(
            by=by, case_id=case.pk, post_id=wanted.who, part="action from the panel"
        )
    action = case_services.add_action(
        by=by, case_id=case.pk, says=wanted.says, who=wanted.who, due=wanted.due
    )
    return AgreedAction.objects.create(
        decision=decision, case_id=case.pk, action=action, **as_labelled(decision)
    )
