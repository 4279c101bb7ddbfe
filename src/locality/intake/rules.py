"""When a concern must be looked at, what it still lacks, how it is called. Pure."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from locality.intake.words import (
    ADVICE,
    MOST_PEOPLE,
    NEEDS_NO_REASON,
    URGENCY_OF,
    Clock,
    Clocks,
    Danger,
    Matter,
    Missing,
    NewConcern,
    NewPerson,
    Page,
    Stage,
    Told,
    Urgency,
    Why,
)
from locality.kit.saying import say

OPENS = time(9)  # when a working day starts for a clock that stood still overnight
DRAFT_LASTS = timedelta(days=14)
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: none that is read as another
FINAL = {Stage.SIGNPOSTED, Stage.ENDED, Stage.WITHDRAWN}

ASK: dict[str, Missing] = {
    "danger": Missing(Page.DANGER, say("Say whether anyone is in danger right now.")),
    "who": Missing(Page.WHO, say("Say whom or which place this is about.")),
    "crowd": Missing(
        Page.WHO, say("Name at most {most} people; describe the others.", most=MOST_PEOPLE)
    ),
    "text": Missing(Page.NOTICED, say("Say what you noticed.")),
    "matter": Missing(Page.NOTICED, say("Choose what it is mostly about.")),
    "noticed_on": Missing(Page.NOTICED, say("Say when it was noticed, today or earlier.")),
    "told": Missing(Page.AGREED, say("Say what they know and have agreed to.")),
    "without_agreement": Missing(
        Page.AGREED, say("Choose why it is right to share this without their agreement.")
    ),
}


def reference(concern_id: UUID) -> str:
    """Write a reference people can quote, such as C-7KQ2-M9XD, from part of the unguessable id."""
    number = concern_id.int >> 88  # 40 of its 122 random bits: the rest stays unguessable
    code = "".join(LETTERS[(number >> shift) & 31] for shift in range(35, -5, -5))
    return f"C-{code[:4]}-{code[4:]}"


def title(matter: Matter) -> str:
    """Say in a few words what a concern is about, naming nobody."""
    return matter[0].upper() + matter[1:]


def matter_of(named: str) -> Matter:
    """Say which matter a concern with this title is about."""
    return next(matter for matter in Matter if title(matter) == named)


def advice(named: str) -> str:
    """Say what the reporter of a concern with this title must also know, if anything."""
    return next((says for matter, says in ADVICE.items() if title(matter) == named), "")


def screen_by(raised_at: datetime, urgency: Urgency, clocks: Clocks) -> datetime:
    """Say by when somebody must have decided, counting only the days that count.

    `raised_at` is in the locality's own time zone. What is raised on a day that does not count
    counts from the opening of the next one that does.
    """
    clock = clocks.by_urgency[urgency]
    if not clock.working_days:
        return raised_at + timedelta(hours=clock.hours)
    start = raised_at
    if not is_working_day(start.date(), clocks):
        start = datetime.combine(_next_day(start.date(), clocks), OPENS, raised_at.tzinfo)
    day = start.date()
    for _ in range(clock.hours // 24):
        day = _next_day(day, clocks)
    return datetime.combine(day, start.timetz())


def is_working_day(day: date, clocks: Clocks) -> bool:
    """Say whether a working-day clock runs on this day."""
    return day.weekday() < 5 and day not in clocks.holidays


def clocks_from(read: Mapping[str, Any]) -> Clocks:
    """Make clocks of what clocks.toml says."""
    return Clocks(
        {Urgency(name): Clock(**clock) for name, clock in read["clocks"].items()},
        frozenset(read["holidays"]["days"]),
    )


def missing(answers: Mapping[str, Any], today: date) -> list[Missing]:
    """List what a draft still lacks, in the order of its pages; nothing when it may be raised."""
    noticed, agreed = answers.get("noticed") or {}, answers.get("agreed") or {}
    about = (answers.get("people") or []) or (answers.get("place_says") or "").strip()
    day = day_of(noticed.get("noticed_on"))
    told = agreed.get("told")
    lacks = {
        "danger": answers.get("danger") not in set(Danger),
        "who": not (about or answers.get("place")),
        "crowd": len(answers.get("people") or []) > MOST_PEOPLE,
        "text": not (noticed.get("text") or "").strip(),
        "matter": noticed.get("matter") not in set(Matter),
        "noticed_on": day is None or day > today,
        "told": told not in set(Told) or (told == Told.NOBODY and bool(answers.get("people"))),
        "without_agreement": told in set(Told) - NEEDS_NO_REASON
        and agreed.get("without_agreement") not in set(Why),
    }
    return [ASK[key] for key, lacking in lacks.items() if lacking]


def lacking(concern: NewConcern, today: date) -> list[Missing]:
    """List what a new concern lacks, however it was made."""
    lacks = {
        "who": not (concern.people or concern.place or concern.place_says.strip()),
        "crowd": len(concern.people) > MOST_PEOPLE,
        "text": not concern.text.strip(),
        "noticed_on": concern.noticed_on > today,
        "told": concern.told == Told.NOBODY and bool(concern.people),
        "without_agreement": concern.told not in NEEDS_NO_REASON
        and concern.without_agreement is None,
    }
    return [ASK[key] for key, is_lacking in lacks.items() if is_lacking]


def day_of(value: object) -> date | None:
    """Read a day as a draft keeps it; nothing when it is none."""
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def concern_from(answers: Mapping[str, Any]) -> NewConcern:
    """Make a new concern of a draft's answers, of which nothing is `missing`."""
    noticed, agreed = answers["noticed"], answers["agreed"]
    told = Told(agreed["told"])
    return NewConcern(
        urgency=URGENCY_OF[Danger(answers["danger"])],
        matter=Matter(noticed["matter"]),
        text=noticed["text"].strip(),
        noticed_on=date.fromisoformat(noticed["noticed_on"]),
        noticed_says=noticed.get("noticed_says", ""),
        seen_by=noticed.get("seen_by", ""),
        strengths=noticed.get("strengths", ""),
        told=told,
        told_says=agreed.get("told_says", ""),
        without_agreement=None if told in NEEDS_NO_REASON else Why(agreed["without_agreement"]),
        people=tuple(_person(one) for one in answers.get("people") or []),
        place=UUID(answers["place"]) if answers.get("place") else None,
        place_says=(answers.get("place_says") or "").strip(),
    )


