"""Whether a story could have happened: every fault in one, as a sentence."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from locality.cases.words import ActionState, Answer, Closing, Grade
from locality.demo.rules.so_far import MAKES, NAMED, SoFar
from locality.demo.rules.wording import unkind
from locality.demo.words.area import DemoAgency, DemoPanel, DemoStaff
from locality.demo.words.stories import (
    AddAction,
    AnswerRequest,
    CloseCase,
    Decide,
    Event,
    JoinTeam,
    LeaveTeam,
    NewCase,
    PutForward,
    RaiseConcern,
    Refer,
    ReopenCase,
    ReturnResearch,
    Screen,
    Story,
    WriteNote,
)
from locality.intake.words import Told, Urgency, Why
from locality.panels.words import Held, Listed, Outcome
from locality.referrals.words import Attendance, Declined, StepState
from locality.sharing.words import Category, Duty, Gateway
from locality.triage.words import Decided

# Which words a field may hold. A field that is empty is not looked at.
WORDS = {
    "urgency": Urgency,
    "told": Told,
    "without_agreement": Why,
    "decided": Decided,
    "gateway": Gateway,
    "grade": Grade,
    "closing": Closing,
    "answer": Answer,
    "listed": Listed,
    "held": Held,
    "outcome": Outcome,
    "declined": Declined,
    "attendance": Attendance,
}
STATES = {"EndAction": ActionState, "EndStep": StepState}
NEEDS_DUTY = {
    "RaiseConcern": Duty.RAISE, "Screen": Duty.SCREEN, "PutForward": Duty.COORDINATE,
    "Choose": Duty.COORDINATE, "Decide": Duty.CHAIR, "Refer": Duty.LEAD,
    "AcceptReferral": Duty.PROVIDE, "DeclineReferral": Duty.PROVIDE, "EndStep": Duty.PROVIDE,
    "RecordSession": Duty.PROVIDE, "EndReferral": Duty.PROVIDE, "AddNeed": Duty.LEAD,
    "AddGoal": Duty.LEAD, "AddAction": Duty.LEAD, "CloseCase": Duty.LEAD, "ReopenCase": Duty.LEAD,
    "GradeGoal": Duty.LEAD, "HoldReview": Duty.LEAD, "Ask": Duty.LEAD,
}  # fmt: skip
ON_TEAM = (
    "AddNeed", "AddGoal", "AddAction", "WriteNote", "Ask", "HoldReview", "GradeGoal", "Refer",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class House:
    """What stories may refer to. `cleared` is each role's highest marking by category."""

    agencies: Mapping[str, DemoAgency]
    staff: Mapping[str, DemoStaff]
    panels: Mapping[str, DemoPanel]
    landmarks: frozenset[str]
    cleared: Mapping[str, Sequence[int]]


def faults(story: Story, house: House) -> Iterator[str]:
    """Give every fault of a story: what is unknown, out of order, not allowed or unkind."""
    yield from unkind(story)
    yield from _cast(story, house)
    so_far, before = SoFar(), (-10_000, "")
    for event in story.events:
        where = f"day {event.day} {event.at} {type(event).__name__}"
        if (event.day, event.at) < before:
            yield f"{where}: comes before the event above it"
        if event.day >= 0:
            yield f"{where}: has not happened yet"
        before = (event.day, event.at)
        for found in _event(event, story, house, so_far):
            yield f"{where}: {found}"


def _cast(story: Story, house: House) -> Iterator[str]:
    homes = {home.key for home in story.homes}
    for person in story.people:
        if person.home not in homes:
            yield f"{person.key} lives in {person.home}, which is not a home of this story"
        for agency in (*person.records, *person.typed):
            if agency not in house.agencies:
                yield f"{person.key} has a record at {agency}, which is no agency"
        if not set(person.typed) <= set(person.records):
            yield f"{person.key} is typed by an agency that has no record"


def _event(event: Event, story: Story, house: House, so_far: SoFar) -> Iterator[str]:
    if event.who not in house.staff:
        yield f"nobody is called {event.who}"
        return
    yield from _duty(event, house)
    yield from _words(event)
    yield from _names(event, so_far)
    for check in (_raise, _screen, _write, _case, _panel, _decide, _refer):
        yield from check(event, story, house, so_far)
    so_far.add(event)


def _duty(event: Event, house: House) -> Iterator[str]:
    needed = NEEDS_DUTY.get(type(event).__name__)
    if needed and needed not in house.staff[event.who].duties:
        yield f"{event.who} may not {needed}"


def _words(event: Event | NewCase) -> Iterator[str]:
    for name, words in WORDS.items():
        value = getattr(event, name, "")
        if value and value not in [str(word) for word in words]:
            yield f"{name} cannot be {value!r}"
    states = STATES.get(type(event).__name__)
    if states and getattr(event, "state", "") not in [str(word) for word in states]:
        yield "it does not say how it ended"
    category = getattr(event, "category", "")
    if category and category.upper() not in Category.__members__:
        yield f"category cannot be {category!r}"


def _names(event: Event, so_far: SoFar) -> Iterator[str]:
    for kind in NAMED:
        key = getattr(event, kind, "")
        if key and (kind, key) not in so_far.made:
            yield f"there is no {kind} called {key} yet"
    kind = MAKES.get(type(event).__name__, "")
    if kind and (kind, getattr(event, "key", "")) in so_far.made:
        yield f"there is already a {kind} called {getattr(event, 'key', '')}"


