"""Tell somebody of another agency about a person; what one was told, and what one's agency told."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from locality.cases import reads, services
from locality.cases.forms import TellForm, WhyForm
from locality.cases.views.conditions import kept_to
from locality.cases.views.frame import done, given
from locality.people import reads as people
from locality.sharing import reads as sharing
from locality.sharing.acting import note_look
from locality.sharing.conflicts.reads import who
from locality.sharing.words import Category, Look
from locality.ui.clock import date_in_words
from locality.ui.language import first_up
from locality.ui.language import shown as in_words
from locality.ui.pages import page
from locality.ui.paging import paginate

if TYPE_CHECKING:
    from locality.cases.models import Telling


@require_http_methods(["GET", "POST"])
def tell(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Ask whom to tell what about somebody, and on what terms."""
    name, by = people.names([people.person(person_id).pk])[person_id], request.actor
    ours = sharing.agency(by.agency).name
    form = TellForm(
        given(request), posts=[one for one in who() if one[0] != ours],
        parts={one.pk: _part(one) for one in reads.may_be_told(person_id, by.agency)},
    )  # fmt: skip
    if form.is_valid():
        made = services.tell(by=by, person_id=person_id, **form.told())
        return done(request, _("They have been told."), "cases:telling", made.pk)
    return page(request, "cases/tell.html", form=form, name=name, person_id=person_id)


@require_safe
def told(request: HttpRequest) -> HttpResponse:
    """List what one was told outside any case, or what one's agency told others."""
    ours = request.GET.get("by") == "us"
    by = request.actor
    listing = paginate(request, reads.told_by(by.agency) if ours else reads.told_to(by))
    about = [one.record.person_id for one in listing]
    if about:
        note_look(by, kind=Look.PAGE, route="cases:told", records=list(dict.fromkeys(about)))
    names = people.names(about)
    lines = [(one, names[one.record.person_id]) for one in listing]
    return page(request, "cases/told.html", listing=listing, ours=ours, lines=lines)


@require_safe
def telling(request: HttpRequest, telling_id: UUID) -> HttpResponse:
    """Show what was told, to whom, and on what terms."""
    return _show(request, reads.telling(telling_id), form=None)


@require_POST
def receive(request: HttpRequest, telling_id: UUID) -> HttpResponse:
    """Say that one has read it and will keep to its conditions."""
    services.receive_telling(by=request.actor, telling_id=telling_id)
    says = _("Those who told you can see that you have it.")
    return done(request, says, "cases:telling", telling_id)


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, telling_id: UUID) -> HttpResponse:
    """Ask why something told is taken back, then take it back."""
    one, form = reads.telling(telling_id), WhyForm(given(request))
    if form.is_valid():
        services.withdraw_telling(by=request.actor, telling_id=telling_id, **form.cleaned_data)
        return done(request, _("They no longer see it."), "cases:telling", telling_id)
    return _show(request, one, form=form)


def _show(request: HttpRequest, one: "Telling", form: WhyForm | None) -> HttpResponse:
    person, by = one.record.person_id, request.actor
    note_look(by, kind=Look.PAGE, route="cases:telling", records=[person])
    disclosed = reads.given_with(one)
    (terms,) = kept_to([disclosed], by)
    return page(
        request, "cases/telling.html", one=one, person_id=person, form=form, terms=terms,
        name=people.names([person])[person], today=sharing.today(),
        law=reads.law(disclosed.gateway), what=in_words(Category(one.category).says),
    )  # fmt: skip


def _part(one: object) -> str:
    """One thing that may go with what is told, in a line."""
    if hasattr(one, "value"):
        unsafe = _(" (not safe to use)") if one.safe is False else ""
        return f"{first_up(one.kind)}: {one.value}{unsafe}"
    return f"{date_in_words(one.on)}, {one.kind}: {one.summary[:80]}"
