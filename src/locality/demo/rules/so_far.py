"""What has happened in a story up to an event: what is made, who is on a team, what is closed."""

from dataclasses import dataclass, field

from locality.demo.words.stories import (
    AddGoal,
    AddNeed,
    CloseCase,
    Decide,
    DeclareInterest,
    Event,
    GradeGoal,
    JoinTeam,
    LeaveTeam,
    NewCase,
    RaiseConcern,
    ReopenCase,
    Screen,
)

NAMED = ("concern", "case", "need", "goal", "action", "request", "item", "referral")
MAKES = {
    "RaiseConcern": "concern", "ReopenCase": "case", "AddNeed": "need", "AddGoal": "goal",
    "AddAction": "action", "Ask": "request", "PutForward": "item", "Refer": "referral",
}  # fmt: skip


@dataclass(slots=True)
class CaseSoFar:
    """A case up to an event: how it was opened, by whom, for which purpose; team, needs, goals."""

    opened: NewCase
    by: str
    purpose: str
    team: set[str]
    needs: set[str] = field(default_factory=set)
    ungraded: set[str] = field(default_factory=set)
    closed: bool = False


@dataclass(slots=True)
class SoFar:
    """Up to an event: things made (by kind and key), cases, and who may not hear an item."""

    made: dict[tuple[str, str], Event] = field(default_factory=dict)
    cases: dict[str, CaseSoFar] = field(default_factory=dict)
    case_key: dict[tuple[str, str], str] = field(default_factory=dict)
    away: dict[str, set[str]] = field(default_factory=dict)

    def case_of(self, event: Event) -> CaseSoFar | None:
        """Give the case an event belongs to, if it belongs to one."""
        return self.cases.get(self._key(event))

    def add(self, event: Event) -> None:
        """Remember what an event has changed."""
        self._open(event)
        key = self._key(event)
        if kind := MAKES.get(type(event).__name__):
            self._make(kind, getattr(event, "key", ""), event, key)
        if case := self.cases.get(key):
            _team(case, event)
            _plan(case, event)
        if isinstance(event, DeclareInterest):
            self.away.setdefault(event.item, set()).add(event.who)
        elif isinstance(event, Decide):
            for action in event.actions:
                self._make("action", action.key, event, key)

    def _key(self, event: Event) -> str:
        if case := getattr(event, "case", ""):
            return str(case)
        found = (self.case_key.get((kind, getattr(event, kind, ""))) for kind in NAMED)
        return next((key for key in found if key), "")

    def _make(self, kind: str, key: str, thing: Event, case: str) -> None:
        self.made[kind, key] = thing
        self.case_key[kind, key] = case

    def _open(self, event: Event) -> None:
        if isinstance(event, Screen) and event.opens:
            concern = self.made.get(("concern", event.concern))
            purpose = concern.purpose if isinstance(concern, RaiseConcern) else ""
            team = {event.opens.lead, *event.opens.team}
            self.cases[event.opens.key] = CaseSoFar(event.opens, event.who, purpose, team)
            self.made["case", event.opens.key] = event
        elif isinstance(event, ReopenCase) and event.case in self.cases:
            old = self.cases[event.case]
            self.cases[event.key] = CaseSoFar(old.opened, event.who, old.purpose, {event.who})


def _team(case: CaseSoFar, event: Event) -> None:
    if isinstance(event, JoinTeam):
        case.team.add(event.post)
    elif isinstance(event, LeaveTeam):
        case.team.discard(event.post)
    elif isinstance(event, CloseCase):
        case.closed = True


def _plan(case: CaseSoFar, event: Event) -> None:
    if isinstance(event, AddNeed):
        case.needs.add(event.heading)
    elif isinstance(event, AddGoal):
        case.ungraded.add(event.key)
    elif isinstance(event, GradeGoal):
        case.ungraded.discard(event.goal)
