"""What may be done with a case: one function an intention, each with its audit entry."""

from locality.cases.services.asking import answer_request, ask, call_off_request
from locality.cases.services.ending import close_case, grade_goal, reopen_case
from locality.cases.services.giving import (
    disclose_case,
    receive_information,
    share_note,
    withdraw_information,
    write_note,
)
from locality.cases.services.opening import edit_case, open_case
from locality.cases.services.planning import (
    add_action,
    add_goal,
    add_need,
    edit_action,
    edit_goal,
    edit_need,
    end_action,
    hold_review,
    meet_need,
    undo_action,
    undo_need,
)
from locality.cases.services.team import add_team_member, hand_over, remove_team_member
from locality.cases.services.telling import receive_telling, tell, withdraw_telling

__all__ = [
    "add_action",
    "add_goal",
    "add_need",
    "add_team_member",
    "answer_request",
    "ask",
    "call_off_request",
    "close_case",
    "disclose_case",
    "edit_action",
    "edit_case",
    "edit_goal",
    "edit_need",
    "end_action",
    "grade_goal",
    "hand_over",
    "hold_review",
    "meet_need",
    "open_case",
    "remove_team_member",
    "reopen_case",
    "share_note",
    "undo_action",
    "undo_need",
    "receive_information",
    "receive_telling",
    "tell",
    "withdraw_information",
    "withdraw_telling",
    "write_note",
]
