"""What intake does: keep drafts, raise a concern, follow it up. Each with its audit entry."""

from locality.intake.services.drafts import (
    add_person,
    answer,
    choose_area,
    choose_place,
    clear_old_drafts,
    keep_typing,
    leave_place,
    remove_person,
    save_draft,
    throw_draft_away,
)
from locality.intake.services.following import add_more, name_place, tell_reporter, withdraw
from locality.intake.services.raising import raise_concern, unseen

__all__ = [
    "add_more", "add_person", "answer", "choose_area", "choose_place", "clear_old_drafts",
    "keep_typing", "leave_place", "name_place", "raise_concern", "remove_person", "save_draft",
    "tell_reporter", "throw_draft_away", "unseen", "withdraw",
]  # fmt: skip
