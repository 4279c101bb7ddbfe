"""The queue, what was decided, and who is looking, as far as the actor may see."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from locality.cases import reads as cases
from locality.intake import reads as intake
from locality.kit.errors import NotHere
from locality.people import reads as people
from locality.sharing import reads as sharing
from locality.sharing.acting import Actor
from locality.sharing.consents.reads import may_share
from locality.sharing.models import Circle, Post
from locality.sharing.words import CircleKind, Duty
from locality.triage import rules
from locality.triage.models import Looking, Screening, Waiting
from locality.triage.words import Asked, Decided, Line
from locality.ui.words import ToDo

if TYPE_CHECKING:
    from locality.cases.models import Case
    from locality.intake.models import Concern

MOST_TO_DO = 20
LATELY = timedelta(days=7)


def front_doors() -> list[Circle]:
    """The front doors the actor is a member of today, for the purpose they act for."""
    doors = Circle.objects.filter(kind=CircleKind.FRONT_DOOR, pk__in=sharing.my_circles())
    return list(doors.select_related("owner").order_by("name"))


def my_front_door() -> Circle:
    """The front door the actor screens for, or raise NotHere."""
    doors = front_doors()
    if not doors:
        raise NotHere("front door")
    return doors[0]


def queue(
    circle_id: UUID, asked: Asked = Asked.WAITING, kind: int | None = None
) -> "QuerySet[Concern]":
    """The concerns at a front door, the shortest clock first: waiting, unless asked otherwise."""
    decided = Exists(Screening.objects.filter(concern=OuterRef("pk")))
    concerns = intake.concerns_disclosed_to(circle_id)
    concerns = concerns if kind is None else concerns.filter(category=kind)
    if asked == Asked.DECIDED:
        return concerns.filter(decided).order_by("-raised_at", "pk")
    if asked == Asked.WITHDRAWN:
        return concerns.filter(~decided, withdrawn_at__isnull=False).order_by("-raised_at", "pk")
    # Their ids are fetched first: a queue is short, and the planner would go through all there was.
    few = list(Waiting.objects.filter(circle=circle_id).values_list("concern", flat=True))
    waiting = concerns.filter(pk__in=few)
    if asked == Asked.OVERDUE:
        return waiting.filter(screen_by__lt=timezone.now())
    if asked == Asked.REPEATS:
        counted = intake.repeats(list(waiting))
        return waiting.filter(pk__in=[pk for pk, times in counted.items() if times])
    return waiting


def withdrawn_lately(circle_id: UUID) -> int:
    """How many concerns their reporters took back in the last seven days."""
    # These few are fetched first, as those that wait are.
    few = intake.withdrawn_since(timezone.now() - LATELY)
    return queue(circle_id, Asked.WITHDRAWN).filter(pk__in=few).count()


def lines(concerns: "Sequence[Concern]", by: Actor) -> list[Line]:
    """What the queue says of each of these concerns, in as few questions as for one."""
    ids = [one.pk for one in concerns]
    called = people.names([person for one in concerns for person in one.about])
    times, seen_by, made = intake.repeats(concerns), lookers(ids, by.post), screenings(ids)
    where = intake.places_of(concerns)
    return [
        Line(
            concern=one,
            about=[called[person] for person in one.about],
            place=where.get(one.where),
            repeats=times[one.pk],
            looker=seen_by.get(one.pk),
            screening=made.get(one.pk),
        )
        for one in concerns
    ]


def after(concerns: "QuerySet[Concern]", concern_id: UUID) -> UUID | None:
    """The concern that follows one in a list, or else its first that is not it."""
    ids = list(concerns.values_list("pk", flat=True))
    rest = ids[ids.index(concern_id) + 1 :] if concern_id in ids else ids
    return next(iter([*rest, *ids]), None)


def concern_to_decide(concern_id: UUID) -> "Concern":
    """Fetch a concern and keep others from deciding about it until this transaction ends."""
    found = intake.concern(concern_id)
    intake.hold(concern_id)
    return found


def screening_of(concern_id: UUID) -> Screening | None:
    """What was decided about a concern, if anything."""
    return (
        Screening.objects.select_related("decided_by__agency", "case")
        .filter(concern=concern_id)
        .first()
    )


def screenings(concern_ids: Sequence[UUID]) -> Mapping[UUID, Screening]:
    """What was decided about each of these concerns."""
    found = Screening.objects.filter(concern__in=concern_ids)
    return {one.concern_id: one for one in found}


def lookers(concern_ids: Sequence[UUID], but: UUID) -> dict[UUID, Post]:
    """Who else is looking at each of these concerns now."""
    since = timezone.now() - rules.LOOKING_LASTS
    found = Looking.objects.filter(concern__in=concern_ids, since__gte=since).exclude(post=but)
    return {one.concern_id: one.post for one in found.select_related("post").order_by("-since")}


def handling(concern: "Concern") -> list[str]:
    """On what conditions the reporter's agency disclosed a concern to the front door."""
    given = sharing.disclosures_to(concern.circle_id).filter(items__item=concern.pk)
    return [one.handling for one in given if one.handling]


