"""Ask for emergency access, and read what it opens."""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from locality.people import reads
from locality.people.emergency import services
from locality.people.emergency.forms import EmergencyForm
from locality.people.services import TELLERS
from locality.sharing import duties
from locality.sharing.acting import from_reserve, in_emergency
from locality.sharing.emergency import reads as emergencies
from locality.sharing.words import Duty
from locality.ui.pages import page

if TYPE_CHECKING:
    from locality.sharing.models import Agency


@dataclass(frozen=True, slots=True)
class Shown:
    """What shows about one person."""

    name: str
    records: list
    encounters: list
    parts: list


@from_reserve
@require_http_methods(["GET", "POST"])
def take(request: HttpRequest) -> HttpResponse:
    """Ask who and why. What was typed never goes into the address."""
    duties.require(Duty.EMERGENCY)
    form = EmergencyForm(request.POST or None)
    if form.is_valid():
        access = services.take(by=request.actor, **form.cleaned_data)
        return redirect("people:in-emergency", access.pk)
    return page(
        request, "people/emergency/take.html", form=form, minutes=emergencies.limits().minutes
    )


@in_emergency
@require_safe
def seen(request: HttpRequest, access_id: UUID) -> HttpResponse:
    """Show what may keep somebody safe, while the access lasts. Nothing can be written here."""
    access = emergencies.my_live_access(access_id, request.actor)
    shown = [one for person in access.subjects if (one := _shown(person))]
    return page(
        request, "people/emergency/seen.html", access=access, shown=shown,
        agencies=_whom_to_ring(shown),
    )  # fmt: skip


def _whom_to_ring(shown: list[Shown]) -> "list[Agency]":
    """The agencies whose records show: that another holds some may be what must stay hidden."""
    found = {record.owner.pk: record.owner for one in shown for record in one.records}
    return sorted(found.values(), key=lambda one: one.name)


def _shown(person_id: UUID) -> Shown | None:
    records = list(reads.records_of(person_id))
    if not records:
        return None
    same = reads.same_people([person_id])
    return Shown(
        records[0].full_name, records, list(reads.encounters_of(person_id)),
        [part for teller in TELLERS if (part := teller(same)).lines],
    )  # fmt: skip
