"""The words of the stories: who is in one, and what happens, event by event.

An event is one act of one member of staff, `day` days from today (0 or earlier) at `at` o'clock.
Each class is named for the service that acts it out; `does` is the word the file uses. Things made
in one event (a concern, a case, a goal) have a key that later events name.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Home:
    """A household of a story."""

    key: str
    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class Typed:
    """How one agency typed somebody's name, where it differs."""

    given_names: str = ""
    family_name: str = ""
    known_as: str = ""
    born_missing: bool = False


@dataclass(frozen=True, slots=True)
class CastMember:
    """Somebody a story is about. `age` in years on the day of the demonstration, with a fraction.

    `records` names the agencies that have a record of them.
    """

    key: str
    home: str
    given_names: str
    family_name: str
    age: float
    sex: str
    community: str
    records: tuple[str, ...]
    part: str = "adult"
    known_as: str = ""
    typed: dict[str, Typed] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Event:
    """What every event has."""

    day: int
    at: str
    who: str


@dataclass(frozen=True, slots=True)
class RaiseConcern(Event):
    """Somebody raises a concern about people (by key) and/or a place."""

    key: str
    matter: str
    text: str
    purpose: str
    noticed_days_before: int
    urgency: str
    told: str
    about: dict[str, str] = field(default_factory=dict)
    place: str = ""
    place_says: str = ""
    noticed_says: str = ""
    told_says: str = ""
    without_agreement: str = ""
    seen_by: str = ""
    strengths: str = ""


@dataclass(frozen=True, slots=True)
class NewCase:
    """The case a screening opens."""

    key: str
    title: str
    why: str
    lawful_basis: str
    category: str
    gateway: str
    necessity: str
    lead: str
    marking: int = 1
    team: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    home: str = ""
    place: str = ""
    own_words: str = ""
    going_well: str = ""
    review_in_days: int = 42
    until_in_days: int = 365


@dataclass(frozen=True, slots=True)
class Screen(Event):
    """The front door decides what a concern becomes. `case` names one that is linked."""

    concern: str
    decided: str
    reason: str
    told_reporter: str
    route: str = ""
    case: str = ""
    opens: NewCase | None = None


@dataclass(frozen=True, slots=True)
class JoinTeam(Event):
    """Somebody joins a case's team."""

    case: str
    post: str
    part: str


@dataclass(frozen=True, slots=True)
class LeaveTeam(Event):
    """Somebody leaves a case's team."""

    case: str
    post: str
    why: str


@dataclass(frozen=True, slots=True)
class AddNeed(Event):
    """A need is named."""

    case: str
    key: str
    heading: str
    says: str


@dataclass(frozen=True, slots=True)
class AddGoal(Event):
    """A goal is agreed for a need, to be reached in so many days."""

    need: str
    key: str
    says: str
    measure: str
    in_days: int = 84


@dataclass(frozen=True, slots=True)
class AddAction(Event):
    """An action is agreed, for a member of staff, due in so many days."""

    case: str
    key: str
    says: str
    post: str
    in_days: int
    goal: str = ""


@dataclass(frozen=True, slots=True)
class EndAction(Event):
    """An action is done, or no longer needed."""

    action: str
    state: str
    result: str


@dataclass(frozen=True, slots=True)
class WriteNote(Event):
    """A note is written, and shared with the team when `necessity` says why."""

    case: str
    text: str
    category: str
    marking: int = 1
    gateway: str = ""
    necessity: str = ""


@dataclass(frozen=True, slots=True)
class Ask(Event):
    """An agency is asked for information."""

    case: str
    key: str
    agency: str
    category: str
    question: str
    why: str
    in_days: int = 7


@dataclass(frozen=True, slots=True)
class AnswerRequest(Event):
    """An agency gives what was asked, refuses with a reason, or holds nothing."""

    request: str
    answer: str
    text: str = ""
    category: str = ""
    marking: int = 1
    gateway: str = ""
    necessity: str = ""
    refused_why: str = ""


@dataclass(frozen=True, slots=True)
class HoldReview(Event):
    """The plan is reviewed with the family."""

    case: str
    says: str
    their_view: str
    next_in_days: int = 0


@dataclass(frozen=True, slots=True)
class GradeGoal(Event):
    """A goal is graded, in the person's view where they gave one."""

    goal: str
    grade: str
    says: str


