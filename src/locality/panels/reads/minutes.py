"""What a meeting's minutes say: who came, what was decided and why, who does what by when."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy

from locality.panels.models import Decision, Interest, Item, Meeting, Present
from locality.panels.reads.deciding import core, decided, interests
from locality.panels.reads.items import agenda, not_selected
from locality.panels.reads.meetings import meeting, present, sat_on, sits_on
from locality.panels.rules import short_of_quorum
from locality.panels.words import Held
from locality.sharing.acting import Actor

# How minutes tell what agencies answered, in this order. Silence is named, never left out.
ANSWERS = {
    Held.FOUND: gettext_lazy("Told the panel what they know"),
    Held.NOTHING: gettext_lazy("Hold nothing about it"),
    Held.CANNOT_SAY: gettext_lazy("Cannot share what they hold"),
    Held.WAITING: gettext_lazy("Have not answered"),
}


@dataclass(frozen=True, slots=True)
class Agreed:
    """One action as a table shows it: what, who, by when, and for which item of the agenda."""

    number: int
    case: str
    says: str
    who: str
    agency: str
    due: date


@dataclass(frozen=True, slots=True)
class Minuted:
    """One item as the minutes tell it: decisions as they came, and how each agency answered."""

    number: int
    item: Item
    decisions: list[Decision]
    interests: list[Interest]
    told: list[tuple[str, list[str]]]
    actions: list[Agreed]

    @property
    def outcome(self) -> str:
        """What was decided last, or nothing."""
        return self.decisions[-1].outcome if self.decisions else ""


@dataclass(frozen=True, slots=True)
class Minutes:
    """What was said at one meeting, as far as its reader may see. Only members see who came."""

    meeting: Meeting
    sits: bool
    present: list[Present]
    absent: list[str]
    lacks: str
    items: list[Minuted]
    left_out: list[Item]

    @property
    def actions(self) -> list[Agreed]:
        """Every action agreed at the meeting, the soonest first."""
        every = [action for one in self.items for action in one.actions]
        return sorted(every, key=lambda action: (action.due, action.number))


def minutes(meeting_id: UUID, *, reader: Actor) -> Minutes:
    """Everything a meeting's minutes say, as far as whoever reads them may see it."""
    one, here = meeting(meeting_id), list(present(meeting_id))
    sits, came = sits_on(one.panel, reader), {row.agency_id for row in here}
    lacks = short_of_quorum(came, core=core(one.panel), quorum=one.panel.quorum)
    return Minutes(
        meeting=one,
        sits=sits,
        present=here,
        absent=_absent(one, came) if sits and here else [],
        lacks=lacks if sits and here else "",
        items=[_minuted(number, item) for number, item in enumerate(agenda(meeting_id), start=1)],
        left_out=list(not_selected(meeting_id)),
    )


def _absent(one: Meeting, came: set[int]) -> list[str]:
    """The agencies that sat on the panel that day and were not there."""
    sat = {member.post.agency_id: member.post.agency.name for member in sat_on(one)}
    return sorted(name for number, name in sat.items() if number not in came)


def _minuted(number: int, item: Item) -> Minuted:
    said, asked = list(reversed(decided(item.pk))), list(item.research.all())
    told = [
        (str(says), sorted(one.agency.name for one in asked if one.held == held))
        for held, says in ANSWERS.items()
    ]
    return Minuted(
        number=number,
        item=item,
        decisions=said,
        interests=list(interests(item.pk)),
        told=[(says, names) for says, names in told if names],
        actions=[
            _agreed(number, item, agreed.action)
            for decision in said
            for agreed in decision.actions.all()
        ],
    )


def _agreed(number: int, item: Item, action: Any) -> Agreed:
    who = action.who
    return Agreed(number, item.case.reference, action.says, who.name, who.agency.name, action.due)
