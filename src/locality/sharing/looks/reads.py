"""Looks, and which of them stand out. Policies show a lead those of their own agency's people."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from uuid import UUID

from django.apps import apps
from django.db import connection
from django.db.models import Q, QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from locality.kit.errors import NotHere
from locality.kit.saying import say
from locality.sharing import reads
from locality.sharing.entries import kinds
from locality.sharing.entries import of_kind as of_log_kind
from locality.sharing.looks import doors
from locality.sharing.looks.words import Limits, Pair, Unusual
from locality.sharing.models import AuditEntry, Consultation, LookReview, Post, Purpose
from locality.sharing.words import LogKind, Look, Sign

HERE = Path(__file__).parent
PARTS = ":(of|about)-"  # of pages, fetched by themselves
WHO_LOOKED = "sharing:looks-at"


@dataclass(frozen=True, slots=True)
class Shown:
    """A look as a page says it: who, where, whom about, and the address of what was shown."""

    look: Consultation
    post: Post | None
    purpose: str
    where: str
    names: Sequence[str]
    href: str | None


@dataclass(frozen=True, slots=True)
class Done:
    """An entry as a page says it: who, what, and of which kind it is."""

    entry: AuditEntry
    post: Post | None
    what: str
    kind: LogKind | None


def looks(agency: int) -> QuerySet[Consultation]:
    """Every look of an agency's people that shows, newest first. Jobs of the system are in it."""
    return Consultation.objects.filter(agency=agency).order_by("-at", "-id")


def entries(agency: int, kind: str = "") -> QuerySet[AuditEntry]:
    """Everything an agency's people did that shows, newest first; of one kind if named."""
    found = AuditEntry.objects.filter(agency=agency).order_by("-at", "-id")
    return found.filter(did__in=of_log_kind(LogKind(kind))) if kind else found


def done(rows: Iterable[AuditEntry]) -> list[Done]:
    """Say who did each thing, what it was and of which kind."""
    found = list(rows)
    posts = reads.posts_by_id([row.post for row in found])
    return [Done(row, posts.get(row.post), what(row.did), kinds().get(row.did)) for row in found]


def what(did: str) -> str:
    """Say what was done, such as “Cases: case opened”."""
    domain, _, rest = did.partition(".")
    if not apps.is_installed(f"locality.{domain}"):
        return did
    says = rest.replace(".", " ").replace("_", " ")
    return f"{apps.get_app_config(domain).verbose_name}: {says}"


def looks_at(record: UUID, agency: int) -> QuerySet[Consultation]:
    """The looks of an agency's people at one record, but for looks at this very list."""
    return looks(agency).filter(records__contains=[record]).exclude(route=WHO_LOOKED)


def of_kind(rows: QuerySet[Consultation], kind: str) -> QuerySet[Consultation]:
    """Narrow looks to records, to one kind, or leave them all; the empty word is records, searches.

    A part of a page that is fetched by itself is no look of its own.
    """
    records = Q(kind="page") & ~Q(records=[]) & ~Q(route__regex=PARTS)
    kinds = {"record": records, "any": Q()}
    by_name = Q(kind=kind) if kind in set(Look) else records | Q(kind="search")
    return rows.filter(kinds.get(kind, by_name))


def look(look_id: UUID) -> Consultation:
    """Fetch one look, or raise NotHere."""
    found = Consultation.objects.filter(pk=look_id).first()
    if found is None:
        raise NotHere(f"look {look_id}")
    return found


def some(look_ids: Sequence[UUID]) -> QuerySet[Consultation]:
    """Several looks by their ids, as far as they show."""
    return Consultation.objects.filter(pk__in=look_ids)


def shown(looks: Iterable[Consultation]) -> list[Shown]:
    """Say who made each look and at what, with as few questions as there are kinds of answer."""
    rows = list(looks)
    posts = reads.posts_by_id([row.post for row in rows])
    purposes = reads.all_purposes()
    names = names_of({record for row in rows for record in row.records})
    return [
        Shown(row, posts.get(row.post), _purpose(purposes, row), where(row.route),
              [names[one] for one in row.records if one in names], address(row, names))
        for row in rows
    ]  # fmt: skip


def names_of(records: Iterable[UUID]) -> dict[UUID, str]:
    """What to call those of these records that somebody can name to whoever is acting."""
    asked = sorted(records)
    return {one: name for namer in doors.NAMERS for one, name in namer(asked).items()}


