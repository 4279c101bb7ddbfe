"""Who the partners are, what they have agreed to share, and that the trail of it is whole."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from locality.sharing import reads
from locality.sharing.agreements.showing import shown
from locality.sharing.sealing.reads import copies, last_checkpoint, only_on_this_machine
from locality.sharing.words import Duty, Standing
from locality.ui.pages import page


@require_safe
def partners(request: HttpRequest) -> HttpResponse:
    """Show the agreements, those in force first, and how to reach each agency."""
    today = reads.today()
    told = [shown(one, request.actor.agency, today) for one in reads.agreements()]
    in_force = [one for one in told if one["standing"] == Standing.IN_FORCE]
    others = [one for one in told if one["standing"] not in (Standing.IN_FORCE, Standing.OVER)]
    return page(
        request,
        "sharing/partners.html",
        purposes=[(name, list(ones)) for name, ones in groupby(in_force, key=_purpose)],
        others=others,
        partners=reads.partners(),
        governs=Duty.GOVERN in request.duties,
    )


@require_safe
def trail(request: HttpRequest) -> HttpResponse:
    """Show how far the audit trail is sealed, who holds copies, and how to check it."""
    last = last_checkpoint()
    return page(
        request,
        "sharing/trail.html",
        last=last,
        holders=copies(last),
        only_here=only_on_this_machine(),
        governs=Duty.GOVERN in request.duties,
    )


def _purpose(told: dict[str, object]) -> str:
    return str(told["purpose"])
