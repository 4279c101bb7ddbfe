"""Who could be on a case's team, or lead it: only those who would lawfully see it."""

from itertools import groupby
from uuid import UUID

from locality.cases.models import Case
from locality.sharing import reads as sharing
from locality.sharing.consents.reads import may_share
from locality.sharing.models import Post
from locality.sharing.words import Duty


def who_may_join(case: Case) -> list[tuple[str, list[tuple[UUID, str]]]]:
    """Posts, grouped by agency, that are cleared and covered by an agreement, and not yet on it."""
    team = {member.post_id for member in sharing.members(case.circle_id)}
    found = [post for post in _cleared(case) if post.pk not in team]
    covered = {agency for agency in {post.agency_id for post in found} if _covers(case, agency)}
    kept = sorted(
        (post for post in found if post.agency_id in covered),
        key=lambda post: (post.agency.name, post.name),
    )
    return [
        (agency, [(post.pk, f"{post.name}, {post.title}") for post in posts])
        for agency, posts in groupby(kept, key=lambda post: post.agency.name)
    ]


def who_may_lead(case: Case) -> list[tuple[UUID, str]]:
    """Other posts of the lead agency that may lead this case."""
    return [
        (post.pk, f"{post.name}, {post.title}")
        for post in _cleared(case)
        if post.agency_id == case.owner_id
        and Duty.LEAD in post.role.duties
        and post.pk != case.lead_id
    ]


def _cleared(case: Case) -> list[Post]:
    held = sharing.posts().filter(purposes__contains=[case.purpose_id])
    return [post for post in held if post.role.clearances[case.category] >= case.marking]


def _covers(case: Case, agency: int) -> bool:
    if agency == case.owner_id:
        return True
    return may_share(
        giver=case.owner_id, getter=agency, purpose=case.purpose.key, category=case.category,
        marking=case.marking, people=case.about,
    )  # fmt: skip
