"""What a panel may decide, and in which order it hears cases. Pure: no framework, no clock."""

from collections.abc import Iterable, Mapping, Set
from datetime import date, datetime, timedelta
from uuid import UUID

from locality.kit.errors import Refused
from locality.kit.saying import in_words, say, say_many
from locality.panels.words import NEXT_STATE, Candidate, Held, Listed, MeetingState, Placed

FAR_AWAY = date.max


def next_state(state: MeetingState, event: str) -> MeetingState:
    """Say where `event` moves a meeting, or refuse with `panels.no_such_step`."""
    try:
        return NEXT_STATE[state, event]
    except KeyError:
        raise Refused(
            "panels.no_such_step", say("This meeting is {state} already.", state=state)
        ) from None


def require_planned(state: MeetingState) -> None:
    """Refuse with `panels.meeting_over` once a meeting was held or called off."""
    if state != MeetingState.PLANNED:
        raise Refused(
            "panels.meeting_over",
            say("This meeting is {state}: nothing in it changes now.", state=state),
        )


def agenda(
    candidates: Iterable[Candidate], *, meeting_on: date, longest: int, after: int = 0
) -> list[Placed]:
    """Order the cases put forward and say which do not fit, and why.

    `after` places are taken already, by cases that this meeting has decided on.

    First what was deferred before; then by how long a review has been due; then by who came
    first. Nothing about the people themselves moves a case up or down.
    """
    ordered = sorted(candidates, key=_urgency)
    room = max(longest - after, 0)
    placed = [Placed(one.item, after + n) for n, one in enumerate(ordered[:room], start=1)]
    for one in ordered[room:]:
        placed.append(Placed(one.item, 0, _why_not(one, meeting_on, longest)))
    return placed


def short_of_quorum(present: Set[int], *, core: Mapping[int, str], quorum: int) -> str:
    """Say what a panel still lacks before it can decide, or nothing when it lacks nothing.

    `core` (agencies by number, with their names) and `quorum` come from the panel's own terms
    of reference, never from this code.
    """
    missing = [name for number, name in core.items() if number not in present]
    if missing:
        return say("The panel cannot decide: {agencies} must be there.", agencies=in_words(missing))
    if len(present) < quorum:
        return say_many(
            "The panel cannot decide: {n} agency is there and its terms of reference ask for "
            "{quorum}.",
            "The panel cannot decide: {n} agencies are there and its terms of reference ask for "
            "{quorum}.",
            n=len(present),
            quorum=quorum,
        )
    return ""


def require_quorum(present: Set[int], *, core: Mapping[int, str], quorum: int) -> None:
    """Refuse with `panels.not_quorate` unless every core agency and enough others are there."""
    lacking = short_of_quorum(present, core=core, quorum=quorum)
    if lacking:
        raise Refused("panels.not_quorate", lacking)


def require_listed(listed: Listed) -> None:
    """Refuse with `panels.not_on_agenda` unless the panel is to hear the case.

    What is decided elsewhere would be in no minutes.
    """
    if listed != Listed.ON_AGENDA:
        raise Refused(
            "panels.not_on_agenda",
            say("This case is {listed}. Put it on the agenda first.", listed=listed),
        )


def require_no_interest(deciding: UUID, interested: Set[UUID]) -> None:
    """Refuse with `panels.conflict_of_interest` when whoever records a decision has one."""
    if deciding in interested:
        raise Refused(
            "panels.conflict_of_interest",
            "You declared a conflict of interest in this case, so somebody else must record "
            "the decision.",
        )


def require_reply(held: Held, text: str, refused_why: str) -> None:
    """Refuse an answer to a research request that does not say what it must."""
    if held == Held.WAITING:
        raise Refused("panels.answer_missing", "Say what your agency holds.")
    if held == Held.FOUND and not text.strip():
        raise Refused("panels.answer_missing", "Write what your agency knows.")
    if held == Held.CANNOT_SAY and not refused_why.strip():
        raise Refused("panels.answer_missing", "Say why your agency cannot share it.")


def answer_by(asked_at: datetime, meeting_at: datetime, research_days: int) -> datetime:
    """When an agency must have answered: in so many days, and a day before the meeting at most.

    An agency asked on the last day has until the meeting starts.
    """
    by_terms = asked_at + timedelta(days=research_days)
    before = meeting_at - timedelta(days=1)
    return min(by_terms, before if before > asked_at else meeting_at)


def _urgency(one: Candidate) -> tuple[bool, date, datetime, UUID]:
    return (not one.deferred_before, one.review_on or FAR_AWAY, one.put_forward_at, one.item)


def _why_not(one: Candidate, meeting_on: date, longest: int) -> str:
    full = f"The agenda holds {longest} cases"
    if one.review_on is None:
        return f"{full}, and others have had a review due for longer. It has no review date."
    if one.review_on > meeting_on:
        return f"{full}, and this one’s review is not due until after the meeting."
    return f"{full}, and others have had a review due for longer."
