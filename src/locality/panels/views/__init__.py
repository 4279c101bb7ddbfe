"""Panel pages. Read, ask one service, answer."""

from locality.panels.views.items import (
    agree,
    ask,
    choose,
    forward,
    give_back,
    interest,
    item,
    of_case,
)
from locality.panels.views.meetings import (
    build,
    cancel,
    hold,
    index,
    meeting,
    minutes,
    minutes_word,
    panel,
    plan,
    present,
)

__all__ = [
    "agree",
    "ask",
    "build",
    "cancel",
    "choose",
    "forward",
    "give_back",
    "hold",
    "index",
    "interest",
    "item",
    "meeting",
    "minutes",
    "minutes_word",
    "of_case",
    "panel",
    "plan",
    "present",
]
