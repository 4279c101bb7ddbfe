"""What a panel may decide, and in which order it hears cases. Pure: no framework, no clock."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from datetime import date, datetime, timedelta
from uuid import UUID

from locality.kit.errors import Refused
from locality.kit.saying import in_words, say, say_many
from locality.panels.words import NEXT_STATE, Candidate, Held, Listed, MeetingState, Placed, Terms
from locality.sharing.partners import rules as partners
from locality.sharing.partners.words import Fault, Known
from locality.sharing.words import Duty

FAR_AWAY = date.max
KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
RUN = frozenset({str(Duty.COORDINATE), str(Duty.CHAIR)})
# What the numbers in a panel's terms of reference may be.
LIMITS = (("quorum", 1, 511), ("every_days", 1, 366), ("research_days", 1, 90),
          ("longest_agenda", 1, 100))  # fmt: skip


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

    `after` places are taken already, by cases that this meeting has decided on. A case that
    somebody chose by hand always has a place; only what room is left goes to the others.

    First what was deferred before; then by how long a review has been due; then by who came
    first. Nothing about the people themselves moves a case up or down.
    """
    ordered = sorted(candidates, key=_urgency)
    room = max(longest - after, 0)
    left = max(room - sum(one.wanted for one in ordered), 0)
    others = [one for one in ordered if not one.wanted]
    out = {one.item for one in others[left:]}
    heard = [one for one in ordered if one.item not in out]
    placed = [Placed(one.item, after + n) for n, one in enumerate(heard, start=1)]
    for place, one in enumerate(ordered):
        if one.item in out:
            why = _why_not(one, meeting_on, longest, crowded=place < room)
            placed.append(Placed(one.item, 0, why))
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


def _why_not(one: Candidate, meeting_on: date, longest: int, *, crowded: bool) -> str:
    """Say why a case is left out; `crowded` is one that only choices made by hand push out."""
    full = f"The agenda holds {longest} {'case' if longest == 1 else 'cases'}"
    if crowded:
        return f"{full}, and others were chosen by hand."
    if one.review_on is None:
        return f"{full}, and others have had a review due for longer. It has no review date."
    if one.review_on > meeting_on:
        return f"{full}, and this one’s review is not due until after the meeting."
    return f"{full}, and others have had a review due for longer."


def terms_faults(panels: Sequence[Terms], known: Known) -> Iterator[Fault]:
    """Yield every reason why the terms of reference in an area's file must not be used."""
    for one in panels:
        yield from _terms(one, known)
        yield from _who_sits(one, known)
    yield from partners.twice("panels", "key", [one.key for one in panels])
    yield from partners.twice("panels", "name", [one.name for one in panels])


def _terms(one: Terms, known: Known) -> Iterator[Fault]:
    yield from partners.empty("panels", one.label, name=one.name, about=one.about)
    yield from partners.purpose_known("panels", one.label, one.purpose, known)
    yield from partners.agencies_known("panels", one.label, "agency", [one.agency], known)
    if not KEY.fullmatch(one.key):
        yield Fault("panels", one.label, "key", one.key,
                    "must be small letters, numbers and hyphens, such as early-help")  # fmt: skip
    for name, least, most in LIMITS:
        if not least <= getattr(one, name) <= most:
            yield Fault("panels", one.label, name, getattr(one, name),
                        f"must be between {least} and {most}")  # fmt: skip


def _who_sits(one: Terms, known: Known) -> Iterator[Fault]:
    yield from partners.members("panels", one.label, one.members, one.purpose, known)
    posts = [post for text in one.members for post in partners.posts_named(text, known.posts)]
    if not posts or len(posts) < len(one.members):
        return  # somebody named is faulty: who sits is not known yet
    agencies = {post.agency for post in posts}
    for number in sorted(set(one.core) - agencies):
        says = "no member is of this agency, so the panel could never decide: add one"
        yield Fault("panels", one.label, "core", number, says)
    if one.quorum > len(agencies):
        says = f"its members are of {len(agencies)} agencies: it could never decide"
        yield Fault("panels", one.label, "quorum", one.quorum, says)
    duties = frozenset().union(*(known.roles.get(post.role, RUN) for post in posts))
    if not duties & RUN:
        yield Fault("panels", one.label, "members", None,
                    "nobody may run it: add somebody in the role coordinator or chair")  # fmt: skip
