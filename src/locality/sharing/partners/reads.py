"""What is there, and what is in force as entries of an area's file. As the owner, for nobody."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from django.db.models import QuerySet

from locality.sharing.models import Agency, Agreement, Circle, Member, Post, Purpose, Role
from locality.sharing.partners.rules import CATEGORIES, JOB, MARKINGS, name_of
from locality.sharing.partners.words import (
    AgencyEntry,
    AgreementEntry,
    FrontDoorEntry,
    Partners,
    PostEntry,
)
from locality.sharing.words import NOT_CLEARED, AgreementState, CircleKind, Gateway, Sector

OWNER = "owner"
Key = tuple[str, int, str, date]


def key_of(post: Post) -> Key:
    """What makes a post this one, as an entry's `key`."""
    return post.user.email.casefold(), post.agency_id, post.role_id, post.starts


def posts_there() -> dict[Key, Post]:
    """Every post that somebody holds or held. Never named jobs."""
    rows = Post.objects.using(OWNER).exclude(role=JOB).select_related("user", "agency")
    return {key_of(row): row for row in rows.order_by("agency_id", "name", "starts", "id")}


def is_over(post: Post, today: date) -> bool:
    """Say whether a post's last day has passed."""
    return post.until is not None and post.until < today


def open_circles(kind: CircleKind, today: date) -> QuerySet[Circle]:
    """The circles of one kind that are open today."""
    found = Circle.objects.using(OWNER).select_related("owner", "purpose").filter(kind=kind)
    return found.exclude(closed_on__lt=today).order_by("purpose_id", "name")


def role_duties() -> dict[str, frozenset[str]]:
    """The duties of every role that is there."""
    roles = Role.objects.using(OWNER).values_list("key", "duties")
    return {key: frozenset(duties) for key, duties in roles}


def in_force(today: date) -> Partners:
    """Write down the agencies, posts, agreements and front doors of today and those to come."""
    purposes = dict(Purpose.objects.using(OWNER).values_list("id", "key"))
    posts = tuple(_post(row, purposes) for row in posts_there().values() if not is_over(row, today))
    return Partners(
        agencies=tuple(
            AgencyEntry(row.id, row.name, Sector(row.sector), row.contact)
            for row in Agency.objects.using(OWNER).filter(until=None).order_by("id")
        ),
        posts=posts,
        agreements=tuple(map(agreement_entry, written_agreements(OWNER, today))),
        front_doors=tuple(
            FrontDoorEntry(row.purpose.key, row.name, row.owner_id, members(row, posts, today))
            for row in open_circles(CircleKind.FRONT_DOOR, today)
        ),
    )


def members(circle: Circle, posts: Iterable[PostEntry], today: date) -> tuple[str, ...]:
    """Name the members of a circle as the file does."""
    known = {one.key: one for one in posts}
    live = Member.objects.using(OWNER).filter(circle=circle, left_at=None)
    live = live.exclude(until__lt=today).exclude(post__role=JOB)
    live = live.select_related("post__user").order_by("post__name", "id")
    keys = [key_of(one.post) for one in live]
    return tuple(dict.fromkeys(name_of(known[key], known.values()) for key in keys if key in known))


def _post(row: Post, purposes: dict[int, str]) -> PostEntry:
    return PostEntry(
        email=row.user.email, name=row.user.name, agency=row.agency_id, role=row.role_id,
        title=row.title, purposes=tuple(purposes[one] for one in sorted(row.purposes)),
        starts=row.starts, until=row.until,
    )  # fmt: skip


def written_agreements(using: str, today: date) -> QuerySet[Agreement]:
    """The agreements that an area's file says: those not over, but for drafts on the pages."""
    rows = Agreement.objects.using(using).select_related("purpose")
    rows = rows.exclude(state=AgreementState.ENDED).filter(until__gte=today)
    rows = rows.exclude(state=AgreementState.DRAFT, by_leads=True)
    return rows.prefetch_related("parties", "covers").order_by("purpose_id", "name", "starts")


def agreement_entry(row: Agreement) -> AgreementEntry:
    """An agreement as an entry of the file."""
    shares = {one.agency_id: (one.gives, one.gets) for one in row.parties.all()}
    return AgreementEntry(
        name=row.name, purpose=row.purpose.key, gateway=Gateway(row.gateway),
        starts=row.starts, until=row.until, review_by=row.review_by,
        covers={CATEGORIES[one.category]: MARKINGS[one.up_to]
                for one in sorted(row.covers.all(), key=lambda one: one.category)
                if one.up_to != NOT_CLEARED},
        parties=_who(shares, (True, True)), gives_only=_who(shares, (True, False)),
        gets_only=_who(shares, (False, True)), state=AgreementState(row.state),
        conditions=row.conditions, document=row.document,
        signatories={str(one.agency_id): one.signatory
                     for one in sorted(row.parties.all(), key=lambda one: one.agency_id)
                     if one.signatory and (one.gives or one.gets)},
        with_consent=tuple(CATEGORIES[one.category]
                           for one in sorted(row.covers.all(), key=lambda one: one.category)
                           if one.needs_consent and one.up_to != NOT_CLEARED),
    )  # fmt: skip


def in_order(entry: AgreementEntry) -> AgreementEntry:
    """The same entry, with its parties and kinds in the order in which they are written."""
    names = ("parties", "gives_only", "gets_only")
    asked = tuple(sorted(entry.with_consent, key=CATEGORIES.index))
    said = {name: tuple(sorted(getattr(entry, name))) for name in names}
    return replace(entry, with_consent=asked, **said)


def _who(shares: dict[int, tuple[bool, bool]], how: tuple[bool, bool]) -> tuple[int, ...]:
    return tuple(sorted(number for number, does in shares.items() if does == how))
