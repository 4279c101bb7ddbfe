"""Who is who: agencies, posts, purposes, circles and what was disclosed to them."""

import tomllib
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils import timezone

from locality.kit.errors import NotHere, Refused
from locality.kit.saying import say
from locality.sharing.models import (
    Agency,
    Agreement,
    Circle,
    Disclosed,
    Disclosure,
    Member,
    Post,
    Purpose,
    User,
)
from locality.sharing.words import CircleKind

HERE = Path(__file__).parent


def today() -> date:
    """The date in London, as the database has it for this transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT locality.today()")
        (day,) = cursor.fetchone()
    return day


def between(field: str, first: date, last: date) -> Q:
    """Say that something happened on a day from `first` to `last`, both included, in London.

    Moments are compared with moments: an index answers that, before the rule is asked of any row.
    The day of a moment is worked out by a function that could leak, so only after it.
    """
    zone = timezone.get_current_timezone()
    return Q(**{
        f"{field}__gte": datetime.combine(first, time.min, zone),
        f"{field}__lte": datetime.combine(last, time.max, zone),
    })  # fmt: skip


def agency(agency_id: int) -> Agency:
    """Fetch one agency, or raise NotHere."""
    found = Agency.objects.filter(pk=agency_id).first()
    if found is None:
        raise NotHere(f"agency {agency_id}")
    return found


def agencies() -> QuerySet[Agency]:
    """Every agency that is or was a partner, by name: what one owns outlasts its leaving."""
    return Agency.objects.all()


def partners() -> QuerySet[Agency]:
    """The agencies that are partners today, by name."""
    return agencies().exclude(until__lt=today())


def post(post_id: UUID) -> Post:
    """Fetch one post with its agency and role, or raise NotHere."""
    found = Post.objects.select_related("agency", "role").filter(pk=post_id).first()
    if found is None:
        raise NotHere(f"post {post_id}")
    return found


def posts(*, agency_id: int | None = None, duty: str | None = None) -> QuerySet[Post]:
    """Posts held today, of one agency or with one duty if asked, by name. Never named jobs."""
    held = Post.objects.select_related("agency", "role").filter(starts__lte=today())
    held = held.exclude(until__lt=today()).exclude(role__key="job")
    if agency_id is not None:
        held = held.filter(agency=agency_id)
    if duty is not None:
        held = held.filter(role__duties__contains=[duty])
    return held.order_by("name", "id")


def posts_by_id(post_ids: Sequence[UUID]) -> dict[UUID, Post]:
    """Posts by their id, with agency, in one question."""
    return Post.objects.select_related("agency").in_bulk(post_ids)


def user(user_id: UUID) -> User:
    """Fetch somebody who may sign in, or raise NotHere. Used by the sign-in pages."""
    found = User.objects.filter(pk=user_id, is_job=False, is_active=True).first()
    if found is None:
        raise NotHere(f"user {user_id}")
    return found


def posts_of_user(user_id: UUID) -> list[Post]:
    """The posts somebody holds today, by title. Used by the sign-in pages."""
    day = timezone.localdate()
    held = Post.objects.filter(user=user_id, starts__lte=day).exclude(until__lt=day)
    return list(held.select_related("agency", "role").order_by("title", "id"))


def story_people() -> list[Post]:
    """The posts the demo offers on its sign-in page, by agency and name."""
    told = Post.objects.filter(about__gt="").select_related("agency", "role")
    return list(told.order_by("agency__name", "name"))


def all_purposes() -> dict[int, Purpose]:
    """Every purpose by its number."""
    return Purpose.objects.in_bulk()


def purpose(key: str) -> Purpose:
    """Fetch a purpose by its key, or raise NotHere."""
    found = Purpose.objects.filter(key=key).first()
    if found is None:
        raise NotHere(f"purpose {key}")
    return found


def purposes(ids: Sequence[int]) -> QuerySet[Purpose]:
    """Purposes by number, in order."""
    return Purpose.objects.filter(pk__in=ids)


def front_door(purpose_key: str) -> Circle:
    """The circle that screens concerns for a purpose.

    Refuses with `sharing.no_front_door` when the locality has not named one.
    """
    found = (
        Circle.objects.filter(kind=CircleKind.FRONT_DOOR, purpose__key=purpose_key)
        .exclude(closed_on__lt=today())
        .order_by("name")
        .first()
    )
    if found is None:
        raise Refused(
            "sharing.no_front_door",
            say(
                "Nobody screens concerns for {purpose} here. Change your purpose, or ask your "
                "information-governance lead to name a front door.",
                purpose=say(purpose_key),
            ),
        )
    return found


def my_circles() -> list[UUID]:
    """The circles the actor is in today for their purpose, as the policies have it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT locality.circles()")
        (found,) = cursor.fetchone()
    return found


