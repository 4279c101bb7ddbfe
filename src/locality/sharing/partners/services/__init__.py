"""Bring what an area's file says about its partners into force."""

from collections.abc import Mapping

from locality.sharing.models import Post
from locality.sharing.partners.reads import Key
from locality.sharing.partners.services.agencies import enter_agencies, enter_roles
from locality.sharing.partners.services.agreements import enter_agreements
from locality.sharing.partners.services.circles import (
    close,
    enter_front_doors,
    keep_members,
    members_of,
    new_circle,
)
from locality.sharing.partners.services.ledger import Ledger, change, ledger, note
from locality.sharing.partners.services.posts import end_posts, enter_posts
from locality.sharing.partners.words import Partners

__all__ = [
    "Ledger",
    "change",
    "close",
    "end_posts",
    "enter_partners",
    "keep_members",
    "ledger",
    "members_of",
    "new_circle",
    "note",
]


def enter_partners(into: Ledger, partners: Partners) -> Mapping[Key, Post]:
    """Make agencies, posts, agreements and front doors what the file says; give the posts by key.

    A file without faults is expected (`rules.faults`). A second time changes nothing.
    """
    enter_roles()
    enter_agencies(into, partners.agencies)
    rows = enter_posts(into, partners.posts)
    enter_agreements(into, partners.agreements)
    enter_front_doors(into, partners.front_doors, partners.posts, rows)
    return rows
