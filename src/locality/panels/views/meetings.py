"""Pages of panels and their meetings: agenda, who is here, the end, the minutes."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from locality.panels import reads, runs, services
from locality.panels.forms import MeetingForm, PresentForm
from locality.panels.views.frame import done, given, may_run, moment, sitting
from locality.panels.words import Changed
from locality.sharing.exports import views as exports
from locality.sharing.words import FileFormat
from locality.ui.pages import page

DUE_SHOWN = 20


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The locality's panels, one's own first, and the research one's agency owes."""
    mine = list(reads.panels_of(request.actor))
    return page(
        request,
        "panels/index.html",
        mine=[(one, reads.next_meeting(one.pk)) for one in mine],
        others=reads.panels().exclude(pk__in=[one.pk for one in mine]),
        research=reads.research_for(request.actor.agency, request.actor.purpose),
    )


@require_safe
def panel(request: HttpRequest, panel_id: UUID) -> HttpResponse:
    """A panel's terms of reference and its meetings."""
    one = reads.panel(panel_id)
    return page(
        request,
        "panels/panel.html",
        panel=one,
        members=reads.members(one),
        core=reads.core(one).values(),
        meetings=reads.meetings(panel_id)[:24],
        may_run=may_run(request, one),
    )


@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest, panel_id: UUID) -> HttpResponse:
    """Plan a meeting."""
    one = reads.panel(panel_id)
    services.require_runs(by=request.actor, panel=one)
    form = MeetingForm(given(request))
    if form.is_valid():
        made = services.plan_meeting(
            by=request.actor, panel_id=panel_id, starts_at=form.starts_at(),
            where=form.cleaned_data["where"],
        )  # fmt: skip
        says = _("The meeting is planned for %(when)s.") % {"when": moment(made.starts_at)}
        return done(request, says, "panels:meeting", made.pk)
    return page(request, "panels/plan.html", panel=one, form=form)


@require_safe
def meeting(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """The agenda and how far it has come, what waits to be placed, what was left out and why."""
    one = reads.meeting(meeting_id)
    agenda, runs_it = reads.lines(meeting_id), may_run(request, one.panel)
    due = reads.due_cases(one, request.actor, all_seen=runs_it)
    return page(
        request,
        "panels/meeting.html",
        meeting=one,
        agenda=agenda,
        decided=sum(line.decision is not None for line in agenda),
        waiting=reads.put_forward(meeting_id),
        left_out=reads.not_selected(meeting_id),
        due=due[:DUE_SHOWN],
        due_more=max(len(due) - DUE_SHOWN, 0),
        present=reads.present(meeting_id),
        sits=reads.sits_on(one.panel, request.actor),
        may_run=runs_it,
    )


@require_POST
def build(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Place everything put forward."""
    changed = services.build_agenda(by=request.actor, meeting_id=meeting_id)
    return done(request, _what_changed(changed), "panels:meeting", meeting_id)


@require_http_methods(["GET", "POST"])
def present(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Mark who is in the room."""
    one = reads.meeting(meeting_id)
    services.require_may_change(by=request.actor, meeting=one)
    here = [str(p.post_id) for p in reads.present(meeting_id)]
    form = PresentForm(given(request), members=sitting(one.panel), initial={"post_ids": here})
    if form.is_valid():
        services.mark_present(by=request.actor, meeting_id=meeting_id, **form.cleaned_data)
        return done(request, _("Who is here is saved."), "panels:meeting", meeting_id)
    return page(request, "panels/present.html", meeting=one, form=form)


@require_http_methods(["GET", "POST"])
def hold(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Ask once more, then say that the meeting is over."""
    one = reads.meeting(meeting_id)
    services.require_may_change(by=request.actor, meeting=one)
    if request.method == "POST":
        services.hold_meeting(by=request.actor, meeting_id=meeting_id)
        return done(request, _("The meeting is over. These are its minutes."),
                    "panels:minutes", meeting_id)  # fmt: skip
    says = [_("Nothing in this meeting can be changed afterwards: its minutes stand.")]
    undecided = sum(line.decision is None for line in reads.lines(meeting_id))
    if undecided:
        says.append(_undecided(undecided))
    return _once_more(request, one, _("Is this meeting over?"), _("The meeting is over"), says)


@require_http_methods(["GET", "POST"])
def cancel(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Ask once more, then call the meeting off."""
    one = reads.meeting(meeting_id)
    services.require_may_change(by=request.actor, meeting=one)
    if request.method == "POST":
        services.cancel_meeting(by=request.actor, meeting_id=meeting_id)
        return done(request, _("The meeting is called off."), "panels:panel", one.panel_id)
    says = [
        _("It cannot be planned again: plan another meeting instead."),
        _("What was put forward to it has to be put forward again. Tell its members yourself."),
    ]
    return _once_more(request, one, _("Call this meeting off?"), _("Call the meeting off"), says)


@require_safe
def minutes(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """The minutes, as a page that prints as a document."""
    found = reads.minutes(meeting_id, reader=request.actor)
    return page(request, "panels/minutes.html", minutes=found)


@require_http_methods(["GET", "HEAD", "POST"])
def minutes_word(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """The minutes as a Word file, which says for whom it was made."""
    found = reads.minutes(meeting_id, reader=request.actor)
    post = request.post_held
    file = exports.File(
        FileFormat.DOCX, "minutes", of=found.meeting,
        make=lambda: runs.word(found, reader=f"{post.name}, {post.agency}"),
    )  # fmt: skip
    return exports.take_out(request, file, cancel=reverse("panels:minutes", args=[meeting_id]))


def _once_more(
    request: HttpRequest, one: object, title: str, action: str, says: list[str]
) -> HttpResponse:
    return page(
        request,
        "ui/confirm.html",
        title=title,
        says="\n".join([f"{one.panel.name}, {moment(one.starts_at)}", *says]),
        action=action,
        danger=True,
        cancel=reverse("panels:meeting", args=[one.pk]),
    )


def _what_changed(changed: Changed) -> str:
    """Say what building the agenda changed, case by case."""
    said = [
        ngettext("%(on)s case is on the agenda.", "%(on)s cases are on the agenda.", changed.on)
        % {"on": changed.on}
    ]
    if changed.added:
        said.append(_("Added: %(which)s.") % {"which": ", ".join(changed.added)})
    if changed.left_out:
        said.append(_("Left out, each with why: %(which)s.") % {
            "which": ", ".join(changed.left_out)
        })  # fmt: skip
    if not changed.added and not changed.left_out:
        said.append(_("Nothing was added or left out."))
    if changed.by_hand:
        said.append(_("Left as somebody chose: %(which)s.") % {"which": ", ".join(changed.by_hand)})
    return " ".join(said)


def _undecided(many: int) -> str:
    return ngettext(
        "%(n)s case on the agenda has no decision. It counts as deferred and comes first when it "
        "is put forward again.",
        "%(n)s cases on the agenda have no decision. They count as deferred and come first when "
        "they are put forward again.",
        many,
    ) % {"n": many}