def called(one: Mapping[str, Any]) -> str:
    """Say what to call somebody a draft describes."""
    name = " ".join(filter(None, (one.get("given_names"), one.get("family_name"))))
    return str(name or one.get("known_as") or say("Somebody whose name is not known"))


def next_steps(stage: Stage) -> Sequence[str]:
    """Say what happens next, for the reporter, at each stage."""
    return NEXT.get(stage, ())


NEXT: dict[Stage, tuple[str, ...]] = {
    Stage.WAITING: (
        say("A screener reads it and looks for earlier concerns about the same person or place."),
        say("They may ring you to ask more."),
        say("They decide what happens, and what they can tell you shows here."),
        say("If it gets worse before then, call 999 in an emergency, or raise another concern."),
    ),
    Stage.LOOKED_AT: (say("Somebody has looked at it and is finding out more."),),
    Stage.SIGNPOSTED: (
        say("Nothing more will happen unless you or somebody else raises it again."),
    ),
    Stage.LINKED: (say("The people who already help have been told."),),
    Stage.HELPING: (
        say("A lead worker agrees a plan with the person or family."),
        say("They may ask you to take part in it. You will see here when it ends."),
    ),
    Stage.URGENT: (say("It has been handed to the service that acts at once."),),
    Stage.ENDED: (say("If you are worried again, raise another concern."),),
    Stage.WITHDRAWN: (
        say(
            "Nothing was deleted: the front door can still read what you wrote, and why you "
            "withdrew."
        ),
        say("If you are worried again, raise another concern."),
    ),
}


def _person(one: Mapping[str, Any]) -> NewPerson:
    record = one.get("record_id")
    return NewPerson(
        record_id=UUID(record) if record else None,
        born=day_of(one.get("born")),
        **{
            name: one.get(name) or ""
            for name in ("given_names", "family_name", "known_as", "postcode", "part")
        },
    )


def _next_day(day: date, clocks: Clocks) -> date:
    day += timedelta(days=1)
    while not is_working_day(day, clocks):
        day += timedelta(days=1)
    return day
