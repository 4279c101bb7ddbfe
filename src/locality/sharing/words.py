"""The words of sharing: who may act, for which purpose, on what kind of information."""

from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum
from uuid import UUID

CATEGORIES = 16  # room kept in a label for kinds of information; 12 are used
MARKINGS = 4
MOST_AGENCIES = 511
OPERATOR = UUID(int=0)  # in the audit trail: whoever works at the server's terminal
NO_PURPOSE = 0  # what a terminal does, it does for no purpose of the law


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


WITH_CONSENT = CATEGORIES  # added to a kind of information that is shared only with consent
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
    EMERGENCY = "emergency"
    EXPORT_CSV = "export csv"
    EXPORT_DOCX = "export docx"
    EXPORT_PDF = "export pdf"
    EXPORT_JSON = "export json"


class FileFormat(StrEnum):
    """The format of a file that leaves, which is also its ending."""

    CSV = "csv"
    DOCX = "docx"
    PDF = "pdf"
    JSON = "json"


class AgreementState(StrEnum):
    """Where an information-sharing agreement stands."""

    DRAFT = "draft"
    IN_FORCE = "in force"
    SUSPENDED = "suspended"
    ENDED = "ended"


class Step(StrEnum):
    """What somebody did with an agreement. Only the last four and a yes change its state."""

    ENTERED = "entered"
    DRAFTED = "drafted"
    CHANGED = "changed"
    ASKED = "asked"
    DECLINED = "declined"
    TAKEN_BACK = "taken back"
    AGREED = "agreed"
    SUSPENDED = "suspended"
    ENDED = "ended"
    REPLACED = "replaced"


# Where a step moves an agreement. What opens anything is asked by one lead and agreed by another.
NEXT_AGREEMENT_STATE: dict[tuple[AgreementState, Step], AgreementState] = {
    (AgreementState.DRAFT, Step.AGREED): AgreementState.IN_FORCE,
    (AgreementState.DRAFT, Step.ENDED): AgreementState.ENDED,
    (AgreementState.IN_FORCE, Step.SUSPENDED): AgreementState.SUSPENDED,
    (AgreementState.IN_FORCE, Step.ENDED): AgreementState.ENDED,
    (AgreementState.IN_FORCE, Step.REPLACED): AgreementState.ENDED,
    (AgreementState.SUSPENDED, Step.AGREED): AgreementState.IN_FORCE,
    (AgreementState.SUSPENDED, Step.ENDED): AgreementState.ENDED,
    (AgreementState.SUSPENDED, Step.REPLACED): AgreementState.ENDED,
}


class CircleKind(StrEnum):
    """What a circle of named people is for."""

    FRONT_DOOR = "front door"
    CASE = "case"
    PANEL = "panel"
    REFERRAL = "referral"
    TELLING = "telling"


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


class HandlingCode(StrEnum):
    """What may be done with something shared: as agreed, or only on the conditions given."""

    PERMITTED = "P"
    CONDITIONS = "C"


class LogKind(StrEnum):
    """Of which kind a line of the trail is: the six of the logging duty, and our own."""

    COLLECTION = "collection"
    ALTERATION = "alteration"
    CONSULTATION = "consultation"
    DISCLOSURE = "disclosure"
    COMBINATION = "combination"
    ERASURE = "erasure"
    SEARCH = "search"
    REFUSAL = "refusal"
    EXPORT = "export"
    SIGN_IN = "sign-in"
    EMERGENCY = "emergency access"
    CONFIGURATION = "configuration"
    WORK = "work"


class Look(StrEnum):
    """What a look is: it is written down before anything is read, or after it was not shown."""

    PAGE = "page"
    SEARCH = "search"
    JOB = "job"
    REFUSAL = "refusal"
    EXPORT = "export"
    EMERGENCY = "emergency"


LOOK_KINDS = {
    Look.PAGE: LogKind.CONSULTATION, Look.SEARCH: LogKind.SEARCH, Look.JOB: LogKind.CONSULTATION,
    Look.REFUSAL: LogKind.REFUSAL, Look.EXPORT: LogKind.EXPORT,
    Look.EMERGENCY: LogKind.EMERGENCY,
}  # fmt: skip


class Sign(StrEnum):
    """What made a look stand out. None says that anybody did wrong."""

    OWN_NAME = "own-name"
    NO_TIE = "no-tie"
    MANY_PEOPLE = "many-people"
    NIGHT = "night"
    FAR_MORE = "far-more"


class Answer(StrEnum):
    """What the lead found when they asked."""

    FINE = "fine"
    NOT_FINE = "not fine"


class ConsentKind(StrEnum):
    """What somebody is asked: three questions in law, kept apart."""

    CONFIDENTIALITY = "confidentiality"
    SERVICE = "service"
    DATA_PROTECTION = "data protection"


class ConsentAnswer(StrEnum):
    """What they said."""

    AGREED = "agreed"
    REFUSED = "refused"


class AnsweredBy(StrEnum):
    """Who gave the answer, and how it is known that they could."""

    THEMSELVES = "themselves"
    CHILD = "a child who understands"
    PARENT = "parental responsibility"
    ATTORNEY = "attorney or deputy"


class Standing(StrEnum):
    """Where an agreement stands today, by its state and its dates."""

    IN_FORCE = "in force"
    TO_COME = "to come"
    DRAFT = "draft"
    SUSPENDED = "suspended"
    OVER = "over"


class SubjectKind(StrEnum):
    """What somebody asks of an agency about what it holds on them."""

    ACCESS = "access"
    CORRECTION = "correction"
    COMPLAINT = "complaint"


class AskedBy(StrEnum):
    """Who asks: the person, somebody they gave authority to, or a parent of a child."""

    THEMSELVES = "themselves"
    REPRESENTATIVE = "representative"
    PARENT = "parent"


class Law(StrEnum):
    """Which law's clock runs: sharing/subjects/laws.toml."""

    GENERAL = "general"
    LAW_ENFORCEMENT = "law enforcement"


class Nature(StrEnum):
    """Whether what is corrected was a fact, or somebody's opinion."""

    FACT = "fact"
    OPINION = "opinion"


class Handled(StrEnum):
    """What was done about a request. The last three end it."""

    PROOF_ASKED = "proof asked"
    PROOF_SEEN = "proof seen"
    ACKNOWLEDGED = "acknowledged"
    STOPPED = "stopped"
    RESTARTED = "restarted"
    EXTENDED = "extended"
    ANSWERED = "answered"
    REFUSED = "refused"
    TAKEN_BACK = "taken back"


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


class Action(StrEnum):
    """What becomes of a record whose time is over, once people have agreed."""

    ERASE = "erase"
    SLIM = "slim"  # to a row that says what was done and about nobody


class Verdict(StrEnum):
    """What a lead says of a record whose time is over."""

    MAY_GO = "may go"
    KEEP = "keep"
