"""Whether a story could have happened: every fault in one, as a sentence."""

from collections.abc import Iterator

from locality.cases.words import ActionState, Answer, Closing, Grade
from locality.demo.rules.helping import case_faults, panel_faults, referral_faults, told_faults
from locality.demo.rules.house import House
from locality.demo.rules.so_far import MAKES, NAMED, SoFar
from locality.demo.rules.wording import unkind
from locality.demo.words.stories import AddNeed, Event, NewCase, RaiseConcern, Screen, Story
from locality.intake.words import KIND_OF, NEEDS_NO_REASON, Matter, Told, Urgency, Why
from locality.panels.words import Held, Listed, Outcome
from locality.referrals.words import Attendance, Declined, StepState
from locality.sharing.words import Category, Duty, Gateway
from locality.triage.words import Decided

# Which words a field may hold. A field that is empty is not looked at.
WORDS = {
    "matter": Matter,
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
    "RaiseConcern": Duty.RAISE, "Screen": Duty.SCREEN, "Choose": Duty.COORDINATE,
    "Decide": Duty.CHAIR, "Refer": Duty.LEAD, "AcceptReferral": Duty.PROVIDE,
    "DeclineReferral": Duty.PROVIDE, "EndStep": Duty.PROVIDE, "RecordSession": Duty.PROVIDE,
    "EndReferral": Duty.PROVIDE, "AddNeed": Duty.LEAD, "AddGoal": Duty.LEAD,
    "AddAction": Duty.LEAD, "CloseCase": Duty.LEAD, "ReopenCase": Duty.LEAD,
    "GradeGoal": Duty.LEAD, "HoldReview": Duty.LEAD, "Ask": Duty.LEAD,
}  # fmt: skip


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
        so_far.add(event)


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
    needed = NEEDS_DUTY.get(type(event).__name__)
    if needed and needed not in house.staff[event.who].duties:
        yield f"{event.who} may not {needed}"
    yield from _words(event, house)
    yield from _names(event, so_far)
    if isinstance(event, RaiseConcern):
        yield from _raised(event, story, house)
    elif isinstance(event, Screen):
        yield from _screened(event, house, so_far)
        if event.opens:
            yield from _opened(event.who, event.opens, story, house)
    yield from case_faults(event, house, so_far)
    yield from told_faults(event, house, so_far)
    yield from panel_faults(event, house, so_far)
    yield from referral_faults(event, story, house, so_far)


def _words(event: Event | NewCase, house: House) -> Iterator[str]:
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
    if isinstance(event, AddNeed) and event.heading not in house.headings:
        yield f"heading cannot be {event.heading!r}"


def _names(event: Event, so_far: SoFar) -> Iterator[str]:
    for kind in NAMED:
        key = getattr(event, kind, "")
        if key and (kind, key) not in so_far.made:
            yield f"there is no {kind} called {key} yet"
    kind = MAKES.get(type(event).__name__, "")
    if kind and (kind, getattr(event, "key", "")) in so_far.made:
        yield f"there is already a {kind} called {getattr(event, 'key', '')}"


def _raised(event: RaiseConcern, story: Story, house: House) -> Iterator[str]:
    people = {person.key: person for person in story.people}
    agency = house.agency_of(event.who)
    for key in event.about:
        if key not in people:
            yield f"nobody in the story is called {key}"
        elif agency not in people[key].records:
            yield f"{agency} has no record of {key}"
    if not (event.about or event.place or event.place_says):
        yield "it is about nobody and nowhere"
    if event.place and event.place not in house.landmarks:
        yield f"there is no place called {event.place}"
    if event.told not in NEEDS_NO_REASON and not event.without_agreement:
        yield "it does not say why it is shared without agreement"


def _screened(event: Screen, house: House, so_far: SoFar) -> Iterator[str]:
    concern = so_far.made.get(("concern", event.concern))
    if isinstance(concern, RaiseConcern) and concern.matter in list(Matter):
        kind = KIND_OF[Matter(concern.matter)]
        yield from house.not_cleared(event.who, kind.category.name.lower(), kind.marking)
    if (event.decided == Decided.OPEN) != (event.opens is not None):
        yield "a case is opened if and only if that is decided"
    if event.decided == Decided.LINK and not event.case:
        yield "it does not say which case"
    if event.decided in (Decided.SIGNPOST, Decided.URGENT) and not event.route:
        yield "it does not say where to"


def _opened(who: str, opens: NewCase, story: Story, house: House) -> Iterator[str]:
    yield from _words(opens, house)
    if unknown := set(opens.people) - {person.key for person in story.people}:
        yield f"nobody in the story is called {sorted(unknown)}"
    if opens.home and opens.home not in {home.key for home in story.homes}:
        yield f"there is no home called {opens.home}"
    for key in (who, opens.lead, *opens.team):
        yield from house.not_cleared(key, opens.category, opens.marking)
    if house.agency_of(opens.lead) != house.agency_of(who):
        yield f"{opens.lead} cannot lead what another agency opens"
    elif Duty.LEAD not in house.staff[opens.lead].duties:
        yield f"{opens.lead} may not lead"
