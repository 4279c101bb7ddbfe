"""Whether what happens in a case, at a panel and in a referral could have happened."""

from collections.abc import Iterator

from locality.cases.words import Answer
from locality.demo.rules.house import House
from locality.demo.rules.so_far import CaseSoFar, SoFar
from locality.demo.words.stories import (
    AddAction,
    AnswerRequest,
    Ask,
    CloseCase,
    Decide,
    DeclareInterest,
    EndReferral,
    Event,
    JoinTeam,
    LeaveTeam,
    PutForward,
    Refer,
    ReopenCase,
    ReturnResearch,
    Story,
    WriteNote,
)
from locality.pathways.words import Pathway
from locality.sharing.words import Marking

ON_TEAM = (
    "AddNeed", "AddGoal", "AddAction", "WriteNote", "Ask", "HoldReview", "GradeGoal", "Refer",
)  # fmt: skip
LEAD_AGENCY = (Ask, CloseCase, ReopenCase, JoinTeam, LeaveTeam, PutForward)


def case_faults(event: Event, house: House, so_far: SoFar) -> Iterator[str]:
    """Say what a case forbids: acting from outside, after its end, or before it is finished."""
    case = so_far.case_of(event)
    if case is None:
        return
    if case.closed != isinstance(event, ReopenCase):
        yield "the case is closed" if case.closed else "only a closed case is reopened"
    if type(event).__name__ in ON_TEAM and event.who not in case.team:
        yield f"{event.who} is not on the team"
    if isinstance(event, LEAD_AGENCY) and house.agency_of(event.who) != house.agency_of(case.by):
        yield f"{event.who} does not work for the agency that leads the case"
    if isinstance(event, CloseCase) and case.ungraded:
        yield f"goals are not graded: {sorted(case.ungraded)}"
    if isinstance(event, AddAction) and event.post not in case.team:
        yield f"{event.post} is not on the team and would not see the action"
    if isinstance(event, JoinTeam):
        yield from house.not_cleared(event.post, case.opened.category, case.opened.marking)


def told_faults(event: Event, house: House, so_far: SoFar) -> Iterator[str]:
    """Say what is wrong with a note, an answer or research."""
    marking = getattr(event, "marking", Marking.STANDARD)
    if isinstance(event, WriteNote | AnswerRequest | ReturnResearch) and event.category:
        yield from house.not_cleared(event.who, event.category, marking)
    if not isinstance(event, AnswerRequest):
        return
    asked = so_far.made.get(("request", event.request))
    if isinstance(asked, Ask) and asked.agency != house.agency_of(event.who):
        yield "another agency was asked"
    if event.answer == Answer.REFUSED and not event.refused_why:
        yield "it does not say why it is refused"
    if event.answer == Answer.GIVEN and not (event.text and event.category and event.gateway):
        yield "it gives nothing, or without a gateway"


def panel_faults(event: Event, house: House, so_far: SoFar) -> Iterator[str]:
    """Say why a case could not be put forward to a panel, or decided by it."""
    case = so_far.case_of(event)
    if isinstance(event, PutForward) and case:
        yield from _put_forward(event, case, house)
    item = so_far.made.get(("item", getattr(event, "item", "")))
    if not isinstance(item, PutForward) or case is None:
        return
    if isinstance(event, Decide):
        yield from _decided(event, item, case, house)
        if so_far.away.get(event.item, set()) & set(event.present):
            yield "somebody with an interest is in the room"
    elif isinstance(event, DeclareInterest):
        yield from _members({event.who}, item, house)


def _put_forward(event: PutForward, case: CaseSoFar, house: House) -> Iterator[str]:
    panel = house.panels.get(event.panel)
    if panel is None:
        yield f"there is no panel called {event.panel}"
    elif (event.meeting - panel.next_in_days) % panel.every_days:
        yield f"the panel does not meet on day {event.meeting}"
    elif panel.purpose != case.purpose:
        yield f"the panel is for {panel.purpose}, the case for {case.purpose}"


def _decided(event: Decide, item: PutForward, case: CaseSoFar, house: House) -> Iterator[str]:
    panel = house.panels[item.panel]
    if event.day != item.meeting:
        yield f"the meeting is on day {item.meeting}"
    if event.who != panel.chair:
        yield f"{event.who} does not chair it"
    yield from _members(set(event.present), item, house)
    there = {house.agency_of(key) for key in event.present}
    if len(there) < panel.quorum or not set(panel.core) <= there:
        yield "the panel is not quorate"
    if outside := {action.post for action in event.actions} - case.team:
        yield f"not on the team, so would not see their action: {sorted(outside)}"


def _members(who: set[str], item: PutForward, house: House) -> Iterator[str]:
    if wrong := who - set(house.panels[item.panel].members):
        yield f"not members: {sorted(wrong)}"


def referral_faults(event: Event, story: Story, house: House, so_far: SoFar) -> Iterator[str]:
    """Say why a pathway could not be offered to somebody, or end as it did."""
    case = so_far.case_of(event)
    if isinstance(event, Refer) and case:
        if event.pathway in house.pathways and event.provider in house.agencies:
            yield from _offered(event, story, house, case)
        else:
            yield f"there is no {event.pathway} at {event.provider}"
    offer = so_far.made.get(("referral", getattr(event, "referral", "")))
    if isinstance(event, EndReferral) and isinstance(offer, Refer):
        pathway = house.pathways[offer.pathway]
        if pathway.end(event.how) is None:
            yield f"the pathway cannot end with {event.how!r}"
        if set(event.end_report) != set(pathway.report_headings):
            yield "the end report is not whole"


def _offered(event: Refer, story: Story, house: House, case: CaseSoFar) -> Iterator[str]:
    pathway = house.pathways[event.pathway]
    yield from _fits(event, story, house, pathway)
    if not case.needs & pathway.eligible.any_need:
        yield f"no need of the case is one of {sorted(pathway.eligible.any_need)}"
    if case.purpose not in pathway.purposes:
        yield f"it is not offered for {case.purpose}"
    if house.agencies[event.provider].sector not in pathway.provided_by:
        yield f"{event.provider} does not provide it"
    for one in house.staff.values():
        if one.agency == event.provider:
            yield from house.not_cleared(one.key, case.opened.category, case.opened.marking)


def _fits(event: Refer, story: Story, house: House, pathway: Pathway) -> Iterator[str]:
    """Somebody fits both on the day of the offer and today, when a seed acts it out."""
    person = next((person for person in story.people if person.key == event.person), None)
    if person is None or house.agency_of(event.who) not in person.records:
        yield f"the referrer's agency has no record of {event.person}"
        return
    below = pathway.eligible.below or 200
    if not pathway.eligible.at_least <= person.age + event.day / 365.25 <= person.age < below:
        yield f"{event.person} is too young or too old for it"
    if missing := {before.key for before in pathway.before} - set(event.known):
        yield f"it does not say that it is known: {sorted(missing)}"
