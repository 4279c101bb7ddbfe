"""What sharing does: circles and their members, disclosures, conflicts of interest."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from django.db.models import Model
from django.utils import timezone

from locality.kit.errors import NotHere, Refused
from locality.kit.saying import say
from locality.sharing import audit, reads
from locality.sharing.acting import Actor, acting, look_again
from locality.sharing.labels import labelled
from locality.sharing.models import (
    Circle,
    Conflict,
    Disclosed,
    Disclosure,
    Labelled,
    Member,
    Received,
    WorksWith,
)
from locality.sharing.words import Category, CircleKind, Gateway, Marking


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms information is disclosed: the law relied on, why it is needed, until when."""

    gateway: Gateway
    necessity: str
    until: date | None = None
    handling: str = ""
    conditions: tuple[str, ...] = ()  # of handling.toml
    recipients: tuple[UUID, ...] = ()  # posts in the circle; none: everybody in it


def make_circle(
    *, by: Actor, kind: CircleKind, category: Category, marking: Marking,
    works_with: Sequence[UUID] = (),
) -> Circle:  # fmt: skip
    """Make a circle for the actor's purpose, with the actor as its first member.

    `works_with` names the people it works with, so that its members are kept from whoever must be
    kept safe from one of them.
    """
    with acting(by):
        circle = Circle(
            id=uuid4(),
            kind=kind,
            made_by_id=by.post,
            purpose=reads.purpose(by.purpose),
            **labelled(by.agency, category, marking),
        )
        circle.save(force_insert=True)
        WorksWith.objects.bulk_create(
            WorksWith(circle=circle, person=one) for one in dict.fromkeys(works_with)
        )
        audit.record(by=by, did="sharing.circle.made", to=circle)
        add_member(by=by, circle_id=circle.pk, post_id=by.post, part="lead")
        return circle


def add_member(*, by: Actor, circle_id: UUID, post_id: UUID, part: str = "") -> Member:
    """Add a post to a circle from today. Adding somebody who is in it already changes nothing.

    Refuses with `sharing.not_your_circle` when another agency runs it, and with
    `sharing.between_sides` somebody who works with a person that must be kept apart from those
    this circle works with.
    """
    with acting(by):
        circle = reads.circle(circle_id)
        _require_own(circle, by)
        already = reads.members(circle_id).filter(post=post_id).first()
        if already:
            return already
        if reads.between_sides(post_id, circle_id):
            raise Refused(
                "sharing.between_sides",
                "They cannot be added: their other work does not go with this. Choose somebody "
                "else, or ask your information-governance lead.",
            )
        member = Member.objects.create(
            circle=circle, post=reads.post(post_id), part=part, starts=reads.today()
        )
        audit.record(by=by, did="sharing.member.added", to=member, why=part)
        if post_id == by.post:
            look_again()
        return member


def remove_member(*, by: Actor, circle_id: UUID, post_id: UUID, why: str) -> None:
    """Take a post out of a circle now; the next transaction no longer shows it anything."""
    with acting(by):
        circle = reads.circle(circle_id)
        _require_own(circle, by)
        leaving = reads.members(circle_id).filter(post=post_id).first()
        if leaving is None:
            raise NotHere(f"member {post_id}")
        leaving.left_at = timezone.now()
        leaving.save(update_fields=["left_at"])
        audit.record(by=by, did="sharing.member.removed", to=leaving, why=why)


def close_circle(*, by: Actor, circle_id: UUID, on: date | None) -> None:
    """Set the last day on which a circle's members see what was disclosed to it, or clear it."""
    with acting(by):
        circle = reads.circle(circle_id)
        _require_own(circle, by)
        circle.closed_on = on
        circle.save(update_fields=["closed_on"])
        audit.record(
            by=by, did="sharing.circle.closed" if on else "sharing.circle.reopened", to=circle
        )
        look_again()