def where(route: str) -> str:
    """Say which page an address's name stands for, in plain words."""
    if route in doors.RECORD_PAGES:
        return doors.RECORD_PAGES[route]
    domain, _, view = route.partition(":")
    if not view or not apps.is_installed(f"locality.{domain}"):
        return route.replace("-", " ").replace("_", " ") or say("a job")
    return f"{apps.get_app_config(domain).verbose_name}: {view.replace('-', ' ')}"


def address(row: Consultation, shown: Mapping[UUID, str]) -> str | None:
    """Where a record can be looked at that shows to whoever is acting, too."""
    if row.route not in doors.RECORD_PAGES or not set(row.records) & shown.keys():
        return None
    try:
        return reverse(row.route, args=row.records)
    except NoReverseMatch:
        return None


def reviews(look_ids: Sequence[UUID] | None = None) -> QuerySet[LookReview]:
    """What leads found when they asked, newest first; of some looks if named."""
    found = LookReview.objects.select_related("by")
    return found if look_ids is None else found.filter(look__in=look_ids)


def unusual(agency: int, *, now: datetime | None = None) -> list[Unusual]:
    """The looks of the last days that stand out and that nobody has asked about, newest first."""
    at = now or timezone.now()
    found = [*_nights(agency, at), *_far_more(agency, at), *_many_people(agency, at)]
    pairs = _pairs(agency, at)
    found += [one for pointer in doors.POINTERS for one in pointer(pairs)]
    asked = set(reviews([one.look for one in found]).values_list("look", "sign"))
    waiting = [one for one in found if (one.look, one.sign.value) not in asked]
    return sorted(waiting, key=lambda one: (one.at, one.look, one.sign), reverse=True)


def one_unusual(agency: int, look_id: UUID, sign: str) -> Unusual:
    """Fetch one look that stands out by one sign and waits for an answer, or raise NotHere."""
    for one in unusual(agency):
        if one.look == look_id and one.sign == sign:
            return one
    raise NotHere(f"look {look_id}")


@cache
def limits() -> Limits:
    """From what on a look stands out."""
    return Limits(**tomllib.loads((HERE / "unusual.toml").read_text(encoding="utf-8")))


def _nights(agency: int, at: datetime) -> list[Unusual]:
    set_to = limits()
    rows = _ask(
        "nights", agency, at, begins=set_to.night_begins, ends=set_to.night_ends,
        share=set_to.night_share,
    )  # fmt: skip
    why = say(
        "at night ({begins} to {ends}), which they seldom do",
        begins=f"{set_to.night_begins:%H:%M}", ends=f"{set_to.night_ends:%H:%M}",
    )  # fmt: skip
    return [Unusual(Sign.NIGHT, look, when, post, why) for look, when, post, _ in rows]


def _far_more(agency: int, at: datetime) -> list[Unusual]:
    set_to = limits()
    rows = _ask(
        "far_more", agency, at, least=set_to.far_more_least, times=set_to.far_more_times
    )  # fmt: skip
    return [
        Unusual(Sign.FAR_MORE, look, when, post, say(
            "{looks} looks in one day; their usual day has {usually}",
            looks=looks, usually=round(usually),
        ))
        for look, when, post, looks, usually in rows
    ]  # fmt: skip


def _many_people(agency: int, at: datetime) -> list[Unusual]:
    set_to = limits()
    rows = _ask("many_people", agency, at, many=set_to.many_people, routes=list(doors.RECORD_PAGES))
    return [
        Unusual(Sign.MANY_PEOPLE, look, when, post, say(
            "{people} colleagues looked at the same record within {days} days",
            people=people, days=set_to.days,
        ))
        for look, when, post, people in rows
    ]  # fmt: skip


def _pairs(agency: int, at: datetime) -> list[Pair]:
    return [Pair(*row) for row in _ask("pairs", agency, at, routes=doors.PERSON_PAGES)]


def _ask(name: str, agency: int, at: datetime, **values: object) -> list[tuple]:
    set_to = limits()
    given = values | {
        "agency": agency,
        "since": at - timedelta(days=set_to.days),
        "usual_from": at - timedelta(days=set_to.usual_days),
    }
    with connection.cursor() as cursor:
        cursor.execute((HERE / "queries" / f"{name}.sql").read_text(encoding="utf-8"), given)
        return cursor.fetchall()


def _purpose(purposes: dict[int, Purpose], row: Consultation) -> str:
    return purposes[row.purpose].name if row.purpose in purposes else ""
