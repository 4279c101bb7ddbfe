"""What stands beside information that was shared: what to keep to, who may see it, who has it."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from locality.sharing import reads as sharing
from locality.sharing.acting import Actor
from locality.sharing.words import HandlingCode

if TYPE_CHECKING:
    from locality.sharing.models import Disclosure


def others(case: Any, by: Actor) -> list[tuple[UUID, str]]:
    """Those on a case's team from other agencies, as choices: one's own see it anyway."""
    return [
        (one.post_id, f"{one.post.name}, {one.post.title}, {one.post.agency.name}")
        for one in sharing.members(case.circle_id)
        if one.post.agency_id != by.agency
    ]


def kept_to(found: "Iterable[Disclosure]", by: Actor) -> list[dict[str, Any]]:
    """On what terms something shows, a line for each time that it was shared."""
    says = sharing.handling_conditions()
    return [
        {
            "given": one, "ours": one.owner_id == by.agency,
            "code": HandlingCode.CONDITIONS if one.conditions or one.handling
            else HandlingCode.PERMITTED,
            "conditions": [*(says[key] for key in one.conditions if key in says),
                           *([one.handling] if one.handling else [])],
            "recipients": _names(one.recipients), "received": list(one.received.all()),
            "mine": any(each.post_id == by.post for each in one.received.all()),
        }
        for one in found
    ]  # fmt: skip


def _names(posts: list[UUID] | None) -> list[str]:
    found = sharing.posts_by_id(posts or [])
    return sorted(f"{one.name}, {one.agency.name}" for one in found.values())