def _raise(event: Event, story: Story, house: House, so_far: SoFar) -> Iterator[str]:
    if not isinstance(event, RaiseConcern):
        return
    people = {person.key: person for person in story.people}
    agency = house.staff[event.who].agency
    for key in event.about:
        if key not in people:
            yield f"nobody in the story is called {key}"
        elif agency not in people[key].records:
            yield f"{agency} has no record of {key}"
    if not (event.about or event.place or event.place_says):
        yield "it is about nobody and nowhere"
    if event.place and event.place not in house.landmarks:
        yield f"there is no place called {event.place}"
    if event.told != Told.AGREED and not event.without_agreement:
        yield "it does not say why it is shared without agreement"


def _screen(event: Event, story: Story, house: House, so_far: SoFar) -> Iterator[str]:
    if not isinstance(event, Screen):
        return
    opens = event.opens
    if (event.decided == Decided.OPEN) != (opens is not None):
        yield "a case is opened if and only if that is decided"
    if event.decided == Decided.LINK and not event.case:
        yield "it does not say which case"
    if event.decided in (Decided.SIGNPOST, Decided.URGENT) and not event.route:
        yield "it does not say where to"
    if opens is not None:
        yield from _opens(event.who, opens, story, house)


def _opens(who: str, opens: NewCase, story: Story, house: House) -> Iterator[str]:
    yield from _words(opens)
    keys = {person.key for person in story.people}
    if unknown := set(opens.people) - keys:
        yield f"nobody in the story is called {sorted(unknown)}"
    if opens.home and opens.home not in {home.key for home in story.homes}:
        yield f"there is no home called {opens.home}"
    for key in (who, opens.lead):
        yield from _cleared(key, opens.category, opens.marking, house)
    yield from (f"nobody is called {key}" for key in opens.team if key not in house.staff)


def _cleared(who: str, category: str, marking: int, house: House) -> Iterator[str]:
    if who not in house.staff:
        yield f"nobody is called {who}"
    elif (
        category.upper() in Category.__members__
        and house.cleared[house.staff[who].role][Category[category.upper()]] < marking
    ):
        yield f"{who} is not cleared for {category} at {marking}"


def _write(event: Event, story: Story, house: House, so_far: SoFar) -> Iterator[str]:
    if isinstance(event, WriteNote | AnswerRequest | ReturnResearch) and event.category:
        yield from _cleared(event.who, event.category, event.marking, house)
    if isinstance(event, AnswerRequest):
        asked = so_far.made.get(("request", event.request))
        if asked and getattr(asked, "agency", "") != house.staff[event.who].agency:
            yield "another agency was asked"
        if event.answer == Answer.REFUSED and not event.refused_why:
            yield "it does not say why it is refused"
        if event.answer == Answer.GIVEN and not (event.text and event.category and event.gateway):
            yield "it gives nothing, or without a gateway"


def _case(event: Event, story: Story, house: House, so_far: SoFar) -> Iterator[str]:
    case = so_far.case_of(event)
    if isinstance(event, ReopenCase):
        if event.case not in so_far.closed:
            yield "only a closed case is reopened"
    elif case in so_far.closed:
        yield f"the case {case} is closed"
    if type(event).__name__ in ON_TEAM and event.who not in so_far.teams.get(case, set()):
        yield f"{event.who} is not on the team of {case}"
    if isinstance(event, CloseCase) and so_far.ungraded.get(event.case):
        yield f"goals are not graded: {sorted(so_far.ungraded[event.case])}"
    if isinstance(event, AddAction | JoinTeam | LeaveTeam) and event.post not in house.staff:
        yield f"nobody is called {event.post}"


def _panel(event: Event, story: Story, house: House, so_far: SoFar) -> Iterator[str]:
    if isinstance(event, PutForward):
        panel = house.panels.get(event.panel)
        if panel is None:
            yield f"there is no panel called {event.panel}"
        elif (event.meeting - panel.next_in_days) % panel.every_days:
            yield f"the panel does not meet on day {event.meeting}"


def _decide(event: Event, story: Story, house: House, so_far: SoFar) -> Iterator[str]:
    item = so_far.made.get(("item", getattr(event, "item", "")))
    if not isinstance(item, PutForward) or not isinstance(event, Decide):
        return
    panel = house.panels[item.panel]
    if event.day != item.meeting:
        yield f"the meeting is on day {item.meeting}"
    if event.who != panel.chair:
        yield f"{event.who} does not chair it"
    if wrong := set(event.present) - set(panel.members):
        yield f"not members: {sorted(wrong)}"
    there = {house.staff[key].agency for key in event.present if key in house.staff}
    if len(there) < panel.quorum or not set(panel.core) <= there:
        yield "the panel is not quorate"
    if so_far.away.get(event.item, set()) & set(event.present):
        yield "somebody with an interest is in the room"


def _refer(event: Event, story: Story, house: House, so_far: SoFar) -> Iterator[str]:
    if not isinstance(event, Refer):
        return
    people = {person.key: person for person in story.people}
    if event.provider not in house.agencies:
        yield f"there is no agency called {event.provider}"
    if event.person not in people:
        yield f"nobody in the story is called {event.person}"
    elif house.staff[event.who].agency not in people[event.person].records:
        yield f"the referrer's agency has no record of {event.person}"
