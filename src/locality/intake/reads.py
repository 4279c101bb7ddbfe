"""Concerns, receipts and drafts, as far as the actor may see. The only way to fetch them."""

import tomllib
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import connection
from django.db.models import Count, F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from locality.intake import rules
from locality.intake.models import (
    About,
    Concern,
    Draft,
    Placed,
    Receipt,
    Reply,
    Withdrawal,
)
from locality.intake.words import AboutPerson, Clocks, DraftPerson, Kind, Told
from locality.kit.errors import NotHere
from locality.people import reads as people
from locality.places import reads as places
from locality.sharing import reads as sharing
from locality.sharing.acting import Actor
from locality.sharing.consents.reads import may_share
from locality.sharing.models import Circle, Post
from locality.ui.words import ToDo

if TYPE_CHECKING:
    from locality.places.models import Place

HERE = Path(__file__).parent
NEWS_LASTS = timedelta(days=7)
MOST_PLACES = 10


def concern(concern_id: UUID) -> Concern:
    """Fetch one concern with its narrative, people, reporter and front door, or raise NotHere."""
    found = _whole(Concern.objects.filter(pk=concern_id)).first()
    if found is None:
        raise NotHere(f"concern {concern_id}")
    return found


def shows(concern_id: UUID) -> bool:
    """Say whether the actor may see a concern."""
    return Concern.objects.filter(pk=concern_id).exists()


def hold(concern_id: UUID) -> None:
    """Keep others from deciding about or withdrawing a concern until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 7))", [str(concern_id)])


def withdrawal_of(concern_id: UUID) -> Withdrawal | None:
    """How its reporter took a concern back, if they did."""
    found = Withdrawal.objects.filter(receipt=concern_id)
    return found.select_related("withdrawn_by__agency").first()


def withdrawn_since(moment: datetime) -> list[UUID]:
    """Which concerns that show their reporters took back since then."""
    found = Withdrawal.objects.filter(withdrawn_at__gte=moment)
    return list(found.values_list("receipt", flat=True))


def places_of(concerns: Sequence[Concern]) -> "dict[UUID, Place]":
    """Which named places these concerns mean, by the place's id."""
    return places.places({one.where for one in concerns if one.where})


def people_of(one: Concern) -> list[AboutPerson]:
    """Whom a concern is about: their ids today, what to call them, and their part in it."""
    called, now = people.names(one.about), people.who_now(one.about)
    parts = {about.person_id: about.part for about in one.people.all()}
    return [AboutPerson(now[who], called[who], parts.get(who, "")) for who in one.about]


def concerns_disclosed_to(circle_id: UUID) -> QuerySet[Concern]:
    """The concerns that a circle may see today, the shortest clock first."""
    shown = sharing.items_disclosed_to(circle_id, "intake.concern").values("item")
    return _whole(Concern.objects.filter(circle=circle_id, pk__in=shown)).order_by(
        "screen_by", "raised_at"
    )


def earlier_concerns(
    person_ids: Sequence[UUID], place_id: UUID | None, not_id: UUID | None = None
) -> QuerySet[Concern]:
    """Other concerns about any of these people or this place that show, newest first."""
    same = Q(
        pk__in=About.objects.filter(person__in=people.same_people(person_ids)).values("concern")
    )
    if place_id:
        same |= Q(where=place_id)
    found = _located(Concern.objects.select_related("owner", "raised_by")).filter(same)
    return found.exclude(pk=not_id).order_by("-raised_at")


def repeats(concerns: Sequence[Concern]) -> dict[UUID, int]:
    """How many other concerns that show are about the same people or place, for a whole list."""
    same = people.same_as([person for one in concerns for person in one.about])
    whom = About.objects.filter(person__in=set().union(*same.values()))
    where = _located(Concern.objects.all()).filter(
        where__in={one.where for one in concerns if one.where}
    )
    by_person, by_place = defaultdict(set), defaultdict(set)
    for concern_id, person_id in whom.values_list("concern", "person"):
        by_person[person_id].add(concern_id)
    for concern_id, place_id in where.values_list("pk", "where"):
        by_place[place_id].add(concern_id)
    return {
        one.pk: len(
            set(by_place[one.where] if one.where else ()).union(
                *(by_person[other] for person in one.about for other in same[person])
            )
            - {one.pk}
        )
        for one in concerns
    }


def receipt(concern_id: UUID) -> Receipt:
    """Fetch what the reporter may know of one concern, or raise NotHere."""
    found = _receipts().filter(pk=concern_id).first()
    if found is None:
        raise NotHere(f"receipt {concern_id}")
    return found


def my_receipt(post_id: UUID, concern_id: UUID) -> Receipt:
    """Fetch the receipt of a concern this post raised, or raise NotHere."""
    found = _receipts().filter(pk=concern_id, post=post_id).first()
    if found is None:
        raise NotHere(f"receipt {concern_id}")
    return found


def my_receipts(post_id: UUID) -> QuerySet[Receipt]:
    """What a post has raised, newest first, with what it was told."""
    return _receipts().filter(post=post_id)


def is_raised(post_id: UUID, draft_id: UUID) -> bool:
    """Say whether this draft of the post has become a concern."""
    return Receipt.objects.filter(pk=draft_id, post=post_id).exists()


def may_tell(concern_id: UUID, circle_of: Actor) -> bool:
    """Say whether the actor is of the front door that looks at it, or of the circle that helps."""
    seen = Concern.objects.filter(pk=concern_id).values_list("circle", flat=True).first()
    if seen and sharing.members(seen).filter(post=circle_of.post).exists():
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT locality.helps(%s)", [concern_id])
        return bool(cursor.fetchone()[0])


