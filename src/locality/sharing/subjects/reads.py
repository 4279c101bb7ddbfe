"""Requests about what an agency holds, as far as they show, and how each one's clock stands."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from locality.kit.dates import england_and_wales
from locality.kit.errors import NotHere, Refused
from locality.sharing import reads as sharing
from locality.sharing.acting import Actor
from locality.sharing.models import Apart, Post, SubjectReader, SubjectRequest
from locality.sharing.subjects import rules
from locality.sharing.subjects.words import Clock, ComplaintTime, Done, Standing, Time
from locality.sharing.words import Duty, Handled, Law, SubjectKind
from locality.ui.words import ToDo

FILE = Path(__file__).parent / "laws.toml"


@dataclass(frozen=True, slots=True)
class Laws:
    """How long each law gives: laws.toml."""

    amber_days: int
    times: dict[Law, Time]
    complaint: ComplaintTime


@cache
def laws() -> Laws:
    """How long the law gives for each kind of request."""
    read = tomllib.loads(FILE.read_text(encoding="utf-8"))
    times = {law: Time(**read[law.value]) for law in Law}
    return Laws(read["amber_days"], times, ComplaintTime(**read["complaint"]))


def requests() -> QuerySet[SubjectRequest]:
    """Every request that shows, the oldest first, with its steps and who reads for it."""
    found = SubjectRequest.objects.select_related("agency", "logged_by")
    return found.prefetch_related("steps__by", "readers__post__role")


def request(request_id: UUID) -> SubjectRequest:
    """Fetch one request, or raise NotHere."""
    found = requests().filter(pk=request_id).first()
    if found is None:
        raise NotHere(f"subject request {request_id}")
    return found


def request_to_change(request_id: UUID) -> SubjectRequest:
    """Fetch one request and keep others from taking a step until this transaction ends."""
    found = SubjectRequest.objects.select_for_update().filter(pk=request_id).first()
    if found is None:
        raise NotHere(f"subject request {request_id}")
    return request(request_id)


def done(row: SubjectRequest) -> list[Done]:
    """What was done about a request, in order."""
    return [Done(Handled(one.step), one.on) for one in row.steps.all()]


def clock(row: SubjectRequest) -> Clock:
    """How a request's clock stands today."""
    today, set_to = sharing.today(), laws()
    if row.kind == SubjectKind.COMPLAINT:
        return rules.complaint_clock(
            row.received_on, done(row), time=set_to.complaint, today=today,
            amber_days=set_to.amber_days,
        )  # fmt: skip
    return rules.clock(
        row.received_on, done(row), time=set_to.times[Law(row.law)], today=today,
        holidays=england_and_wales(), amber_days=set_to.amber_days,
    )  # fmt: skip


def next_steps(row: SubjectRequest) -> set[Handled]:
    """What a lead may do about a request now."""
    return rules.next_steps(SubjectKind(row.kind), done(row), clock(row), sharing.today())


def may_read(row: SubjectRequest) -> list[Post]:
    """Colleagues of the agency who could be asked to read for a request, and are not yet."""
    asked = {one.post_id for one in row.readers.all()}
    held = sharing.posts(agency_id=row.agency_id)
    return [one for one in held if one.pk not in asked]


def reads_for(row: SubjectRequest, by: Actor) -> SubjectReader | None:
    """The row that says that this post reads for a request, if it does."""
    return next((one for one in row.readers.all() if one.post_id == by.post), None)


def is_read(row: SubjectRequest) -> bool:
    """Whether everybody who was asked to read for a request says that they have."""
    readers = list(row.readers.all())
    return bool(readers) and all(one.finished_at for one in readers)


def require_read(row: SubjectRequest) -> None:
    """Refuse with `sharing.subject_unread` while somebody still reads for a request."""
    if not is_read(row):
        raise Refused(
            "sharing.subject_unread",
            "The answer is whole once everybody who was asked to read says that they have.",
        )


def is_kept_apart(row: SubjectRequest) -> bool:
    """Whether somebody is kept apart from whom a request is about, as far as a lead may know."""
    either = Q(protected__in=row.subjects) | Q(feared__in=row.subjects)
    return Apart.objects.filter(either, ended_at=None).exists()


def to_do(by: Actor) -> list[ToDo]:
    """What waits for a governance lead, every open request; and for whoever reads for one."""
    governs = Duty.GOVERN in sharing.post(by.post).role.duties
    found = []
    for row in requests():
        reader, one = reads_for(row, by), clock(row)
        if one.standing == Standing.ENDED:
            continue
        if reader and not reader.finished_at:
            found.append(_read(row, one))
        elif governs:
            found.append(_to_do(row, one))
    return found


def _read(row: SubjectRequest, one: Clock) -> ToDo:
    return ToDo(
        says=_("Read what we hold about %(name)s, who asks for it.") % {"name": row.name},
        verb=_("Read"), url_name="sharing:subject-request", url_args=(row.pk,), due=one.due,
        overdue=one.standing == Standing.OVERDUE, kind=_("Request"),
    )  # fmt: skip


def _to_do(row: SubjectRequest, one: Clock) -> ToDo:
    says = {
        SubjectKind.ACCESS: _("%(name)s asks for what we hold about them."),
        SubjectKind.CORRECTION: _("%(name)s asks us to correct what we hold about them."),
        SubjectKind.COMPLAINT: _("%(name)s complains about how we handle what we hold on them."),
    }[SubjectKind(row.kind)]
    return ToDo(
        says=says % {"name": row.name}, verb=_("Open"), url_name="sharing:subject-request",
        url_args=(row.pk,), due=one.due, overdue=one.standing == Standing.OVERDUE,
        kind=_("Request"),
    )  # fmt: skip
