"""Who the partners are, and what they have agreed to share."""

from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from locality.sharing import reads
from locality.sharing.rules import ends_soon, standing
from locality.sharing.words import (
    GATEWAY_NAMES,
    NOT_CLEARED,
    AgreementState,
    Category,
    Gateway,
    Marking,
    Standing,
)
from locality.ui.pages import page

if TYPE_CHECKING:
    from locality.sharing.models import Agreement

COLOURS = {
    Standing.IN_FORCE: "green", Standing.TO_COME: "blue", Standing.DRAFT: "grey",
    Standing.SUSPENDED: "orange", Standing.OVER: "grey",
}  # fmt: skip


@require_safe
def partners(request: HttpRequest) -> HttpResponse:
    """Show the agreements, those in force first, and how to reach each agency."""
    today = reads.today()
    shown = [_shown(one, request.actor.agency, today) for one in reads.agreements()]
    in_force = [one for one in shown if one["standing"] == Standing.IN_FORCE]
    others = [one for one in shown if one["standing"] not in (Standing.IN_FORCE, Standing.OVER)]
    return page(
        request,
        "sharing/partners.html",
        purposes=[(name, list(ones)) for name, ones in groupby(in_force, key=_purpose)],
        others=others,
        partners=reads.partners(),
    )


def _purpose(shown: dict[str, object]) -> str:
    return str(shown["purpose"])


def _shown(one: "Agreement", agency: int, today: date) -> dict[str, object]:
    """One agreement as the page says it."""
    stands = standing(AgreementState(one.state), starts=one.starts, until=one.until, today=today)
    parties = [party for party in one.parties.all() if party.gives or party.gets]
    return {
        "agreement": one, "purpose": one.purpose.name, "standing": stands,
        "colour": COLOURS[stands], "says": _standing_says(stands),
        "gateway": GATEWAY_NAMES[Gateway(one.gateway)],
        "parties": [(party, _direction(party.gives, party.gets))
                    for party in sorted(parties, key=lambda party: party.agency.name)],
        "ours": any(party.agency_id == agency for party in parties),
        "covers": _covers(one), "review_overdue": one.review_by < today,
        "ends_soon": ends_soon(one.until, today),
    }  # fmt: skip


def _covers(one: "Agreement") -> list[tuple[str, list[str]]]:
    """Kinds of information by how closely held, the most closely held first."""
    found: dict[int, list[str]] = {}
    for covers in sorted(one.covers.all(), key=lambda covers: covers.category):
        if covers.up_to != NOT_CLEARED:
            found.setdefault(covers.up_to, []).append(Category(covers.category).says)
    return [(_marking(up_to), found[up_to]) for up_to in sorted(found, reverse=True)]


def _marking(up_to: int) -> str:
    return {
        Marking.OPEN: _("only what is open"), Marking.STANDARD: _("up to standard"),
        Marking.RESTRICTED: _("up to restricted"), Marking.SEALED: _("even when sealed"),
    }[Marking(up_to)]  # fmt: skip


def _direction(gives: bool, gets: bool) -> str:
    return {(True, False): _("gives only"), (False, True): _("gets only")}.get((gives, gets), "")


def _standing_says(stands: Standing) -> str:
    return {
        Standing.IN_FORCE: _("In force"), Standing.TO_COME: _("Not yet in force"),
        Standing.DRAFT: _("Draft"), Standing.SUSPENDED: _("Suspended"), Standing.OVER: _("Over"),
    }[stands]  # fmt: skip
