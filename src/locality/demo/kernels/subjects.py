"""Whom a concern is about: somebody of the right age, in a household with more to carry."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from locality.demo.kernels.caseload import About
from locality.demo.kernels.people import Neighbours
from locality.demo.kernels.records import Records
from locality.demo.words.area import AgencyRecord, Truth
from locality.demo.words.caseload import Theme


@dataclass(slots=True)
class Subjects:
    """The residents a caseload may be about. Whoever is chosen has their records linked.

    `more` and `truth` are the records that agencies make because of a concern.
    """

    rng: np.random.Generator
    there: Neighbours
    made: Records
    today: date
    hard: NDArray[np.float64]
    works_for: dict[str, int]  # each member of staff's agency
    more: list[AgencyRecord] = field(default_factory=list)
    truth: list[Truth] = field(default_factory=list)
    known: dict[int, dict[int, UUID]] = field(default_factory=dict)

    def find(self, theme: Theme, agency: int, days: int) -> About | None:
        """Choose somebody the theme may be about so many days ago; None when nobody fits."""
        age = (self.there.age_days - days) / 365.25
        fits = (age >= theme.ages[0]) & (age < theme.ages[1] + 1) & (age > 0.01)
        steps = np.cumsum(self.hard[self.there.home] * fits)
        if steps[-1] <= 0:
            return None
        resident = int(np.searchsorted(steps, self.rng.random() * steps[-1], side="right"))
        person = self._linked(resident)
        on = self.today - timedelta(days=days)
        for lead in theme.lead:  # whoever leads a case keeps a record of whom it is about
            self._record(resident, person, self.works_for[lead], on)
        return About(resident, person, self._record(resident, person, agency, on))

    def _linked(self, resident: int) -> UUID:
        """Make all records of a resident those of one person, and give the person."""
        rows = np.flatnonzero(self.made.held.resident == resident)
        columns = self.made.table.columns
        known = self.known.setdefault(resident, {})
        if known:
            return known[0]
        known[0] = columns["person"][rows[0]] if len(rows) else self._id()
        for row in rows.tolist():
            columns["person"][row] = known[0]  # type: ignore[index]
            known.setdefault(columns["agency"][row], columns["id"][row])
        return known[0]

    def _record(self, resident: int, person: UUID, agency: int, on: date) -> UUID:
        """Give the agency's record of a resident, made carefully on the day if there is none."""
        known = self.known[resident]
        if agency not in known:
            known[agency] = self._id()
            self._keep(resident, person, agency, on)
        return known[agency]

    def _keep(self, resident: int, person: UUID, agency: int, on: date) -> None:
        truly = {k: column[resident] for k, column in self.there.residents.columns.items()}
        home = int(self.there.home[resident])
        lives: dict[str, Any] = {k: c[home] for k, c in self.there.households.columns.items()}
        before = lives["moved_on"] is not None and lives["moved_on"] > on
        id_ = self.known[resident][agency]
        self.more.append(
            AgencyRecord(
                id=id_, person=person, agency=agency, given_names=truly["given_names"],
                family_name=truly["family_name"], known_as=truly["known_as"], born=truly["born"],
                sex=truly["sex"],
                address=lives["former_address"] if before else lives["address"],
                postcode=lives["former_postcode"] if before else lives["postcode"],
                phone=truly["phone"], email=truly["email"], recorded_on=on,
            )
        )  # fmt: skip
        self.truth.append(Truth(id_, truly["id"], truly["household"], 0))

    def _id(self) -> UUID:
        return UUID(bytes=self.rng.bytes(16), version=4)
