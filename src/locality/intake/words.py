"""The words of intake: what arrives, and what somebody noticed."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from locality.sharing.words import Category, Marking


class Told(StrEnum):
    """What has been said to the person or family about raising this."""

    AGREED = "they know and agree"
    DISAGREED = "they know and do not agree"
    NOT_TOLD = "they have not been told"
    COULD_NOT_ASK = "it was not possible to ask"


class Why(StrEnum):
    """Why a concern is shared without agreement."""

    SOMEONE_AT_RISK = "asking would put somebody at risk"
    CHILD_AT_RISK = "a child may be at risk of harm"
    ADULT_CANNOT_DECIDE = "an adult at risk may not be able to decide about this"
    CRIME = "a serious crime may be prevented"
    OTHER = "another reason"


class Urgency(StrEnum):
    """How soon somebody must look."""

    TODAY = "today"
    SOON = "soon"
    ROUTINE = "routine"


class Danger(StrEnum):
    """The answer to “Is anyone in danger right now?”."""

    NOW = "now"
    TODAY = "today"
    SOON = "soon"
    NO = "no"


URGENCY_OF: dict[Danger, Urgency] = {
    Danger.NOW: Urgency.TODAY,
    Danger.TODAY: Urgency.TODAY,
    Danger.SOON: Urgency.SOON,
    Danger.NO: Urgency.ROUTINE,
}


class Stage(StrEnum):
    """What became of a concern, in words its reporter may read."""

    WAITING = "waiting to be looked at"
    LOOKED_AT = "looked at"
    SIGNPOSTED = "advice given"
    LINKED = "added to help already under way"
    HELPING = "help is being planned"
    URGENT = "passed on urgently"
    ENDED = "help has ended"
    WITHDRAWN = "withdrawn"


class AboutKind(StrEnum):
    """What a concern is about."""

    PERSON = "person"
    PLACE = "place"


class Matter(StrEnum):
    """What a concern is mostly about, in plain words. Also its title: it names nobody."""

    FAMILY = "care, family or being left alone"
    LEARNING = "school, learning or being missing from it"
    FEELINGS = "how somebody feels, thinks or copes"
    HEALTH = "illness, disability or injury"
    HOME = "home, rent or money"
    VIOLENCE_AT_HOME = "being hurt or controlled by a partner or family member"
    USED_BY_OTHERS = "being used, groomed or led into crime by others"
    INCIDENT = "something that happened, such as a fight or a threat"
    OFFENDING = "getting into trouble with the law"
    PLACE = "a place, a neighbourhood or a nuisance"
    HONOUR = "so-called honour, or being made to marry"
    FGM = "female genital mutilation"
    EXTREMISM = "being drawn towards extremism"


# What somebody who raises such a concern must also know. Law and practice change: see the sources.
ADVICE: dict[Matter, str] = {
    Matter.HONOUR: (
        "Do not speak to the family, the community or a religious leader about this, and do not "
        "use one of them to interpret. There may be only one chance to help. The Forced Marriage "
        "Unit also advises professionals."
    ),  # HM Government, The right to choose: multi-agency guidance on forced marriage (2023)
    Matter.FGM: (
        "If you are a teacher or a regulated health or social care professional, and a girl under "
        "18 has told you that this was done to her or you have seen signs of it, you must also "
        "tell the police yourself, usually on 101 by the end of the next working day. Do not "
        "speak to the family first."
    ),  # Female Genital Mutilation Act 2003 section 5B, and its procedural information (2020)
}


@dataclass(frozen=True, slots=True)
class Kind:
    """What kind of information a matter is and how closely it is held."""

    category: Category
    marking: Marking = Marking.STANDARD


KIND_OF: dict[Matter, Kind] = {
    Matter.FAMILY: Kind(Category.SOCIAL_CARE),
    Matter.LEARNING: Kind(Category.EDUCATION),
    Matter.FEELINGS: Kind(Category.MENTAL_HEALTH),
    Matter.HEALTH: Kind(Category.PHYSICAL_HEALTH),
    Matter.HOME: Kind(Category.HOUSING),
    Matter.VIOLENCE_AT_HOME: Kind(Category.DOMESTIC_ABUSE, Marking.RESTRICTED),
    Matter.USED_BY_OTHERS: Kind(Category.SOCIAL_CARE, Marking.RESTRICTED),
    Matter.INCIDENT: Kind(Category.INCIDENT),
    Matter.OFFENDING: Kind(Category.OFFENDING),
    Matter.PLACE: Kind(Category.COMMUNITY),
    Matter.HONOUR: Kind(Category.DOMESTIC_ABUSE, Marking.SEALED),
    Matter.FGM: Kind(Category.SOCIAL_CARE, Marking.SEALED),
    Matter.EXTREMISM: Kind(Category.PREVENT, Marking.SEALED),
}


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Somebody a concern is about: a record the reporter saw, or what they know of them."""

    record_id: UUID | None = None
    given_names: str = ""
    family_name: str = ""
    known_as: str = ""
    born: date | None = None
    postcode: str = ""
    part: str = ""


@dataclass(frozen=True, slots=True)
class NewConcern:
    """A concern as somebody raises it."""

    urgency: Urgency
    matter: Matter
    text: str
    noticed_on: date
    told: Told
    people: tuple[NewPerson, ...] = ()
    place: UUID | None = None
    place_says: str = ""
    noticed_says: str = ""
    seen_by: str = ""
    strengths: str = ""
    told_says: str = ""
    without_agreement: Why | None = None


@dataclass(frozen=True, slots=True)
class AboutPerson:
    """Somebody a concern is about: who that is today (None when hidden), their name, their part."""

    person_id: UUID | None
    says: str
    part: str


@dataclass(frozen=True, slots=True)
class DraftPerson:
    """Somebody a draft names: their number in it, what to call them, and their part."""

    number: int
    says: str
    part: str
    known: bool


class Page(StrEnum):
    """The four short pages on which a concern is raised, in order."""

    DANGER = "danger"
    WHO = "who"
    NOTICED = "noticed"
    AGREED = "agreed"


@dataclass(frozen=True, slots=True)
class Missing:
    """What is still missing from a draft: on which page, and what to do about it."""

    page: Page
    says: str


@dataclass(frozen=True, slots=True)
class Clock:
    """Within how many hours somebody must decide; whether only working days count."""

    hours: int
    working_days: bool
    says: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Clocks:
    """The locality's clocks, and the days on which working-day clocks stand still."""

    by_urgency: dict[Urgency, Clock]
    holidays: frozenset[date] = field(default_factory=frozenset)


MOST_PEOPLE = 12  # in one concern; a longer list is a household or a place
LONGEST_TEXT = 10_000