def circle(circle_id: UUID) -> Circle:
    """Fetch one circle the actor may see, or raise NotHere."""
    found = Circle.objects.select_related("purpose", "owner").filter(pk=circle_id).first()
    if found is None:
        raise NotHere(f"circle {circle_id}")
    return found


def members(circle_id: UUID) -> QuerySet[Member]:
    """Who is in a circle today, with posts and agencies, by agency and name."""
    live = Member.objects.select_related("post__agency").filter(
        circle=circle_id, left_at=None, starts__lte=today()
    )
    return live.exclude(until__lt=today()).order_by("post__agency__name", "post__name")


def between_sides(post_id: UUID, circle_id: UUID) -> bool:
    """Say whether somebody's other work keeps them out of a circle of one's own agency."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT locality.between_sides(%s, %s)", [post_id, circle_id])
        (between,) = cursor.fetchone()
    return bool(between)


def disclosures_to(circle_id: UUID) -> QuerySet[Disclosure]:
    """What was disclosed to a circle, newest first, with items, giver and who gave it."""
    return (
        Disclosure.objects.filter(circle=circle_id)
        .select_related("owner", "given_by", "purpose")
        .prefetch_related("items", "received__post__agency")
    )


def disclosure(disclosure_id: UUID) -> Disclosure:
    """Fetch one disclosure the actor may see, or raise NotHere."""
    found = Disclosure.objects.select_related("owner", "circle").filter(pk=disclosure_id).first()
    if found is None:
        raise NotHere(f"disclosure {disclosure_id}")
    return found


@cache
def handling_conditions() -> dict[str, str]:
    """What an agency can ask of those it lets see something: by key, in words (handling.toml)."""
    read = tomllib.loads((HERE / "handling.toml").read_text(encoding="utf-8"))
    return {one["key"]: one["says"] for one in read["conditions"]}


def disclosures_of(circle_id: UUID, items: Iterable[UUID]) -> dict[UUID, list[Disclosure]]:
    """By which live disclosures to a circle each of some items shows in it, newest first."""
    live = disclosures_to(circle_id).filter(withdrawn_at=None, items__item__in=list(items))
    found: dict[UUID, list[Disclosure]] = {}
    for one in live.exclude(until__lt=today()).distinct():
        for item in one.items.all():
            found.setdefault(item.item, []).append(one)
    return found


def items_disclosed_to(circle_id: UUID, kind: str) -> QuerySet[Disclosed]:
    """Items of one kind that a circle may see today, as far as their disclosures go."""
    live = Disclosed.objects.filter(
        circle=circle_id, kind=kind, withdrawn_at=None, starts__lte=today()
    )
    return live.exclude(until__lt=today())


def agreements() -> QuerySet[Agreement]:
    """Every agreement with its parties and what it covers, by purpose and name."""
    found = Agreement.objects.select_related("purpose").prefetch_related(
        "parties__agency", "covers"
    )
    return found.order_by("purpose_id", "name", "starts")


def agreements_between(giver: int, getter: int, purpose_key: str) -> QuerySet[Agreement]:
    """Agreements in force today under which one agency may share with another for a purpose."""
    return Agreement.objects.filter(
        state="in force",
        purpose__key=purpose_key,
        starts__lte=today(),
        until__gte=today(),
        id__in=Agreement.objects.filter(parties__agency=giver, parties__gives=True).values("id"),
    ).filter(parties__agency=getter, parties__gets=True)
