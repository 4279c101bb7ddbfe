"""Information asked for: by this case's team, and of the actor's agency."""

from uuid import UUID

from django.db.models import QuerySet

from locality.cases.models import Request
from locality.cases.rules import require_waiting
from locality.cases.words import Answer
from locality.kit.errors import NotHere


def request(request_id: UUID) -> Request:
    """Fetch one request that the actor's team made or their agency was sent, or raise NotHere."""
    found = _requests().filter(pk=request_id).first()
    if found is None:
        raise NotHere(f"request {request_id}")
    return found


def request_to_change(request_id: UUID) -> Request:
    """Fetch one request that still waits and hold it until the transaction ends.

    Refuses with `cases.answered_already` when it was answered or called off.
    """
    require_waiting(Answer(request(request_id).answer))
    found = Request.objects.select_for_update().filter(pk=request_id).first()
    if found is None:
        raise NotHere(f"request {request_id} is not theirs to change")
    require_waiting(Answer(found.answer))
    return found


def requests_to(agency_id: int) -> QuerySet[Request]:
    """What other agencies have asked of an agency, soonest answer first."""
    return _requests().filter(agency=agency_id)


def waiting_for(agency_id: int) -> int:
    """How many requests wait for an agency's answer, as far as the actor may see them."""
    return Request.objects.filter(agency=agency_id, answer=Answer.WAITING).count()


def requests_of(case_id: UUID) -> QuerySet[Request]:
    """What the team of a case has asked for, soonest answer first."""
    return _requests().filter(case=case_id)


def _requests() -> QuerySet[Request]:
    return Request.objects.select_related(
        "agency", "owner", "purpose", "asked_by__agency", "answered_by__agency"
    )
