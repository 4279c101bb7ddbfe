"""The words of sharing: who may act, for which purpose, on what kind of information."""

from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum

CATEGORIES = 16  # room kept in a label for kinds of information; 12 are used
MARKINGS = 4
MOST_AGENCIES = 511


class Category(IntEnum):
    """What kind of information an item is."""

    IDENTITY = 0
    CONTACT = 1
    INCIDENT = 2
    DOMESTIC_ABUSE = 3
    MENTAL_HEALTH = 4
    PHYSICAL_HEALTH = 5
    EDUCATION = 6
    HOUSING = 7
    SOCIAL_CARE = 8
    OFFENDING = 9
    PREVENT = 10
    COMMUNITY = 11

    @property
    def says(self) -> str:
        """The words a page uses for it."""
        return CATEGORY_SAYS[self]


CATEGORY_SAYS: dict[Category, str] = {
    Category.IDENTITY: "who they are",
    Category.CONTACT: "contact and safe location",
    Category.INCIDENT: "incidents",
    Category.DOMESTIC_ABUSE: "domestic abuse safety",
    Category.MENTAL_HEALTH: "mental health",
    Category.PHYSICAL_HEALTH: "physical health",
    Category.EDUCATION: "education",
    Category.HOUSING: "housing",
    Category.SOCIAL_CARE: "social care",
    Category.OFFENDING: "offending",
    Category.PREVENT: "Prevent",
    Category.COMMUNITY: "community",
}


class Marking(IntEnum):
    """How closely an item is held. What is sealed shows only to the live team of its case."""

    OPEN = 0
    STANDARD = 1
    RESTRICTED = 2
    SEALED = 3


NOT_CLEARED = -1  # a role's clearance for a category it must not see at all


class Sector(StrEnum):
    """What kind of organisation an agency is."""

    POLICE = "police"
    COUNCIL = "council"
    HEALTH = "health"
    SCHOOL = "school"
    HOUSING = "housing"
    PROBATION = "probation"
    YOUTH_JUSTICE = "youth justice"
    FIRE = "fire and rescue"
    VOLUNTARY = "voluntary sector"


class Duty(StrEnum):
    """What a role may set out to do. Seeing is decided elsewhere, by the one rule."""

    RAISE = "raise"
    SCREEN = "screen"
    LEAD = "lead"
    COORDINATE = "coordinate"
    CHAIR = "chair"
    PROVIDE = "provide"
    ANALYSE = "analyse"
    REPORT = "report"
    GOVERN = "govern"
    OPERATE = "operate"


class AgreementState(StrEnum):
    """Where an information-sharing agreement stands."""

    DRAFT = "draft"
    IN_FORCE = "in force"
    SUSPENDED = "suspended"
    ENDED = "ended"


class CircleKind(StrEnum):
    """What a circle of named people is for."""

    FRONT_DOOR = "front door"
    CASE = "case"
    PANEL = "panel"
    REFERRAL = "referral"


class Gateway(StrEnum):
    """The legal gateway a disclosure relies on. What each says is in gateways.toml."""

    CONSENT = "consent"
    CHILDREN_ACT_2004_S10 = "children act 2004 s10"
    CHILDREN_ACT_2004_S11 = "children act 2004 s11"
    CRIME_AND_DISORDER_ACT_S115 = "crime and disorder act 1998 s115"
    CARE_ACT_2014_S6 = "care act 2014 s6-7"
    VITAL_INTERESTS = "vital interests"
    PUBLIC_INTEREST = "overriding public interest"
    PUBLIC_TASK = "public task"


GATEWAY_NAMES: dict[Gateway, str] = {
    Gateway.CONSENT: "They agreed",
    Gateway.CHILDREN_ACT_2004_S10: "Children Act 2004, section 10",
    Gateway.CHILDREN_ACT_2004_S11: "Children Act 2004, section 11",
    Gateway.CRIME_AND_DISORDER_ACT_S115: "Crime and Disorder Act 1998, section 115",
    Gateway.CARE_ACT_2014_S6: "Care Act 2014, sections 6 and 7",
    Gateway.VITAL_INTERESTS: "To save a life",
    Gateway.PUBLIC_INTEREST: "Overriding public interest",
    Gateway.PUBLIC_TASK: "Public task",
}


class Standing(StrEnum):
    """Where an agreement stands today, by its state and its dates."""

    IN_FORCE = "in force"
    TO_COME = "to come"
    DRAFT = "draft"
    SUSPENDED = "suspended"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Purpose:
    """Why somebody is looking. Chosen at sign-in and shown in the bar."""

    id: int
    key: str
    name: str
    says: str
    basis: str
    source: str
    review_by: date


def label(owner: int, category: int, marking: int) -> int:
    """Number the label of an item: dense, so that one bit answers for it."""
    return owner * CATEGORIES * MARKINGS + category * MARKINGS + marking
