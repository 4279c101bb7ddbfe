"""Pages about people: find somebody, look at them, record and link."""

from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from locality.kit.errors import NotHere
from locality.people import forms, reads, rules, services
from locality.people.rules import found_people, side_by_side
from locality.people.words import MOST_FOUND, FoundPerson
from locality.sharing.acting import from_reserve
from locality.sharing.conflicts import services as conflicts
from locality.sharing.subjects.correcting import beside_each
from locality.ui.pages import page

IDENTITY = ("given_names", "family_name", "known_as", "born", "sex", "postcode")


@from_reserve
@require_http_methods(["GET", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """Ask who is sought, and show who it may be. What was typed never goes into the address."""
    form = forms.SearchForm(_asked(request))
    if not form.is_valid():
        return page(request, "people/search.html", form=form)
    shown = services.search(by=request.actor, **form.cleaned_data)
    return page(
        request, "people/search.html", form=form, searched=True, people=found_people(shown),
        cut_off=len(shown) == MOST_FOUND,
    )  # fmt: skip


@require_safe
def person(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Show what each agency has recorded of somebody, side by side, as far as it shows."""
    reads.person(person_id)
    records = list(reads.records_of(person_id))
    encounters = list(reads.encounters_of(person_id))
    corrected = beside_each(
        [row.pk for one in records for row in (one, *one.contacts.all())]
        + [one.pk for one in encounters]
    )
    return page(
        request, "people/person.html", person_id=person_id, records=records,
        corrected=[one for found in corrected.values() for one in found],
        name=records[0].full_name, facts=side_by_side(records),
        own=[one for one in records if one.owner_id == request.actor.agency],
        links=reads.links_of(person_id), households=reads.households_of(person_id),
        encounters=encounters,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Record somebody new, once they have been searched for."""
    if request.method != "POST":
        return redirect("people:search")
    if "start" in request.POST:
        form = forms.RecordForm(initial=_typed(request))
        return page(request, "people/record.html", form=form, title=_("Record somebody new"))
    form = forms.RecordForm(request.POST)
    if not form.is_valid():
        return page(request, "people/record.html", form=form, title=_("Record somebody new"))
    made = services.add_record(by=request.actor, **form.cleaned_data)
    messages.success(request, _("The record is kept."))
    return redirect("people:person", made.person_id)


@require_http_methods(["GET", "POST"])
def add_own(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Make one's own agency's record of somebody another agency has shown."""
    reads.person(person_id)
    seen = reads.records_of(person_id)[0]
    initial = {name: getattr(seen, name) for name in IDENTITY}
    form = forms.RecordForm(request.POST or None, initial=initial)
    if form.is_valid():
        services.add_record(by=request.actor, person_id=person_id, **form.cleaned_data)
        messages.success(request, _("Your agency now has its own record."))
        return redirect("people:person", person_id)
    title = _("Make your agency’s own record")
    return page(request, "people/record.html", form=form, title=title, person_id=person_id)


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, record_id: UUID) -> HttpResponse:
    """Correct one's own agency's record."""
    record = _own(request, record_id)
    initial = {name: getattr(record, name) for name in IDENTITY}
    form = forms.CorrectForm(request.POST or None, initial=initial, version=record.version)
    if form.is_valid():
        services.correct_record(by=request.actor, record_id=record_id, **form.cleaned_data)
        messages.success(request, _("The record is corrected."))
        return redirect("people:person", record.person_id)
    title = _("Correct your agency’s record")
    return page(request, "people/record.html", form=form, title=title, person_id=record.person_id)


@require_http_methods(["GET", "POST"])
def contact(request: HttpRequest, record_id: UUID) -> HttpResponse:
    """Add a way to reach somebody."""
    record = _own(request, record_id)
    form = forms.ContactForm(request.POST or None)
    if form.is_valid():
        services.add_contact(by=request.actor, record_id=record_id, **form.cleaned_data)
        messages.success(request, _("The contact is kept."))
        return redirect("people:person", record.person_id)
    title = _("Add a way to reach %(name)s") % {"name": record.full_name}
    return page(
        request, "people/record.html", form=form, title=title, person_id=record.person_id,
        keep=_("Keep this way to reach them"),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def link(request: HttpRequest, record_id: UUID) -> HttpResponse:
    """Find the person one's own agency's record turns out to be."""
    record = _own(request, record_id)
    form = forms.SearchForm(request.POST or None, initial={"family_name": record.family_name})
    people = _others(request, form, record.person_id)
    return page(
        request, "people/link.html", form=form, record=record, people=people,
        searched=people is not None,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def link_to(request: HttpRequest, record_id: UUID, person_id: UUID) -> HttpResponse:
    """Say why a record is of this person, and link it."""
    record = _own(request, record_id)
    reads.person(person_id)
    form = forms.WhyForm(request.POST or None)
    if form.is_valid():
        services.link_records(
            by=request.actor, record_id=record_id, person_id=person_id, **form.cleaned_data
        )
        messages.success(request, _("The records are linked. You can take this back below."))
        return redirect("people:person", person_id)
    both = [record, *reads.records_of(person_id)]
    return page(
        request, "people/link_to.html", form=form, record=record, records=both,
        facts=side_by_side(both), person_id=person_id,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def unlink(request: HttpRequest, link_id: UUID) -> HttpResponse:
    """Take back, with a reason, that a record is of somebody."""
    made = reads.link(link_id)
    _own(request, made.record_id)
    form = forms.WhyForm(request.POST or None)
    if form.is_valid():
        services.undo_link(by=request.actor, link_id=link_id, **form.cleaned_data)
        messages.success(request, _("The link is taken back."))
        return redirect("people:person", made.was_id)
    return page(request, "people/unlink.html", form=form, link=made)


@require_http_methods(["GET", "POST"])
def keep_apart(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Find whom somebody must be kept safe from."""
    name = reads.names([reads.person(person_id).pk])[person_id]
    form = forms.SearchForm(request.POST or None)
    people = _others(request, form, person_id)
    return page(
        request, "people/keep_apart.html", form=form, name=name, person_id=person_id,
        people=people, searched=people is not None,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def apart_from(request: HttpRequest, person_id: UUID, other_id: UUID) -> HttpResponse:
    """Say why somebody must be kept safe from another, and keep them apart."""
    both = [reads.person(one).pk for one in (person_id, other_id)]
    names = reads.names(both)
    form = forms.WhyForm(request.POST or None)
    if form.is_valid():
        conflicts.keep_apart(
            by=request.actor, protected=person_id, feared=other_id, **form.cleaned_data
        )
        if reads.who_now([person_id])[person_id] is None:
            messages.success(request, _("They are kept apart, and you see nothing of them now."))
            return redirect("web:home")
        messages.success(request, _("They are kept apart from now on."))
        return redirect("people:person", person_id)
    return page(
        request, "people/apart_from.html", form=form, name=names[person_id],
        other=names[other_id], person_id=person_id,
    )  # fmt: skip


def _asked(request: HttpRequest) -> Mapping[str, object] | None:
    """What is sought: by the boxes of the page, or by the one box on every page."""
    if "q" not in request.POST:
        return request.POST or None
    given, family = rules.split_name(request.POST["q"])
    return {"given_names": given, "family_name": family}


def _others(
    request: HttpRequest, form: forms.SearchForm, person_id: UUID
) -> list[FoundPerson] | None:
    """Whom a search finds other than one person; None while nothing is asked."""
    if not form.is_valid():
        return None
    shown = services.search(by=request.actor, **form.cleaned_data)
    return [one for one in found_people(shown) if one.record.person_id != person_id]


def _own(request: HttpRequest, record_id: UUID) -> reads.Record:
    """One's own agency's record: another's is not here to be changed."""
    record = reads.record(record_id)
    if record.owner_id != request.actor.agency:
        raise NotHere(f"record {record_id}")
    return record


def _typed(request: HttpRequest) -> Mapping[str, object]:
    """What was searched for, to begin a new record with."""
    form = forms.NameForm(request.POST)
    form.is_valid()
    return form.cleaned_data
