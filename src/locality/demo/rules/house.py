"""What a story may refer to."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from locality.demo.words.area import DemoAgency, DemoPanel, DemoStaff
from locality.pathways.words import Pathway
from locality.sharing.words import Category


@dataclass(frozen=True, slots=True)
class House:
    """Agencies, staff, panels and pathways by key; headings, places; each role's clearances."""

    agencies: Mapping[str, DemoAgency]
    staff: Mapping[str, DemoStaff]
    panels: Mapping[str, DemoPanel]
    pathways: Mapping[str, Pathway]
    headings: frozenset[str]
    landmarks: frozenset[str]
    cleared: Mapping[str, Sequence[int]]

    def unknown(self, who: str) -> Iterator[str]:
        """Say that nobody has this key, if so."""
        if who not in self.staff:
            yield f"nobody is called {who}"

    def not_cleared(self, who: str, category: str, marking: int) -> Iterator[str]:
        """Say that somebody would not see such information, if so."""
        yield from self.unknown(who)
        if who in self.staff and category.upper() in Category.__members__:
            cleared = self.cleared[self.staff[who].role][Category[category.upper()]]
            if cleared < marking:
                yield f"{who} is not cleared for {category} at {marking}"

    def agency_of(self, who: str) -> str:
        """Give the key of somebody's agency."""
        return self.staff[who].agency if who in self.staff else ""
