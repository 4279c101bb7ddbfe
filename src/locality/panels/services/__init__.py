"""What panels do. One function per intention: check, change, record, all or nothing."""

from locality.panels.services.agenda import (
    build_agenda,
    choose,
    put_forward,
)
from locality.panels.services.allowed import require_may_change, require_runs
from locality.panels.services.deciding import (
    agree_action,
    decide,
    declare_interest,
)
from locality.panels.services.meetings import (
    cancel_meeting,
    hold_meeting,
    mark_present,
    plan_meeting,
)
from locality.panels.services.research import (
    ask_research,
    return_research,
)

__all__ = [
    "agree_action",
    "ask_research",
    "build_agenda",
    "cancel_meeting",
    "choose",
    "decide",
    "declare_interest",
    "hold_meeting",
    "mark_present",
    "plan_meeting",
    "put_forward",
    "require_may_change",
    "require_runs",
    "return_research",
]
