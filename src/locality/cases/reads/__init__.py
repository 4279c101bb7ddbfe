"""The only way to fetch anything about cases, each under the asker's own rights."""

from locality.cases.reads.asked import request, request_to_change, requests_of, requests_to
from locality.cases.reads.finding import (
    case,
    case_to_change,
    cases_about,
    cases_of,
    disclosure_of_case,
    later_episode,
    my_cases,
    subjects,
    visible_cases,
)
from locality.cases.reads.knowing import Knowing, who_knows_what
from locality.cases.reads.law import headings, law, laws
from locality.cases.reads.planned import (
    action,
    actions_of,
    actions_without_goal,
    goal,
    goals,
    need,
    next_actions,
    note,
    notes,
    notes_not_shared,
    plan,
    reviews,
    reviews_due,
    shared_items,
)
from locality.cases.reads.timeline import timeline
from locality.cases.reads.waiting import counts, to_do

__all__ = [
    "Knowing",
    "action",
    "actions_of",
    "actions_without_goal",
    "case",
    "case_to_change",
    "cases_about",
    "cases_of",
    "counts",
    "disclosure_of_case",
    "goal",
    "goals",
    "headings",
    "later_episode",
    "law",
    "laws",
    "my_cases",
    "need",
    "next_actions",
    "note",
    "notes",
    "notes_not_shared",
    "plan",
    "request",
    "request_to_change",
    "requests_of",
    "requests_to",
    "reviews",
    "reviews_due",
    "shared_items",
    "subjects",
    "timeline",
    "to_do",
    "visible_cases",
    "who_knows_what",
]
