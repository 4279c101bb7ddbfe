"""What panels need from a post, and how much panels did in a period."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from locality.panels.models import Decision, Meeting, Research
from locality.panels.reads.items import research_for
from locality.panels.reads.meetings import panels_of
from locality.panels.words import Held, MeetingState
from locality.sharing import reads as sharing
from locality.sharing.acting import Actor
from locality.sharing.words import Duty
from locality.ui.words import ToDo


def counts(first: date, last: date) -> dict[str, int]:
    """Figures about panels in a period, as far as the actor may see."""
    days = _between(first, last)
    decisions = Decision.objects.filter(decided_at__range=days)
    answered = Research.objects.filter(asked_at__range=days).exclude(held=Held.WAITING)
    held = Meeting.objects.filter(state=MeetingState.HELD, held_at__range=days)
    outcomes = dict(decisions.values_list("outcome").annotate(n=Count("pk")).order_by())
    return {
        "panel meetings held": held.count(),
        "cases discussed at a panel": decisions.values("case").distinct().count(),
        "panel decisions": sum(outcomes.values()),
        "panel decisions with dissent": decisions.exclude(dissent="").count(),
        "research requests answered": answered.count(),
        "research requests refused": answered.filter(held=Held.CANNOT_SAY).count(),
    }


def to_do(by: Actor) -> list[ToDo]:
    """What panels need from a post: research to return, meetings to prepare, to close, to join."""
    return [*_research_to_do(by), *_meetings_to_do(by)]


def _research_to_do(by: Actor) -> Iterator[ToDo]:
    for one in research_for(by.agency, by.purpose):
        yield ToDo(
            says=_("%(panel)s asks what your agency knows about “%(case)s”.")
            % {"panel": one.item.meeting.panel.name, "case": one.case.title},
            verb=_("Answer"),
            url_name="panels:return",
            url_args=(one.pk,),
            due=one.answer_by,
            overdue=one.answer_by < timezone.now(),
            kind="research",
        )


def _meetings_to_do(by: Actor) -> Iterator[ToDo]:
    now = timezone.now()
    runs = bool({Duty.COORDINATE, Duty.CHAIR} & set(sharing.post(by.post).role.duties))
    planned = Meeting.objects.filter(
        state=MeetingState.PLANNED, starts_at__lte=now + timedelta(days=7)
    )
    for one in planned.filter(panel__in=panels_of(by)).select_related("panel"):
        over = one.starts_at < now - timedelta(hours=4)
        if runs or not over:
            yield _meeting_to_do(one, over)


def _meeting_to_do(one: Meeting, over: bool) -> ToDo:
    """Only whoever runs a panel is told, hours after it met, that its meeting is still open."""
    says = (
        _("%(panel)s has met, and nobody has said yet that the meeting is over.")
        if over
        else _("%(panel)s meets.")
    )
    return ToDo(
        says=says % {"panel": one.panel.name},
        verb=_("Close the meeting") if over else _("See the agenda"),
        url_name="panels:meeting",
        url_args=(one.pk,),
        due=one.starts_at,
        overdue=over,
        kind="panel",
    )


def _between(first: date, last: date) -> tuple[datetime, datetime]:
    return (
        timezone.make_aware(datetime.combine(first, time.min)),
        timezone.make_aware(datetime.combine(last, time.max)),
    )
