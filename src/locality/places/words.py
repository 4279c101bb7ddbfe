"""The vocabulary of places: areas, categories of crime, coverage and what a load found."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from locality.kit.dates import Month, Period, runs_of_months
from locality.kit.statistics import Estimate

ATTRIBUTION = "Contains public sector information licensed under the Open Government Licence v3.0."
# The categories police.uk has published since 2013, in its own words.
CRIME_CATEGORIES = (
    "Anti-social behaviour",
    "Bicycle theft",
    "Burglary",
    "Criminal damage and arson",
    "Drugs",
    "Other crime",
    "Other theft",
    "Possession of weapons",
    "Public order",
    "Robbery",
    "Shoplifting",
    "Theft from the person",
    "Vehicle crime",
    "Violence and sexual offences",
)


class AreaKind(StrEnum):
    """How large an area is, smallest first."""

    LSOA = "lsoa"
    MSOA = "msoa"
    WARD = "ward"
    LAD = "lad"


class Source(StrEnum):
    """What a loaded file holds."""

    AREAS = "areas"
    RECORDED = "recorded crime"
    STREET = "street crime"


class CoverageState(StrEnum):
    """How much of a month a source holds for a borough or a force."""

    COMPLETE = "complete"
    PARTIAL = "partial"
    MISSING = "missing"


class PlaceKind(StrEnum):
    """What kind of public place a concern or a case may be about."""

    PARK = "park"
    STREET = "street"
    SHOP = "shop"
    SCHOOL_GATE = "school gate"
    CAR_PARK = "car park"
    STATION = "station"
    ESTATE = "estate"
    NEIGHBOURHOOD = "neighbourhood"
    OTHER = "other public place"


class Trend(StrEnum):
    """Which way a count went against the same months a year earlier."""

    HIGHER = "higher"
    LOWER = "lower"
    NO_CLEAR_CHANGE = "no clear change"
    CANNOT_BE_SAID = "cannot be said"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one line of a file, and where."""

    column: str
    value: str
    reason: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading one file found and did. `already` means that nothing was changed."""

    name: str
    source: Source
    already: bool = False
    period: Period | None = None
    read: int = 0
    accepted: int = 0
    duplicate: int = 0
    rejected: int = 0
    added: int = 0
    revised: int = 0
    notes: Mapping[str, int] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    seconds: float = 0.0

    @property
    def unchanged(self) -> int:
        """Accepted lines that were known already, with the same values."""
        return self.accepted - self.added - self.revised


@dataclass(frozen=True, slots=True)
class Heard:
    """What one month of a source holds: which areas spoke, in how many categories and rows."""

    areas: frozenset[str]
    categories: int
    rows: int


@dataclass(frozen=True, slots=True)
class MonthCoverage:
    """What one month is worth.

    `usual` is how many areas speak in a usual month; `silent` names those that usually speak
    and did not, where there are more of them than chance explains: gaps, not noughts.
    """

    month: Month
    state: CoverageState
    rows: int = 0
    heard: int = 0
    usual: int = 0
    silent: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class CoverageSummary:
    """What a source holds for one borough or force: how many months, and every gap by name."""

    months: int
    complete: int
    missing: frozenset[Month]
    partial: frozenset[Month]
    silent: Mapping[Month, int]  # months with silent small areas that do speak in others
    never: int  # small areas that speak in no month

    @property
    def whole(self) -> bool:
        """Whether there is no gap at all."""
        return not (self.missing or self.partial or self.silent or self.never)

    @property
    def missing_words(self) -> str:
        """The missing months in as few words as are exact."""
        return runs_of_months(self.missing)

    @property
    def partial_words(self) -> str:
        """The partial months in as few words as are exact."""
        return runs_of_months(self.partial)


@dataclass(frozen=True, slots=True)
class MonthCount:
    """A month's count; None is a gap, never a nought.

    `silent` is how many small areas inside are gaps although the month counts as complete.
    """

    month: Month
    count: int | None
    state: CoverageState
    silent: int = 0


@dataclass(frozen=True, slots=True)
class AreaFigures:
    """What is known of one area in a period."""

    code: str
    name: str
    residents: int | None
    count: int
    months: int  # months with figures, of those asked for
    lived: int  # residents times months with figures
    per_year: float | None  # recorded for each 1,000 residents in a year's worth of months
    trend: Trend
    change: Estimate | None  # ratio to the same months a year earlier
    compared: int  # months that both years have
    band: int | None = None  # 1 (lowest fifth) to 5 (highest fifth)

    @property
    def percent(self) -> Estimate | None:
        """The change as a percentage, with its interval."""
        if self.change is None:
            return None
        low, high = (self.change.low - 1) * 100, (self.change.high - 1) * 100
        return Estimate((self.change.value - 1) * 100, low, high)

    @property
    def percent_words(self) -> tuple[str, str]:
        """The change and its interval as printed: “−7%” and “−13% to 0%”; empty without one."""
        if self.percent is None:
            return "", ""
        found = self.percent
        return _signed(found.value), f"{_signed(found.low)} to {_signed(found.high)}"


def _signed(percent: float) -> str:
    """Print a percentage with its sign, a real minus, and no sign at nought."""
    whole = round(percent)
    return f"{'−' if whole < 0 else '+' if whole > 0 else ''}{abs(whole):,}%"


@dataclass(frozen=True, slots=True)
class Concentration:
    """How few areas hold half of what was recorded."""

    total: int
    areas: int  # areas with figures
    half_in: int
    low: int  # 95% interval for the underlying level
    high: int
    by_chance: int | None  # how many it would take if every resident ran the same risk
    still: int | None  # of the highest, how many were among the highest a year earlier
    top: int  # how many the highest are
