"""What has happened in a story up to an event: what is made, who is on a team, what is closed."""

from dataclasses import dataclass, field

from locality.demo.words.stories import (
    AddGoal,
    CloseCase,
    Decide,
    DeclareInterest,
    Event,
    GradeGoal,
    JoinTeam,
    LeaveTeam,
    NewCase,
    ReopenCase,
    Screen,
)

NAMED = ("concern", "case", "need", "goal", "action", "request", "item", "referral")
MAKES = {
    "RaiseConcern": "concern", "NewCase": "case", "ReopenCase": "case", "AddNeed": "need",
    "AddGoal": "goal", "AddAction": "action", "Ask": "request", "PutForward": "item",
    "Refer": "referral", "PanelAction": "action",
}  # fmt: skip


@dataclass(slots=True)
class SoFar:
    """Up to an event: things made (by kind and key), teams, goals not graded, cases closed."""

    made: dict[tuple[str, str], Event | NewCase] = field(default_factory=dict)
    teams: dict[str, set[str]] = field(default_factory=dict)
    cases: dict[tuple[str, str], str] = field(default_factory=dict)  # the case of a thing made
    ungraded: dict[str, set[str]] = field(default_factory=dict)
    closed: set[str] = field(default_factory=set)
    away: dict[str, set[str]] = field(default_factory=dict)  # who may not hear an item

    def case_of(self, event: Event) -> str:
        """Give the key of the case an event belongs to, or nothing."""
        if case := getattr(event, "case", ""):
            return str(case)
        found = (self.cases.get((kind, getattr(event, kind, ""))) for kind in NAMED)
        return next((case for case in found if case), "")

    def add(self, event: Event) -> None:
        """Remember what an event has changed."""
        case = self.case_of(event)
        if kind := MAKES.get(type(event).__name__):
            self._make(kind, getattr(event, "key", ""), event, case)
        self._team(event)
        self._goals(event, case)
        if isinstance(event, CloseCase):
            self.closed.add(event.case)
        elif isinstance(event, DeclareInterest):
            self.away.setdefault(event.item, set()).add(event.who)
        elif isinstance(event, Decide):
            for action in event.actions:
                self._make("action", action.key, event, case)

    def _make(self, kind: str, key: str, thing: Event, case: str) -> None:
        self.made[kind, key] = thing
        self.cases[kind, key] = case

    def _team(self, event: Event) -> None:
        if isinstance(event, Screen) and event.opens:
            self.made["case", event.opens.key] = event.opens
            self.teams[event.opens.key] = {event.opens.lead, *event.opens.team}
        elif isinstance(event, ReopenCase):
            self.teams[event.key] = self.teams.get(event.case, set()) | {event.who}
        elif isinstance(event, JoinTeam):
            self.teams.setdefault(event.case, set()).add(event.post)
        elif isinstance(event, LeaveTeam):
            self.teams.get(event.case, set()).discard(event.post)

    def _goals(self, event: Event, case: str) -> None:
        if isinstance(event, AddGoal):
            self.ungraded.setdefault(case, set()).add(event.key)
        elif isinstance(event, GradeGoal):
            self.ungraded.get(case, set()).discard(event.goal)
