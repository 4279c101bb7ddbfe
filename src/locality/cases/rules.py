"""What may be done with a case, and what is due. Pure: the time is always an argument."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from hashlib import sha256

from locality.cases.words import (
    NEXT_ACTION,
    NEXT_STATE,
    ActionState,
    Answer,
    CaseState,
    Grade,
    SealedKind,
    Telling,
)
from locality.kit.errors import Refused
from locality.kit.saying import say, say_many
from locality.sharing.words import Category, Marking

UNDO = timedelta(minutes=10)
EXPIRES_SOON = timedelta(days=14)
DUE_SOON = timedelta(days=7)


def next_state(state: CaseState, event: str) -> CaseState:
    """Say where `event` moves a case, or refuse with `cases.no_such_step`."""
    try:
        return NEXT_STATE[state, event]
    except KeyError:
        raise Refused(
            "cases.no_such_step",
            say(
                "This case is {state}, so you cannot {event} it. Help that starts again is a new "
                "episode: choose “Start again as a new episode”.",
                state=state,
                event=event,
            ),
        ) from None


def next_action(state: ActionState, event: str) -> ActionState:
    """Say where `event` moves an action, or refuse with `cases.action_ended`."""
    try:
        return NEXT_ACTION[state, event]
    except KeyError:
        raise Refused(
            "cases.action_ended",
            say("This action is already “{state}”. Nothing was changed.", state=state),
        ) from None


def require_open(state: CaseState) -> None:
    """Refuse with `cases.closed` unless the case is open."""
    if state != CaseState.OPEN:
        raise Refused(
            "cases.closed",
            "This case is closed and stays as it was. To help again, start a new episode from it.",
        )


def require_sealed(category: Category, marking: Marking, kinds: Iterable[SealedKind]) -> None:
    """Refuse with `cases.must_be_sealed` a case whose kind of information is always sealed."""
    if marking < Marking.SEALED and any(one.always and one.category == category for one in kinds):
        raise Refused(
            "cases.must_be_sealed",
            say(
                "A case that holds {kind} information is always sealed: say which kind it is, and "
                "only its live team will see it.",
                kind=category.says,
            ),
        )


def require_undo_in_time(ended_at: datetime, now: datetime, instead: str) -> None:
    """Refuse with `cases.too_late_to_undo` after ten minutes; say what to do `instead`."""
    if now - ended_at > UNDO:
        raise Refused(
            "cases.too_late_to_undo",
            say("More than ten minutes have passed. {instead}", instead=instead),
        )


def require_graded(grades: Iterable[str]) -> None:
    """Refuse with `cases.goals_not_graded` while a goal has no grade."""
    missing = sum(not grade for grade in grades)
    if missing:
        raise Refused(
            "cases.goals_not_graded",
            say_many(
                "{n} goal has no grade yet. Say how far each was reached, then close the case.",
                "{n} goals have no grade yet. Say how far each was reached, then close the case.",
                n=missing,
            ),
        )


def require_version(held: int, seen: int) -> None:
    """Refuse with `cases.changed` when somebody changed the case after it was shown."""
    if held != seen:
        raise Refused(
            "cases.changed",
            "Somebody changed this case while you were writing. Your text is kept below.",
        )


def stamp(words: Mapping[str, object]) -> str:
    """Give the same short mark for the same words, and another for any other."""
    said = repr([(name, str(words[name])) for name in sorted(words)])
    return sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def require_as_seen(
    held: Mapping[str, object], new: Mapping[str, object], seen: str | None
) -> None:
    """Refuse with `cases.changed` when words were changed after they were shown.

    `seen` is the stamp of what was shown, or nothing when nobody was shown anything. Words that
    are to be what they already are conflict with nothing: a form sent twice is sent once.
    """
    if seen and stamp(held) != seen and dict(held) != dict(new):
        raise Refused(
            "cases.changed",
            "Somebody changed this while you were writing. Go back: what you wrote is still "
            "there. Compare it with what it says now, then save.",
        )


def require_waiting(answer: Answer) -> None:
    """Refuse with `cases.answered_already` unless a request still waits."""
    if answer != Answer.WAITING:
        raise Refused(
            "cases.answered_already",
            say("This request is already marked “{answer}”.", answer=answer),
        )


def telling(*, until: date | None, withdrawn: bool, today: date) -> Telling:
    """Say where a disclosure stands on a day: given, ends soon, ended or withdrawn."""
    if withdrawn:
        return Telling.WITHDRAWN
    if until is None:
        return Telling.GIVEN
    if until < today:
        return Telling.ENDED
    return Telling.EXPIRING if until - today <= EXPIRES_SOON else Telling.GIVEN


# Of several facts about one agency and one kind of information, the cell shows the first.
FIRST_SHOWN = list(Telling)
ANSWER_TELLS = {
    Answer.WAITING: Telling.ASKED,
    Answer.REFUSED: Telling.REFUSED,
    Answer.NOTHING_HELD: Telling.NOTHING_HELD,
}


def shown_first(one: Telling | None, other: Telling) -> Telling:
    """Choose what one cell of who knows what shows when two things are true of it."""
    return other if one is None else min(one, other, key=FIRST_SHOWN.index)


def is_overdue(due: date | None, today: date) -> bool:
    """Say whether a day has passed. The day itself is still in time."""
    return due is not None and due < today


def is_soon(due: date, today: date) -> bool:
    """Say whether something is due within seven days, or was."""
    return due - today <= DUE_SOON


def all_reached(grades: Iterable[str]) -> bool:
    """Say whether there is a goal and every one was reached."""
    found = list(grades)
    return bool(found) and all(grade == Grade.REACHED for grade in found)
