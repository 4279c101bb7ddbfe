"""The words of the invented area: who works there, who lives there, and what is recorded."""

from dataclasses import dataclass
from datetime import date
from enum import Enum, IntFlag, StrEnum
from uuid import UUID

NEIGHBOURHOOD = 2_500  # residents made together, in one batch
STREETS_EACH = 17  # streets in a neighbourhood
MONTHS = 24  # how far contacts go back
DAYS = 730


class Size(Enum):
    """How many neighbourhoods an area has. A larger area begins with the smaller one."""

    TINY = 1
    SMALL = 4
    BOROUGH = 112

    @property
    def residents(self) -> int:
        """How many people live there."""
        return self.value * NEIGHBOURHOOD


class HouseholdKind(StrEnum):
    """Who lives together."""

    SINGLE = "one person"
    SINGLE_OLDER = "one older person"
    COUPLE = "couple"
    COUPLE_OLDER = "older couple"
    FAMILY = "couple with children"
    LONE_PARENT = "lone parent"
    MULTI_GENERATION = "several generations"
    SHARED = "shared house"
    CARE_HOME = "care home"


class Part(StrEnum):
    """Somebody's part in their household."""

    ADULT = "adult"
    GRANDPARENT = "grandparent"
    CHILD = "child"


class Mess(IntFlag):
    """What is untidy about one record. Kept with the truth, never with the record."""

    NICKNAME = 1
    SPELLING = 2  # a known variant: Mohammed, Muhammad
    TYPO_GIVEN = 4
    TYPO_FAMILY = 8
    UNACCENTED = 16
    INITIAL = 32
    SWAPPED = 64  # given and family name changed places
    FORMER_NAME = 128  # the name before marriage
    BORN_MISSING = 256
    BORN_SWAPPED = 512  # day and month changed places
    BORN_WRONG = 1024
    OLD_ADDRESS = 2048
    POSTCODE_WRONG = 4096
    POSTCODE_MISSING = 8192
    CAPITALS = 16384
    TWICE = 32768  # a second record of the same person in the same agency


@dataclass(frozen=True, slots=True)
class KindOfContact:
    """A kind of contact an agency has: what category it is, at which ages, what is written."""

    name: str
    category: str
    ages: tuple[int, int]
    weight: int
    says: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Holds:
    """Whom an agency knows and how it records them.

    `share` is of residents under 11, 11 to 17, 18 to 64, and 65 or over; `contacts` the mean in
    two years; `carelessness` multiplies the usual error rates; `catchment` is in neighbourhoods.
    """

    share: tuple[float, float, float, float]
    contacts: float
    born_missing: float
    carelessness: float
    twice: float
    marking: int
    kinds: tuple[KindOfContact, ...]
    catchment: int | None = None


@dataclass(frozen=True, slots=True)
class DemoAgency:
    """An agency of the area. `number` goes on every record it owns."""

    number: int
    key: str
    name: str
    sector: str
    about: str
    phone: str
    holds: Holds | None = None


@dataclass(frozen=True, slots=True)
class DemoStaff:
    """Somebody who works in the area. `shown` people stand on the sign-in page."""

    key: str
    name: str
    agency: str
    role: str
    title: str
    about: str
    duties: tuple[str, ...]
    shown: bool = False

    @property
    def email(self) -> str:
        """What they sign in with. The domain is kept for examples."""
        return f"{self.key}@example.org"


@dataclass(frozen=True, slots=True)
class DemoPanel:
    """A panel's terms of reference, and who sits on it."""

    key: str
    name: str
    about: str
    purpose: str
    agency: str
    chair: str
    coordinator: str
    members: tuple[str, ...]
    core: tuple[str, ...]
    quorum: int
    every_days: int
    next_in_days: int
    longest_agenda: int
    research_days: int
    terms: str


@dataclass(frozen=True, slots=True)
class Community:
    """The names of one community, commonest first, and how they are given."""

    name: str
    share: float
    middle: float
    female: tuple[str, ...]
    male: tuple[str, ...]
    family: tuple[str, ...]
    older_female: tuple[str, ...] = ()
    older_male: tuple[str, ...] = ()
    female_middle: tuple[str, ...] = ()
    male_middle: tuple[str, ...] = ()
    female_family: tuple[str, ...] = ()
    female_endings: tuple[tuple[str, str], ...] = ()
    larger_families: bool = False
    family_first: bool = False
    shares_family_name: float = 0.95
    nicknames: dict[str, tuple[str, ...]] | None = None
    variants: dict[str, tuple[str, ...]] | None = None


@dataclass(frozen=True, slots=True)
class Landmark:
    """A place with a name that people have concerns about, on a street by its number."""

    key: str
    name: str
    kind: str
    street: int


@dataclass(frozen=True, slots=True)
class Place:
    """What the names of an invented place are made of."""

    name: str
    postcode_area: str
    wards: tuple[str, ...]
    beginnings: tuple[str, ...]
    endings: tuple[str, ...]
    kinds: tuple[str, ...]
    landmarks: tuple[Landmark, ...]


@dataclass(frozen=True, slots=True)
class Street:
    """A street: in one ward and one small area of the Census."""

    number: int
    name: str
    ward: str
    area: str
    postcodes: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Household:
    """People who live together now, and where. Part of the truth."""

    id: UUID
    kind: str
    community: str
    address: str
    postcode: str
    ward: str
    area: str
    moved_on: date | None
    former_address: str
    former_postcode: str


@dataclass(frozen=True, slots=True)
class Resident:
    """Somebody who lives in the area, as they are. Part of the truth."""

    id: UUID
    household: UUID
    given_names: str
    family_name: str
    known_as: str
    former_family_name: str
    born: date
    sex: str
    community: str
    part: str
    phone: str
    email: str


@dataclass(frozen=True, slots=True)
class AgencyRecord:
    """One agency's record of somebody, as it was typed. `person` is who it is linked to so far."""

    id: UUID
    person: UUID
    agency: int
    given_names: str
    family_name: str
    known_as: str
    born: date | None
    sex: str
    address: str
    postcode: str
    phone: str
    email: str
    recorded_on: date


@dataclass(frozen=True, slots=True)
class Contact:
    """One time an agency had to do with somebody. Category and marking as in sharing."""

    id: UUID
    record: UUID
    person: UUID
    agency: int
    on: date
    kind: str
    category: int
    marking: int
    summary: str


@dataclass(frozen=True, slots=True)
class Truth:
    """Who a record is really of, where they live, and what is untidy about it. For tests only."""

    record: UUID
    resident: UUID
    household: UUID
    mess: int