def drafts(post_id: UUID) -> QuerySet[Draft]:
    """A post's unfinished concerns, the last touched first."""
    return Draft.objects.filter(post=post_id)


def draft(draft_id: UUID) -> Draft:
    """Fetch one of the actor's own drafts, or raise NotHere."""
    found = Draft.objects.filter(pk=draft_id).first()
    if found is None:
        raise NotHere(f"draft {draft_id}")
    return found


def draft_to_change(draft_id: UUID) -> Draft:
    """Fetch a draft and keep its other windows waiting until this transaction ends."""
    found = Draft.objects.select_for_update().filter(pk=draft_id).first()
    if found is None:
        raise NotHere(f"draft {draft_id}")
    return found


def place_in(draft: Draft) -> "Place | None":
    """Which named place a draft is about, if it is still there."""
    chosen = _uuid(draft.answers.get("place"))
    return places.places([chosen]).get(chosen) if chosen else None


def people_in(draft: Draft) -> list[DraftPerson]:
    """Whom a draft names, as its writer may see them, in order."""
    named = draft.answers.get("people") or []
    seen = people.records([one["record_id"] for one in named if one.get("record_id")])
    return [
        DraftPerson(
            number,
            record.full_name if (record := seen.get(_uuid(one.get("record_id")))) else
            rules.called(one),
            one.get("part") or "",
            record is not None,
        )
        for number, one in enumerate(named)
    ]  # fmt: skip


def front_door(by: Actor) -> Circle:
    """The circle that will look at what this actor raises, or refuse when there is none."""
    return sharing.front_door(by.purpose)


def somebody_looks(by: Actor, door: Circle, kind: Kind) -> bool:
    """Say whether anybody at the front door may see this kind of concern from this agency."""
    members = sharing.members(door.pk).select_related("post__role").exclude(post__role="job")
    cleared = {
        member.post.agency_id
        for member in members
        if member.post.role.clearances[kind.category] >= kind.marking
    }
    return by.agency in cleared or any(
        may_share(
            giver=by.agency,
            getter=agency,
            purpose=by.purpose,
            category=kind.category,
            marking=kind.marking,
        )
        for agency in cleared
    )


def job_posts() -> list[Post]:
    """The posts of named jobs, one for each agency that has one. Asked before anybody acts."""
    found = Post.objects.filter(role="job", user__is_active=True)
    return list(found.order_by("agency_id", "id").distinct("agency_id"))


def counts(first: date, last: date) -> dict[str, int]:
    """Figures for a report on what was raised between two days, both included."""
    raised = Concern.objects.filter(sharing.between("raised_at", first, last))
    # In one question: each row is asked about once, however many figures it counts in.
    found = raised.aggregate(
        all=Count("pk"),
        agreed=Count("pk", filter=Q(told=Told.AGREED)),
        person=Count("pk", filter=~Q(about=[])),
        place=Count("pk", filter=Q(place__isnull=False) | ~Q(place_says="")),
    )
    return {
        "concerns raised": found["all"],
        "concerns raised with agreement": found["agreed"],
        "concerns about a person": found["person"],
        "concerns about a place": found["place"],
    }


def to_do(by: Actor) -> list[ToDo]:
    """What waits for somebody who raises concerns: drafts to finish, and news to read."""
    unfinished = [_finish(one) for one in drafts(by.post)]
    since = timezone.now() - NEWS_LASTS
    news = my_receipts(by.post).filter(replies__told_at__gte=since).distinct()
    return unfinished + [_read(one) for one in news]


@cache
def clocks() -> Clocks:
    """The locality's clocks: clocks.toml."""
    return rules.clocks_from(tomllib.loads((HERE / "clocks.toml").read_text(encoding="utf-8")))


def _uuid(value: str | None) -> UUID | None:
    return UUID(value) if value else None


def _finish(one: Draft) -> ToDo:
    gone = timezone.localdate(one.saved_at + rules.DRAFT_LASTS)
    return ToDo(
        says=_("You began to raise a concern on %(day)s. It is kept until %(gone)s.")
        % {"day": f"{timezone.localtime(one.began_at):%-d %B}", "gone": f"{gone:%-d %B}"},
        verb=_("Finish it"), url_name="intake:check", url_args=(one.pk,), due=gone,
        overdue=False, kind="draft",
    )  # fmt: skip


def _read(one: Receipt) -> ToDo:
    return ToDo(
        says=_("%(reference)s, %(title)s: %(stage)s.")
        % {"reference": one.reference, "title": one.title, "stage": one.stage},
        verb=_("Read what became of it"), url_name="intake:receipt", url_args=(one.pk,),
        due=None, overdue=False, kind="news",
    )  # fmt: skip


def _receipts() -> QuerySet[Receipt]:
    replies = Prefetch("replies", Reply.objects.select_related("told_by__agency"))
    found = Receipt.objects.select_related("circle__owner", "withdrawal")
    return found.prefetch_related(replies)


def _whole(concerns: QuerySet[Concern]) -> QuerySet[Concern]:
    return (
        _located(concerns)
        .select_related("owner", "circle__owner", "raised_by__agency", "narrative")
        .prefetch_related("people", "additions")
    )


def _located(concerns: QuerySet[Concern]) -> QuerySet[Concern]:
    """Concerns with `where`, the place each means, and `withdrawn_at`, if it was."""
    said = Placed.objects.filter(concern=OuterRef("pk")).values("place")[:1]
    back = Withdrawal.objects.filter(receipt=OuterRef("pk")).values("withdrawn_at")
    return concerns.annotate(
        where=Coalesce(Subquery(said), F("place")), withdrawn_at=Subquery(back)
    )
