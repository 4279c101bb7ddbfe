"""An area as one file says it: what each domain keeps of it."""

from dataclasses import dataclass

from locality.panels.words import Terms
from locality.sharing.partners.words import (
    AgencyEntry,
    AgreementEntry,
    FrontDoorEntry,
    Partners,
    PostEntry,
)

# The tables of the file, in order, and what an entry of each is.
TABLES: dict[str, type] = {
    "agencies": AgencyEntry,
    "posts": PostEntry,
    "agreements": AgreementEntry,
    "front_doors": FrontDoorEntry,
    "panels": Terms,
}


@dataclass(frozen=True, slots=True)
class Area:
    """Everything the file says."""

    partners: Partners
    panels: tuple[Terms, ...] = ()
