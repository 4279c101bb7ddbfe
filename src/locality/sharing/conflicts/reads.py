"""Who is kept from what. Policies leave out what names whoever is asking."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from uuid import UUID

from django.db.models import QuerySet

from locality.kit.errors import NotHere
from locality.sharing import reads
from locality.sharing.looks.reads import names_of
from locality.sharing.models import Apart, Conflict, Post


@dataclass(frozen=True, slots=True)
class Pair:
    """Two people kept apart as a page says it: who is kept safe, and from whom."""

    apart: Apart
    protected: str
    feared: str


@dataclass(frozen=True, slots=True)
class Kept:
    """One conflict as a page says it: who, with their posts, and from whom or what."""

    conflict: Conflict
    posts: list[Post]
    name: str


def conflicts(*, lifted: bool) -> QuerySet[Conflict]:
    """The conflicts that show, newest first: those in force, or those that were lifted."""
    found = Conflict.objects.select_related("declared_by").order_by("-declared_at", "-id")
    return found.filter(lifted_at__isnull=not lifted)


def conflict(conflict_id: UUID) -> Conflict:
    """Fetch one conflict in force, or raise NotHere."""
    found = conflicts(lifted=False).filter(pk=conflict_id).first()
    if found is None:
        raise NotHere(f"conflict {conflict_id}")
    return found


def apart(*, ended: bool) -> QuerySet[Apart]:
    """The pairs kept apart that show, newest first: those in force, or those that ended."""
    return Apart.objects.select_related("declared_by").filter(ended_at__isnull=not ended)


def one_apart(apart_id: UUID) -> Apart:
    """Fetch one pair that is kept apart, or raise NotHere."""
    found = apart(ended=False).filter(pk=apart_id).first()
    if found is None:
        raise NotHere(f"apart {apart_id}")
    return found


def pairs(rows: Iterable[Apart]) -> list[Pair]:
    """Name both of each pair, as far as they show to whoever is acting."""
    found = list(rows)
    names = names_of({whom for one in found for whom in (one.protected, one.feared)})
    return [Pair(one, names.get(one.protected, ""), names.get(one.feared, "")) for one in found]


def name_of(subject: UUID) -> str:
    """What to call a person or case that shows, or raise NotHere."""
    name = names_of([subject]).get(subject)
    if name is None:
        raise NotHere(f"record {subject}")
    return name


def shown(rows: Iterable[Conflict]) -> list[Kept]:
    """Say who is kept from what, as far as it shows to whoever is acting."""
    found = list(rows)
    names = names_of({one.subject for one in found})
    posts = _posts_of({one.user_id for one in found})
    return [Kept(one, posts.get(one.user_id, []), names.get(one.subject, "")) for one in found]


def who() -> list[tuple[str, list[tuple[UUID, str]]]]:
    """Everybody who works here now, by agency: whoever may have to be kept away."""
    held = sorted(reads.posts(), key=lambda post: (post.agency.name, post.name))
    return [
        (agency, [(post.pk, f"{post.name}, {post.title}") for post in posts])
        for agency, posts in groupby(held, key=lambda post: post.agency.name)
    ]


def _posts_of(users: Iterable[UUID]) -> dict[UUID, list[Post]]:
    held = Post.objects.select_related("agency").filter(user__in=users).order_by("user", "starts")
    return {user: list(posts) for user, posts in groupby(held, key=attrgetter("user_id"))}