def disclose(*, by: Actor, circle_id: UUID, items: Sequence[Labelled], terms: Terms) -> Disclosure:
    """Let a circle see some of the actor's agency's own items, for the actor's purpose.

    Refuses with `sharing.not_yours_to_disclose` when another agency owns one of them, with
    `sharing.disclosure_says_nothing` when there is no item, with `sharing.no_such_condition`, and
    with `sharing.not_in_circle` a recipient who is not in the circle.
    """
    if not items:
        raise Refused("sharing.disclosure_says_nothing", "Choose what to disclose.")
    if any(item.owner_id != by.agency for item in items):
        raise Refused(
            "sharing.not_yours_to_disclose",
            "Some of this belongs to another agency. Ask that agency to disclose it.",
        )
    if unknown := set(terms.conditions) - reads.handling_conditions().keys():
        raise Refused(
            "sharing.no_such_condition", say("“{one}” is no condition.", one=min(unknown))
        )
    with acting(by):
        circle = reads.circle(circle_id)
        _require_in_circle(circle_id, terms.recipients)
        closest = max(items, key=lambda item: item.marking)
        made = Disclosure(
            circle=circle,
            purpose=reads.purpose(by.purpose),
            gateway=terms.gateway,
            necessity=terms.necessity,
            handling=terms.handling,
            conditions=list(terms.conditions),
            recipients=sorted(terms.recipients) or None,
            given_by_id=by.post,
            starts=reads.today(),
            until=terms.until,
            **labelled(by.agency, Category(closest.category), Marking(closest.marking)),
        )
        made.save(force_insert=True)
        Disclosed.objects.bulk_create([_item_of(made, item) for item in items])
        audit.record(by=by, did="sharing.disclosure.given", to=made, why=terms.necessity)
        return made


def withdraw(*, by: Actor, disclosure_id: UUID, why: str) -> Disclosure:
    """End a disclosure now. Whoever it was made to sees nothing more of it from now on.

    Refuses with `sharing.not_yours_to_withdraw` unless the actor's agency gave it.
    """
    with acting(by):
        given = reads.disclosure(disclosure_id)
        if given.owner_id != by.agency:
            raise Refused(
                "sharing.not_yours_to_withdraw",
                say(
                    "{owner} made this disclosure: ask them to withdraw it.", owner=given.owner.name
                ),
            )
        if given.withdrawn_at:
            raise Refused("sharing.already_withdrawn", "This has been withdrawn already.")
        given.withdrawn_at, given.withdrawn_why = timezone.now(), why
        given.save(update_fields=["withdrawn_at", "withdrawn_why"])
        audit.record(by=by, did="sharing.disclosure.withdrawn", to=given, why=why)
        return given


def receive(*, by: Actor, disclosure_id: UUID) -> Received:
    """Say that one has read what another agency disclosed and will keep to its conditions, once.

    Refuses with `sharing.received_by_others` one's own agency's, and with
    `sharing.already_withdrawn` what shows no more.
    """
    with acting(by):
        given = reads.disclosure(disclosure_id)
        if given.owner_id == by.agency:
            raise Refused(
                "sharing.received_by_others",
                "Your own agency shared this: others say they have it.",
            )
        if given.withdrawn_at:
            raise Refused("sharing.already_withdrawn", "This has been withdrawn already.")
        already = Received.objects.filter(disclosure=given, post=by.post).first()
        if already:
            return already
        made = Received(disclosure=given, post_id=by.post)
        made.save(force_insert=True)
        audit.record(by=by, did="sharing.disclosure.received", to=given)
        return made


def declare_conflict(
    *, by: Actor, subject: UUID, why: str, post_id: UUID | None = None
) -> Conflict:
    """Keep somebody (the actor, unless another post is named) from ever seeing a person or case."""
    with acting(by):
        post = reads.post(post_id or by.post)
        conflict = Conflict(
            user_id=post.user_id, subject=subject, why=why, agency_id=by.agency,
            declared_by_id=by.post,
        )  # fmt: skip
        conflict.save(force_insert=True)
        audit.record(by=by, did="sharing.conflict.declared", to=conflict, why=why)
        return conflict


def _item_of(made: Disclosure, item: Labelled) -> Disclosed:
    return Disclosed(
        disclosure=made,
        item=item.pk,
        kind=_kind(item),
        category=item.category,
        giver_id=made.owner_id,
        circle_id=made.circle_id,
        purpose_id=made.purpose_id,
        starts=made.starts,
        until=made.until,
        recipients=made.recipients,
    )


def _require_in_circle(circle_id: UUID, recipients: Sequence[UUID]) -> None:
    inside = set(reads.members(circle_id).values_list("post", flat=True))
    if set(recipients) - inside:
        raise Refused(
            "sharing.not_in_circle",
            "Somebody you chose is not on this team any more. Choose again who may see it.",
        )


def _kind(item: Model) -> str:
    return item._meta.label_lower


def _require_own(circle: Circle, by: Actor) -> None:
    if circle.owner_id != by.agency:
        raise Refused(
            "sharing.not_your_circle",
            say("{owner} runs this: ask them to change who is in it.", owner=circle.owner.name),
        )
