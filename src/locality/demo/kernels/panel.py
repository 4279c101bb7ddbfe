"""Cases that go to the panel, and what it decides."""

from datetime import UTC, date, datetime, time, timedelta

from locality.demo.kernels.caseload import Made
from locality.demo.kernels.desk import Desk
from locality.demo.rules.dates import workday
from locality.demo.words.area import DemoPanel
from locality.demo.words.caseload import MadeCase, MadeItem
from locality.panels.words import Outcome

GOES = 0.3  # of cases that are for the purpose of a panel
OUTCOMES = (Outcome.SUPPORT, Outcome.CHANGE, Outcome.DEFER, Outcome.STEP_UP, Outcome.CLOSE)
HOW_OFTEN = (0.52, 0.22, 0.12, 0.06, 0.08)
REASONS = {
    Outcome.SUPPORT: "The plan has their own words in it and every agency knows its part.",
    Outcome.CHANGE: "The plan asks too much at once; two steps first, the rest at the review.",
    Outcome.DEFER: "One agency's research is missing and would change the answer.",
    Outcome.STEP_UP: "More than early help is needed; handed over in person, with their agreement.",
    Outcome.CLOSE: "What was asked for has been reached; everyday services go on.",
}
DISSENT = ("", "", "", "", "One member would have waited for the next review; noted.")


def put_forward(desk: Desk, made: Made, case: MadeCase) -> None:
    """Put some cases forward to the first meeting that fits, and decide if it has been held."""
    panel = next((one for one in desk.panels if one.purpose == case.purpose), None)
    if panel is None or not desk.chance(GOES):
        return
    asked = case.opened_at + timedelta(days=3)
    meeting = _meeting(desk, panel, asked.date())
    held = datetime.combine(meeting, time(10, 30), UTC)
    until = case.closed_at or desk.now + timedelta(days=panel.next_in_days + 1)
    if held >= until or asked >= desk.now:
        return
    decided = held < desk.now
    outcome = desk.weighed(OUTCOMES, HOW_OFTEN) if decided else None
    made.items.append(
        MadeItem(
            id=desk.id(), case=case.id, panel=panel.key, meeting_on=meeting,
            question="Is this the right plan, and is anybody missing from it?",
            put_forward_by=case.lead, put_forward_at=asked,
            decision=desk.id() if decided else None, outcome=outcome or "",
            reasons=REASONS[outcome] if outcome else "",
            dissent=desk.one(DISSENT) if decided else "",
        )
    )  # fmt: skip


def _meeting(desk: Desk, panel: DemoPanel, after: date) -> date:
    """Find the panel's first meeting a week or more after a day."""
    days = (after - desk.today).days + panel.research_days - panel.next_in_days
    rounds = -(-days // panel.every_days)
    return workday(desk.today + timedelta(days=panel.next_in_days + rounds * panel.every_days))
