"""Who is on a case's team, and who leads it."""

from uuid import UUID

from locality.cases import reads
from locality.cases.models import Case
from locality.cases.services.lawful import require_may_join, require_may_lead, require_own
from locality.kit.errors import Refused
from locality.sharing import audit
from locality.sharing import reads as sharing
from locality.sharing import services as sharing_services
from locality.sharing.acting import Actor, acting
from locality.sharing.models import Member
from locality.sharing.words import Category, Marking


def add_team_member(*, by: Actor, case_id: UUID, post_id: UUID, part: str = "") -> Member:
    """Add a post to a case's team from today.

    Refuses, naming what is missing, when they would lawfully see nothing of it.
    """
    with acting(by):
        case = reads.case_to_change(case_id)
        require_own(case.owner, by.agency, "add to the team")
        _require_may_join(case, post_id)
        return sharing_services.add_member(
            by=by, circle_id=case.circle_id, post_id=post_id, part=part
        )


def remove_team_member(*, by: Actor, case_id: UUID, post_id: UUID, why: str) -> None:
    """Take a post off a case's team now. The lead must hand the case over first."""
    with acting(by):
        case = reads.case_to_change(case_id)
        require_own(case.owner, by.agency, "change the team")
        if post_id == case.lead_id:
            raise Refused("cases.lead_stays", "Hand the case over to somebody else first.")
        sharing_services.remove_member(by=by, circle_id=case.circle_id, post_id=post_id, why=why)


def hand_over(*, by: Actor, case_id: UUID, post_id: UUID, why: str) -> Case:
    """Make somebody else in the lead agency the lead of a case. The old lead stays on the team."""
    with acting(by):
        case = reads.case_to_change(case_id)
        require_own(case.owner, by.agency, "hand the case over")
        require_may_lead(sharing.post(post_id), case.owner_id)
        _require_may_join(case, post_id)
        sharing_services.add_member(by=by, circle_id=case.circle_id, post_id=post_id, part="lead")
        case.lead_id = post_id
        case.save(update_fields=["lead_id"])
        audit.record(by=by, did="cases.case.handed_over", to=case, why=why)
        return case


def _require_may_join(case: Case, post_id: UUID) -> None:
    require_may_join(
        sharing.post(post_id), owner=case.owner, purpose=case.purpose,
        category=Category(case.category), marking=Marking(case.marking), people=case.about,
    )  # fmt: skip