def open_cases_about(concern: "Concern") -> "QuerySet[Case]":
    """Open cases about the same people or place, that a concern may belong to."""
    return cases.cases_about(concern.about, concern.where).filter(closed_at=None)


def cases_to_link(by: Actor, concern: "Concern") -> "list[Case]":
    """The cases a concern may be linked to: those about the same first, then the actor's own."""
    about = list(open_cases_about(concern))
    others = cases.my_cases(by.post).filter(closed_at=None)
    return about + [one for one in others if one not in about]


def may_join(by: Actor, concern: "Concern") -> list[Post]:
    """Posts that could lawfully be on the team of a case of this kind, by agency and name."""
    purpose = sharing.purpose(by.purpose)
    able = [
        post
        for post in sharing.posts()
        if purpose.pk in post.purposes
        and post.role.clearances[concern.category] >= concern.marking
        and {Duty.LEAD, Duty.PROVIDE} & set(post.role.duties)
    ]
    agreed = {by.agency} | {
        agency
        for agency in {post.agency_id for post in able}
        if may_share(
            giver=by.agency,
            getter=agency,
            purpose=by.purpose,
            category=concern.category,
            marking=concern.marking,
            people=concern.about,
        )
    }
    found = [post for post in able if post.agency_id in agreed]
    return sorted(found, key=lambda post: (post.agency.name, post.name))


def counts(first: date, last: date) -> dict[str, int]:
    """Figures for a report on what was decided between two days, both included."""
    made = Screening.objects.filter(sharing.between("decided_at", first, last))
    by_kind = {kind: made.filter(decided=kind).count() for kind in Decided}
    return {
        "concerns screened": made.count(),
        "screened in time": made.filter(in_time=True).count(),
        "concerns signposted": by_kind[Decided.SIGNPOST],
        "concerns linked to a case": by_kind[Decided.LINK],
        "cases opened from a concern": by_kind[Decided.OPEN],
        "concerns sent the urgent route": by_kind[Decided.URGENT],
    }


def to_do(by: Actor) -> list[ToDo]:
    """What waits for whoever screens: the concerns with the shortest clocks."""
    now = timezone.now()
    return [
        _decide(one, now) for door in front_doors() for one in queue(door.pk)[:MOST_TO_DO]
    ]  # fmt: skip


def _decide(one: "Concern", now: datetime) -> ToDo:
    return ToDo(
        says=_("%(title)s (%(reference)s), raised by %(agency)s.")
        % {"title": one.title, "reference": one.reference, "agency": one.owner.name},
        verb=_("Decide"), url_name="triage:concern", url_args=(one.pk,), due=one.screen_by,
        overdue=one.screen_by < now, kind="concern",
    )  # fmt: skip
