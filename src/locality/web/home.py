"""Home: what needs you now, this week, and what became of what you raised."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from locality.cases import reads as cases
from locality.impact import reads as impact
from locality.intake import reads as intake
from locality.panels import reads as panels
from locality.referrals import reads as referrals
from locality.sharing.acting import Actor
from locality.sharing.agreements import reads as agreements
from locality.sharing.emergency import reads as emergencies
from locality.sharing.subjects import correcting
from locality.sharing.subjects import reads as subjects
from locality.sharing.words import Duty
from locality.triage import reads as triage
from locality.ui import navigation
from locality.ui.pages import page
from locality.ui.words import ToDo

DOMAINS = (
    emergencies,
    agreements,
    subjects,
    correcting,
    intake,
    cases,
    referrals,
    panels,
    impact,
    triage,
)
MOST_NOW = 7
MOST_RAISED = 5
NOW = timedelta(days=1)
WEEK = timedelta(days=7)
# What somebody most likely came to do: the first of these duties they hold.
FIRST_THINGS = (
    (Duty.SCREEN, _("Open the queue"), "triage:queue"),
    (Duty.COORDINATE, _("Plan a meeting"), "panels:index"),
    (Duty.CHAIR, _("Open your panels"), "panels:index"),
    (Duty.PROVIDE, _("Open your referrals"), "referrals:list"),
    (Duty.RAISE, _("Raise a concern"), "intake:start"),
    (Duty.REPORT, _("Start a report"), "impact:start"),
    (Duty.ANALYSE, _("Look at places"), "places:home"),
)


@dataclass(frozen=True)
class Waiting:
    """What waits for one post, sorted by when: now, later this week, and without a day."""

    now: Sequence[ToDo]
    this_week: Sequence[ToDo]
    some_day: Sequence[ToDo]

    def __len__(self) -> int:
        return len(self.now) + len(self.this_week) + len(self.some_day)


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show what needs this post, overdue first."""
    found = waiting(request.actor)
    return page(
        request,
        "web/home.html",
        waiting=found,
        now=found.now[:MOST_NOW],
        more=max(0, len(found.now) - MOST_NOW),
        first_thing=first_thing(request.duties),
        raises=Duty.RAISE in request.duties,
        raised=intake.my_receipts(request.actor.post)[:MOST_RAISED],
    )


@require_safe
def everything(request: HttpRequest) -> HttpResponse:
    """Show all that waits for this post, however much it is."""
    return page(request, "web/waiting.html", waiting=waiting(request.actor))


def waiting(by: Actor) -> Waiting:
    """Gather what waits for a post in every domain, the most overdue first."""
    at = timezone.now()
    found = sorted((one for domain in DOMAINS for one in domain.to_do(by)), key=_when)
    now = [one for one in found if one.overdue or (one.due and _when(one) <= at + NOW)]
    soon = [one for one in found if one not in now and one.due and _when(one) <= at + WEEK]
    return Waiting(now, soon, [one for one in found if one not in now and one not in soon])


def first_thing(duties: set[str]) -> dict[str, object] | None:
    """The primary button: what this post most likely came to do, if it has an address."""
    for duty, says, name in FIRST_THINGS:
        if duty in duties and (href := navigation.address(name)):
            return {"says": says, "href": href}
    return None


def _when(one: ToDo) -> datetime:
    """The last moment at which it is on time; without a day, after everything that has one."""
    if isinstance(one.due, datetime):
        return one.due
    if one.due is None:
        return datetime(9000, 1, 1, tzinfo=UTC)
    return timezone.make_aware(datetime.combine(one.due, time.max))
