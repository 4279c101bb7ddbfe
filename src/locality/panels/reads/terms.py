"""Terms of reference of the panels that sit, as entries of an area's file. As the owner."""

from collections.abc import Collection
from datetime import date

from locality.panels.models import Meeting, Panel
from locality.panels.words import MeetingState, Terms
from locality.sharing.partners.reads import OWNER, members
from locality.sharing.partners.words import PostEntry


def sitting(today: date) -> dict[str, Panel]:
    """The panels that sit today, by key."""
    rows = Panel.objects.using(OWNER).select_related("circle__owner", "purpose", "agency")
    return {row.key: row for row in rows.exclude(circle__closed_on__lt=today).order_by("key")}


def has_meetings_to_come(panel: Panel) -> bool:
    """Say whether a panel has planned to meet."""
    planned = Meeting.objects.using(OWNER).filter(panel=panel, state=MeetingState.PLANNED)
    return planned.exists()


def terms_in_force(posts: Collection[PostEntry], today: date) -> tuple[Terms, ...]:
    """Write down the terms of reference of every panel that sits."""
    return tuple(
        Terms(
            key=row.key, name=row.name, about=row.about, purpose=row.purpose.key,
            agency=row.agency_id, members=members(row.circle, posts, today),
            core=tuple(sorted(row.core)), quorum=row.quorum, every_days=row.every_days,
            research_days=row.research_days, review_by=row.review_by,
            longest_agenda=row.longest_agenda, terms=row.terms,
        )
        for row in sitting(today).values()
    )  # fmt: skip