@dataclass(frozen=True, slots=True)
class CloseCase(Event):
    """A case ends."""

    case: str
    closing: str
    says: str


@dataclass(frozen=True, slots=True)
class ReopenCase(Event):
    """A closed case is reopened as a linked new episode."""

    case: str
    key: str
    why: str


@dataclass(frozen=True, slots=True)
class PutForward(Event):
    """A case is put forward to the panel's meeting on `meeting` days from today."""

    case: str
    key: str
    panel: str
    meeting: int
    question: str
    gateway: str
    necessity: str


@dataclass(frozen=True, slots=True)
class Choose(Event):
    """The coordinator says whether an item is on the agenda, and why."""

    item: str
    listed: str
    why: str


@dataclass(frozen=True, slots=True)
class ReturnResearch(Event):
    """An agency answers the panel's research request."""

    item: str
    held: str
    text: str = ""
    strengths: str = ""
    category: str = ""
    refused_why: str = ""


@dataclass(frozen=True, slots=True)
class DeclareInterest(Event):
    """Somebody says why they should not hear an item, and leaves the room for it."""

    item: str
    why: str


@dataclass(frozen=True, slots=True)
class PanelAction:
    """An action that a panel's decision asks for."""

    key: str
    says: str
    post: str
    in_days: int


@dataclass(frozen=True, slots=True)
class Decide(Event):
    """The panel decides. `present` are those in the room."""

    item: str
    outcome: str
    reasons: str
    present: tuple[str, ...]
    dissent: str = ""
    actions: tuple[PanelAction, ...] = ()


@dataclass(frozen=True, slots=True)
class Refer(Event):
    """A pathway is offered to somebody."""

    case: str
    key: str
    pathway: str
    provider: str
    person: str
    why: str
    agreed_says: str
    known: tuple[str, ...]
    gateway: str
    necessity: str
    goal: str = ""
    agreed: bool = True


@dataclass(frozen=True, slots=True)
class AcceptReferral(Event):
    """The provider accepts and names the worker."""

    referral: str
    worker: str


@dataclass(frozen=True, slots=True)
class DeclineReferral(Event):
    """The provider declines, with a reason."""

    referral: str
    declined: str
    says: str


@dataclass(frozen=True, slots=True)
class WithdrawReferral(Event):
    """The offer is taken back."""

    referral: str
    why: str


@dataclass(frozen=True, slots=True)
class EndStep(Event):
    """The pathway's step that is still to do ends; `then` names what follows, if it matters."""

    referral: str
    state: str
    says: str
    then: str = ""


@dataclass(frozen=True, slots=True)
class RecordSession(Event):
    """The worker and the person met, or did not."""

    referral: str
    attendance: str
    says: str


@dataclass(frozen=True, slots=True)
class EndReferral(Event):
    """The referral ends with a grade, a report and the person's own view."""

    referral: str
    how: str
    grade: str
    end_report: dict[str, str]
    their_view: str


DOES: MappingProxyType[str, type[Event]] = MappingProxyType(
    {
        "raise": RaiseConcern,
        "screen": Screen,
        "join team": JoinTeam,
        "leave team": LeaveTeam,
        "need": AddNeed,
        "goal": AddGoal,
        "action": AddAction,
        "end action": EndAction,
        "note": WriteNote,
        "ask": Ask,
        "answer": AnswerRequest,
        "review": HoldReview,
        "grade": GradeGoal,
        "close": CloseCase,
        "reopen": ReopenCase,
        "put forward": PutForward,
        "choose": Choose,
        "research": ReturnResearch,
        "interest": DeclareInterest,
        "decide": Decide,
        "refer": Refer,
        "accept": AcceptReferral,
        "decline": DeclineReferral,
        "withdraw": WithdrawReferral,
        "end step": EndStep,
        "session": RecordSession,
        "end referral": EndReferral,
    }
)


@dataclass(frozen=True, slots=True)
class Story:
    """A story as it is written down: its people, and what happens in order."""

    key: str
    title: str
    says: str
    homes: tuple[Home, ...]
    people: tuple[CastMember, ...]
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Dated:
    """An event with the moment it happens."""

    event: Event
    happens_at: datetime
    story: str


@dataclass(frozen=True, slots=True)
class CastIds:
    """Where a story's person is found: the truth's ids, the linked person, each agency's record."""

    resident: UUID
    household: UUID
    person: UUID
    records: MappingProxyType[str, UUID]
    born: date
