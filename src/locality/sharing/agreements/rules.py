"""Who may take which step with an agreement, and when it may take force. Pure."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from locality.kit.errors import Refused
from locality.kit.saying import say
from locality.sharing.agreements.words import Ask, Change, Effect, Right
from locality.sharing.words import (
    NEXT_AGREEMENT_STATE,
    NOT_CLEARED,
    WITH_CONSENT,
    AgreementState,
    Step,
)

Kind = tuple[int, int, int]  # category, before, after
ANSWERS = frozenset({Step.AGREED, Step.DECLINED, Step.TAKEN_BACK})
SAYS_WHY = frozenset({Step.ASKED, Step.DECLINED, Step.SUSPENDED, Step.ENDED})


def next_steps(
    state: AgreementState, *, ask: Ask | None, agency: int, person: UUID
) -> frozenset[Step]:
    """The steps that a governance lead of a party may take now, on what is not replaced."""
    found = {step for was, step in NEXT_AGREEMENT_STATE if was == state} - {Step.REPLACED}
    opens = Step.AGREED in found
    found -= {Step.AGREED}
    if opens and ask is None:
        found |= {Step.ASKED}
    if ask is not None:
        found |= {Step.TAKEN_BACK} if ask.agency == agency else {Step.DECLINED}
        if opens and ask.agency != agency and ask.person != person:
            found |= {Step.AGREED}
    return frozenset(found)


def require_step(step: Step, steps: Iterable[Step]) -> None:
    """Refuse with `sharing.agreement_step` unless the step is one of these."""
    if step not in steps:
        raise Refused(
            "sharing.agreement_step",
            say(
                "You cannot do this with the agreement as it is now. What opens anything is asked "
                "for by one information-governance lead and agreed by another, of another agency "
                "that is part of it."
            ),
        )


def require_ready(
    *, shares: Iterable[tuple[bool, bool]], covers: int, until: date, today: date
) -> None:
    """Refuse unless one agency gives, another gets, something is covered, and its end is ahead.

    Refuses with `sharing.agreement_shares_nothing` and `sharing.agreement_is_over`.
    """
    if not between_two(shares) or not covers:
        raise Refused(
            "sharing.agreement_shares_nothing",
            "Nothing is shared under this yet: say which agencies give and get, and what.",
        )
    if until < today:
        raise Refused(
            "sharing.agreement_is_over",
            "The last day of this agreement has passed: write one that replaces it.",
        )


def between_two(shares: Iterable[tuple[bool, bool]]) -> bool:
    """Say whether one agency gives and another gets."""
    both = [(gives, gets) for gives, gets in shares if gives or gets]
    gives, gets = any(one for one, _ in both), any(one for _, one in both)
    return gives and gets and len(both) > 1


def really_changed(changes: Iterable[Change]) -> list[Change]:
    """The same changes without what only seems to end: what needs consent no longer still shows."""
    found = list(changes)
    without = {_kind(one): one.after for one in found}
    return [
        one for one in found
        if one.after > one.before or one.category < WITH_CONSENT
        or without.get(_kind(one, WITH_CONSENT), NOT_CLEARED) < one.before
    ]  # fmt: skip


def _kind(one: Change, less: int = 0) -> tuple[int, int, str, int, int]:
    return one.purpose, one.agency, one.role, one.giver, one.category - less


def effects(changes: Iterable[Change]) -> list[Effect]:
    """Put together what changes alike, so that a person can read it."""
    of_giver: dict[tuple[int, int, str], dict[int, list[Kind]]] = {}
    for one in changes:
        found = of_giver.setdefault((one.purpose, one.agency, one.role), defaultdict(list))
        found[one.giver].append(_as_told(one))
    everyone = {giver for by_giver in of_giver.values() for giver in by_giver}
    who: dict[tuple[int, tuple[Kind, ...], tuple[int, ...]], dict[int, list[str]]] = {}
    for (purpose, agency, role), by_giver in of_giver.items():
        for kinds, givers in _alike(by_giver, everyone - {agency}):
            roles = who.setdefault((purpose, kinds, givers), defaultdict(list))
            roles[agency].append(role)
    return [
        Effect(purpose, kinds, givers, tuple(_alike(roles)))
        for (purpose, kinds, givers), roles in who.items()
    ]  # fmt: skip


def _as_told(one: Change) -> Kind:
    """What is told of a change: of what shows more or no longer, not how much showed before."""
    if one.after > one.before:
        return one.category, NOT_CLEARED, one.after
    return one.category, (one.before if one.after > NOT_CLEARED else 0), one.after


def rights(told: Iterable[tuple[int, int, int]], everyone: Collection[int]) -> list[Right]:
    """Put together the agencies (first of each three) of which a role may see the same kinds."""
    of_giver: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for giver, category, up_to in told:
        of_giver[giver].append((category, up_to))
    return [Right(givers, kinds) for kinds, givers in _alike(of_giver, everyone)]


def _alike(
    of_giver: Mapping[int, list[Any]], everyone: Collection[int] = ()
) -> Iterator[tuple[tuple[Any, ...], tuple[int, ...]]]:
    """Give each set of things with those of whom it is so: none stands for everyone."""
    givers: dict[tuple[Any, ...], list[int]] = defaultdict(list)
    for giver, kinds in of_giver.items():
        givers[tuple(sorted(kinds))].append(giver)
    for kinds, whose in givers.items():
        yield kinds, () if len(whose) > 1 and set(whose) == set(everyone) else tuple(sorted(whose))


def by_marking(kinds: Iterable[tuple[int, int]]) -> Iterator[tuple[int, list[int]]]:
    """Kinds of information by how closely held they may be, the most closely held first."""
    found: dict[int, list[int]] = defaultdict(list)
    for category, up_to in sorted(kinds):
        found[up_to].append(category)
    yield from sorted(found.items(), reverse=True)
