"""What a pathway decides: who fits and why, when steps are due, whether an entry makes sense."""

from locality.pathways.rules.clocks import (
    clock_start,
    due_on,
    is_review_overdue,
    next_steps,
    sources_overdue,
    step_due,
    steps_ahead,
)
from locality.pathways.rules.fitting import (
    age_on,
    ages_in_words,
    fit,
    fit_on_record,
    grouped,
    is_eligible,
    needs_in_words,
)
from locality.pathways.rules.making_sense import faults

__all__ = [
    "age_on",
    "ages_in_words",
    "clock_start",
    "due_on",
    "faults",
    "fit",
    "fit_on_record",
    "grouped",
    "is_eligible",
    "is_review_overdue",
    "needs_in_words",
    "next_steps",
    "sources_overdue",
    "step_due",
    "steps_ahead",
]
