"""Bring front doors into force, and keep the members of a circle what the file says."""

from collections.abc import Collection, Mapping, Sequence

from django.utils import timezone

from locality.sharing.labels import labelled
from locality.sharing.models import Agency, Circle, Member, Post, Purpose
from locality.sharing.partners.reads import Key, is_over, open_circles
from locality.sharing.partners.rules import posts_named
from locality.sharing.partners.services.ledger import OWNER, Ledger, change, note
from locality.sharing.partners.words import FrontDoorEntry, PostEntry
from locality.sharing.words import Category, CircleKind, Marking


def enter_front_doors(
    into: Ledger,
    entries: Sequence[FrontDoorEntry],
    posts: Sequence[PostEntry],
    rows: Mapping[Key, Post],
) -> None:
    """Make the front doors what the file says; one that is left out closes now."""
    there = {one.purpose.key: one for one in open_circles(CircleKind.FRONT_DOOR, into.today)}
    for entry in entries:
        circle = there.pop(entry.purpose, None) or _new_door(into, entry)
        if circle.owner_id != entry.agency:
            into.refused.append(
                f"[[front_doors]] {entry.label}: {circle.owner} runs this front door and holds "
                f"what was raised there: agency must stay {circle.owner_id}"
            )
            continue
        change(into, circle, {"name": entry.name}, who=circle.name,
               did="sharing.circle.changed", agencies=[circle.owner_id])  # fmt: skip
        keep_members(into, circle, members_of(entry.members, posts, rows))
    for circle in there.values():
        close(into, circle, "Concerns that wait there show to nobody any more.")


def members_of(
    said: Sequence[str], posts: Sequence[PostEntry], rows: Mapping[Key, Post]
) -> list[Post]:
    """The posts that the members' words name."""
    return [rows[one.key] for text in said for one in posts_named(text, posts)]


def new_circle(  # noqa: PLR0913 - what a circle is
    into: Ledger, *, kind: CircleKind, name: str, purpose: str, agency: int, key: str
) -> Circle:
    """Open a circle with a public name, which an agency runs."""
    made = Circle(
        id=into.new_id("circle", key), kind=kind, name=name,
        purpose=Purpose.objects.using(OWNER).get(key=purpose),
        **labelled(agency, Category.COMMUNITY, Marking.OPEN),
    )  # fmt: skip
    made.save(using=OWNER, force_insert=True)
    made.owner = Agency.objects.using(OWNER).get(pk=agency)
    says = f"“{name}” opens, a {kind} for {purpose}, run by {made.owner}."
    note(into, says, did="sharing.circle.made", to=made, agencies=[agency])
    return made


def keep_members(into: Ledger, circle: Circle, wanted: Collection[Post]) -> None:
    """Let in whoever is not in it yet and out whoever is not wanted. Posts that are over stay."""
    live = Member.objects.using(OWNER).filter(circle=circle, left_at=None).select_related("post")
    there = {one.post_id: one for one in live.exclude(until__lt=into.today)}
    keep = {one.pk: one for one in wanted if not is_over(one, into.today)}
    for post_id, post in keep.items():
        if post_id not in there:
            member = Member(circle=circle, post=post, starts=max(into.today, post.starts))
            member.save(using=OWNER, force_insert=True)
            note(into, f"“{circle.name}”: {post} joins.", did="sharing.member.added", to=member,
                 agencies={circle.owner_id, post.agency_id})  # fmt: skip
    for post_id, member in there.items():
        if post_id not in keep and not is_over(member.post, into.today):
            member.left_at = timezone.now()
            member.save(using=OWNER, update_fields=["left_at"])
            note(into, f"“{circle.name}”: {member.post} leaves.", did="sharing.member.removed",
                 to=member, agencies={circle.owner_id, member.post.agency_id})  # fmt: skip


def close(into: Ledger, circle: Circle, and_so: str = "") -> None:
    """Close a circle: yesterday was its last day."""
    circle.closed_on = into.yesterday
    circle.save(using=OWNER, update_fields=["closed_on"])
    note(into, f"“{circle.name}” closes now. {and_so}".strip(), did="sharing.circle.closed",
         to=circle, agencies=[circle.owner_id])  # fmt: skip


def _new_door(into: Ledger, entry: FrontDoorEntry) -> Circle:
    return new_circle(
        into, kind=CircleKind.FRONT_DOOR, name=entry.name, purpose=entry.purpose,
        agency=entry.agency, key=entry.name,
    )  # fmt: skip
