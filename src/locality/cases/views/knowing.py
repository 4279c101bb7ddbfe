"""Notes, the timeline, who knows what; giving, taking back, asking, answering."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from locality.cases import reads, services
from locality.cases.forms import AnswerForm, AskForm, ConditionsForm, NoteForm, WhyForm
from locality.cases.views.conditions import kept_to, others
from locality.cases.views.frame import ask, back_to, done, given, show
from locality.cases.words import RefusedOn
from locality.sharing import reads as sharing
from locality.sharing.subjects.correcting import beside_each
from locality.ui.pages import page
from locality.ui.paging import paginate

either = require_http_methods(["GET", "POST"])


@require_safe
def notes(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show the notes of a case that the reader may see, and whether the team may."""
    one = reads.case(case_id)
    listing = paginate(request, reads.notes(case_id))
    shown = sharing.disclosures_of(one.circle_id, [note.pk for note in listing.object_list])
    return show(
        request, "cases/notes.html", one, listing=listing, shared=set(reads.shared_items(one)),
        terms={note: kept_to(found, request.actor) for note, found in shown.items()},
        corrected=beside_each(note.pk for note in listing.object_list),
    )  # fmt: skip


@either
def add_note(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Ask for a note, and whether the team is shown it."""
    one = reads.case(case_id)
    start = {"happened_on": timezone.localdate(), "category": one.category}
    form = NoteForm(given(request), initial=start, team=others(one, request.actor))
    if form.is_valid():
        said = {
            name: form.cleaned_data[name] for name in ("text", "category", "marking", "happened_on")
        }
        share = form.terms()
        services.write_note(by=request.actor, case_id=case_id, share=share, **said)
        says = _("Saved, and shown to the team.") if share else _("Saved for your agency.")
        return done(request, says, "cases:notes", case_id)
    words = {"title": _("What happened?"), "action": _("Save this note")}
    return ask(request, one, form, **words, **back_to("cases:notes", one))


@either
def share_note(request: HttpRequest, note_id: UUID) -> HttpResponse:
    """Ask on what terms the team is shown a note."""
    note = reads.note(note_id)
    one = reads.case(note.case_id)
    form = ConditionsForm(given(request), team=others(one, request.actor))
    if form.is_valid():
        services.share_note(by=request.actor, note_id=note_id, terms=form.terms())
        return done(request, _("The team may now read it."), "cases:knows", one.pk)
    words = {"title": _("Is it safe to share this?"), "action": _("Share with the team")}
    return ask(request, one, form, says=note.text, **words, **back_to("cases:knows", one))


@require_safe
def knows(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show what each agency has told the team: given, asked, refused, ending soon."""
    one = reads.case(case_id)
    knowing = reads.who_knows_what(one)
    return show(
        request, "cases/knows.html", one, knowing=knowing,
        terms={each.pk: kept_to([each], request.actor) for each in knowing.disclosures},
        requests=reads.requests_of(case_id), laws=reads.laws(),
        not_shared=reads.notes_not_shared(one, request.actor.agency), today=timezone.localdate(),
    )  # fmt: skip


@either
def withdraw(request: HttpRequest, case_id: UUID, disclosure_id: UUID) -> HttpResponse:
    """Ask why something shared is taken back, then take it back."""
    one = reads.case(case_id)
    form = WhyForm(given(request))
    if form.is_valid():
        services.withdraw_information(
            by=request.actor, case_id=case_id, disclosure_id=disclosure_id, **form.cleaned_data
        )
        return done(request, _("The team no longer sees it."), "cases:knows", case_id)
    shared = sharing.disclosure(disclosure_id)
    words = {"title": _("Why do you take this back?"), "action": _("Take it back")}
    return ask(request, one, form, says=shared.necessity, **words, **back_to("cases:knows", one))


@require_POST
def receive(request: HttpRequest, case_id: UUID, disclosure_id: UUID) -> HttpResponse:
    """Say that one has read something and will keep to its conditions."""
    one = reads.case(case_id)
    services.receive_information(by=request.actor, case_id=one.pk, disclosure_id=disclosure_id)
    return done(request, _("Those who shared it can see that you have it."), "cases:knows", one.pk)


@either
def ask_agency(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Ask another agency for information."""
    one = reads.case(case_id)
    agencies = sharing.partners().exclude(pk=one.owner_id).values_list("pk", "name")
    form = AskForm(given(request), agencies=list(agencies))
    if form.is_valid():
        services.ask(by=request.actor, case_id=case_id, **form.cleaned_data)
        return done(request, _("The agency has been asked."), "cases:knows", case_id)
    says = _("They will be told who this is about, and why you ask; nothing else of the case.")
    words = {"title": _("What do you need to know?"), "says": says, "action": _("Ask for this")}
    return ask(request, one, form, **words, **back_to("cases:knows", one))


@either
def call_off(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Say that something asked for is no longer needed."""
    asked = reads.request(request_id)
    one = reads.case(asked.case_id)
    form = WhyForm(given(request))
    if form.is_valid():
        services.call_off_request(by=request.actor, request_id=request_id, **form.cleaned_data)
        return done(request, _("The request is called off."), "cases:knows", one.pk)
    words = {"title": _("Why is this no longer needed?"), "action": _("Call it off")}
    return ask(request, one, form, says=asked.question, **words, **back_to("cases:knows", one))


@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    """Show what other agencies have asked of the reader's agency."""
    found = reads.requests_to(request.actor.agency)
    return page(
        request, "cases/asked.html", listing=paginate(request, found),
        agency=request.post_held.agency,
    )  # fmt: skip


@either
def answer(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Show what is asked, why, and what the law allows; take the answer."""
    found = reads.request(request_id)
    form = AnswerForm(given(request))
    if form.is_valid():
        said = form.cleaned_data
        services.answer_request(
            by=request.actor, request_id=request_id, answer=said["answer"], text=said["text"],
            terms=form.terms(), refused_why=said["refused_why"],
            refused_on=said["refused_on"] or RefusedOn.OTHER,
        )  # fmt: skip
        return done(request, _("Your answer has been sent."), "cases:asked")
    return page(
        request, "cases/answer.html", form=form, asked=found, law=reads.law_for(found),
        obliged=reads.duties_for(found.purpose.key),
        team=sharing.members(found.circle_id), mine=found.agency_id == request.actor.agency,
    )  # fmt: skip


@require_safe
def timeline(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show everything that happened, with who and when; of one kind if asked."""
    one = reads.case(case_id)
    lines = reads.timeline(one)
    kind = request.GET.get("kind", "")
    names = reads.writers(lines)
    entries = [
        {
            "title": line.says, "says": line.text, "tag": reads.KINDS[line.kind],
            "at": line.at.date() if line.whole_day else line.at,
            "by": names.get(line.post) or line.source,
        }
        for line in lines
        if kind not in reads.KINDS or line.kind == kind
    ]  # fmt: skip
    return show(request, "cases/timeline.html", one, entries=entries, kinds=reads.KINDS, kind=kind)
